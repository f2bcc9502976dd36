"""MusicXML made by hand, as notation programs write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

ATTRIBUTES = (
    "<attributes><divisions>4</divisions><key><fifths>0</fifths></key>"
    "<time><beats>4</beats><beat-type>4</beat-type></time>{extra}</attributes>"
)
BACKUP = "<backup><duration>16</duration></backup>"


def note(pitch: str, length: int = 4, *, voice: int = 1, staff: int = 0, inside: str = "") -> str:
    """A note such as `C4`, `F#4` or `Bb3`, lasting `length` sixteenths; `inside` goes before its pitch."""
    step, alter, octave = pitch[0], pitch.count("#") - pitch.count("b"), pitch[-1]
    place = f"<staff>{staff}</staff>" if staff else ""
    return (
        f"<note>{inside}<pitch><step>{step}</step><alter>{alter}</alter><octave>{octave}</octave></pitch>"
        f"<duration>{length}</duration><voice>{voice}</voice>{place}</note>"
    )


def rest(length: int, *, voice: int = 1) -> str:
    return f"<note><rest/><duration>{length}</duration><voice>{voice}</voice></note>"


def document(parts: Mapping[str, Sequence[str]], *, extra: str = "") -> str:
    """A score of these parts: names, and for each its measures. `extra` stands in the first attributes."""
    names = "".join(
        f'<score-part id="P{index}"><part-name>{name}</part-name></score-part>'
        for index, name in enumerate(parts)
    )
    bodies = "".join(
        f'<part id="P{index}">{_measures(measures, extra)}</part>'
        for index, measures in enumerate(parts.values())
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 3.1 Partwise//EN" '
        '"http://www.musicxml.org/dtds/partwise.dtd">'
        f'<score-partwise version="3.1"><part-list>{names}</part-list>{bodies}</score-partwise>'
    )


def _measures(measures: Sequence[str], extra: str) -> str:
    return "".join(
        f'<measure number="{number}">{ATTRIBUTES.format(extra=extra) if number == 1 else ""}{body}</measure>'
        for number, body in enumerate(measures, 1)
    )


def saved(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
