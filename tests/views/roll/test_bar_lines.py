"""Where bars are too close for a line and a number each, those that have a number have a line."""

from __future__ import annotations

import pytest

from harmonizer_gui.score import Note, Score, TimeSignature, Voice
from harmonizer_gui.views.roll.background import bar_ticks, counted, spacing
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.ruler import NARROWEST_NUMBER


@pytest.mark.parametrize("pickup", [0, 480])
@pytest.mark.parametrize("tick_width", [0.05, 0.01, 0.002, 0.0005])
def test_numbered_bars_have_lines(tick_width: float, pickup: int) -> None:
    score = Score((Voice((Note(0, 1920 * 300, 60),)), Voice(), Voice(), Voice()), pickup=pickup)
    view = Coordinates(width=1400.0, tick_width=tick_width)
    bars = list(score.bars)
    lines = set(bar_ticks(bars, view))
    numbered = {bar.start for bar in counted(bars, spacing(bars, view, NARROWEST_NUMBER))}
    assert numbered <= lines
    assert next(bar.start for bar in bars if bar.number == 1) in numbered


def test_one_short_bar_thins_out_no_others() -> None:
    signs = (TimeSignature(0, 4, 4), TimeSignature(1920 * 8, 1, 4), TimeSignature(1920 * 8 + 480, 4, 4))
    score = Score((Voice((Note(0, 1920 * 20, 60),)), Voice(), Voice(), Voice()), time_signatures=signs)
    view = Coordinates(width=1400.0, tick_width=0.045)
    assert spacing(list(score.bars), view, NARROWEST_NUMBER) == 1
