"""Numbers in MusicXML that music21 would count up to one by one: refused before it sees them."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from harmonizer_gui.files.errors import ContentError

_BOUNDS = {
    "actual-notes": (0, 1000),
    "alter": (-4, 4),
    "beat-repeat": (0, 100),
    "beat-type": (0, 1024),
    "beats": (0, 1024),
    "cancel": (-14, 14),
    "chromatic": (-120, 120),
    "clef-octave-change": (-10, 10),
    "diatonic": (-120, 120),
    "divisions": (0, 10_000_000),
    "duration": (0, 1_000_000_000),
    "fifths": (-14, 14),
    "key-alter": (-4, 4),
    "key-octave": (-2, 12),
    "line": (-10, 20),
    "measure-repeat": (0, 1000),
    "multiple-rest": (0, 10_000),
    "normal-notes": (0, 1000),
    "octave": (-2, 12),
    "octave-change": (-10, 10),
    "offset": (-1_000_000_000, 1_000_000_000),
    "per-minute": (0, 100_000),
    "slash-dots": (0, 10),
    "staff": (0, 100),
    "staff-lines": (0, 100),
    "staves": (0, 100),
}
_NUMBER = re.compile(r"(?<!\d)[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?")
"""The hyphen of `72-80` is no sign."""


def check_numbers(root: ET.Element) -> None:
    """Raise ContentError for a number that no notation has."""
    for element in root.iter():
        bounds = _BOUNDS.get(element.tag)
        if bounds and element.text:
            _check(element.tag, element.text, bounds)


def _check(tag: str, text: str, bounds: tuple[int, int]) -> None:
    low, high = bounds
    for number in _NUMBER.findall(text):
        if not low <= float(number) <= high:
            raise ContentError(f"its <{tag}> is {number[:20]}, outside {low}–{high}")
