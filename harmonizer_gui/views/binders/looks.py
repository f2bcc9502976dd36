"""Ties theme and the shape of the window to keys and settings."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QSize, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMessageBox

from harmonizer_gui.session.settings import Settings
from harmonizer_gui.views.actions import theme_action
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.theme import Theme, ThemeChoice, ThemeManager

SHARE: Final = 0.85
LEAST_AT_FIRST: Final = QSize(1280, 800)
FRAME: Final = QSize(16, 40)
"""What a title bar and borders may take: how much they do is known only when the window is there."""


def first_size(available: QSize) -> QSize:
    """How large the window is the first time, on a screen with so much room: most of it, but no less than
    the window needs to show everything, where the screen has that much with a frame around it.
    """
    return (available * SHARE).expandedTo(LEAST_AT_FIRST).boundedTo(available - FRAME)


class LooksBinder(QObject):
    """What the user likes is kept for the next time."""

    def __init__(self, window: MainWindow, themes: ThemeManager, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._themes = themes
        self._settings = settings
        themes.changed.connect(self._on_theme_changed)
        for choice in ThemeChoice:
            action = window.actions_[theme_action(choice)]
            action.setChecked(choice is themes.choice)
            action.triggered.connect(partial(self._choose, choice))
        window.actions_["about"].triggered.connect(self._show_about)
        window.closing.connect(self._keep)
        window.set_theme(themes.theme)
        if settings.geometry:
            window.restoreGeometry(settings.geometry)
        else:
            window.resize(first_size(window.screen().availableSize()))
        if settings.window_state:
            window.workspace.restoreState(settings.window_state)

    def _choose(self, choice: ThemeChoice) -> None:
        self._themes.choose(choice)
        self._settings.theme = choice.value

    @Slot(object)
    def _on_theme_changed(self, theme: Theme) -> None:
        self._window.set_theme(theme)

    def _show_about(self) -> None:
        from importlib.metadata import version

        box = QMessageBox(self._window)
        box.setWindowTitle(self.tr("About Harmonizer"))
        box.setText(self.tr("Harmonizer {version}").format(version=version("harmonizer-gui")))
        box.setInformativeText(
            self.tr(
                "Four-part harmony with a product of experts: draw some voices, let the model write the "
                "others, and see why. Under the MIT licence."
            )
        )
        box.setStandardButtons(QMessageBox.StandardButton.Ok)
        box.button(QMessageBox.StandardButton.Ok).setIcon(QIcon())
        box.open()

    @Slot()
    def _keep(self) -> None:
        self._settings.geometry = bytes(self._window.saveGeometry().data())
        self._settings.window_state = bytes(self._window.workspace.saveState().data())
        self._settings.save()
