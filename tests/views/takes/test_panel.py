from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest

from harmonizer_gui.score import Note, Voice, VoiceName
from harmonizer_gui.views.takes import Card, TakesPanel
from harmonizer_gui.views.takes.card import paint_lines
from harmonizer_gui.views.theme import DARK, LIGHT, Theme
from tests.qt import Collector

ALTO = VoiceName.ALTO
LINE = Voice((Note(0, 480, 60), Note(480, 480, 67)))


def card(number: int) -> Card:
    return Card(number, str(number), "0.94 bits", f"seed {70 + number}", "more", ((ALTO, LINE),), 0, 960)


@pytest.fixture
def panel(show: Callable[..., None]) -> TakesPanel:
    panel = TakesPanel()
    show(panel, 900, 180)
    panel.set_takes((card(0), card(1), card(2)), 1, is_open=True)
    return panel


def test_an_empty_list_says_what_to_do(show: Callable[..., None]) -> None:
    panel = TakesPanel()
    show(panel, 900, 180)
    assert panel._empty.isVisible()
    assert "Shift+G" in panel._empty.text()
    assert not panel.view.isVisible()


def test_in_little_room_words_and_the_rarer_buttons_give_way(panel: TakesPanel) -> None:
    rarer = (panel.again, panel.settings, panel.sampled)
    assert panel.hint
    assert all(button.isVisible() for button in rarer)
    panel.resize(400, 180)
    assert panel.minimumSizeHint().width() <= 400
    assert panel.accept.isVisible()
    assert not any(button.isVisible() for button in rarer)


def test_what_is_shown_is_not_asked_for(panel: TakesPanel) -> None:
    asked = Collector(panel.hear_asked)
    panel.set_takes(panel.cards, 2, is_open=False)
    assert panel.chosen == 2
    assert asked.items == []


def test_keys_and_mouse_ask(panel: TakesPanel) -> None:
    heard, accepted = Collector(panel.hear_asked), []
    panel.accept_asked.connect(lambda: accepted.append(True))
    panel.view.setFocus()
    QTest.keyClick(panel.view, Qt.Key.Key_Right)
    QTest.keyClick(panel.view, Qt.Key.Key_Left)
    assert heard.items == [2, 1]
    QTest.keyClick(panel.view, Qt.Key.Key_Enter)
    assert accepted == [True]


def test_buttons_say_why_they_cannot(panel: TakesPanel) -> None:
    again = Collector(panel.again_asked)
    panel.set_reasons({1: "It follows from what stood there."})
    assert not panel.again.isEnabled()
    assert panel.again.toolTip() == "It follows from what stood there."
    panel.set_reasons({})
    QTest.mouseClick(panel.again, Qt.MouseButton.LeftButton)
    assert again.items == [1]
    panel.set_takes(panel.cards, 0, is_open=False)
    assert not any(button.isEnabled() for button in (panel.again, panel.settings, panel.accept, panel.leave))


def test_the_hint_names_the_take(panel: TakesPanel) -> None:
    assert panel.hint.startswith("Enter keeps take 1 · Esc goes back")
    panel.set_takes(panel.cards, 1, is_open=False)
    assert panel.hint.startswith("[ ] to hear")


def test_other_places_are_offered_where_there_are_some(panel: TakesPanel) -> None:
    asked = Collector(panel.set_asked)
    panel.set_places(["Alto, bars 1–4"], 0)
    assert not panel.places.isVisible()
    panel.set_places(["Alto, bars 1–4", "Alto, bar 2"], 1)
    assert panel.places.isVisible()
    panel.places.activated.emit(0)
    assert asked.items == [0]


def test_the_heat_button_only_asks(panel: TakesPanel) -> None:
    asked: list[bool] = []
    panel.sampled_asked.connect(lambda: asked.append(True))
    QTest.mouseClick(panel.sampled, Qt.MouseButton.LeftButton)
    assert asked == [True]
    assert not panel.sampled.isChecked()
    panel.set_sampled(on=False, reason="None is kept.")
    assert (panel.sampled.isEnabled(), panel.sampled.toolTip()) == (False, "None is kept.")


def test_screen_readers_hear_a_card_in_words(panel: TakesPanel) -> None:
    index = panel.view.model().index(1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "1, 0.94 bits, seed 71"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "more"


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_a_card_paints_its_line_in_the_colour_of_the_voice(theme: Theme) -> None:
    image = QImage(96, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.panel))
    painter = QPainter(image)
    paint_lines(painter, QRectF(0, 0, 96, 40), card(1), theme)
    painter.end()
    alto = theme.voice(ALTO).rgb()
    rows = {x: [y for y in range(40) if image.pixel(x, y) == alto] for x in (20, 70)}
    assert rows[20]
    assert rows[70]
    assert min(rows[20]) > max(rows[70])


def test_the_heard_card_stands_out(panel: TakesPanel) -> None:
    def corner(row: int) -> int:
        place = panel.view.visualRect(panel.view.model().index(row, 0))
        return panel.view.viewport().grab().toImage().pixel(place.left() + 6, place.center().y())

    assert QColor(corner(1)).name() == QColor(DARK.accent_soft).name()
    assert corner(0) == corner(2) != corner(1)
