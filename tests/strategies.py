"""Random notes, voices and scores for property tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from hypothesis import settings
from hypothesis import strategies as st

from harmonizer_gui.score import KeySignature, Note, Score, Tempo, TimeSignature, Voice

# How long an example takes says more about the machine and its other work than about the program.
settings.register_profile("harmonizer", deadline=None)
settings.load_profile("harmonizer")

METRES = ((4, 4), (3, 4), (2, 2), (6, 8), (3, 8), (5, 4))
PITCHES = st.integers(0, 127)
Change = TypeVar("Change", Tempo, KeySignature)
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12)
"""Titles without blanks and control characters, which formats may tidy up."""


SYLLABLES = ("", "Glo-", "-ri-", "-a", "Amen,")
VERSES = (*SYLLABLES, "Lob\nPreis", "\n-tet")


@st.composite
def voices(
    draw: st.DrawFn,
    *,
    grid: int = 120,
    most: int = 12,
    fermatas: bool = True,
    generated: bool = True,
    pitches: st.SearchStrategy[int] = PITCHES,
    lyrics: Sequence[str] = ("",),
) -> Voice:
    """A voice whose positions are multiples of `grid` ticks."""
    notes: list[Note] = []
    tick = 0
    for _ in range(draw(st.integers(0, most))):
        start = tick + grid * draw(st.integers(0, 6))
        tick = start + grid * draw(st.integers(1, 12))
        notes.append(
            Note(
                start,
                tick - start,
                draw(pitches),
                draw(st.integers(1, 127)),
                fermata=fermatas and draw(st.booleans()),
                generated=generated and draw(st.booleans()),
                lyric=draw(st.sampled_from(lyrics)),
            )
        )
    return Voice(tuple(notes))


@st.composite
def scores(
    draw: st.DrawFn,
    *,
    grid: int = 120,
    most: int = 12,
    fermatas: bool = True,
    generated: bool = True,
    lyrics: Sequence[str] = ("",),
) -> Score:
    """A score with at least one note: pickup, changes of metre on barlines, of key and tempo on beats.

    No change says again what holds already, and none comes after the last note.
    """
    line = voices(grid=grid, most=most, fermatas=fermatas, generated=generated, lyrics=lyrics)
    soprano, alto, tenor, bass = (draw(line) for _ in range(4))
    if not (soprano or alto or tenor or bass):
        tenor = Voice((Note(0, 480, 60),))
    end = max(voice.end for voice in (soprano, alto, tenor, bass))
    metres, pickup = draw(_metres(grid, end))
    ticks = st.lists(st.integers(1, max(1, (end - 1) // 480)).map(lambda beat: beat * 480), unique=True)
    later = [tick for tick in sorted(draw(ticks)) if tick < end][:3]
    return Score(
        voices=(soprano, alto, tenor, bass),
        title=draw(NAMES),
        tempos=_told_apart([draw(_tempos(tick)) for tick in [0, *later]]),
        time_signatures=metres,
        key_signatures=_told_apart([draw(_keys(tick)) for tick in draw(st.sampled_from([[], [0, *later]]))]),
        pickup=pickup,
    )


@st.composite
def _metres(draw: st.DrawFn, grid: int, end: int) -> tuple[tuple[TimeSignature, ...], int]:
    """Signatures, each other than the one before and after two of its bars at least; and a pickup."""
    kinds = draw(st.lists(st.sampled_from(METRES), min_size=1, max_size=3))
    metres = [TimeSignature(0, *kinds[0])]
    pickup = grid * draw(st.integers(0, (metres[0].bar_ticks - 1) // grid))
    tick = pickup
    for kind in kinds[1:]:
        tick += metres[-1].bar_ticks * draw(st.integers(2, 3))
        if tick < end and kind != (metres[-1].numerator, metres[-1].denominator):
            metres.append(TimeSignature(tick, *kind))
    return tuple(metres), pickup


def _tempos(tick: int) -> st.SearchStrategy[Tempo]:
    return st.integers(50, 3000).map(lambda tenths: Tempo(tick, tenths / 10))


def _keys(tick: int) -> st.SearchStrategy[KeySignature]:
    return st.builds(KeySignature, st.just(tick), st.integers(-7, 7), st.sampled_from(["major", "minor"]))


def _told_apart(changes: Sequence[Change]) -> tuple[Change, ...]:
    kept: list[Change] = []
    for change in changes:
        if not kept or replace(change, tick=kept[-1].tick) != kept[-1]:
            kept.append(change)
    return tuple(kept)
