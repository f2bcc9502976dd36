"""A score as notation: bars, tied notes, clefs and names, as music21 writes them to MusicXML."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

from harmonizer_gui.files.changes import in_order
from harmonizer_gui.files.stream_notes import DEFAULT_VELOCITY
from harmonizer_gui.score import (
    TICKS_PER_QUARTER,
    Bar,
    KeySignature,
    Note,
    Score,
    Tempo,
    TimeSignature,
    Voice,
    VoiceName,
)

GRID_TICKS = 5
"""All lengths in multiples of this are notes, dotted notes, triplets or ties of them."""
_SHORTEST_BINARY = 15
_NO_KEY = KeySignature(0, 0)
_LINE_OF_FIFTHS = "FCGDAEB"
_NATURAL = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


def musicxml_bytes(score: Score) -> bytes:
    """The score as MusicXML."""
    from music21.musicxml.m21ToXml import ScoreExporter
    from music21.stream.makeNotation import makeAccidentalsInMeasureStream

    notation = stream_from_score(score)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # music21 warns of its own doings, such as beams over rests
        # Not the whole of makeNotation, which joins tied triplets even over a change of key.
        for part in notation.parts:
            makeAccidentalsInMeasureStream(part)
        exporter = ScoreExporter(notation)
        _without_inventions(exporter.parse(), score)
        xml: bytes = exporter.asBytes()
    return xml


def _without_inventions(root: ET.Element, score: Score) -> None:
    """Take out the composer, and the title of an untitled piece, that music21 makes up."""
    for identification in root.findall("identification"):
        for creator in identification.findall("creator"):
            identification.remove(creator)
    for title in root.findall("movement-title"):
        if not score.title:
            root.remove(title)


def stream_from_score(score: Score) -> Any:  # noqa: ANN401  # music21 has no types
    """The music21 stream of the score, with a part for each voice."""
    from music21 import metadata, stream

    score = _notatable(score)
    answer = stream.Score()
    answer.insert(0, metadata.Metadata(title=score.title or None))
    bars = _written_bars(score)
    for name in VoiceName:
        answer.insert(0, _part(score, name, bars))
    return answer


def on_grid(tick: int) -> int:
    """The nearest tick that notation can show."""
    return (tick + GRID_TICKS // 2) // GRID_TICKS * GRID_TICKS


def _notatable(score: Score) -> Score:
    """The score with everything on the nearest tick that notation can show; notes never vanish."""
    soprano, alto, tenor, bass = map(_notatable_voice, score.voices)
    metres = in_order(replace(metre, tick=on_grid(metre.tick)) for metre in score.time_signatures)
    return replace(
        score,
        voices=(soprano, alto, tenor, bass),
        time_signatures=metres,
        key_signatures=in_order(replace(key, tick=on_grid(key.tick)) for key in score.key_signatures),
        tempos=in_order(replace(tempo, tick=on_grid(tempo.tick)) for tempo in score.tempos),
        pickup=min(on_grid(score.pickup), metres[0].bar_ticks - GRID_TICKS),
    )


def _notatable_voice(voice: Voice) -> Voice:
    notes: list[Note] = []
    end = 0
    for note in voice:
        start = max(end, on_grid(note.start))
        end = max(start + GRID_TICKS, on_grid(note.end))
        notes.append(note.at(start, end))
    return Voice(tuple(notes))


def _written_bars(score: Score) -> Sequence[Bar]:
    """All bars; a lone pickup gets a bar after it, without which nobody could tell that it is one."""
    bars = score.bars
    if score.pickup and len(bars) == 1:
        metre = bars[0].time_signature
        return (*bars, Bar(1, bars[0].end, bars[0].end + metre.bar_ticks, metre))
    return bars


def _part(score: Score, name: VoiceName, bars: Sequence[Bar]) -> Any:  # noqa: ANN401
    from music21 import stream
    from music21.stream.enums import ShowNumber

    part = stream.Part(id=name.label)
    part.insert(0, _singer(name))
    for bar in bars:
        measure = stream.Measure(number=bar.number)
        if bar.number == 0:
            measure.showNumber = ShowNumber.NEVER
            measure.paddingLeft = _quarters(bar.time_signature.bar_ticks - bar.end)
        if bar.start == 0:
            measure.insert(0, _clef(name))
        for change in _changes(score, bar, with_tempos=name == VoiceName.SOPRANO):
            measure.insert(_quarters(change.tick - bar.start), _element(change))
        for start, element in _elements(score, score.voice(name), bar):
            measure.insert(_quarters(start - bar.start), element)
        part.insert(_quarters(bar.start), measure)
    return part


def _singer(name: VoiceName) -> Any:  # noqa: ANN401
    from music21 import instrument

    singer = instrument.Choir()
    singer.partId = name.letter
    singer.instrumentId = f"{name.letter}-choir"
    singer.partName = name.label.capitalize()
    singer.partAbbreviation = name.letter
    singer.midiChannel = int(name)
    return singer


def _quarters(ticks: int) -> Fraction:
    return Fraction(ticks, TICKS_PER_QUARTER)


def _clef(name: VoiceName) -> Any:  # noqa: ANN401
    from music21 import clef

    if name == VoiceName.BASS:
        return clef.BassClef()
    return clef.Treble8vbClef() if name == VoiceName.TENOR else clef.TrebleClef()


_Change = Tempo | TimeSignature | KeySignature


def _changes(score: Score, bar: Bar, *, with_tempos: bool) -> list[_Change]:
    """Key, metre and tempo changes in the bar, in the order in which notation has them."""
    changes: list[_Change] = [*score.key_signatures, *score.time_signatures]
    if with_tempos:
        changes += score.tempos
    return [change for change in changes if bar.start <= change.tick < bar.end]


def _element(change: _Change) -> Any:  # noqa: ANN401
    from music21 import key, meter, tempo

    if isinstance(change, TimeSignature):
        return meter.TimeSignature(f"{change.numerator}/{change.denominator}")
    if isinstance(change, Tempo):
        return tempo.MetronomeMark(number=change.quarters_per_minute)
    step, accidental = _spelling(change.tonic, change)
    return key.Key(step + accidental, change.mode)


def _spelling(pitch_class: int, key: KeySignature) -> tuple[str, str]:
    """Step and accidental (`#`, `-`, doubled) of a pitch class in a key.

    On the line of fifths a key's own notes reach from one below its major tonic to five above. The altered
    ones lie around them: two below and three above in major, one below and four above in minor.
    """
    lowest = key.fifths - (2 if key.mode == "minor" else 3)
    place = lowest + (7 * pitch_class - lowest) % 12
    step = _LINE_OF_FIFTHS[(place + 1) % 7]
    alteration = (place + 1) // 7
    return step, "#" * alteration if alteration >= 0 else "-" * -alteration


def _elements(score: Score, voice: Voice, bar: Bar) -> Iterator[tuple[int, Any]]:
    """Notes and rests that fill the bar, with the ticks where they start.

    Where the key changes within the bar, they are tied: a change can only stand between two of them.
    """
    from music21 import note as m21

    changes = [key.tick for key in score.key_signatures if bar.start < key.tick < bar.end]
    is_whole = bar.end - bar.start == bar.time_signature.bar_ticks
    if is_whole and not changes and not voice.between(bar.start, bar.end):
        yield bar.start, m21.Rest(quarterLength=_quarters(bar.end - bar.start), fullMeasure=True)
        return
    for start, end in pairwise([bar.start, *changes, bar.end]):
        yield from _filled(score, voice, start, end)


def _filled(score: Score, voice: Voice, start: int, end: int) -> Iterator[tuple[int, Any]]:
    """Notes and rests that fill the ticks [start, end)."""
    tick = start
    for note in voice.between(start, end):
        yield from _rests(tick, note.start)
        yield from _notes(score, note, max(note.start, start), min(note.end, end))
        tick = note.end
    yield from _rests(tick, end)


def _rests(start: int, end: int) -> Iterator[tuple[int, Any]]:
    from music21 import note as m21

    for first, length in _pieces(start, end):
        # Said to fill the bar, a rest would be read as one of the whole metre even in a pickup.
        yield first, m21.Rest(quarterLength=_quarters(length), fullMeasure=False)


def _notes(score: Score, note: Note, start: int, end: int) -> Iterator[tuple[int, Any]]:
    from music21 import expressions, tie
    from music21 import note as m21

    for first, length in _pieces(start, end):
        written = m21.Note(_pitch(score, note), quarterLength=_quarters(length))
        if (first, length) != (note.start, note.duration):
            written.tie = tie.Tie(_tie_type(first == note.start, first + length == note.end))
        if note.velocity != DEFAULT_VELOCITY:
            written.volume.velocity = note.velocity
        if note.fermata and first + length == note.end:
            written.expressions.append(expressions.Fermata())
        yield first, written


def _tie_type(is_first: bool, is_last: bool) -> str:  # noqa: FBT001
    return "start" if is_first else "stop" if is_last else "continue"


def _pitch(score: Score, note: Note) -> Any:  # noqa: ANN401
    from music21 import pitch

    step, accidental = _spelling(note.pitch % 12, score.key_at(note.start) or _NO_KEY)
    alteration = accidental.count("#") - accidental.count("-")
    octave = (note.pitch - alteration - _NATURAL[step]) // 12 - 1
    written = pitch.Pitch(step=step, octave=octave)
    if accidental:
        written.accidental = pitch.Accidental(accidental)
    return written


def _pieces(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Start and length of the written notes that make up the ticks [start, end), longest first.

    Binary lengths, dotted or not, and single triplet values are one note each.
    """
    tick = start
    while tick < end:
        length = _longest_value(end - tick)
        yield tick, length
        tick += length


def _longest_value(ticks: int) -> int:
    """The longest single note value that fits into `ticks` and leaves what can be written too."""
    values = _BINARY_VALUES if ticks % _SHORTEST_BINARY == 0 else _TRIPLET_VALUES
    return max(value for value in values if value <= ticks and (ticks - value) % _SHORTEST_BINARY == 0)


_BINARY_VALUES = sorted(
    value for power in range(10) for value in (_SHORTEST_BINARY * 2**power, _SHORTEST_BINARY * 3 * 2**power)
)
_TRIPLET_VALUES = [GRID_TICKS << power for power in range(10)]
