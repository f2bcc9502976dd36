from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton

from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.views.message_bar import Action, MessageBar
from harmonizer_gui.views.theme import DARK, LIGHT, Theme, ThemeManager
from tests.qt import process_events


@pytest.fixture
def bar(themes: ThemeManager, show: Callable[..., None]) -> MessageBar:
    bar = MessageBar()
    show(bar, 900, 40)
    bar.hide()
    return bar


def notice(text: str) -> Message:
    return Message(text, Severity.NOTICE)


def problem(text: str) -> Message:
    return Message(text, Severity.PROBLEM)


def click(bar: MessageBar, row: int, label: str) -> None:
    buttons = [*bar.rows[row].findChildren(QPushButton), *bar.rows[row].findChildren(QToolButton)]
    button = next(b for b in buttons if label in (b.text(), b.accessibleName()))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    process_events()


def test_it_is_seen_only_while_there_is_something_to_say(bar: MessageBar) -> None:
    assert not bar.isVisible()
    bar.say(problem("No."))
    assert bar.isVisible()
    click(bar, 0, "Dismiss")
    assert not bar.isVisible()
    assert bar.texts == []


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ([notice("a"), notice("b")], ["b"]),
        ([Message("a"), notice("b")], ["b"]),
        ([problem("a"), problem("b")], ["a", "b"]),
        ([problem("a"), problem("a")], ["a"]),
        ([problem("a"), notice("b"), notice("c")], ["a", "c"]),
        ([problem("a"), problem("b"), problem("c"), problem("d")], ["b", "c", "d"]),
    ],
)
def test_what_gives_way(bar: MessageBar, said: list[Message], shown: list[str]) -> None:
    for message in said:
        bar.say(message)
    assert bar.texts == shown


def test_a_question_stays_when_a_notice_comes(bar: MessageBar) -> None:
    bar.say(notice("Restore the piece?"), Action("Restore", list))
    bar.say(notice("Saved."))
    assert bar.texts == ["Restore the piece?", "Saved."]


def test_a_button_does_what_it_says_and_the_message_goes(bar: MessageBar) -> None:
    done: list[str] = []
    bar.say(
        notice("Restore the piece?"),
        Action("Restore", lambda: done.append("restore")),
        Action("Not now", lambda: done.append("not now")),
    )
    click(bar, 0, "Not now")
    assert done == ["not now"]
    assert bar.texts == []


def test_a_button_may_say_something_new(bar: MessageBar) -> None:
    bar.say(notice("Restore the piece?"), Action("Restore", lambda: bar.say(problem("That failed."))))
    click(bar, 0, "Restore")
    assert bar.texts == ["That failed."]


def test_details_can_be_copied(bar: MessageBar) -> None:
    bar.say(Message("It failed.", Severity.PROBLEM, "line 3"))
    click(bar, 0, "Copy details")
    assert QGuiApplication.clipboard().text() == "line 3"


def test_without_details_there_is_nothing_to_copy(bar: MessageBar) -> None:
    bar.say(problem("It failed."))
    assert bar.rows[0].buttons == []


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_a_problem_looks_unlike_a_notice(bar: MessageBar, themes: ThemeManager, theme: Theme) -> None:
    themes.choose(next(c for c in type(themes.choice) if c.value == theme.name))
    bar.set_theme(theme)
    bar.say(problem("No."))
    bar.say(notice("Yes."))
    process_events()
    image = bar.grab().toImage()
    first, second = (row.y() + row.height() // 2 for row in bar.rows)
    assert image.pixelColor(4, first).name() == theme.problem_soft
    assert image.pixelColor(4, second).name() == theme.notice_soft


def test_notices_can_be_cleared_and_the_rest_stays(bar: MessageBar) -> None:
    for message in (problem("No."), notice("Yes.")):
        bar.say(message)
    bar.say(notice("Restore the piece?"), Action("Restore", list))
    bar.clear_notices()
    assert bar.texts == ["No.", "Restore the piece?"]


def test_a_notice_with_details_gives_way_too(bar: MessageBar) -> None:
    bar.say(Message("Four things are lost.", Severity.NOTICE, "All four"))
    bar.say(notice("Nothing is lost."))
    assert bar.texts == ["Nothing is lost."]
