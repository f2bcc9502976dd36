"""What happens when something fails that nobody foresaw: the work is kept, the notes stop, life goes on."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from time import monotonic
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from harmonizer_gui.session.messages import Message, Severity

REPEAT_S = 5.0
"""The same failure is told once in this time: a broken paint event fails sixty times a second."""


class CrashGuard(QObject):
    """Takes exceptions that nothing caught, in any thread. KeyboardInterrupt and SystemExit pass."""

    messages = Signal(object)
    """`Message`, one sentence with the traceback as its details."""

    def __init__(
        self,
        save: Callable[[], None],
        callbacks: Iterable[Callable[[], None]] = (),
        clock: Callable[[], float] = monotonic,
        parent: QObject | None = None,
    ) -> None:
        """`save` keeps the work and may raise; each of `callbacks` is run besides (“silence every note”)."""
        super().__init__(parent)
        self._save = save
        self._callbacks = tuple(callbacks)
        self._clock = clock
        self._lock = threading.Lock()
        self._last: tuple[str, float] = ("", float("-inf"))
        self._hooks = (sys.excepthook, threading.excepthook)

    def install(self) -> None:
        self._hooks = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def remove(self) -> None:
        """Put back the hooks that were there before."""
        sys.excepthook, threading.excepthook = self._hooks

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, Exception):
            self._handle(kind, error, trace)
        self._hooks[0](kind, error, trace)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and issubclass(args.exc_type, Exception):
            self._handle(args.exc_type, args.exc_value, args.exc_traceback)
        self._hooks[1](args)

    def _handle(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        details = "".join(traceback.format_exception(kind, error, trace))
        if not self._is_news(details):
            return
        for callback in self._callbacks:
            _attempt(callback)
        trouble = _attempt(self._save)
        what = f"{kind.__name__}: {error}" if str(error) else kind.__name__
        self.messages.emit(Message(self._sentence(what, trouble), Severity.PROBLEM, details))

    def _is_news(self, details: str) -> bool:
        with self._lock:
            (last, told), now = self._last, self._clock()
            if details == last and now - told < REPEAT_S:
                return False
            self._last = (details, now)
            return True

    def _sentence(self, what: str, trouble: str) -> str:
        if trouble:
            text = self.tr("Something unexpected went wrong ({what}); please save your work now.")
        else:
            text = self.tr("Something unexpected went wrong ({what}); your work is kept, and you can go on.")
        return text.format(what=what)


def install_crash_guard(
    save: Callable[[], None], callbacks: Iterable[Callable[[], None]] = (), parent: QObject | None = None
) -> CrashGuard:
    """Guard this process until `remove` is called on what is returned."""
    guard = CrashGuard(save, callbacks, parent=parent)
    guard.install()
    return guard


def _attempt(work: Callable[[], None]) -> str:
    """Run `work` and say what went wrong: while one failure is handled, another must not take over."""
    try:
        work()
    except Exception as error:  # told in the sentence of the failure that came first
        return str(error) or type(error).__name__
    return ""
