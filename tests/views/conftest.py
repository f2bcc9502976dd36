from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from harmonizer_gui.views.theme import ThemeChoice, ThemeManager


@pytest.fixture
def themes(qapp: QApplication) -> Iterator[ThemeManager]:
    """The application dressed in the dark theme; undressed after the test."""
    style, palette = qapp.style().name(), qapp.palette()
    manager = ThemeManager(qapp, ThemeChoice.DARK)
    yield manager
    manager.setParent(None)
    manager.deleteLater()
    qapp.styleHints().setColorScheme(Qt.ColorScheme.Unknown)
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setStyle(style)
