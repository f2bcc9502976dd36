"""What notation programs write in MusicXML and music21 does not understand, put plainly."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from harmonizer_gui.files.notices import counted

_SPEED = re.compile(r"\d+(?:\.\d+)?")
_PLACE = {"duration", "voice", "staff"}
"""What a rest keeps of the note that it stands for."""


def put_plainly(root: ET.Element) -> tuple[str, ...]:
    """Change the score to what it means in music21's words, and say what was left out."""
    for note in root.iter("note"):
        _say_tie(note)
    for speed in root.iter("per-minute"):
        _say_speed(speed)
    cues = sum(_silence_cues(measure) for measure in root.iter("measure"))
    return (f"{counted(cues, 'cue note was', 'cue notes were')} left out",) if cues else ()


def _say_tie(note: ET.Element) -> None:
    """A tie that is drawn but not said to sound."""
    if note.find("tie") is None:
        drawn = {curve.get("type") for curve in note.iterfind("notations/tied")}
        for kind in ("stop", "start"):
            if kind in drawn:
                ET.SubElement(note, "tie", type=kind)


def _say_speed(speed: ET.Element) -> None:
    """The first number of `c. 72` and `72-80`."""
    found = _SPEED.search(speed.text or "")
    if found is not None:
        speed.text = found.group()


def _silence_cues(measure: ET.Element) -> int:
    """Make rests of the small notes that remind a singer of what others sing; the answer is their number."""
    cues = [note for note in measure.iterfind("note") if _is_cue(note)]
    for note in cues:
        if note.find("chord") is not None:
            measure.remove(note)
        else:
            _make_rest(note)
    return len(cues)


def _is_cue(note: ET.Element) -> bool:
    """Grace notes are left out anyway, and have no length that a rest could take."""
    return all(note.find(tag) is not None for tag in ("cue", "pitch", "duration"))


def _make_rest(note: ET.Element) -> None:
    for element in [element for element in note if element.tag not in _PLACE]:
        note.remove(element)
    note.insert(0, ET.Element("rest"))
