"""Scores laid out as other programs write them: the four voices on tracks, channels, staves and chords."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from random import Random
from xml.etree import ElementTree as ET

import mido

from harmonizer_gui.files.assignment import Assignment
from harmonizer_gui.files.midi import midi_material
from harmonizer_gui.files.musicxml import musicxml_material
from harmonizer_gui.files.notation_xml import musicxml_bytes
from harmonizer_gui.score import Note, Score, Voice, VoiceName
from tests.files.midi_files import Played, played_track

S, A, T, B = VoiceName
Lines = list[list[tuple[int, int, int]]]


def lines(score: Score) -> Lines:
    """Start, duration and pitch of every note, voice by voice."""
    return [[(note.start, note.duration, note.pitch) for note in voice] for voice in score.voices]


def midi_bytes(tracks: Iterable[Sequence[Played]], *, kind: int = 1) -> bytes:
    file = mido.MidiFile(type=kind, ticks_per_beat=480, tracks=[played_track(track) for track in tracks])
    buffer = BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def _notes(score: Score, *voices: VoiceName) -> list[Note]:
    return [note for voice in voices for note in score.voice(voice)]


def _by_pitch(notes: Iterable[Note]) -> list[Note]:
    return sorted(notes, key=lambda note: (-note.pitch, note.duration))


def _on_channel(notes: Iterable[Note]) -> list[Played]:
    return [(note, 0) for note in notes]


def four_tracks(score: Score) -> bytes:
    """Without names and in no order."""
    order = list(VoiceName)
    Random(score.end).shuffle(order)
    return midi_bytes(_on_channel(score.voice(voice)) for voice in order)


def four_channels(score: Score) -> bytes:
    """On one track of a file of type 0."""
    order = list(VoiceName)
    Random(score.end).shuffle(order)
    return midi_bytes([[(note, int(voice)) for voice in order for note in score.voice(voice)]], kind=0)


def closed_by_voice(score: Score) -> bytes:
    """Two staves on two tracks, where notes struck together stand in the order of their voices."""
    return midi_bytes([_on_channel(_notes(score, S, A)), _on_channel(_notes(score, T, B))])


def closed_by_pitch(score: Score) -> bytes:
    """Two staves on two tracks, every chord from high to low: all that tells the voices apart is lost."""
    upper, lower = _by_pitch(_notes(score, S, A)), _by_pitch(_notes(score, T, B))
    return midi_bytes([_on_channel(upper), _on_channel(lower)])


def piano_by_voice(score: Score) -> bytes:
    return midi_bytes([_on_channel(_notes(score, *VoiceName))])


def piano_by_pitch(score: Score) -> bytes:
    return midi_bytes([_on_channel(_by_pitch(_notes(score, *VoiceName)))])


def two_channels(score: Score) -> bytes:
    """Two staves on one track in two channels, in the order of the voices."""
    upper, lower = _notes(score, S, A), _notes(score, T, B)
    return midi_bytes([[*((note, 0) for note in upper), *((note, 1) for note in lower)]], kind=0)


def closed_merged(score: Score) -> bytes:
    """Two staves on two tracks, where a unison is struck once and lasts as long as the longer of the two."""
    return midi_bytes([_on_channel(_merged(_notes(score, S, A))), _on_channel(_merged(_notes(score, T, B)))])


def piano_merged(score: Score) -> bytes:
    """One track, every chord from high to low, a unison struck once."""
    return midi_bytes([_on_channel(_by_pitch(_merged(_notes(score, *VoiceName))))])


def _merged(notes: Iterable[Note]) -> list[Note]:
    """Of notes of one pitch struck together the longest, where the first of them stands."""
    longest: dict[tuple[int, int], Note] = {}
    for note in notes:
        place = note.start, note.pitch
        longest[place] = max(note, longest.get(place, note), key=lambda one: one.duration)
    return list(longest.values())


def piano_struck(score: Score) -> bytes:
    """A piano reduction on one track: wherever a voice strikes, all that sound strike again."""
    return piano_by_pitch(struck_anew(score))


def struck_anew(score: Score) -> Score:
    """The score as a piano reduction has it: wherever a voice strikes, all that sound strike again."""
    starts = sorted({note.start for voice in score.voices for note in voice})
    soprano, alto, tenor, bass = (
        Voice(tuple(piece for note in voice for piece in _cut(note, starts))) for voice in score.voices
    )
    return replace(score, voices=(soprano, alto, tenor, bass))


def _cut(note: Note, starts: Sequence[int]) -> list[Note]:
    inside = [start for start in starts if note.start < start < note.end]
    return [note.at(start, end) for start, end in pairwise([note.start, *inside, note.end])]


def closed_staves(score: Score) -> bytes:
    """MusicXML with two staves of two voices each, without names, as one writes chorales."""
    root = ET.fromstring(musicxml_bytes(score))  # noqa: S314  # written a moment ago
    parts = root.findall("part")
    for upper, lower in ((parts[0], parts[1]), (parts[2], parts[3])):
        for measure, other in zip(upper, lower, strict=True):
            _add_second_voice(measure, other)
        root.remove(lower)
    names = root.find("part-list")
    assert names is not None
    for index, singer in enumerate(list(names)):
        if index % 2:
            names.remove(singer)
        else:
            for name in ("part-name", "part-abbreviation"):
                element = singer.find(name)
                assert element is not None
                element.text = ""
    return ET.tostring(root)


def _add_second_voice(measure: ET.Element, other: ET.Element) -> None:
    """Go back to the start of the measure and write the notes of another staff as voice 2."""
    length = sum(int(note.findtext("duration", "0")) for note in measure.findall("note"))
    ET.SubElement(ET.SubElement(measure, "backup"), "duration").text = str(length)
    for note in other.findall("note"):
        voice = note.find("voice")
        assert voice is not None
        voice.text = "2"
        measure.append(note)


Layout = Callable[[Score], bytes]


def read_back(data: bytes, assignment: Assignment | None = None) -> Lines:
    read = midi_material if data.startswith(b"MThd") else musicxml_material
    return lines(read(data).imported(assignment).score)


def share_right(found: Lines, wanted: Lines) -> float:
    """The share of notes that came back in their voice as they were."""
    right = sum(len(set(own) & set(other)) for own, other in zip(found, wanted, strict=True))
    return right / sum(map(len, wanted))
