from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication, QCheckBox

from harmonizer_gui.resources import resource
from harmonizer_gui.views.icons import icon, pixmap, tinted
from harmonizer_gui.views.theme import DARK, LIGHT, Theme, ThemeChoice, ThemeManager

NAMES = sorted(path.stem for path in resource("icons/play.svg").parent.glob("*.svg"))
AS_THEY_ARE = ("arrow-down", "tick-black", "tick-white")
"""Pictures of the style sheet, which cannot tint them."""


def inks(image: QImage) -> set[str]:
    """The colours of the wholly opaque pixels."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("name", [name for name in NAMES if name not in AS_THEY_ARE])
@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_every_icon_is_drawn_in_the_colour_of_text(qapp: QApplication, name: str, theme: Theme) -> None:
    seen = inks(icon(name, theme).pixmap(48, 48).toImage())
    meant = QColor(theme.text)
    assert theme.text in seen
    assert all(abs(QColor(ink).lightness() - meant.lightness()) <= 2 for ink in seen)  # rounding


def test_a_disabled_icon_is_grey(qapp: QApplication) -> None:
    image = icon("play", DARK).pixmap(48, 48, QIcon.Mode.Disabled).toImage()
    assert inks(image) == {DARK.text_disabled}


def test_a_tinted_icon_keeps_its_colour(qapp: QApplication) -> None:
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
        assert inks(tinted("close", "#123456").pixmap(48, 48, mode).toImage()) == {"#123456"}


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_picture_fits_the_screen(qapp: QApplication, ratio: float) -> None:
    picture = pixmap("eye", QColor("red").name(), 16, ratio)
    assert picture.width() == round(16 * ratio)
    assert picture.deviceIndependentSize().width() == pytest.approx(16)


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK, ThemeChoice.CONTRAST])
def test_a_chosen_box_has_a_tick_and_its_label_has_room(
    qapp: QApplication, show: Callable[..., None], themes: ThemeManager, choice: ThemeChoice
) -> None:
    themes.choose(choice)
    box = QCheckBox("Consecutive fifths")
    box.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the frame of a box that has the keys is coloured, too
    show(box)
    inside = QRect(3, box.height() // 2 - 4, 9, 9)
    off, width = box.grab(inside).toImage(), box.sizeHint().width()
    box.setChecked(True)
    on = box.grab(inside).toImage()
    assert themes.theme.accent_fill not in inks(off)
    assert {themes.theme.accent_fill, themes.theme.on_accent} <= inks(on)
    assert box.sizeHint().width() == width > box.fontMetrics().horizontalAdvance(box.text()) + 16


def test_an_icon_that_is_not_there_is_named(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError, match="trombone"):
        icon("trombone", DARK)
