"""What every test stands on: silence is a pass, and a test leaves nothing behind."""

from __future__ import annotations

import gc
import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

# Before Qt loads. HARMONIZER_QPA=xcb shows the windows of the tests on a real or virtual display.
os.environ["QT_QPA_PLATFORM"] = os.environ.get("HARMONIZER_QPA", "offscreen")

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication, QWidget

QUIET_QT_MESSAGES = (
    # The offscreen platform has no window manager to tell.
    "This plugin does not support propagateSizeHints()",
    "This plugin does not support raise()",
    "This plugin does not support grabbing the keyboard",
)


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application object; Qt allows one in a process."""
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication(["harmonizer-tests"])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    return app


@pytest.fixture
def show(qapp: QApplication) -> Iterator[Callable[..., None]]:
    """Show a widget at a size (default: its own) until the test ends; it is then closed and deleted."""
    from PySide6.QtTest import QTest
    from shiboken6 import isValid

    shown: list[QWidget] = []

    def show_widget(widget: QWidget, width: int | None = None, height: int | None = None) -> None:
        shown.append(widget)
        if width is not None and height is not None:
            widget.resize(width, height)
        widget.show()
        assert QTest.qWaitForWindowExposed(widget)

    yield show_widget
    for widget in filter(isValid, shown):
        widget.close()
        widget.deleteLater()
    _settle()


@pytest.fixture
def expected_logs() -> list[str]:
    """Texts, each of which must occur in a WARNING or worse; anything else of that rank fails the test."""
    return []


class _Keeper(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _no_unexpected_logs(expected_logs: list[str]) -> Iterator[None]:
    keeper = _Keeper()
    root = logging.getLogger()
    root.addHandler(keeper)
    yield
    root.removeHandler(keeper)
    unexpected = [text for text in keeper.texts if not any(part in text for part in expected_logs)]
    assert not unexpected, "unexpected log records"
    missing = [part for part in expected_logs if not any(part in text for text in keeper.texts)]
    assert not missing, "expected log records that did not come"


@pytest.fixture(autouse=True)
def _one_torch_thread() -> None:
    """More than one thread makes the step loop a hundred times slower when the other core is busy."""
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.set_num_threads(1)


@pytest.fixture(autouse=True)
def _no_finer_heat_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """How often a model is asked would be a matter of how long a test takes."""
    refining = sys.modules.get("harmonizer_gui.session.refining")
    if refining is not None:
        monkeypatch.setattr(refining, "IDLE_MS", 3_600_000)


@pytest.fixture(autouse=True)
def _house_is_left_clean(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No Qt warning; no thread, running timer or top-level window left behind."""
    threads = set(threading.enumerate())
    gc.freeze()  # what was there before the test need not be looked through after it, which takes long
    if "PySide6.QtCore" not in sys.modules and "qapp" not in request.fixturenames:
        yield
    else:
        watch = _QtWatch(monkeypatch)
        yield
        request.node.funcargs.clear()  # pytest would hold what the fixtures made until after this
        watch.check()
    # A thread that Qt started and Python once ran in stays listed as a dummy after its end.
    left = {thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)}
    assert not left - threads, "threads left running"


class _QtWatch:
    """Notes each timer and thread that a test starts through Python, and what Qt says meanwhile."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from PySide6.QtCore import QThread, QTimer, qInstallMessageHandler

        self._started: list[QObject] = []
        self._messages: list[str] = []
        self._windows = set(map(id, _windows()))
        self._previous = qInstallMessageHandler(self._hear)
        for kind in (QTimer, QThread):
            self._watch_start(monkeypatch, kind)

    def _watch_start(self, monkeypatch: pytest.MonkeyPatch, kind: type[QObject]) -> None:
        original = kind.start  # type: ignore[attr-defined]  # both kinds have it

        def start(instance: QObject, *args: object) -> None:
            self._started.append(instance)
            original(instance, *args)

        monkeypatch.setattr(kind, "start", start)

    def _hear(self, kind: object, _context: object, text: str) -> None:
        from PySide6.QtCore import QtMsgType

        is_harmless = kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
        if not is_harmless and not any(part in text for part in QUIET_QT_MESSAGES):
            self._messages.append(text)

    def check(self) -> None:
        from PySide6.QtCore import qInstallMessageHandler

        if self._left():
            _settle()
        left = self._left()
        for thing in left:
            self._put_away(thing)
        qInstallMessageHandler(self._previous)
        assert not left, "timers, threads or windows left behind"
        assert not self._messages, "Qt warned"

    def _left(self) -> list[QObject]:
        windows: list[QObject] = [window for window in _windows() if id(window) not in self._windows]
        return windows + [thing for thing in self._started if _is_running(thing)]

    @staticmethod
    def _put_away(thing: QObject) -> None:
        """Keep the fault of one test from failing the next."""
        from PySide6.QtCore import QThread, QTimer

        if isinstance(thing, QTimer):
            thing.stop()
        elif isinstance(thing, QThread):
            thing.quit()
            thing.wait(2000)
        else:
            thing.deleteLater()


def _is_running(thing: QObject) -> bool:
    from PySide6.QtCore import QThread, QTimer
    from shiboken6 import isValid

    if not isValid(thing):
        return False
    if isinstance(thing, QTimer):
        return thing.isActive()
    return isinstance(thing, QThread) and thing.isRunning()


def _windows() -> list[QWidget]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    windows: list[QWidget] = widgets.QApplication.topLevelWidgets()
    return windows


def _settle() -> None:
    """Let what is on its way out go: queued deletions, and what only Python's garbage keeps alive."""
    from PySide6.QtCore import QCoreApplication, QEvent

    gc.collect()
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
