from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from harmonizer_gui.score import VoiceName
from harmonizer_gui.session.heat import OFF, PRODUCT
from harmonizer_gui.views.theme import ThemeManager
from harmonizer_gui.views.toolbar import GRIDS, Tool, Toolbar
from tests.qt import Collector, assert_uncrowded

EXPERTS = ("simple", "spacing", "contour", "beat")


@pytest.fixture
def bar(themes: ThemeManager, show: Callable[..., None]) -> Toolbar:
    window = QWidget()
    bar = Toolbar(window)
    bar.set_theme(themes.theme)
    bar.set_experts(EXPERTS)
    bar.resize(1280, 40)
    show(window, 1280, 40)
    return bar


def choose(combo: QComboBox, index: int) -> None:
    """As the user does by key: without a list on the screen."""
    combo.setCurrentIndex(index)
    combo.activated.emit(index)


@pytest.mark.parametrize("tool", list(Tool))
def test_a_tool_is_shown_and_asked_for(bar: Toolbar, tool: Tool) -> None:
    other = Tool.SELECT if tool is not Tool.SELECT else Tool.DRAW
    bar.set_tool(other)
    asked = Collector(bar.tool_asked)
    QTest.mouseClick(bar.tools[tool], Qt.MouseButton.LeftButton)
    assert asked.items == [tool]
    assert [t for t, button in bar.tools.items() if button.isChecked()] == [other]
    bar.set_tool(tool)
    assert [t for t, button in bar.tools.items() if button.isChecked()] == [tool]


@pytest.mark.parametrize(("index", "ticks"), list(enumerate(GRIDS.values())))
def test_a_grid_is_shown_and_asked_for(bar: Toolbar, index: int, ticks: int) -> None:
    asked = Collector(bar.grid_asked)
    choose(bar.grid, index)
    assert asked.items == [ticks]
    assert bar.grid.currentText() == "1/8"
    bar.set_grid(ticks)
    assert bar.grid.currentData() == ticks


def test_a_grid_without_a_name_is_refused(bar: Toolbar) -> None:
    with pytest.raises(ValueError, match="7 ticks"):
        bar.set_grid(7)


@pytest.mark.parametrize("voice", list(VoiceName))
def test_a_voice_is_shown_and_asked_for(bar: Toolbar, voice: VoiceName) -> None:
    asked = Collector(bar.target_asked)
    QTest.mouseClick(bar.chips.chips[voice], Qt.MouseButton.LeftButton)
    assert asked.items == [voice]
    assert bar.chips.chips[VoiceName.ALTO].isChecked()
    bar.set_target(voice)
    assert [v for v, chip in bar.chips.chips.items() if chip.isChecked()] == [voice]


def test_the_target_is_outlined(bar: Toolbar, themes: ThemeManager) -> None:
    for voice, chip in bar.chips.chips.items():
        edge = chip.grab().toImage().pixelColor(chip.width() // 2, 2).name()
        assert (edge == themes.theme.selection) == (voice is VoiceName.ALTO)


@pytest.mark.parametrize(("index", "name"), list(enumerate((PRODUCT, *EXPERTS, OFF))))
def test_a_source_is_shown_and_asked_for(bar: Toolbar, index: int, name: str) -> None:
    asked = Collector(bar.source_asked)
    choose(bar.sources, index)
    assert asked.items == [name]
    assert bar.sources.currentData() == PRODUCT
    bar.set_source(name)
    assert bar.sources.currentData() == name


def test_other_experts_leave_the_source_as_it_is(bar: Toolbar) -> None:
    bar.set_source("contour")
    bar.set_experts(("contour", "voice_leading"))
    assert bar.sources.currentData() == "contour"
    assert [bar.sources.itemText(i) for i in range(4)] == ["Product", "Contour", "Voice leading", "Off"]
    bar.set_experts(())
    assert bar.sources.currentData() == PRODUCT


def test_the_button_passes_on_what_it_is_asked(bar: Toolbar) -> None:
    generate, cancel = Collector(bar.generate_asked), Collector(bar.cancel_asked)
    bar.set_task("Generate alto")
    bar.generate.click()
    bar.set_progress(0.1)
    bar.generate.click()
    assert (len(generate), len(cancel)) == (1, 1)


@pytest.mark.parametrize(
    ("width", "worded", "listed", "whole"),
    [
        (1280, True, True, True),
        (960, False, True, True),
        (853, False, False, True),
        (800, False, False, False),
    ],
)
def test_a_narrow_bar_does_without_words(
    bar: Toolbar, width: int, *, worded: bool, listed: bool, whole: bool
) -> None:
    assert bar.minimumSizeHint().width() <= 800
    bar.resize(width, 40)
    style = Qt.ToolButtonStyle
    expected = style.ToolButtonTextBesideIcon if worded else style.ToolButtonIconOnly
    assert all(button.toolButtonStyle() is expected for button in bar.tools.values())
    words = [label.text() for label in bar.findChildren(QLabel) if label.isVisible()]
    assert words == (["Grid", "Heat"] if listed else [])
    assert bar.drawn_length.isVisible() is whole
    assert_uncrowded(bar)


def test_everything_has_a_name_and_a_hint(bar: Toolbar) -> None:
    for widget in (*bar.tools.values(), *bar.chips.chips.values(), bar.grid, bar.sources, bar.generate):
        assert widget.accessibleName()
        assert widget.toolTip()
