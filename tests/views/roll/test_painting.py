"""What is seen on the roll, pixel by pixel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage

from harmonizer_gui.score import KeySignature, Note, Score, TimeSignature, Voice, VoiceName
from harmonizer_gui.score.edits import NoteRef
from harmonizer_gui.views.roll import note_sheet
from harmonizer_gui.views.roll.background import Background
from harmonizer_gui.views.roll.keyboard import KEYBOARD_WIDTH
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.roll.roll import PianoRoll
from harmonizer_gui.views.theme import DARK, LIGHT, Theme, ThemeManager

ALTO, TENOR = VoiceName.ALTO, VoiceName.TENOR
NOTE, TENOR_NOTE = Note(1920, 1920, 62), Note(3840, 1920, 55)
SCORE = Score((Voice(), Voice((NOTE,)), Voice((TENOR_NOTE,)), Voice()), key_signatures=(KeySignature(0, 0),))
Picture = Callable[[float, float], str]


@pytest.fixture
def roll(themes: ThemeManager, show: Callable[..., None]) -> PianoRoll:
    roll = PianoRoll()
    roll.set_theme(themes.theme)
    roll.set_piece(SCORE)
    show(roll, 900, 560)
    return roll


def picture(roll: PianoRoll) -> Picture:
    """The colour in the middle of a row at a tick; a part of a row above or below with a broken pitch."""
    image: QImage = roll.canvas.grab().toImage()
    view, field = roll.coordinates, roll.canvas.field

    def color(tick: float, pitch: float) -> str:
        place = field.mapToScene(QPointF(view.x(tick), view.y(pitch) + view.row_height / 2))
        ratio = image.devicePixelRatio()
        return image.pixelColor(int(ratio * place.x()), int(ratio * place.y())).name()

    return color


def near(first: str, second: QColor, reach: int = 6) -> bool:
    a = QColor(first)
    pairs = ((a.red(), second.red()), (a.green(), second.green()), (a.blue(), second.blue()))
    return all(abs(one - other) <= reach for one, other in pairs)


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_rows_of_black_keys_are_tinted(roll: PianoRoll, theme: Theme) -> None:
    roll.set_theme(theme)
    color = picture(roll)
    assert color(700, 62) == theme.roll_row
    assert color(700, 61) == theme.roll_row_black


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_the_target_is_bright_and_others_are_ghosts(roll: PianoRoll, theme: Theme) -> None:
    roll.set_theme(theme)
    look = Look(theme, roll.font())
    color = picture(roll)
    assert near(color(3000, 62), look.notes[ALTO].fill)
    assert near(color(5000, 55), look.ghosts[TENOR].fill)
    roll.set_target(TENOR)
    assert near(picture(roll)(5000, 55), look.notes[TENOR].fill)


def test_selected_and_generated_notes_differ_in_more_than_hue(roll: PianoRoll) -> None:
    look = Look(DARK, roll.font())
    roll.set_selection(frozenset({NoteRef(ALTO, NOTE)}))
    color = picture(roll)
    assert near(color(3000, 62), look.notes[ALTO].lit)
    edge = 0.5 - 1.5 / roll.coordinates.row_height
    assert near(color(3000, 62 + edge), QColor(DARK.selection), reach=60)
    made = SCORE.with_voice(ALTO, Voice((replace(NOTE, generated=True),)))
    roll.set_selection(frozenset())
    roll.set_score(made)
    color = picture(roll)
    assert near(color(3000, 62), look.notes[ALTO].soft)
    assert near(color(3000, 62 + edge), look.notes[ALTO].fill, reach=60)


def test_a_growing_voice_takes_the_place_of_its_notes(roll: PianoRoll) -> None:
    look = Look(DARK, roll.font())
    roll.set_growing((ALTO, Voice((Note(0, 1920, 65),))))
    color = picture(roll)
    assert near(color(1000, 65), look.notes[ALTO].fill)
    assert color(3000, 62) == DARK.roll_row
    roll.set_growing()
    assert near(picture(roll)(3000, 62), look.notes[ALTO].fill)


def heat_at(*cells: tuple[int, int], steps: int = 64) -> np.ndarray:
    heat = np.zeros((steps, 88), np.float32)
    for step, pitch in cells:
        heat[step, pitch - 21] = 1.0
    return heat


def test_heat_lies_at_its_step_and_pitch_under_the_notes(roll: PianoRoll) -> None:
    roll.set_heat(heat_at((4, 67), (20, 62)))
    color = picture(roll)
    assert near(color(540, 67), QColor("#fde725"), reach=12)
    assert color(540, 66) == DARK.roll_row_black
    assert near(color(420, 67), QColor(DARK.roll_row), reach=20)
    assert near(color(20 * 120 + 60, 62), Look(DARK, roll.font()).notes[ALTO].fill)
    roll.set_heat(None)
    assert picture(roll)(540, 67) == DARK.roll_row


def test_new_heat_has_no_note_and_no_line_painted_anew(
    roll: PianoRoll, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[str] = []

    def watch(place: object, name: str) -> None:
        usual = getattr(place, name)

        def noted(*things: object) -> object:
            painted.append(name)
            return usual(*things)

        monkeypatch.setattr(place, name, noted)

    watch(note_sheet, "paint_bodies")
    watch(Background, "_lines")
    roll.set_score(replace(SCORE, key_signatures=(KeySignature(0, 3),)))
    roll.set_target(TENOR)
    picture(roll)
    assert set(painted) == {"paint_bodies", "_lines"}
    painted.clear()
    before = picture(roll)(700, 62)
    roll.set_heat(np.ones((64, 88), np.float32))
    assert picture(roll)(700, 62) != before
    assert painted == []


def test_stale_heat_is_dimmed(roll: PianoRoll) -> None:
    heat = heat_at((4, 67))
    roll.set_heat(heat)
    fresh = QColor(picture(roll)(540, 67))
    roll.set_heat(heat, stale=True)
    assert QColor(picture(roll)(540, 67)).lightness() < fresh.lightness()


def test_a_thin_peak_is_seen_from_afar(roll: PianoRoll) -> None:
    long = SCORE.with_voice(ALTO, Voice((Note(0, 480, 62), Note(1_000_000, 480, 62))))
    roll.set_piece(long)
    roll.set_heat(heat_at((5000, 64), steps=8336))
    roll.navigator.zoom_to_fit()
    image = roll.canvas.grab().toImage()
    view = roll.coordinates
    assert view.tick_width * 120 < 1
    y = roll.canvas.field.mapToScene(QPointF(0, view.y(64) + view.row_height / 2)).y()
    row = [image.pixelColor(x, int(y)) for x in range(60, image.width())]
    assert any(near(color.name(), QColor("#fde725"), reach=40) for color in row)


def test_many_notes_are_sketched_and_still_seen(roll: PianoRoll) -> None:
    line = Voice(tuple(Note(480 * index, 480, 62) for index in range(3000)))
    roll.set_piece(SCORE.with_voice(ALTO, line))
    roll.navigator.zoom_to_fit()
    look = Look(DARK, roll.font())
    assert near(picture(roll)(700_000, 62), look.notes[ALTO].fill)


@pytest.mark.parametrize("count", [20, 3000])
def test_selected_notes_look_selected_from_afar_wherever_they_are(roll: PianoRoll, count: int) -> None:
    """Few of them have their outlines; of many, more than can be painted one by one, the colour tells."""
    line = Voice(tuple(Note(480 * index, 480, 62) for index in range(3000)))
    roll.set_piece(SCORE.with_voice(ALTO, line))
    roll.set_selection(frozenset(NoteRef(ALTO, note) for note in line.notes[-count:]))
    roll.navigator.zoom_to_fit()
    look, color = Look(DARK, roll.font()), picture(roll)
    at_end = color(480 * 2990, 62)
    assert near(at_end, look.notes[ALTO].lit) or near(at_end, QColor(DARK.selection), reach=40)
    assert near(color(480 * 100, 62), look.notes[ALTO].lit if count == 3000 else look.notes[ALTO].fill)


def test_the_playhead_and_its_mark_stand_at_the_tick(roll: PianoRoll) -> None:
    roll.set_playhead(4000)
    assert near(picture(roll)(4000, 70), QColor(DARK.playhead), reach=30)


def test_the_loop_is_marked_in_the_ruler(roll: PianoRoll) -> None:
    def shade(tick: float) -> str:
        image = roll.canvas.grab().toImage()
        x = roll.canvas.field.mapToScene(QPointF(roll.coordinates.x(tick), 0.0)).x()
        ratio = image.devicePixelRatio()
        return str(image.pixelColor(int(ratio * x), int(ratio * 3)).name())

    plain = shade(2000)
    roll.set_loop((1920, 3840))
    assert (shade(2000) != plain, shade(4000) == plain) == (True, True)
    roll.set_loop(None)
    assert shade(2000) == plain


def test_the_paper_behind_the_end_is_a_shade_darker(roll: PianoRoll) -> None:
    roll.navigator.zoom(-2)
    color = picture(roll)
    assert color(SCORE.length + 700, 62) != color(700, 62) == DARK.roll_row


def test_pages_turn_with_the_playhead_until_the_user_scrolls(roll: PianoRoll) -> None:
    roll.set_piece(SCORE.with_voice(ALTO, Voice((Note(0, 40_000, 62),))))
    roll.navigator.set_following(on=True)
    outside = roll.coordinates.right + 100
    roll.set_playhead(outside)
    assert roll.coordinates.left == pytest.approx(outside)
    roll.navigator.scroll(-50.0, 0.0)
    place = roll.coordinates.left
    roll.set_playhead(roll.coordinates.right + 100)
    assert roll.coordinates.left == place


def test_in_any_key_the_octaves_begin_with_c(roll: PianoRoll) -> None:
    keyboard, view = roll.canvas.keyboard, roll.coordinates
    octave = keyboard.mapRectToScene(QRectF(0.0, view.y(60), KEYBOARD_WIDTH, view.row_height)).toRect()

    def label() -> QImage:
        image: QImage = roll.canvas.grab().toImage()
        return image.copy(octave)

    keyboard.set_pointed(62)
    plain = label()
    keyboard.set_pointed(62, KeySignature(0, 3, "minor"))
    assert label() == plain
    keyboard.set_pointed(60, KeySignature(0, 3, "minor"))
    assert label() != plain


def test_an_edit_leaves_the_view_where_it_is(roll: PianoRoll) -> None:
    roll.navigator.zoom(3)
    roll.navigator.scroll(300.0, 0.0)
    view = roll.coordinates
    roll.set_score(SCORE.with_voice(ALTO, Voice()))
    assert roll.coordinates == view


def test_the_view_of_a_project_comes_back_and_nonsense_does_not(roll: PianoRoll) -> None:
    roll.navigator.zoom(3)
    kept, view = roll.navigator.state, roll.coordinates
    roll.navigator.show_start()
    roll.navigator.restore(kept)
    assert roll.coordinates == view
    roll.navigator.restore({"left": "far", "tick_width": -1.0, "row_height": float("nan"), "top": None})
    assert roll.coordinates == view


def test_scroll_bars_go_both_ways(roll: PianoRoll) -> None:
    roll.navigator.zoom(4)
    roll.bars.across.setValue(200)
    assert roll.coordinates.left * roll.coordinates.tick_width == pytest.approx(200)
    roll.navigator.scroll(100.0, 0.0)
    assert roll.bars.across.value() == 300


def test_a_pickup_and_another_metre_have_their_bars(roll: PianoRoll) -> None:
    score = replace(SCORE, time_signatures=(TimeSignature(0, 3, 4),), pickup=480)
    roll.set_piece(score)
    color = picture(roll)
    assert near(color(480, 70), QColor(DARK.roll_bar_line), reach=20)
    assert near(color(480 + 1440, 70), QColor(DARK.roll_bar_line), reach=20)
    assert not near(color(1920 + 480, 70), QColor(DARK.roll_bar_line), reach=20)


@pytest.mark.parametrize("tick_width", [0.0012, 0.002, 0.004, 0.1])
def test_generated_notes_look_other_than_written_ones_at_every_zoom(
    roll: PianoRoll, tick_width: float
) -> None:
    line = tuple(Note(1920 * index, 1920, 62, generated=index >= 200) for index in range(400))
    roll.set_piece(SCORE.with_voice(ALTO, Voice(line)).with_voice(TENOR, Voice()))
    roll.navigator.restore({"tick_width": tick_width, "left": 0.0})
    colors = []
    for tick in (1920 * 100, 1920 * 300):
        roll.navigator.go_to(left=tick - 1920.0, top=roll.coordinates.top)
        colors.append(QColor(picture(roll)(tick + 960, 62)))
    written, generated = colors
    assert near(written.name(), Look(DARK, roll.font()).notes[ALTO].fill)
    assert abs(written.red() - generated.red()) > 30
