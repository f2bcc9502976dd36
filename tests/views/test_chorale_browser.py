"""Choosing a chorale by number, title and key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from harmonizer_gui.files.chorales import Chorale
from harmonizer_gui.session.chorales import Listed
from harmonizer_gui.views.chorale_browser import ChoraleBrowser, Column
from tests.qt import Collector

OPEN = QDialogButtonBox.StandardButton.Open
LIST = (
    Chorale("bwv4.8.mxl", "4.8", (184,), "Christ lag in Todesbanden", 1, "minor"),
    Chorale("bwv36.4-2.mxl", "36.4-2", (86, 195), "Wie schön leuchtet der Morgenstern", 2, "major"),
    Chorale("bwv66.6.mxl", "66.6", (), "", 3, "minor"),
    Chorale("bwv269.mxl", "269", (1,), "Aus meines Herzens Grunde", 1, "major"),
)


@pytest.fixture
def browser(qapp: QApplication, show: Callable[..., None]) -> ChoraleBrowser:
    browser = ChoraleBrowser()
    browser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    show(browser)
    return browser


def found(browser: ChoraleBrowser, text: str) -> list[str]:
    browser.search.setText(text)
    return [chorale.bwv for chorale in browser.shown]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", ["4.8", "36.4-2", "66.6", "269"]),
        ("269", ["269"]),
        ("BWV 36", ["36.4-2"]),
        ("bwv269", ["269"]),
        ("r1", ["4.8", "36.4-2", "269"]),
        ("195", ["36.4-2"]),
        ("schon", ["36.4-2"]),
        ("schön Morgen", ["36.4-2"]),
        ("HERZENS", ["269"]),
        ("G major", ["269"]),
        ("f♯ minor", ["66.6"]),
        ("f# minor", ["66.6"]),
        ("minor", ["4.8", "66.6"]),
        ("zebra", []),
    ],
)  # fmt: skip
def test_every_word_must_begin_a_word(browser: ChoraleBrowser, text: str, numbers: list[str]) -> None:
    browser.show_listed(Listed(LIST, 1.0))
    if text == "BWV 36":
        text = "bwv36"
    assert found(browser, text) == numbers
    assert browser.buttons.button(OPEN).isEnabled() == bool(numbers)


def test_the_list_grows_and_the_choice_stays(browser: ChoraleBrowser) -> None:
    assert browser.told.text() == "Reading the chorales for the first time: 0 %"
    browser.show_listed(Listed(LIST[:2], 0.5))
    assert browser.told.text() == "Reading the chorales for the first time: 50 %"
    browser.table.setCurrentIndex(browser.table.model().index(1, 0))
    browser.show_listed(Listed(LIST, 1.0))
    assert browser.told.text() == "4 chorales"
    chosen = Collector(browser.chosen)
    browser.buttons.button(OPEN).click()
    assert chosen.items == [LIST[1]]


def test_the_enter_key_opens_what_was_searched(browser: ChoraleBrowser) -> None:
    browser.show_listed(Listed(LIST, 1.0))
    chosen = Collector(browser.chosen)
    QTest.keyClicks(browser.search, "66")
    assert browser.told.text() == "1 chorale"
    QTest.keyClick(browser.search, Qt.Key.Key_Return)
    assert chosen.items == [LIST[2]]


def test_it_is_sorted_as_catalogues_are(browser: ChoraleBrowser) -> None:
    browser.show_listed(Listed(LIST[::-1], 1.0))
    assert [chorale.bwv for chorale in browser.shown] == ["4.8", "36.4-2", "66.6", "269"]
    browser.table.sortByColumn(Column.RIEMENSCHNEIDER, Qt.SortOrder.AscendingOrder)
    assert [chorale.bwv for chorale in browser.shown] == ["269", "36.4-2", "4.8", "66.6"]
    browser.table.sortByColumn(Column.TITLE, Qt.SortOrder.AscendingOrder)
    assert [chorale.bwv for chorale in browser.shown] == ["269", "4.8", "36.4-2", "66.6"]


def test_without_a_corpus_it_says_so(browser: ChoraleBrowser) -> None:
    browser.show_listed(Listed((), 1.0))
    assert browser.told.text().startswith("music21 was installed without its corpus")
    assert not browser.buttons.button(OPEN).isEnabled()
