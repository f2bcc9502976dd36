"""From what is typed to locks."""

from __future__ import annotations

import pytest

from harmonizer_gui.engine.chord_names import HarmonyError
from harmonizer_gui.engine.guidance import Lock
from harmonizer_gui.score import KeySignature, Note, Score, Voice, VoiceName
from harmonizer_gui.score.edits import NOTHING, NoteRef, Selection
from harmonizer_gui.session.harmonies import Scope, Stretch, locks_of, stretch_of
from tests.session.conftest import BAR, line

SCORE = Score((line(72), Voice(), line(60), line(48)), pickup=480)
C_MAJOR = KeySignature(0, 0)
WHOLE = stretch_of(Scope.PIECE, SCORE, NOTHING, 0)
SOME = frozenset(
    {NoteRef(VoiceName.SOPRANO, Note(960, 480, 72)), NoteRef(VoiceName.TENOR, Note(2400, 480, 60))}
)


@pytest.mark.parametrize(
    ("scope", "selection", "tick", "expected"),
    [
        (Scope.PIECE, SOME, 0, Stretch(0, None, 0, 2)),
        (Scope.BARS, SOME, 0, Stretch(480, 480 + 2 * BAR, 1, 2)),
        (Scope.BARS, NOTHING, 100, Stretch(0, 480, 0, 0)),
        (Scope.BARS, NOTHING, 3000, Stretch(480 + BAR, 480 + 2 * BAR, 2, 2)),
        (Scope.NOTES, SOME, 0, Stretch(960, 2880, 1, 2)),
        (Scope.NOTES, NOTHING, 500, Stretch(480, 480 + BAR, 1, 1)),
    ],
)
def test_where_something_is_locked(scope: Scope, selection: Selection, tick: int, expected: Stretch) -> None:
    assert stretch_of(scope, SCORE, selection, tick) == expected


def test_one_chord_is_locked_over_all_of_it() -> None:
    assert locks_of("V7", C_MAJOR, SCORE, WHOLE) == [Lock(0, None, frozenset({2, 5, 7, 11}), "V7")]


def test_bar_lines_part_chords_and_an_empty_bar_stays_free() -> None:
    first = stretch_of(Scope.BARS, SCORE, NOTHING, 480)
    found = locks_of("| ii65 V7 | C major |", C_MAJOR, SCORE, first)
    half = 480 + BAR // 2
    assert [(lock.start, lock.end, lock.label) for lock in found] == [
        (480, half, "ii65"),
        (half, 480 + BAR, "V7"),
        (480 + BAR, 480 + 2 * BAR, "C major"),
    ]
    assert [lock.start for lock in locks_of("G | | C", C_MAJOR, SCORE, WHOLE)] == [0, 480 + BAR]


def test_more_bars_than_there_are() -> None:
    with pytest.raises(HarmonyError, match="these are 4 bars, and only 3 are left"):
        locks_of("C | C | C | C", C_MAJOR, SCORE, WHOLE)


def test_a_bar_that_cannot_be_read() -> None:
    with pytest.raises(HarmonyError, match="“H” is no chord"):
        locks_of("C | G H", C_MAJOR, SCORE, WHOLE)
