from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.roll.surprise import FULL, HEIGHT, SurpriseStrip
from harmonizer_gui.views.theme import DARK

NAN = float("nan")
VIEW = Coordinates(tick_width=0.1, width=480.0)


@pytest.fixture
def strip(qapp: QApplication) -> SurpriseStrip:
    strip = SurpriseStrip(Look(DARK, qapp.font()))
    strip.set_coordinates(VIEW)
    strip.set_values(np.array([0.0, 3.0, NAN, 60.0, 1.5], np.float32), stale=False, warns=True)
    return strip


def test_a_bar_for_each_step_as_high_as_its_bits(strip: SurpriseStrip) -> None:
    bars = strip.bars()
    assert [(bar.left(), bits) for bar, bits in bars] == [(12.0, 3.0), (36.0, 60.0), (48.0, 1.5)]
    room = HEIGHT - 8.0
    heights = [bar.height() for bar, _ in bars]
    assert heights == pytest.approx([3.0 / FULL * room, room, 1.5 / FULL * room])
    assert all(bar.bottom() == HEIGHT - 2.0 for bar, _ in bars)


def test_only_what_is_seen_is_painted(strip: SurpriseStrip) -> None:
    strip.set_coordinates(replace(VIEW, left=300.0))
    assert [bits for _, bits in strip.bars()] == [60.0, 1.5]


def test_from_afar_the_highest_of_many_is_seen(strip: SurpriseStrip) -> None:
    values = np.zeros(10_000, np.float32)
    values[777] = 5.0
    strip.set_values(values, stale=False, warns=False)
    strip.set_coordinates(replace(VIEW, tick_width=0.0004))
    assert [bits for _, bits in strip.bars()] == [5.0]


def test_what_a_step_says(strip: SurpriseStrip) -> None:
    assert [strip.value_at(step) for step in (-1, 1, 2, 4, 5)] == [None, 3.0, None, 1.5, None]
    strip.set_values(None, stale=True, warns=False)
    assert strip.value_at(1) is None
    assert strip.bars() == []


def test_bars_stay_in_their_groups_while_scrolling(strip: SurpriseStrip) -> None:
    strip.set_values(np.arange(1, 1001, dtype=np.float32), stale=False, warns=False)
    strip.set_coordinates(replace(VIEW, tick_width=0.005))
    first = {bits for _, bits in strip.bars()}
    strip.set_coordinates(replace(VIEW, tick_width=0.005, left=500.0))
    assert len({bits for _, bits in strip.bars()} - first) <= 2
