from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from harmonizer_gui.resources import resource
from harmonizer_gui.views.icons import icon, pixmap, tinted
from harmonizer_gui.views.theme import DARK, LIGHT, Theme

NAMES = sorted(path.stem for path in resource("icons/play.svg").parent.glob("*.svg"))


def inks(image: QImage) -> set[str]:
    """The colours of the wholly opaque pixels."""
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("name", [name for name in NAMES if name != "arrow-down"])
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


def test_an_icon_that_is_not_there_is_named(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError, match="trombone"):
        icon("trombone", DARK)
