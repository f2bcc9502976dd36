"""Every part has a name, every grey action a reason, every button a tooltip; nothing is cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFont, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QToolButton,
    QWidget,
)

from harmonizer_gui.views.theme import ThemeChoice, ThemeManager
from tests.qt import process_events
from tests.stories.conftest import Story

TAB = Qt.FocusPolicy.TabFocus


def open_docks(story: Story) -> None:
    """All docks side by side in time: each is seen once."""
    for dock in story.program.window.workspace.docks:
        dock.show()
    process_events()


def is_part_of_another(widget: QWidget) -> bool:
    """What Qt makes within its own widgets: the field of a spin box, the viewport of a list."""
    if widget.objectName().startswith("qt_"):
        return True
    parent = widget.parentWidget()
    kinds = (QComboBox, QAbstractScrollArea, QLineEdit)
    return isinstance(parent, kinds) or (parent is not None and parent.inherits("QAbstractSpinBox"))


def operable(window: QWidget) -> list[QWidget]:
    """All that takes the keys or the mouse."""
    kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractSlider)
    found = []
    for widget in window.findChildren(QWidget):
        takes_keys = widget.focusPolicy() & TAB and widget.focusProxy() is None
        is_hidden_part = (
            is_part_of_another(widget) or widget.inherits("QTabBar") or widget.inherits("QScrollBar")
        )
        is_meant = takes_keys or isinstance(widget, kinds)
        if is_meant and widget.window() is window and not is_hidden_part and not widget.isHidden():
            found.append(widget)
    return found


def test_every_widget_has_a_name_for_a_screen_reader(story: Story) -> None:
    open_docks(story)
    nameless = []
    for widget in operable(story.program.window):
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface is not None else ""
        if not name and not widget.accessibleName():
            nameless.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    assert not nameless


def test_every_action_tells_its_key_and_why_it_is_grey(story: Story) -> None:
    actions = story.program.window.actions_
    for name in actions:
        action = actions[name]
        key = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
        assert actions.words(name) in action.toolTip()
        assert key in action.toolTip()
        if not action.isEnabled():
            assert actions.reason(name), name
            assert actions.reason(name) in action.toolTip()
    assert "nothing to undo" in actions["undo"].toolTip()
    assert "Select notes first" in actions["duplicate"].toolTip()


def test_a_general_way_to_say_why(story: Story) -> None:
    actions = story.program.window.actions_
    actions.disable("play", "There is nothing to play")
    assert not actions["play"].isEnabled()
    assert actions["play"].toolTip() == "Play or pause (Space)\nThere is nothing to play"
    actions.disable("play", "")
    assert actions["play"].isEnabled()
    assert actions["play"].toolTip() == "Play or pause (Space)"


def test_every_button_without_words_has_a_tooltip(story: Story) -> None:
    open_docks(story)
    buttons = story.program.window.findChildren(QToolButton)
    mute = [
        f"{type(each.parentWidget()).__name__} {each.accessibleName()}"
        for each in buttons
        if not each.text().strip() and not each.toolTip() and each.isVisible() and not _is_of_tabs(each)
    ]
    assert not mute


def _is_of_tabs(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return parent is not None and parent.inherits("QTabBar")


def picture(widget: QWidget) -> QImage:
    process_events()
    return widget.grab().toImage()


def test_whatever_has_the_keys_shows_it(story: Story) -> None:
    window = story.program.window
    open_docks(story)
    blind = []
    for widget in operable(window):
        is_seen = widget.isVisible() and widget.isEnabled() and not widget.visibleRegion().isEmpty()
        if not is_seen or not widget.focusPolicy() & TAB or isinstance(widget, QLineEdit):
            continue  # a field shows its caret
        window.transport.play.setFocus(Qt.FocusReason.TabFocusReason)
        if widget is window.transport.play:
            window.transport.stop.setFocus(Qt.FocusReason.TabFocusReason)
        before = picture(widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if picture(widget) == before:
            blind.append(f"{type(widget).__name__} {widget.accessibleName()}")
    assert not blind


@pytest.fixture
def letters(qapp: QApplication) -> Iterator[Callable[[float], None]]:
    """Makes the letters of the application larger, until the test ends."""
    usual = qapp.font()

    def enlarge(factor: float) -> None:
        font = QFont(usual)
        font.setPointSizeF(usual.pointSizeF() * factor)
        qapp.setFont(font)

    yield enlarge
    qapp.setFont(usual)


@pytest.mark.parametrize("factor", [1.0, 1.25, 1.5, 2.0])
def test_nothing_is_cut_off_at_larger_letters(
    letters: Callable[[float], None], make_story: Callable[[], Story], themes: ThemeManager, factor: float
) -> None:
    letters(factor)
    dressed = ThemeManager(QApplication.instance(), ThemeChoice.LIGHT)  # type: ignore[arg-type]  # there is one
    story = make_story()
    window = story.program.window
    window.set_theme(dressed.theme)
    window.resize(round(1280 * factor), round(800 * factor))
    window.show()
    assert QTest.qWaitForWindowExposed(window)
    process_events()
    cut = [
        f"{type(each).__name__} “{each.text()}” {each.size().toTuple()} of {each.sizeHint().toTuple()}"
        for each in worded(window)
        if not _fits(each)
    ]
    dressed.setParent(None)
    dressed.deleteLater()
    assert not cut


def worded(window: QWidget) -> list[QLabel | QAbstractButton]:
    """What has words, and is seen."""
    found: list[QLabel | QAbstractButton] = [
        *window.findChildren(QLabel),
        *window.findChildren(QAbstractButton),
    ]
    return [each for each in found if each.isVisible() and each.text().strip()]


def _fits(widget: QLabel | QAbstractButton) -> bool:
    """Whether its words have room; a label that breaks its lines needs the height for its width."""
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() >= widget.heightForWidth(widget.width())
    if isinstance(widget, QLabel):
        wanted = widget.minimumSizeHint()
        return widget.width() >= wanted.width() - 1 and widget.height() >= wanted.height() - 1
    letters, icon = widget.fontMetrics(), 0 if widget.icon().isNull() else widget.iconSize().width()
    room = letters.horizontalAdvance(_shown(widget)) + icon + 4
    return widget.width() >= room and widget.height() >= letters.height()


def _shown(button: QAbstractButton) -> str:
    """The words that are painted: in a narrow window tools do without."""
    if isinstance(button, QToolButton) and button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly:
        return "" if not button.icon().isNull() else button.text()
    return button.text().replace("&", "")
