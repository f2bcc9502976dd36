"""Damage that keeps a file well-formed, and so gets past the parser into the readers."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from typing import Any, Final
from xml.etree import ElementTree as ET

from defusedxml.ElementTree import fromstring

ODD_VALUES: Final[tuple[Any, ...]] = (
    None, True, 0, -1, 1, 3, 7, 127, 128, 480, 10**6, 10**12, 10**400, 0.5, -0.25, 1e300,
    "", "C4", "alto", "ä\n", "x" * 3000, [], {}, [[]], {"a": 1}, [1, 2, 3],
)  # fmt: skip
ODD_TEXTS: Final = (
    "", " ", "0", "-1", "1", "2", "3", "5", "7", "16", "64", "480", "999999", "1e9", "0.333", "1/3", "3+2",
    "major", "start", "stop", "quarter", "256th", "maxima", "C", "H", "G##", "yes", "ä\u2028ö", "x" * 3000,
)  # fmt: skip


def damaged_json(dice: random.Random, data: bytes) -> bytes:
    """One to four values changed, taken out, doubled or exchanged."""
    content = json.loads(data)
    for _ in range(dice.randint(1, 4)):
        holder, key = dice.choice(list(_places(content)))
        _damage_place(dice, holder, key, content)
    return json.dumps(content).encode()


def _places(value: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401  # any JSON value
    """Every object or list, with each of its keys or indices."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(items):
        yield value, key
        yield from _places(inner)


def _damage_place(dice: random.Random, holder: Any, key: Any, content: Any) -> None:  # noqa: ANN401
    kind = dice.randrange(4)
    if kind == 0:
        del holder[key]
    elif kind == 1 and isinstance(holder, list):
        holder.insert(key, holder[key])
    elif kind == 2 and type(holder[key]) is int:
        holder[key] += dice.choice((-480, -120, -1, 1, 120, 480))
    elif kind == 3:
        other, there = dice.choice(list(_places(content)))
        holder[key] = json.loads(json.dumps(other[there]))
    else:
        holder[key] = dice.choice(ODD_VALUES)


def damaged_xml(dice: random.Random, data: bytes) -> bytes:
    """One to four elements changed, taken out, doubled or exchanged."""
    root = fromstring(data)
    for _ in range(dice.randint(1, 4)):
        parents = [element for element in root.iter() if len(element)]
        dice.choice(XML_DAMAGES)(dice, dice.choice(parents))
    answer: bytes = ET.tostring(root, "utf-8")
    return answer


def _remove(dice: random.Random, parent: ET.Element) -> None:
    parent.remove(dice.choice(list(parent)))


def _double(dice: random.Random, parent: ET.Element) -> None:
    child = dice.choice(list(parent))
    parent.insert(dice.randint(0, len(parent)), child)


def _exchange(dice: random.Random, parent: ET.Element) -> None:
    first, second = dice.randrange(len(parent)), dice.randrange(len(parent))
    parent[first], parent[second] = parent[second], parent[first]


def _retext(dice: random.Random, parent: ET.Element) -> None:
    leaf = dice.choice([element for element in parent.iter() if not len(element)])
    leaf.text = dice.choice(ODD_TEXTS)


def _retag(dice: random.Random, parent: ET.Element) -> None:
    dice.choice(list(parent)).tag = dice.choice(
        ("note", "rest", "backup", "forward", "chord", "grace", "voice")
    )


def _reattribute(dice: random.Random, parent: ET.Element) -> None:
    bearers = [element for element in parent.iter() if element.attrib]
    if bearers:
        bearer = dice.choice(bearers)
        bearer.set(dice.choice(list(bearer.attrib)), dice.choice(ODD_TEXTS))


XML_DAMAGES: Final[tuple[Callable[[random.Random, ET.Element], None], ...]] = (
    _remove, _double, _exchange, _retext, _retext, _retag, _reattribute,
)  # fmt: skip


def damaged_midi(dice: random.Random, data: bytes) -> bytes:
    """One to three bytes of the events changed, mostly by a little: most files stay files."""
    copy = bytearray(data)
    for _ in range(dice.randint(1, 3)):
        place = dice.randrange(8, len(copy))
        if dice.random() < 0.7:
            copy[place] = (copy[place] + dice.choice((-2, -1, 1, 2, 16))) & 0x7F
        else:
            copy[place] = dice.randrange(256)
    return bytes(copy)
