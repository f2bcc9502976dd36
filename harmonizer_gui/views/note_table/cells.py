"""What stands in a cell of the note table, and what becomes of the piece when one writes into it."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import IntEnum
from fractions import Fraction
from typing import Final

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.score import HIGHEST_PITCH, LOWEST_PITCH, Note, Score, VoiceName, pitch_name
from harmonizer_gui.score.edits import NoteRef, set_velocities
from harmonizer_gui.score.edits.moving import replace_notes
from harmonizer_gui.views.places import (
    WHOLE_TICKS,
    bar_and_beat,
    beat_words,
    length_words,
    place_words,
    tick_of,
)
from harmonizer_gui.views.roll import shaping
from harmonizer_gui.views.roll.edit import Edit, notes_label, voice_label

_STEPS: Final = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11, "h": 11}
_SIGNS: Final = {"": 0, "#": 1, "♯": 1, "b": -1, "♭": -1, "##": 2, "♯♯": 2, "bb": -2, "♭♭": -2}
_PITCH: Final = re.compile(r"([a-h])(##|♯♯|bb|♭♭|[#♯b♭]?)(-?\d+)")


class Column(IntEnum):
    """The columns, from the left."""

    BAR = 0
    BEAT = 1
    LENGTH = 2
    VOICE = 3
    PITCH = 4
    LOUDNESS = 5
    FERMATA = 6
    PROBABILITY = 7


def heading(column: Column) -> str:
    return {
        Column.BAR: _tr("Bar"),
        Column.BEAT: _tr("Beat"),
        Column.LENGTH: _tr("Length"),
        Column.VOICE: _tr("Voice"),
        Column.PITCH: _tr("Pitch"),
        Column.LOUDNESS: _tr("Loudness"),
        Column.FERMATA: _tr("Fermata"),
        Column.PROBABILITY: _tr("Probability"),
    }[column]


def cell_text(score: Score, ref: NoteRef, column: Column) -> str:
    """What stands in a cell; the probability is known elsewhere."""
    note = ref.note
    if column in (Column.BAR, Column.BEAT):
        return place_words(score, note.start)[column]
    texts = {
        Column.LENGTH: length_words(note.duration),
        Column.VOICE: voice_label(ref.voice),
        Column.PITCH: pitch_name(note.pitch, score.key_at(note.start)),
        Column.LOUDNESS: str(note.velocity),
        Column.FERMATA: _tr("yes") if note.fermata else "",
    }
    return texts.get(column, "")


def written(score: Score, ref: NoteRef, column: Column, text: str) -> Edit:
    """The piece after `text` was written into a cell. Raises ValueError with a sentence for the user."""
    text = text.strip()
    if column is Column.VOICE:
        return shaping.change_voice(score, frozenset({ref}), _voice(text))
    if column is Column.LOUDNESS:
        return _louder(score, ref, _number(text, 1, 127, _tr("Loudness goes from 1 to 127")))
    note = {
        Column.BAR: lambda: _moved(score, ref.note, bar=_bar(text)),
        Column.BEAT: lambda: _moved(
            score, ref.note, beat=_fraction(text, _tr("A beat is a number, as 2 or 2.5"))
        ),
        Column.LENGTH: lambda: _long(ref.note, text),
        Column.PITCH: lambda: replace(ref.note, pitch=parse_pitch(text)),
    }[column]()
    if note == ref.note:
        return Edit("", score, frozenset({ref}))
    changed, chosen = replace_notes(score, {ref: replace(note, generated=False)})
    words = _tr("Change the length of {notes}") if column is Column.LENGTH else _tr("Move {notes}")
    return Edit(words.format(notes=notes_label(frozenset({ref}))), changed, chosen)


def parse_pitch(text: str) -> int:
    """Read `F#4`, `B♭3`, `c5` or a MIDI number. Raises ValueError with a sentence."""
    sentence = _tr("“{text}” is no pitch: write a letter and an octave, as F#4 or Bb3").format(text=text)
    if text.lstrip("-").isdecimal():
        pitch = int(text)
    else:
        found = _PITCH.fullmatch(text.strip().lower())
        if found is None:
            raise ValueError(sentence)
        letter, sign, octave = found.groups()
        pitch = _STEPS[letter] + _SIGNS[sign] + 12 * (int(octave) + 1)
    if not LOWEST_PITCH <= pitch <= HIGHEST_PITCH:
        raise ValueError(_tr("“{text}” is on no key: they go from A0 to C8").format(text=text))
    return pitch


def _voice(text: str) -> VoiceName:
    try:
        return VoiceName.parse(text)
    except ValueError as error:
        sentence = _tr("“{text}” is no voice: write soprano, alto, tenor or bass").format(text=text)
        raise ValueError(sentence) from error


def _bar(text: str) -> int:
    return _number(text, 0, 100_000, _tr("A bar is a whole number, as 12"))


def _number(text: str, lowest: int, highest: int, sentence: str) -> int:
    if not text.isdecimal() or not lowest <= int(text) <= highest:
        raise ValueError(sentence)
    return int(text)


def _fraction(text: str, sentence: str) -> Fraction:
    try:
        return Fraction(text.replace(",", ".")).limit_denominator(480)
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError(sentence) from error


def _moved(score: Score, note: Note, *, bar: int | None = None, beat: Fraction | None = None) -> Note:
    bar_now, beat_now = bar_and_beat(score, note.start)
    number, place = bar_now if bar is None else bar, beat_now if beat is None else beat
    try:
        start = tick_of(score, number, place)
    except ValueError as error:
        sentence = _tr("Bar {bar} has no beat {beat}").format(bar=number, beat=beat_words(place))
        raise ValueError(sentence) from error
    return note.at(start, start + note.duration)


def _long(note: Note, text: str) -> Note:
    sentence = _tr("A length is a part of a whole note, as 1/4 or 3/8")
    ticks = round(_fraction(text, sentence) * WHOLE_TICKS)
    if ticks <= 0:
        raise ValueError(sentence)
    return note.at(note.start, note.start + ticks)


def _louder(score: Score, ref: NoteRef, velocity: int) -> Edit:
    changed, chosen = set_velocities(score, frozenset({ref}), {ref: velocity})
    words = _tr("Change the loudness of {notes}").format(notes=notes_label(frozenset({ref})))
    return Edit(words, changed, chosen)


def _tr(text: str) -> str:
    return QCoreApplication.translate("NoteTable", text)
