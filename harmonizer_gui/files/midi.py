"""MIDI files in and out, by mido."""

from __future__ import annotations

import io
from pathlib import Path

import mido

from harmonizer_gui.files.atomic import write_atomically
from harmonizer_gui.files.bounds import read_bounded
from harmonizer_gui.files.changes import from_start, in_order, joined_pickup, split_pickup
from harmonizer_gui.files.errors import ContentError, naming
from harmonizer_gui.files.imported import Imported
from harmonizer_gui.files.material import Material
from harmonizer_gui.files.midi_events import MidiContent, content, key_name
from harmonizer_gui.files.midi_lyrics import sung_words
from harmonizer_gui.files.midi_parsing import parse
from harmonizer_gui.files.notices import counted
from harmonizer_gui.score import TICKS_PER_QUARTER, Note, Score, Tempo, TimeSignature, VoiceName

CHOIR_PROGRAM = 52
_DEFAULT_TEMPO = Tempo(0, 120.0)
_DEFAULT_METRE = TimeSignature(0, 4, 4)

_Timed = tuple[int, int, mido.Message]
"""Tick, rank among the messages of one tick, message."""


def read_midi(path: Path) -> Imported:
    """Read a MIDI file of type 0 or 1. Raises FileError with one sentence for anything that is none."""
    with naming(path):
        return midi_material(read_bounded(path)).imported()


def write_midi(score: Score, path: Path) -> None:
    """Write type 1, 480 ticks a quarter: a conductor track, then one a voice. Raises FileError."""
    file = mido.MidiFile(type=1, ticks_per_beat=TICKS_PER_QUARTER)
    file.tracks.append(_conductor_track(score))
    file.tracks.extend(_voice_track(score, voice) for voice in VoiceName)
    buffer = io.BytesIO()
    file.save(file=buffer)
    write_atomically(path, buffer.getvalue())


def midi_material(data: bytes) -> Material:
    """What is in a MIDI file of type 0 or 1. Raises ContentError for anything that is none."""
    found = content(parse(data))
    if not any(part.found for part in found.parts) and found.drum_notes:
        raise ContentError("there are only drums in it")
    signatures, pickup = split_pickup(from_start(found.time_signatures, _DEFAULT_METRE))
    return Material(
        parts=tuple(found.parts),
        title=found.title,
        tempos=from_start(found.tempos, _DEFAULT_TEMPO),
        time_signatures=signatures,
        key_signatures=in_order(found.key_signatures),
        pickup=pickup,
        notices=tuple(_notices(found)),
    )


def _notices(found: MidiContent) -> list[str]:
    notices = []
    if found.drum_notes:
        notices.append(f"{counted(found.drum_notes, 'drum note was', 'drum notes were')} left out")
    if found.empty_notes:
        notices.append(f"{counted(found.empty_notes, 'note', 'notes')} without length left out")
    if found.odd_metres:
        what = counted(found.odd_metres, "time signature was", "time signatures were")
        notices.append(f"{what} passed over that no score can have")
    if found.garbled:
        what = counted(found.garbled, "MIDI event makes", "MIDI events make")
        notices.append(f"{what} no sense and {'was' if found.garbled == 1 else 'were'} passed over")
    return notices


def _conductor_track(score: Score) -> mido.MidiTrack:
    messages: list[_Timed] = []
    if score.title:
        messages.append((0, 0, mido.MetaMessage("track_name", name=_latin(score.title))))
    messages += [(metre.tick, 1, _time_signature(metre)) for metre in joined_pickup(score)]
    messages += [
        (key.tick, 2, mido.MetaMessage("key_signature", key=key_name(key))) for key in score.key_signatures
    ]
    messages += [(tempo.tick, 3, _set_tempo(tempo)) for tempo in score.tempos]
    return _track(messages, score.end)


def _set_tempo(tempo: Tempo) -> mido.MetaMessage:
    return mido.MetaMessage("set_tempo", tempo=round(60_000_000 / tempo.quarters_per_minute))


def _time_signature(metre: TimeSignature) -> mido.MetaMessage:
    return mido.MetaMessage(
        "time_signature",
        numerator=metre.numerator,
        denominator=metre.denominator,
        clocks_per_click=min(255, metre.beat_ticks * 24 // TICKS_PER_QUARTER),
    )


def _voice_track(score: Score, voice: VoiceName) -> mido.MidiTrack:
    channel = int(voice)
    messages: list[_Timed] = [
        (0, 0, mido.MetaMessage("track_name", name=voice.label.capitalize())),
        (0, 0, mido.Message("program_change", channel=channel, program=CHOIR_PROGRAM)),
    ]
    for note in score.voice(voice):
        messages += _note_messages(note, channel)
    messages += [(tick, 2, _lyric(text)) for tick, text in sung_words(score.voice(voice))]
    return _track(messages, score.end)


def _lyric(text: str) -> mido.MetaMessage:
    return mido.MetaMessage("lyrics", text=_latin(text))


def _note_messages(note: Note, channel: int) -> list[_Timed]:
    """A note that ends where the next begins is let go first: the lower rank."""
    return [
        (note.start, 3, mido.Message("note_on", channel=channel, note=note.pitch, velocity=note.velocity)),
        (note.end, 1, mido.Message("note_off", channel=channel, note=note.pitch)),
    ]


def _track(messages: list[_Timed], end: int) -> mido.MidiTrack:
    """The messages in order, with the ticks between them, and the end of the track."""
    track = mido.MidiTrack()
    now = 0
    for tick, _, message in sorted(messages, key=lambda timed: timed[:2]):
        message.time = tick - now
        track.append(message)
        now = tick
    track.append(mido.MetaMessage("end_of_track", time=max(0, end - now)))
    return track


def _latin(text: str) -> str:
    """UTF-8 in the file, though mido writes Latin-1."""
    return text.encode("utf-8", "replace").decode("latin1")
