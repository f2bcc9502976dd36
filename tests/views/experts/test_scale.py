from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonizer_gui.views.experts.scale import FACTORS, TEMPERATURES, Scale, factors_of

SCALES = pytest.mark.parametrize("scale", [FACTORS, TEMPERATURES], ids=["factors", "temperatures"])


@pytest.mark.parametrize(
    ("scale", "value", "position"),
    [
        (FACTORS, 0.0, 0),
        (FACTORS, 1.0, 100),
        (FACTORS, 1.5, 150),
        (FACTORS, 3.0, 300),
        (FACTORS, 7.0, 300),
        (TEMPERATURES, 0.1, 0),
        (TEMPERATURES, 0.5, 0),
        (TEMPERATURES, 1.0, 100),
        (TEMPERATURES, 2.0, 200),
        (TEMPERATURES, 5.0, 200),
    ],
)
def test_a_value_has_its_place(scale: Scale, value: float, position: int) -> None:
    assert scale.position(value) == position


@SCALES
def test_the_mark_is_as_learned(scale: Scale) -> None:
    assert scale.value(scale.mark) == 1.0


@pytest.mark.parametrize(("expert", "usual"), [("beat", 1.0), ("range", 1.0), ("key", 0.0)])
def test_the_mark_of_an_expert_is_where_it_usually_stands(expert: str, usual: float) -> None:
    scale = factors_of(expert)
    assert scale.value(scale.mark) == scale.usual == usual


@SCALES
@given(data=st.data())
def test_every_place_gives_a_value_that_goes_back_near_it(scale: Scale, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, scale.positions))
    assert abs(scale.position(scale.value(position)) - position) <= 1


@SCALES
def test_values_grow_along_the_scale(scale: Scale) -> None:
    values = [scale.value(position) for position in range(scale.positions + 1)]
    assert values == sorted(values)
    assert (values[0], values[-1]) == (scale.low, scale.high)


def test_temperatures_are_equal_ratios_apart() -> None:
    assert TEMPERATURES.value(50) == pytest.approx(1 / TEMPERATURES.value(150), abs=0.01)


@pytest.mark.parametrize(("position", "snapped"), [(100, 100), (104, 100), (96, 100), (105, 105), (0, 0)])
def test_near_the_mark_is_the_mark(position: int, snapped: int) -> None:
    assert FACTORS.snapped(position, reach=4) == snapped
