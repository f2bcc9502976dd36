"""MIDI files made by hand, as other programs write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import mido

from harmonizer_gui.score import Note

Played = tuple[Note, int]
"""A note (ticks of the file) and its channel."""


def track(notes: Iterable[Note], *, channel: int = 0, name: str = "") -> mido.MidiTrack:
    return played_track([(note, channel) for note in notes], name=name)


def played_track(notes: Sequence[Played], *, name: str = "") -> mido.MidiTrack:
    """A track of notes in any channels; where one ends and another begins, the end comes first."""
    events = [
        (note.start, 1, mido.Message("note_on", channel=channel, note=note.pitch, velocity=note.velocity))
        for note, channel in notes
    ] + [(note.end, 0, mido.Message("note_off", channel=channel, note=note.pitch)) for note, channel in notes]
    answer = mido.MidiTrack()
    if name:
        answer.append(mido.MetaMessage("track_name", name=name))
    now = 0
    for tick, _, message in sorted(events, key=lambda event: event[:2]):
        answer.append(message.copy(time=tick - now))
        now = tick
    return answer


def conductor(*messages: mido.MetaMessage) -> mido.MidiTrack:
    return mido.MidiTrack(messages)


def saved(path: Path, tracks: Sequence[mido.MidiTrack], *, kind: int = 1, resolution: int = 480) -> Path:
    mido.MidiFile(type=kind, ticks_per_beat=resolution, tracks=list(tracks)).save(path)
    return path


def rescaled(notes: Iterable[Note], resolution: int) -> list[Note]:
    """Notes of 480 ticks a quarter in those of the file."""
    return [note.at(note.start * resolution // 480, note.end * resolution // 480) for note in notes]
