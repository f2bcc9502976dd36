from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QWidget

from harmonizer_gui.views.theme import DARK, LIGHT, Theme
from harmonizer_gui.views.workspace import Dock, Workspace
from tests.qt import wait_until


def _workspace(show: Callable[..., None], *names: str) -> tuple[Workspace, dict[str, QAction]]:
    parent = QWidget()
    workspace = Workspace(QLabel("roll"), parent)
    actions = {name: QAction(name, workspace, checkable=True) for name in names}
    for name, action in actions.items():
        workspace.add_dock(name, name, QLineEdit(), action)
    workspace.resize(600, 400)
    show(parent, 600, 400)
    return workspace, actions


def _dock(workspace: Workspace, name: str) -> Dock:
    return next(dock for dock in workspace.docks if dock.objectName() == f"dock-{name}")


def test_an_action_opens_and_closes_its_dock_and_knows_how_it_stands(show: Callable[..., None]) -> None:
    workspace, actions = _workspace(show, "takes")
    dock = _dock(workspace, "takes")
    assert not dock.is_seen
    assert not actions["takes"].isChecked()
    actions["takes"].trigger()
    wait_until(lambda: dock.is_seen)
    close = dock.titleBarWidget().findChild(QToolButton)
    assert isinstance(close, QToolButton)
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not dock.is_seen
    assert not actions["takes"].isChecked()


def test_docks_below_share_their_place_and_the_one_asked_for_is_on_top(show: Callable[..., None]) -> None:
    workspace, actions = _workspace(show, "takes", "why")
    actions["takes"].trigger()
    actions["why"].trigger()
    takes, why = _dock(workspace, "takes"), _dock(workspace, "why")
    wait_until(lambda: why.is_seen and not takes.is_seen)
    assert workspace.tabifiedDockWidgets(takes) == [why]
    assert why.first_field is why.widget()


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_only_a_floating_dock_has_a_frame(show: Callable[..., None], theme: Theme) -> None:
    workspace, actions = _workspace(show, "takes")
    workspace.set_theme(theme)
    actions["takes"].trigger()
    dock = _dock(workspace, "takes")
    wait_until(lambda: dock.is_seen)

    def edges() -> set[str]:
        image = dock.grab().toImage()
        right, bottom = image.width() - 1, image.height() - 1
        places = [(right // 2, 0), (right // 2, bottom), (0, bottom // 2), (right, bottom // 2)]
        return {image.pixelColor(*place).name() for place in places}

    assert theme.border_strong not in edges()
    dock.setFloating(True)
    assert edges() == {theme.border_strong}
    dock.setFloating(False)


def test_what_was_open_is_open_again(show: Callable[..., None]) -> None:
    workspace, actions = _workspace(show, "takes", "why")
    actions["why"].trigger()
    state = workspace.saveState()
    actions["why"].trigger()
    assert not _dock(workspace, "why").is_seen
    assert workspace.restoreState(state)
    wait_until(_dock(workspace, "why").isVisible)
    assert actions["why"].isChecked()


def test_the_key_of_a_dock_behind_another_brings_it_to_the_front(show: Callable[..., None]) -> None:
    workspace, actions = _workspace(show, "takes", "why")
    takes, why = _dock(workspace, "takes"), _dock(workspace, "why")
    for name in ("takes", "why"):
        actions[name].trigger()
    wait_until(lambda: why.is_seen and not takes.is_seen)
    actions["takes"].trigger()
    wait_until(lambda: takes.is_seen and not why.is_seen)
    assert actions["takes"].isChecked()
    assert actions["why"].isChecked()
    actions["takes"].trigger()
    wait_until(lambda: not takes.is_seen)
    assert not actions["takes"].isChecked()
