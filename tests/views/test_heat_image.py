from __future__ import annotations

from statistics import median
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from harmonizer_gui.views.heat_image import LEVELS, STRETCH, Floats, HeatPalette, HeatPicture, pooled
from harmonizer_gui.views.heat_scale import HeatScale
from harmonizer_gui.views.theme import DARK, LIGHT, Theme, contrast

THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
PROBABILITIES = st.floats(0.0, 1.0, width=32)


def one_cell(step: int, pitch: int, value: float) -> Floats:
    heat = np.zeros((8, 88), np.float32)
    heat[step, pitch - 21] = value
    return heat


@pytest.mark.parametrize(("pitch", "row"), [(108, 0), (60, 48), (21, 87)])
def test_the_highest_pitch_is_on_top(pitch: int, row: int) -> None:
    image = HeatPalette(DARK).image(one_cell(3, pitch, 1.0))
    assert (image.width(), image.height()) == (8, 88)
    lit = {(x, y) for x in range(8) for y in range(88) if image.pixelColor(x, y).alpha()}
    assert lit == {(3, row)}


@THEMES
@pytest.mark.parametrize("value", [0.0, 0.01, 0.05, 0.25, 0.5, 1.0])
def test_a_value_has_the_colour_of_the_scale(theme: Theme, value: float) -> None:
    palette = HeatPalette(theme)
    pixel = palette.image(one_cell(0, 60, value)).pixel(0, 48)
    assert pixel >> 24 == int(palette.lut[round(value**0.5 * (LEVELS - 1))]) >> 24
    assert palette.image(one_cell(0, 60, value)).pixelColor(0, 48).alpha() == pixel >> 24


@THEMES
@pytest.mark.parametrize(("outside", "inside"), [(-0.5, 0.0), (1.5, 1.0)])
def test_values_outside_count_as_the_ends(theme: Theme, outside: float, inside: float) -> None:
    palette = HeatPalette(theme)
    wild = palette.image(one_cell(0, 60, outside)).copy()
    assert wild == palette.image(one_cell(0, 60, inside))


@THEMES
def test_nothing_is_clear_and_certainty_opaque(theme: Theme) -> None:
    lut = HeatPalette(theme).lut
    assert lut.shape == (LEVELS,)
    assert lut[0] == 0
    assert lut[-1] >> 24 == 255


@THEMES
def test_more_is_further_from_the_background(theme: Theme) -> None:
    palette, row = HeatPalette(theme), theme.color("roll_row")
    steps = [contrast(palette.color((i / 32) ** 2), row) for i in range(33)]
    assert steps == sorted(steps)
    assert steps[0] == 1.0
    assert steps[-1] > 10.0


@THEMES
def test_five_in_a_hundred_can_be_seen(theme: Theme) -> None:
    row = theme.color("roll_row")
    assert contrast(HeatPalette(theme).color(0.05), row) > 1.5


@pytest.mark.parametrize(("tick", "at"), [(0.0, 0.0), (0.05, 0.224), (0.25, 0.5), (1.0, 1.0)])
def test_the_scale_is_a_square_root(tick: float, at: float) -> None:
    assert HeatScale().place(tick) == pytest.approx(at, abs=0.001)


def test_no_steps_make_no_picture() -> None:
    assert HeatPalette(DARK).image(np.zeros((0, 88), np.float32)).isNull()


def test_a_picture_of_another_length_follows() -> None:
    palette = HeatPalette(DARK)
    assert palette.image(np.zeros((5, 88), np.float32)).width() == 5
    assert palette.image(np.zeros((7, 88), np.float32)).width() == 7


def test_sixty_four_bars_are_quick() -> None:
    heat = np.random.default_rng(0).random((1024, 88), np.float32)
    palette = HeatPalette(DARK)
    palette.image(heat)
    times = []
    for _ in range(25):
        start = perf_counter()
        palette.image(heat)
        times.append(perf_counter() - start)
    assert median(times) < 0.006  # half a millisecond on an idle machine


@given(
    heat=arrays(np.float32, st.tuples(st.integers(1, 40), st.integers(1, 12)), elements=PROBABILITIES),
    columns=st.integers(1, 50),
    rows=st.integers(1, 15),
)
def test_pooling_keeps_every_peak(heat: Floats, columns: int, rows: int) -> None:
    result = pooled(heat, columns, rows)
    assert result.shape == (min(columns, heat.shape[0]), min(rows, heat.shape[1]))
    step, pitch = np.unravel_index(heat.argmax(), heat.shape)
    column = min(result.shape[0] - 1, int(step) * result.shape[0] // heat.shape[0])
    near = result[max(0, column - 1) : column + 2]
    assert result.max() == heat.max()
    assert near.max() == heat[step, pitch]


def test_pooling_leaves_pitches_alone_unless_asked() -> None:
    heat = np.random.default_rng(0).random((100, 88), np.float32)
    assert pooled(heat, 10).shape == (10, 88)
    assert pooled(heat, 100) is heat


def test_no_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="0 cells"):
        pooled(np.zeros((4, 88), np.float32), 0)


def test_a_long_picture_is_coloured_where_it_is_looked_at() -> None:
    palette = HeatPalette(DARK)
    heat = np.random.default_rng(0).random((3 * STRETCH + 5, 4), np.float32)
    whole = palette.image(heat).copy()
    picture = HeatPicture(heat, palette)
    seen = picture.image(STRETCH + 1, STRETCH + 2)
    assert (seen.width(), seen.height()) == (picture.steps, 4)
    assert seen.copy(STRETCH, 0, STRETCH, 4) == whole.copy(STRETCH, 0, STRETCH, 4)
    assert seen.pixel(0, 0) == seen.pixel(2 * STRETCH, 0) == 0
    assert picture.image(0, picture.steps) == whole
