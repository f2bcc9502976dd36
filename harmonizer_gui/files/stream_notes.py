"""The notes of a music21 part, measure by measure: ties joined, grace notes left aside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from harmonizer_gui.files.strands import Found
from harmonizer_gui.files.voices import FilePart
from harmonizer_gui.score import TICKS_PER_QUARTER, KeySignature, Note, Tempo, TimeSignature

DEFAULT_VELOCITY = 80
_QUARTER = TICKS_PER_QUARTER
MOST_VERSES = 20
LONGEST_LYRIC = 1000


@dataclass(frozen=True, slots=True)
class _Piece:
    """A note as written, perhaps one link of a tied chain.

    `rank` is that of its voice in the measure, None where the measure has one voice.
    """

    start: int
    end: int
    pitch: int
    velocity: int
    fermata: bool
    tie: str
    rank: int | None
    lyric: str = ""


@dataclass
class PartContent:
    """What one music21 part says besides its notes, and what of it cannot be kept."""

    pieces: list[_Piece] = field(default_factory=list)
    tempos: list[Tempo] = field(default_factory=list)
    time_signatures: list[TimeSignature] = field(default_factory=list)
    key_signatures: list[KeySignature] = field(default_factory=list)
    grace_notes: int = 0
    odd_changes: int = 0
    odd_pitches: int = 0
    transposition: int = 0


def ticks(quarters: Any) -> int:  # noqa: ANN401  # music21 gives int, float or Fraction
    """Quarters, as music21 counts, in ticks: the nearest."""
    nearest: int = round(quarters * _QUARTER)
    return nearest


def measures_of(part: Any) -> list[Any]:  # noqa: ANN401  # music21 has no types
    """Those of a part; a part without barlines is one measure."""
    from music21 import stream

    return list(part.getElementsByClass(stream.Measure)) or [part]


def read_part(part: Any, measures: list[Any], starts: list[int]) -> PartContent:  # noqa: ANN401
    """The content of a part whose measures start at these ticks."""
    answer = PartContent()
    for element in part.elements:
        _read_instrument(element, answer)
    for measure, start in zip(measures, starts, strict=True):
        _read_measure(measure, start, answer)
    return answer


def file_part(name: str, content: PartContent) -> FilePart:
    """The part with every chain of ties as one note."""
    return FilePart(name, [Found(*pair) for pair in _joined(content.pieces)])


def _read_measure(measure: Any, start: int, answer: PartContent) -> None:  # noqa: ANN401
    voices = [voice for voice in measure.voices if voice.notes]
    for element in measure.elements:
        _read_element(element, start + ticks(measure.elementOffset(element)), None, answer)
    for rank, voice in enumerate(voices):
        base = start + ticks(measure.elementOffset(voice))
        for element in voice.elements:
            offset = base + ticks(voice.elementOffset(element))
            _read_element(element, offset, rank if len(voices) > 1 else None, answer)


def _read_element(element: Any, start: int, rank: int | None, answer: PartContent) -> None:  # noqa: ANN401
    from music21 import chord, harmony, key, meter, note, tempo

    if isinstance(element, note.Note):
        _read_note(element, element, start, rank, answer)
    elif isinstance(element, chord.Chord) and not isinstance(element, harmony.Harmony):
        for member in element.notes:
            _read_note(member, element, start, rank, answer)
    elif isinstance(element, meter.TimeSignature | key.KeySignature | tempo.MetronomeMark):
        _read_change(element, start, answer)
    else:
        _read_instrument(element, answer)


def _read_instrument(element: Any, answer: PartContent) -> None:  # noqa: ANN401
    """From here on the part sounds so many semitones above what is written."""
    from music21 import instrument

    if isinstance(element, instrument.Instrument):
        transposition = element.transposition
        answer.transposition = transposition.chromatic.semitones if transposition else 0


def _read_note(
    note: Any,  # noqa: ANN401
    event: Any,  # noqa: ANN401
    start: int,
    rank: int | None,
    answer: PartContent,
) -> None:
    """Add a note; `event` is the chord that it belongs to, or itself, where length and fermata stand."""
    from music21 import expressions

    end = start + ticks(event.duration.quarterLength)
    if event.duration.isGrace or end <= start:
        answer.grace_notes += 1
        return
    pitch = note.pitch.midi + answer.transposition
    if not 0 <= pitch <= 127:
        answer.odd_pitches += 1
        return
    fermata = any(isinstance(mark, expressions.Fermata) for mark in event.expressions)
    tie = note.tie or event.tie
    answer.pieces.append(
        _Piece(
            start,
            end,
            pitch,
            _velocity(note, event),
            fermata,
            tie.type if tie else "",
            rank,
            _lyric(event),
        )
    )


def _lyric(event: Any) -> str:  # noqa: ANN401
    """The syllables of all verses, a line each; a verse that pauses here has an empty line."""
    verses = {lyric.number: lyric.rawText or "" for lyric in event.lyrics if 0 < lyric.number <= MOST_VERSES}
    lines = [" ".join(verses.get(number, "").split()) for number in range(1, max(verses, default=0) + 1)]
    return "\n".join(lines)[:LONGEST_LYRIC].rstrip("\n")


def _velocity(note: Any, event: Any) -> int:  # noqa: ANN401
    for bearer in (note, event):
        if bearer.hasVolumeInformation() and bearer.volume.velocity is not None:
            return int(min(127, max(1, bearer.volume.velocity)))
    return DEFAULT_VELOCITY


def _read_change(element: Any, tick: int, answer: PartContent) -> None:  # noqa: ANN401
    from music21 import key, meter

    try:
        if isinstance(element, meter.TimeSignature):
            answer.time_signatures.append(TimeSignature(tick, element.numerator, element.denominator))
        elif isinstance(element, key.KeySignature):
            answer.key_signatures.append(_key_signature(tick, element))
        else:
            quarters_per_minute = element.getQuarterBPM()
            if quarters_per_minute:
                answer.tempos.append(Tempo(tick, round(float(quarters_per_minute), 6)))
    except ValueError:
        answer.odd_changes += 1


def _key_signature(tick: int, element: Any) -> KeySignature:  # noqa: ANN401
    mode = "minor" if getattr(element, "mode", "") == "minor" else "major"
    if element.sharps is None:
        raise ValueError("a key of single accidentals, not of so many sharps or flats")
    return KeySignature(tick, element.sharps, "minor" if mode == "minor" else "major")


def _joined(pieces: list[_Piece]) -> Iterator[tuple[Note, int | None]]:
    """The notes with their ranks, chains of ties joined, even where the chain changes its voice."""
    open_chains: dict[tuple[int, int], list[_Piece]] = {}
    for piece in sorted(pieces, key=lambda piece: piece.start):
        waiting = open_chains.get((piece.pitch, piece.start), [])
        if waiting and piece.tie in ("stop", "continue"):
            chain = next((one for one in waiting if one.rank == piece.rank), waiting[0])
            waiting.remove(chain)
            link = replace(chain, end=piece.end, fermata=chain.fermata or piece.fermata)
        else:
            link = piece
        if piece.tie in ("start", "continue"):
            open_chains.setdefault((piece.pitch, piece.end), []).append(link)
        else:
            yield _note(link)
    for waiting in open_chains.values():
        yield from map(_note, waiting)


def _note(piece: _Piece) -> tuple[Note, int | None]:
    length = piece.end - piece.start
    note = Note(piece.start, length, piece.pitch, piece.velocity, piece.fermata, lyric=piece.lyric)
    return note, piece.rank
