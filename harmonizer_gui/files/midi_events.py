"""The events of a MIDI file as notes by track and channel, and as tempo, metre and key."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field

import mido

from harmonizer_gui.files.bounds import check_end, check_note_count
from harmonizer_gui.files.errors import ContentError
from harmonizer_gui.files.midi_lyrics import with_words
from harmonizer_gui.files.midi_parsing import is_garbled
from harmonizer_gui.files.progress import part, told
from harmonizer_gui.files.strands import Found
from harmonizer_gui.files.voices import FilePart
from harmonizer_gui.score import TICKS_PER_QUARTER, KeySignature, Note, Tempo, TimeSignature, VoiceName

DRUM_CHANNEL = 9
_NO_TITLES = {"control track", "conductor", "conductor track", "tempo", "tempo track", "master track"} | {
    voice.label for voice in VoiceName
}


@dataclass
class MidiContent:
    """What a MIDI file says, in ticks of 480 a quarter, in the order of the file."""

    parts: list[FilePart] = field(default_factory=list)
    title: str = ""
    tempos: list[Tempo] = field(default_factory=list)
    time_signatures: list[TimeSignature] = field(default_factory=list)
    key_signatures: list[KeySignature] = field(default_factory=list)
    drum_notes: int = 0
    empty_notes: int = 0
    odd_metres: int = 0
    garbled: int = 0
    """Events that say what they are and no more that makes sense."""


@dataclass(frozen=True, slots=True)
class _Strike:
    """A note-on or note-off of one pitch of one channel."""

    tick: int
    velocity: int
    """0 for a note-off."""
    place: int = 0
    """Where it stands among the messages of its track."""


def content(file: mido.MidiFile) -> MidiContent:
    """Notes, tempo, metre and key of a parsed file. Raises ContentError for what cannot be a score."""
    if file.type == 2 and len(file.tracks) > 1:
        raise ContentError("it holds independent patterns (MIDI type 2), not one piece")
    if file.ticks_per_beat <= 0:
        raise ContentError("it counts film frames (SMPTE), not beats")
    answer = MidiContent()
    with part(0.5, 1.0):
        for index, track in enumerate(told(file.tracks)):
            _read_track(track, file.ticks_per_beat, answer, is_first=index == 0)
    check_note_count(sum(len(part.found) for part in answer.parts))
    return answer


def _read_track(track: mido.MidiTrack, resolution: int, answer: MidiContent, *, is_first: bool) -> None:
    """Add what one track says; the name of a first track that is no single part is the title."""
    strikes: dict[int, dict[int, list[_Strike]]] = {}
    words: dict[int, str] = {}
    tick, name = 0, ""
    for place, (source_tick, message) in enumerate(_timed(track)):
        tick = _rescaled(source_tick, resolution)
        check_end(tick)
        if message.type in ("note_on", "note_off"):
            velocity = message.velocity if message.type == "note_on" else 0
            pitches = strikes.setdefault(message.channel, {})
            pitches.setdefault(message.note, []).append(_Strike(source_tick, velocity, place))
        elif message.type == "lyrics":
            words.setdefault(tick, _text(message.text))
        elif message.type == "track_name":
            name = name or _text(message.name)
        else:
            _read_meta(tick, message, answer)
    _add_parts(name, strikes, words, resolution, answer)
    if is_first and len(strikes) != 1 and name.lower() not in _NO_TITLES:
        answer.title = name


def _timed(track: mido.MidiTrack) -> Iterator[tuple[int, mido.Message]]:
    """The messages with their ticks from the start, in the file's own resolution."""
    tick = 0
    for message in track:
        tick += message.time
        yield tick, message


def _rescaled(tick: int, resolution: int) -> int:
    """To 480 a quarter, the nearest tick; the same tick always lands on the same one."""
    return (2 * tick * TICKS_PER_QUARTER + resolution) // (2 * resolution)


