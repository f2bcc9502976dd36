from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication

from harmonizer_gui.session.settings import Settings
from harmonizer_gui.views.binders.looks import LooksBinder, first_size
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.theme import ThemeManager


@pytest.mark.parametrize(
    ("screen", "window"),
    [
        ((1920, 1080), (1632, 918)),
        ((2560, 1440), (2176, 1224)),
        ((1366, 740), (1280, 700)),
        ((1280, 800), (1264, 760)),
        ((1024, 600), (1008, 560)),
    ],
)
def test_the_first_window_takes_most_of_the_screen(screen: tuple[int, int], window: tuple[int, int]) -> None:
    assert first_size(QSize(*screen)).toTuple() == window


def test_the_second_window_is_as_the_first_was_left(
    qapp: QApplication, themes: ThemeManager, show: Callable[..., None], tmp_path: Path
) -> None:
    settings, stacks = Settings(tmp_path / "settings.ini"), [QUndoStack(), QUndoStack()]
    first, second = MainWindow(stacks[0]), MainWindow(stacks[1])
    LooksBinder(first, themes, settings)
    wanted = first_size(qapp.primaryScreen().availableSize())
    assert first.height() == wanted.height()
    assert first.width() >= wanted.width()  # more where its bars need more
    show(first, 720, 640)
    left = first.size()
    first.close()
    LooksBinder(second, themes, settings)
    show(second)
    assert second.size() == left
