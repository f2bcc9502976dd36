from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from harmonizer_gui.session.crash import CrashGuard, install_crash_guard
from harmonizer_gui.session.messages import Severity
from tests.qt import Collector, wait_until


class Trace:
    """What was called, and a clock that a test sets."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.now = 0.0

    def save(self) -> None:
        self.calls.append("save")

    def silence(self) -> None:
        self.calls.append("silence")

    def fail(self) -> None:
        raise OSError("the disk is full")


@pytest.fixture
def trace() -> Trace:
    return Trace()


@pytest.fixture
def guard(qapp: QApplication, trace: Trace, monkeypatch: pytest.MonkeyPatch) -> Iterator[CrashGuard]:
    # What is passed on would end up in pytest's own hooks.
    monkeypatch.setattr(sys, "excepthook", lambda *_: trace.calls.append("passed on"))
    monkeypatch.setattr(threading, "excepthook", lambda *_: trace.calls.append("passed on"))
    guard = CrashGuard(trace.save, [trace.fail, trace.silence], clock=lambda: trace.now)
    guard.install()
    yield guard
    guard.remove()


def raise_uncaught(error: BaseException) -> None:
    try:
        raise error
    except BaseException as raised:
        sys.excepthook(type(raised), raised, raised.__traceback__)


class Broken(QObject):
    @Slot()
    def fail(self) -> None:
        raise ValueError("no such cell")


def test_a_slot_that_fails_silences_saves_and_tells(
    guard: CrashGuard, trace: Trace, qapp: QApplication
) -> None:
    messages = Collector(guard.messages)
    broken = Broken()
    QTimer.singleShot(0, broken.fail)
    wait_until(lambda: messages.items)
    assert trace.calls == ["silence", "save", "passed on"]
    (message,) = messages.items
    assert message.text == (
        "Something unexpected went wrong (ValueError: no such cell); your work is kept, and you can go on."
    )
    assert message.severity is Severity.PROBLEM
    assert "Traceback" in message.details


def test_a_python_thread_that_fails_is_told_in_the_gui_thread(guard: CrashGuard, trace: Trace) -> None:
    messages = Collector(guard.messages)
    thread = threading.Thread(target=trace.fail)
    thread.start()
    thread.join()
    wait_until(lambda: messages.items)
    assert "the disk is full" in messages.last.text


def test_where_the_work_cannot_be_kept_the_user_is_asked_to_save(
    qapp: QApplication, trace: Trace, guard: CrashGuard
) -> None:
    other = install_crash_guard(trace.fail)
    messages = Collector(other.messages)
    raise_uncaught(RuntimeError("bad"))
    other.remove()
    assert messages.last.text == (
        "Something unexpected went wrong (RuntimeError: bad); please save your work now."
    )


def test_the_same_failure_is_told_once_in_a_while(guard: CrashGuard, trace: Trace) -> None:
    messages = Collector(guard.messages)
    for now, told in [(0.0, 1), (1.0, 1), (4.0, 1), (6.0, 2)]:
        trace.now = now
        raise_uncaught(RuntimeError("again"))
        assert len(messages) == told
    raise_uncaught(RuntimeError("another"))
    assert len(messages) == 3


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(0)])
def test_an_end_that_is_meant_passes(guard: CrashGuard, trace: Trace, error: BaseException) -> None:
    messages = Collector(guard.messages)
    raise_uncaught(error)
    assert trace.calls == ["passed on"]
    assert not messages.items


def test_removing_puts_the_old_hooks_back(qapp: QApplication) -> None:
    hooks = (sys.excepthook, threading.excepthook)
    install_crash_guard(lambda: None).remove()
    assert (sys.excepthook, threading.excepthook) == hooks
