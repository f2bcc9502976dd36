"""Notes of one pitch that overlap: which of two ends is whose, where MIDI does not say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from harmonizer_gui.files.strands import TOGETHER, Found
from harmonizer_gui.files.voice_prior import beat_class, length_class, prior


def likelier_ends(found: Sequence[Found]) -> list[Found]:
    """The notes, where one overlaps another of its pitch with the ends that give the more usual lengths.

    A voice may touch the note that another holds; read as the first struck ends first, both get odd
    lengths. Notes that overlap by a little were played so and stay.
    """
    by_pitch: dict[int, list[Found]] = {}
    for item in sorted(found, key=lambda item: (item.note.start, item.note.end)):
        by_pitch.setdefault(item.note.pitch, []).append(item)
    return [item for line in by_pitch.values() for item in _exchanged(line)]


def _exchanged(line: list[Found]) -> list[Found]:
    for index, (one, other) in enumerate(pairwise(line)):
        if one.note.start < other.note.start < one.note.end - 2 * TOGETHER and one.note.end < other.note.end:
            nested = _with_end_of(one, other), _with_end_of(other, one)
            if _strangeness(nested) < _strangeness((one, other)):
                line[index : index + 2] = nested
    return line


def _with_end_of(item: Found, other: Found) -> Found:
    return replace(item, note=item.note.at(item.note.start, other.note.end), leaving=other.leaving)


def _strangeness(items: Iterable[Found]) -> float:
    notes = [item.note for item in items]
    return sum(prior().durations[beat_class(note.start)][length_class(note.duration)] for note in notes)
