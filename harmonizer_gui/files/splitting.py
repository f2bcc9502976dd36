"""Chords and closed score taken apart: which of several strands sings which note.

Of all ways to share out the notes, the one is looked for in which the voices move as voices do, by the counts
of `voice_prior`. It is found from chord to chord, with the best few ways so far carried along, so that what
comes later decides where two strands meet.
"""

from __future__ import annotations

from collections.abc import Sequence

from harmonizer_gui.files.doubts import doubts_about
from harmonizer_gui.files.manner import Order, manner_of, onsets, order_of
from harmonizer_gui.files.pairing import likelier_ends
from harmonizer_gui.files.sharing import Chord, Manner, Option, Place, Way, shared_out
from harmonizer_gui.files.strands import Dropped, Found, Kept, Strand
from harmonizer_gui.files.voice_prior import beat_class, prior
from harmonizer_gui.score import Note


def split_strands(found: Sequence[Found], count: int, order: Order | None = None) -> list[Strand]:
    """`count` strands from high to low out of chords and crossing, meeting and resting voices.

    Notes whose rank is known stay with it. A single note that stands for two strands is given to both if
    both go on around it. Where more notes are struck than there are strands, inner ones are left out. Each
    strand has the doubts that it is part of. `order` is that of the file where there are other parts, too.
    """
    if not found:
        return [Strand() for _ in range(count)]
    if all(item.rank is None for item in found):
        found = likelier_ends(found)
    manner = manner_of(found, count, order or order_of([found]))
    chords = [_thinned(start, items, count, manner) for start, items in onsets(found)]
    ways = [Way(0.0, (Place(),) * count)]
    for chord in chords:
        ways = shared_out(ways, chord, manner, prior())
    strands = _strands(chords, ways[0], count)
    for doubt in doubts_about(ways, [chord.start for chord in chords]):
        for rank in doubt.strands:
            strands[rank].doubts.append(doubt)
    return strands


def _thinned(start: int, items: list[Found], count: int, manner: Manner) -> Chord:
    """As many notes as there are strands, the outer ones, from high to low."""
    upper, lower = (count + 1) // 2, count // 2
    inner = items[upper : max(upper, len(items) - lower)]
    kept = items[:upper] + items[upper + len(inner) :]
    return Chord(start, tuple(kept), tuple(inner), len(items), beat_class(start - manner.phase))


def _strands(chords: Sequence[Chord], last: Way, count: int) -> list[Strand]:
    strands = [Strand() for _ in range(count)]
    for chord, way in zip(chords, last.since_the_start, strict=True):
        for item in chord.left_out:
            nearest = min(strands, key=lambda strand: _distance(strand, item.note))
            nearest.dropped.append(Dropped(chord.start, chord.together, Kept.OUTER))
        _sing(chord, way.chosen, strands)
    return strands


def _distance(strand: Strand, note: Note) -> int:
    return abs(strand.notes[-1].pitch - note.pitch) if strand.notes else 0


def _sing(chord: Chord, chosen: Sequence[Option], strands: Sequence[Strand]) -> None:
    """Add the notes of a chord."""
    for strand, option in zip(strands, chosen, strict=True):
        if option.note is not None:
            strand.add(chord.items[option.note].note, is_shared=not option.is_own)
