"""What a press would do, by tool, place and modifiers; cursor, outline and press all follow it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from harmonizer_gui.score import Note
from harmonizer_gui.views.roll.cursors import cursor_of
from harmonizer_gui.views.roll.gestures import Pointer, Scene, Tool, Will, intent, press
from harmonizer_gui.views.roll.gestures.knife import cut_at
from harmonizer_gui.views.roll.grid import Grid
from tests.views.roll.test_gestures import ALTO, FIRST, SCENE, SECOND, at, play, ref

BODY, EDGE, PAPER = at(240, 60), at(475, 60), at(2000, 64)
LOCKED = replace(SCENE, is_locked=lambda _ref: True)


@pytest.mark.parametrize(
    ("tool", "pointer", "will"),
    [
        (Tool.DRAW, PAPER, Will.DRAW),
        (Tool.DRAW, replace(PAPER, ctrl=True), Will.BOX),
        (Tool.DRAW, BODY, Will.MOVE),
        (Tool.DRAW, replace(BODY, ctrl=True), Will.COPY),
        (Tool.DRAW, at(5, 60), Will.START),
        (Tool.DRAW, EDGE, Will.END),
        (Tool.DRAW, replace(EDGE, shift=True), Will.MOVE),
        (Tool.SELECT, PAPER, Will.BOX),
        (Tool.SELECT, BODY, Will.MOVE),
        (Tool.KNIFE, BODY, Will.CUT),
        (Tool.KNIFE, PAPER, Will.BOX),
        (Tool.ERASE, BODY, Will.ERASE),
        (Tool.ERASE, PAPER, Will.ERASE),
    ],
)
def test_what_a_press_would_do(tool: Tool, pointer: Pointer, will: Will) -> None:
    assert intent(SCENE, tool, pointer).will is will


@pytest.mark.parametrize("tool", [tool for tool in Tool if tool is not Tool.PAINT])
def test_a_locked_note_refuses_every_tool_but_lends_a_copy(tool: Tool) -> None:
    assert intent(LOCKED, tool, BODY).will is Will.REFUSE
    played = play(press(LOCKED, tool, BODY), at(700, 66), scene=LOCKED)
    assert played.score == LOCKED.score
    if tool in (Tool.DRAW, Tool.SELECT):
        assert intent(LOCKED, tool, replace(BODY, ctrl=True)).will is Will.COPY


def test_what_is_outlined_is_what_is_drawn() -> None:
    wish = intent(SCENE, Tool.DRAW, PAPER)
    drawn = play(press(SCENE, Tool.DRAW, PAPER)).score.voice(ALTO).notes[-1]
    assert wish.note == drawn == Note(1920, 480, 64)


@pytest.mark.parametrize(
    ("pointer", "tick"),
    [(at(250, 60), 240), (at(130, 60), 240), (replace(at(130, 60), alt=True), 130), (at(20, 60), 240)],
)
def test_a_cut_lies_on_the_grid_or_where_it_is_free(pointer: Pointer, tick: int) -> None:
    assert cut_at(SCENE, FIRST, pointer) == tick
    played = play(press(SCENE, Tool.KNIFE, pointer))
    assert played.alto[:2] == [(0, tick, 60), (tick, 480 - tick, 60)]


def test_where_no_grid_line_crosses_a_note_it_is_halved() -> None:
    coarse: Scene = replace(SCENE, grid=Grid(1))
    assert cut_at(coarse, SECOND, at(600, 62)) == 720
    assert cut_at(coarse, Note(5, 1, 60), at(5, 60)) is None


def test_a_cut_follows_the_pointer_and_is_one_step() -> None:
    played = play(press(SCENE, Tool.KNIFE, at(250, 60)), replace(at(100, 60), alt=True))
    assert played.alto[0] == (0, 100, 60)
    assert played.text == "Split a note of the alto"
    both = play(press(SCENE, Tool.KNIFE, replace(at(250, 60), shift=True)))
    assert len(both.selection) == 4


def test_a_copy_leaves_what_it_is_a_copy_of() -> None:
    held = replace(at(650, 62), ctrl=True)
    played = play(press(SCENE, Tool.DRAW, held), replace(at(1610, 64), ctrl=True))
    assert played.alto == [(0, 480, 60), (480, 480, 62), (1440, 480, 64)]
    assert played.text == "Copy a note of the alto"


def test_ctrl_may_come_and_go_while_dragging() -> None:
    played = play(press(SCENE, Tool.DRAW, at(650, 62)), replace(at(1610, 64), ctrl=True), at(1610, 64))
    assert played.alto == [(0, 480, 60), (1440, 480, 64)]


def test_alt_drags_a_selected_note_off_the_grid_and_only_a_click_takes_it_away() -> None:
    scene = replace(SCENE, selection=frozenset({ref(FIRST), ref(SECOND)}))
    held = replace(at(650, 62), alt=True)
    dragged = play(press(scene, Tool.SELECT, held), replace(at(767, 62), alt=True), scene=scene)
    assert [start for start, _, _ in dragged.alto] == [117, 597]
    assert len(dragged.selection) == 2
    assert play(press(scene, Tool.SELECT, held), scene=scene).selection == {ref(FIRST)}


def test_locked_notes_stay_behind_when_a_selection_moves() -> None:
    chosen = frozenset({ref(FIRST), ref(SECOND)})
    scene = replace(SCENE, selection=chosen, is_locked=lambda other: other == ref(SECOND))
    played = play(press(scene, Tool.SELECT, at(240, 60)), at(240, 64), scene=scene)
    assert played.alto == [(0, 480, 64), (480, 480, 62)]
    erased = play(press(scene, Tool.ERASE, at(100, 60)), at(900, 62), scene=scene)
    assert (480, 480, 62) in erased.alto


def test_a_click_on_an_edge_selects_that_note_alone() -> None:
    scene = replace(SCENE, selection=frozenset({ref(FIRST), ref(SECOND)}))
    assert play(press(scene, Tool.SELECT, EDGE), scene=scene).selection == {ref(FIRST)}


@pytest.mark.parametrize("tool", list(Tool))
@pytest.mark.parametrize("will", list(Will))
def test_every_intent_has_a_cursor(qapp: QApplication, tool: Tool, will: Will) -> None:
    cursor = cursor_of(will, tool)
    assert (cursor.shape() is Qt.CursorShape.BitmapCursor) == (not cursor.pixmap().isNull())
