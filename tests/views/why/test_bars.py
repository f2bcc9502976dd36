from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication

from harmonizer_gui.views.experts.colors import expert_color
from harmonizer_gui.views.theme import DARK, LIGHT, Theme, contrast
from harmonizer_gui.views.why.bars import Bars, signed

VALUES = {"simple": 1.5, "contour": -0.5, "key": 0.0}


@pytest.fixture
def bars(show: Callable[..., None]) -> Bars:
    bars = Bars()
    bars.show_values(VALUES, 1.0, ("A4", "B4"), silent=frozenset({"key"}))
    show(bars, 400, 160)
    return bars


def reach(image: QImage, color: QColor) -> tuple[int, int] | None:
    """From which column to which a colour is seen."""
    found = [
        x for x in range(image.width()) for y in range(image.height()) if image.pixelColor(x, y) == color
    ]
    return (min(found), max(found)) if found else None


@pytest.mark.parametrize(
    ("nats", "text"),
    [(1.128, "+1.13"), (-0.34, "−0.34"), (0.0, "0.00"), (-0.001, "0.00"), (250.4, "+250"), (-99.4, "−99.40")],
)
def test_numbers_have_signs(nats: float, text: str) -> None:
    assert signed(nats) == text


def test_bars_lie_on_their_sides_in_the_colours_of_the_experts(bars: Bars) -> None:
    image = bars.grab().toImage()
    to_right = reach(image, expert_color("simple", DARK))
    to_left = reach(image, expert_color("contour", DARK))
    assert to_right is not None
    assert to_left is not None
    assert to_left[1] <= to_right[0]
    assert (to_right[1] - to_right[0]) == pytest.approx(3 * (to_left[1] - to_left[0]), abs=6)
    assert bars.values == [1.5, -0.5, 0.0, 1.0]


def test_what_an_enormous_term_does_to_the_others(bars: Bars) -> None:
    bars.show_values({"simple": 9000.0, "contour": -3.0}, 8997.0, ("A4", "B4"))
    image = bars.grab().toImage()
    to_right, to_left = (reach(image, expert_color(name, DARK)) for name in ("simple", "contour"))
    assert to_right is not None
    assert to_left is not None
    assert to_left[1] - to_left[0] > 20
    assert to_right[1] < image.width()


def test_each_row_in_words(bars: Bars) -> None:
    assert [bars.words(row) for row in range(4)] == [
        "Simple: +1.50 nats, 4.5 to 1 for A4 against B4",
        "Contour: −0.50 nats, 1.6 to 1 for B4 against A4",
        "Key does not count: it is muted or at 0",
        "Together: +1.00 nats, 2.7 to 1 for A4 against B4",
    ]
    assert bars.accessibleDescription().count(";") == 3
    event = QHelpEvent(QHelpEvent.Type.ToolTip, QPoint(5, 5), bars.mapToGlobal(QPoint(5, 5)))
    assert QApplication.sendEvent(bars, event)


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_every_colour_is_seen_on_the_panel(theme: Theme) -> None:
    names = ("simple", "spacing", "contour", "beat", "voice leading", "range", "key", "painted", "similar")
    for name in (*names, "somebody else's", "another one"):
        assert contrast(expert_color(name, theme), theme.color("panel")) >= 3.0
    assert len({expert_color(name, theme).name() for name in names}) == len(names)