def _read_meta(tick: int, message: mido.MetaMessage, answer: MidiContent) -> None:
    if is_garbled(message):
        answer.garbled += 1
    elif message.type == "set_tempo" and message.tempo:
        answer.tempos.append(Tempo(tick, _quarters_per_minute(message.tempo)))
    elif message.type == "key_signature":
        answer.key_signatures.append(_key_signature(tick, message.key))
    elif message.type == "time_signature":
        try:
            answer.time_signatures.append(TimeSignature(tick, message.numerator, message.denominator))
        except ValueError:
            answer.odd_metres += 1


def _quarters_per_minute(microseconds: int) -> float:
    """The roundest number that MIDI would store as these microseconds a quarter, within 5–1000."""
    exact = 60_000_000 / microseconds
    for digits in range(7):
        rounded = round(exact, digits)
        if rounded and round(60_000_000 / rounded) == microseconds:
            return min(1000.0, max(5.0, rounded))
    return min(1000.0, max(5.0, exact))


_SHARPS = {tonic: index - 1 for index, tonic in enumerate(("F", "C", "G", "D", "A", "E", "B"))}


def _key_signature(tick: int, key: str) -> KeySignature:
    """From mido's names: `Eb`, `F#m`."""
    fifths = _SHARPS[key[0]] + 7 * (key.count("#") - key.count("b"))
    if key.endswith("m"):
        return KeySignature(tick, fifths - 3, "minor")
    return KeySignature(tick, fifths)


def key_name(key: KeySignature) -> str:
    """The name that mido has for a key signature."""
    place = key.fifths + (3 if key.mode == "minor" else 0) + 1
    accidental = "b" * -(place // 7) + "#" * (place // 7)
    return "FCGDAEB"[place % 7] + accidental + ("m" if key.mode == "minor" else "")


def _text(latin: str) -> str:
    """Names are UTF-8 in today's files and Latin-1, which mido has taken them for, in older ones."""
    try:
        return latin.encode("latin1").decode("utf-8").strip("\0")
    except UnicodeDecodeError:
        return latin.strip("\0")


def _add_parts(
    name: str,
    strikes: dict[int, dict[int, list[_Strike]]],
    words: dict[int, str],
    resolution: int,
    answer: MidiContent,
) -> None:
    """Add a part for each channel; the words are those of its first."""
    drums = strikes.pop(DRUM_CHANNEL, {})
    answer.drum_notes += sum(strike.velocity > 0 for line in drums.values() for strike in line)
    for channel, pitches in sorted(strikes.items()):
        found = [
            item
            for pitch, line in sorted(pitches.items())
            for item in _notes(pitch, line, resolution, answer)
        ]
        label = name if len(strikes) == 1 else f"{name} channel {channel + 1}".strip()
        answer.parts.append(FilePart(label, with_words(found, words)))
        words = {}


def _notes(pitch: int, strikes: list[_Strike], resolution: int, answer: MidiContent) -> Iterator[Found]:
    """The notes of one pitch, and where in the file each is struck and let go."""
    for struck, left in _pairs(strikes):
        if struck.tick == left.tick:
            answer.empty_notes += 1
            continue
        first, last = _rescaled(struck.tick, resolution), _rescaled(left.tick, resolution)
        note = Note(first, max(1, last - first), pitch, struck.velocity)
        yield Found(note, place=struck.place, leaving=left.place)


def _pairs(strikes: list[_Strike]) -> Iterator[tuple[_Strike, _Strike]]:
    """The note-on and the end of the notes of one pitch.

    Where every note-on has its note-off, notes may overlap (two voices in unison) and the first struck
    ends first. Where note-offs are missing, a note lasts until the next is struck.
    """
    ons = Counter(strike.velocity > 0 for strike in strikes)
    overlapping = ons[True] <= ons[False]
    sounding: deque[_Strike] = deque()
    for strike in strikes:
        if sounding and (not strike.velocity or not overlapping):
            struck = sounding.popleft()
            yield struck, strike
        if strike.velocity:
            sounding.append(strike)
    last = strikes[-1]
    yield from ((struck, last) for struck in sounding)
