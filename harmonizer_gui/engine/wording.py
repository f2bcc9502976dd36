"""Why this note, in words: a sentence from the largest terms. Pure text; a window may translate it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

from harmonizer_gui.engine.explaining import leading

Translate = Callable[[str, str], str]
"""From a context and a text to the text in another language, as Qt's `translate`."""
CERTAIN: Final = math.log(10_000.0)
"""Nats from which on a ratio is no longer told as a number."""


def untranslated(_context: str, text: str) -> str:
    return text


def ratio_number(nats: float) -> str:
    """e^|nats| in few digits: `1.4`, `12`, `3,200`, `over 10,000`."""
    if abs(nats) >= CERTAIN:
        return "over 10,000"
    ratio = math.exp(abs(nats))
    return f"{ratio:.1f}" if ratio < 9.95 else f"{ratio:,.0f}"


def sentence(
    contributions: Mapping[str, float],
    cell: str,
    other: str,
    label: Callable[[str], str],
    translate: Translate = untranslated,
) -> str:
    """“Spacing prefers A4 to B4, 3.1 to 1; Contour is against it, 1 to 1.4.”

    `cell` and `other` are the two things as they are called, `label` gives the name of an expert.
    """
    terms = leading(contributions)
    if not terms:
        text = translate("Why", "No expert tells {cell} from {other}.")
        return text.format(cell=cell, other=other)
    (first, largest), *rest = terms
    better, worse = (cell, other) if largest > 0 else (other, cell)
    prefers = translate("Why", "{expert} prefers {better} to {worse}, {ratio} to 1")
    clauses = [
        prefers.format(expert=label(first), better=better, worse=worse, ratio=ratio_number(largest)),
        *(
            _clause(label(name), value, agrees=value * largest > 0, translate=translate)
            for name, value in rest
        ),
    ]
    return "; ".join(clauses) + "."


def _clause(expert: str, value: float, *, agrees: bool, translate: Translate) -> str:
    if agrees:
        text = translate("Why", "so does {expert}, {ratio} to 1")
    else:
        text = translate("Why", "{expert} is against it, 1 to {ratio}")
    return text.format(expert=expert, ratio=ratio_number(value))
