from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonizer_gui.views.heat_image import HeatPalette
from harmonizer_gui.views.heat_scale import (
    ColorMap,
    HeatLook,
    HeatMeasure,
    HeatScale,
    look_of,
    ranked,
    short,
)
from harmonizer_gui.views.theme import DARK, LIGHT, Theme

SCALES = st.builds(
    HeatScale,
    st.sampled_from(HeatMeasure),
    st.floats(0.2, 1.0),
    st.floats(0.0, 0.4),
    st.floats(0.5, 1.0),
    st.sampled_from(ColorMap),
)


@given(scale=SCALES, place=st.floats(0.01, 1.0))
def test_a_place_goes_there_and_back(scale: HeatScale, place: float) -> None:
    assert scale.place(scale.probability(place)) == pytest.approx(place, abs=1e-6)


@given(scale=SCALES, one=st.floats(0.0, 1.0), other=st.floats(0.0, 1.0))
def test_more_never_stands_lower(scale: HeatScale, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert scale.spread(scale.place(low)) <= scale.spread(scale.place(high))
    assert (scale.spread(scale.low), scale.spread(scale.high)) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("measure", "probability", "place"),
    [
        (HeatMeasure.PROBABILITY, 0.25, 0.5),
        (HeatMeasure.LOG, 1e-4, 0.0),
        (HeatMeasure.LOG, 1e-9, 0.0),
        (HeatMeasure.LOG, 0.01, 0.5),
        (HeatMeasure.LOG, 1.0, 1.0),
    ],
)
def test_a_probability_has_its_place(measure: HeatMeasure, probability: float, place: float) -> None:
    assert HeatScale(measure).place(probability) == pytest.approx(place)


def test_ranks_are_those_of_the_step() -> None:
    heat = np.zeros((2, 88), np.float32)
    heat[0, [40, 50, 60]] = (0.2, 0.5, 0.3)
    heat[1, :30] = np.linspace(0.1, 0.01, 30)
    places = np.sqrt(ranked(heat))
    assert places[0, [50, 60, 40]] == pytest.approx([1.0, 11 / 12, 10 / 12])
    assert np.count_nonzero(places[0]) == 3
    assert np.count_nonzero(places[1]) == 12
    assert places[1].argmax() == 0


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("colors", ColorMap)
def test_ends_that_are_drawn_in_spend_all_colours_between_them(theme: Theme, colors: ColorMap) -> None:
    whole, narrow = HeatScale(colors=colors), HeatScale(low=0.4, high=0.6, colors=colors)
    assert HeatPalette(theme, narrow).color_at(0.6) == HeatPalette(theme, whole).color_at(1.0)
    assert HeatPalette(theme, narrow).color_at(0.4) == theme.color("roll_row")


@pytest.mark.parametrize(
    "scale", [{"low": 0.5, "high": 0.5}, {"low": -0.1}, {"high": 1.1}, {"gamma": 0.0}, {"gamma": 2.0}]
)
def test_a_scale_that_is_none_is_refused(scale: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="of the heat"):
        HeatScale(**scale)  # type: ignore[arg-type]  # floats, all


@given(scale=SCALES, opacity=st.floats(0.1, 1.0), onsets=st.booleans())
def test_a_look_comes_back(scale: HeatScale, opacity: float, onsets: bool) -> None:  # noqa: FBT001  # hypothesis
    look = HeatLook(scale, opacity, onsets, rests=not onsets)
    assert look_of(look.values()) == look


@pytest.mark.parametrize(
    "values", [None, 3, {}, {"scale": {}}, HeatLook().values() | {"opacity": 7}, {"scale": None}]
)
def test_a_look_that_makes_no_sense_is_the_usual_one(values: object) -> None:
    assert look_of(values) == HeatLook()


def test_the_usual_ranks_and_probabilities_are_named() -> None:
    assert [label for _, label in HeatScale(HeatMeasure.RANK).marks] == ["1", "3", "6", "9", "12"]
    assert [label for _, label in HeatScale(HeatMeasure.LOG).marks] == ["1", ".1", ".01", ".001", ".0001"]
    assert short(0.0) == "0"
