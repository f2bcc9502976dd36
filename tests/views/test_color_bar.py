from __future__ import annotations

from collections.abc import Callable

import pytest

from harmonizer_gui.views.color_bar import ColorBar, tick_label
from harmonizer_gui.views.heat_image import HeatPalette
from harmonizer_gui.views.theme import DARK, LIGHT, Theme, ThemeManager


@pytest.mark.parametrize(("value", "label"), [(0.0, "0"), (0.05, ".05"), (0.25, ".25"), (1.0, "1")])
def test_marks_are_short(value: float, label: str) -> None:
    assert tick_label(value) == label


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("value", [0.05, 0.25, 0.6])
def test_the_bar_has_the_colours_of_the_heat(
    themes: ThemeManager, show: Callable[..., None], theme: Theme, value: float
) -> None:
    bar = ColorBar()
    bar.set_theme(theme)
    show(bar, bar.sizeHint().width(), 400)
    seen = bar.grab().toImage().pixelColor(8, round(bar.place_y(value)))
    meant = HeatPalette(theme).color(value)
    for a, b in zip(seen.getRgb()[:3], meant.getRgb()[:3], strict=True):  # type: ignore[index]  # a tuple
        assert abs(a - b) <= 12


def test_certainty_is_on_top(themes: ThemeManager, show: Callable[..., None]) -> None:
    bar = ColorBar()
    show(bar, 40, 200)
    assert 0 < bar.place_y(1.0) < bar.place_y(0.25) < bar.place_y(0.05) < bar.place_y(0.0) < 200


def test_it_says_what_it_is(themes: ThemeManager, show: Callable[..., None]) -> None:
    bar = ColorBar()
    show(bar)
    assert bar.accessibleName() == "Scale of the heat"
    assert "0 to 1" in bar.accessibleDescription()
