from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from harmonizer_gui.views.generate_button import GenerateButton
from harmonizer_gui.views.theme import CONTRAST, DARK, LIGHT, Theme, ThemeManager, contrast
from tests.qt import Collector


@pytest.fixture
def button(themes: ThemeManager, show: Callable[..., None]) -> GenerateButton:
    button = GenerateButton()
    button.set_task("Generate alto")
    show(button)
    return button


def test_it_says_what_it_will_do(button: GenerateButton) -> None:
    assert button.text() == button.accessibleName() == "Generate alto"
    assert button.toolTip() == "Generate alto (G)"
    assert button.isEnabled()


@pytest.mark.parametrize(("done", "asked"), [(None, (1, 0)), (0.0, (0, 1)), (0.5, (0, 1))])
@pytest.mark.parametrize("by", ["mouse", "key"])
def test_a_click_generates_or_cancels(
    button: GenerateButton, done: float | None, asked: tuple[int, int], by: str
) -> None:
    generate, cancel = Collector(button.generate_asked), Collector(button.cancel_asked)
    button.set_progress(done)
    if by == "mouse":
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(button, Qt.Key.Key_Space)
    assert (len(generate), len(cancel)) == asked


def test_a_disabled_button_says_why(button: GenerateButton) -> None:
    generate = Collector(button.generate_asked)
    button.set_task("Generate alto", reason="The model is still loading.")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not button.isEnabled()
    assert button.toolTip() == "The model is still loading."
    assert not generate.items


def test_it_can_be_cancelled_whatever_stands_against_a_start(button: GenerateButton) -> None:
    button.set_progress(0.3)
    button.set_task("Rewrite alto", reason="Every expert is muted.")
    assert button.isEnabled()
    assert button.text() == "Cancel · 30 %"
    button.set_progress(None)
    assert not button.isEnabled()
    assert button.text() == "Rewrite alto"


@pytest.mark.parametrize(("done", "text"), [(-1.0, "Cancel · 0 %"), (2.0, "Cancel · 100 %")])
def test_progress_stays_within_bounds(button: GenerateButton, done: float, text: str) -> None:
    button.set_progress(done)
    assert button.text() == text


@pytest.mark.parametrize("up", [3, 6], ids=["without the focus", "with it"])
def test_progress_is_seen(button: GenerateButton, themes: ThemeManager, up: int) -> None:
    button.set_theme(themes.theme)
    button.set_progress(0.5)
    (button.setFocus if up == 6 else button.clearFocus)()
    image = button.grab().toImage()
    foot = image.height() - up
    assert image.pixelColor(image.width() // 4, foot).name() == themes.theme.accent_fill
    assert image.pixelColor(3 * image.width() // 4, foot).name() == themes.theme.accent_soft


def test_the_right_end_and_the_arrow_key_open_the_menu(show: Callable[..., None]) -> None:
    button, menu = GenerateButton(), QMenu()
    button.set_menu(menu)
    menu.addAction("Only the gaps")
    button.set_task("Generate alto", reason="The model is still loading.")
    show(button, 220, 36)
    asked: list[bool] = []
    button.generate_asked.connect(lambda: asked.append(True))
    opened: list[bool] = []
    menu.aboutToShow.connect(lambda: opened.append(True))
    button.set_task("Generate alto")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(210, 18))
    assert (len(opened), asked) == (1, [])
    menu.close()
    QTest.keyClick(button, Qt.Key.Key_Down)
    assert (len(opened), asked) == (2, [])
    menu.close()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(60, 18))
    assert asked == [True]
    menu.deleteLater()


def test_a_search_shows_its_best_and_a_click_keeps_it(show: Callable[..., None]) -> None:
    button = GenerateButton()
    show(button)
    cancelled: list[bool] = []
    button.cancel_asked.connect(lambda: cancelled.append(True))
    button.set_search(None)
    assert button.is_running
    assert button.text() == "Cancel the search"
    button.set_search(0.834)
    assert button.text() == "Keep 0.83 bits"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert cancelled == [True]
    button.set_progress(None)
    assert not button.is_running


@pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: theme.name)
@pytest.mark.parametrize("done", [None, 0.5])
def test_the_ring_of_the_focus_stands_apart(button: GenerateButton, theme: Theme, done: float | None) -> None:
    button.setAutoFillBackground(True)
    button.setPalette(QPalette(theme.color("panel")))
    button.set_theme(theme)
    button.set_progress(done)
    button.setFocus()
    picture = button.grab().toImage()
    down = [picture.pixelColor(button.width() // 4, y) for y in range(6)]
    ring, gap, inside = down[1], down[2], down[5]
    assert contrast(ring, gap) > 3
    assert ring != inside
