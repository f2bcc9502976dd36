from __future__ import annotations

import pyqtgraph as pg
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette, QStyleHints
from PySide6.QtWidgets import QApplication

from harmonizer_gui.score import VoiceName
from harmonizer_gui.views.theme import (
    CONTRAST,
    DARK,
    LIGHT,
    Theme,
    ThemeChoice,
    ThemeManager,
    TypeScale,
    contrast,
)
from tests.qt import Collector

THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: theme.name)

READ = [
    ("text", "panel"),
    ("text", "window"),
    ("text", "raised"),
    ("text", "hover"),
    ("text", "pressed"),
    ("text", "accent_soft"),
    ("text", "notice_soft"),
    ("text", "problem_soft"),
    ("text_muted", "panel"),
    ("text_muted", "window"),
    ("text_muted", "hover"),
    ("text_muted", "roll_row"),
    ("accent", "panel"),
    ("on_accent", "accent_fill"),
    ("on_accent", "accent_fill_hover"),
    ("notice", "notice_soft"),
    ("problem", "problem_soft"),
    ("problem", "panel"),
    ("key_text", "key_white"),
    *(("note_text", voice.label) for voice in VoiceName),
]
SEEN = [
    ("border_strong", "panel"),
    ("accent", "roll_row"),
    ("playhead", "roll_row_black"),
    ("selection", "roll_row"),
    ("text_muted", "groove"),
]


@THEMES
@pytest.mark.parametrize(("ink", "paper"), READ)
def test_what_is_read_has_contrast(theme: Theme, ink: str, paper: str) -> None:
    assert contrast(theme.color(ink), theme.color(paper)) >= 4.5


@THEMES
@pytest.mark.parametrize(("mark", "paper"), SEEN)
def test_what_is_seen_has_contrast(theme: Theme, mark: str, paper: str) -> None:
    assert contrast(theme.color(mark), theme.color(paper)) >= (2.0 if paper == "groove" else 3.0)


@THEMES
def test_every_colour_is_one(theme: Theme) -> None:
    assert all(QColor(value).isValid() for value in theme.colors().values())
    assert "name" not in theme.colors()


@THEMES
def test_each_voice_has_its_own_colour(theme: Theme) -> None:
    assert len({theme.voice(voice).name() for voice in VoiceName}) == 4


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#777777", "#ffffff", 4.48)],
)
def test_contrast_is_that_of_wcag(first: str, second: str, ratio: float) -> None:
    assert contrast(QColor(first), QColor(second)) == pytest.approx(ratio, abs=0.01)
    assert contrast(QColor(second), QColor(first)) == pytest.approx(ratio, abs=0.01)


def test_letters_follow_the_size_the_system_asks_for() -> None:
    small, big = TypeScale(9.0), TypeScale(18.0)
    assert (big.small, big.heading, big.large) == (2 * small.small, 2 * small.heading, 2 * small.large)
    assert small.small < small.base < small.large


def test_the_sheet_has_no_letters_in_pixels(themes: ThemeManager, qapp: QApplication) -> None:
    sizes = [line for line in qapp.styleSheet().splitlines() if "font-size" in line]
    assert sizes
    assert all("pt" in line and "$" not in line for line in sizes)


def test_a_choice_dresses_the_application(themes: ThemeManager, qapp: QApplication) -> None:
    heard = Collector(themes.changed)
    themes.choose(ThemeChoice.LIGHT)
    assert themes.choice is ThemeChoice.LIGHT
    assert heard.items == [LIGHT]
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.panel)
    assert LIGHT.accent_fill in qapp.styleSheet()
    assert DARK.panel not in qapp.styleSheet()
    assert pg.getConfigOption("background") == LIGHT.roll_row


def test_high_contrast_can_be_chosen(themes: ThemeManager, qapp: QApplication) -> None:
    themes.choose(ThemeChoice.CONTRAST)
    assert themes.theme is CONTRAST
    assert CONTRAST.accent_fill in qapp.styleSheet()


def test_high_contrast_reads_far_better() -> None:
    for ink, paper in (
        ("text", "panel"),
        ("text_muted", "window"),
        ("accent", "panel"),
        ("playhead", "roll_row"),
    ):
        assert contrast(CONTRAST.color(ink), CONTRAST.color(paper)) >= 10.0
    assert contrast(CONTRAST.color("border"), CONTRAST.color("panel")) >= 4.0


def test_the_same_choice_again_says_nothing(themes: ThemeManager) -> None:
    heard = Collector(themes.changed)
    themes.choose(ThemeChoice.DARK)
    assert not heard.items


@pytest.mark.parametrize(
    ("scheme", "theme"),
    [(Qt.ColorScheme.Light, LIGHT), (Qt.ColorScheme.Dark, DARK), (Qt.ColorScheme.Unknown, DARK)],
)
def test_the_system_is_followed(
    themes: ThemeManager,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    scheme: Qt.ColorScheme,
    theme: Theme,
) -> None:
    opposite = Qt.ColorScheme.Dark if theme is LIGHT else Qt.ColorScheme.Light
    prefers = opposite
    monkeypatch.setattr(QStyleHints, "colorScheme", lambda _hints: prefers)
    themes.choose(ThemeChoice.SYSTEM)
    assert themes.theme is not theme
    heard = Collector(themes.changed)
    prefers = scheme
    qapp.styleHints().colorSchemeChanged.emit(scheme)
    assert heard.items == [theme]
    assert themes.theme is theme


def test_a_choice_of_ones_own_does_not_follow_the_system(
    themes: ThemeManager, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QStyleHints, "colorScheme", lambda _hints: Qt.ColorScheme.Light)
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert themes.theme is DARK
