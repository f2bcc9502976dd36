from __future__ import annotations

from collections.abc import Callable

import pytest

from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.session.locks import NO_LOCKS, Place
from harmonizer_gui.views.roll.lock_marks import LockMarks, locked_in_all
from harmonizer_gui.views.roll.roll import PianoRoll

ALTO = VoiceName.ALTO
BAR = 1920
SCORE = Score().with_voice(ALTO, Voice((Note(0, 960, 64), Note(960, 960, 66))))
ALL_IN_BAR_2: Place = tuple((voice, ((BAR, 2 * BAR),)) for voice in VoiceName)


@pytest.fixture
def marks(show: Callable[..., None]) -> tuple[PianoRoll, LockMarks]:
    roll = PianoRoll()
    show(roll, 800, 500)
    roll.set_piece(SCORE)
    marks = LockMarks(roll.canvas.field, roll.look)
    roll.add_layer(marks)
    return roll, marks


def test_a_note_that_is_locked_has_a_mark_at_its_end(marks: tuple[PianoRoll, LockMarks]) -> None:
    roll, layer = marks
    before = roll.grab().toImage()
    layer.show_locks(NO_LOCKS.with_place(((ALTO, ((0, 960),)),), on=True), SCORE)
    after = roll.grab().toImage()
    view = roll.coordinates
    left = roll.canvas.mapFromScene(roll.canvas.field.mapToScene(0.0, 0.0)).x()
    changed = [
        x
        for x in range(after.width())
        for y in range(after.height())
        if before.pixel(x, y) != after.pixel(x, y)
    ]
    assert changed
    assert left + view.x(480) < min(changed)
    assert max(changed) <= left + view.x(960)


def test_without_locks_nothing_is_there(marks: tuple[PianoRoll, LockMarks]) -> None:
    _, layer = marks
    layer.show_locks(NO_LOCKS.with_voice(ALTO, on=True), SCORE)
    assert not layer.isVisible()
    layer.show_locks(NO_LOCKS.with_place(ALL_IN_BAR_2, on=True), SCORE)
    assert layer.isVisible()


def test_a_bar_is_locked_where_all_voices_are() -> None:
    locks = NO_LOCKS.with_place(ALL_IN_BAR_2, on=True)
    assert locked_in_all(locks) == ((BAR, 2 * BAR),)
    assert locked_in_all(locks.with_place(((ALTO, ((BAR, BAR + 480),)),), on=False)) == (
        (BAR + 480, 2 * BAR),
    )
    assert locked_in_all(NO_LOCKS.with_place(((ALTO, ((0, BAR),)),), on=True)) == ()
