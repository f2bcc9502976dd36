"""Colours that mean something stay apart for protanopia, deuteranopia and tritanopia."""

from __future__ import annotations

import numpy as np
import pytest

from harmonizer_gui.score import VoiceName
from harmonizer_gui.views.experts.colors import expert_color
from harmonizer_gui.views.experts.names import USUAL
from harmonizer_gui.views.heat_image import HeatPalette
from harmonizer_gui.views.heat_scale import ColorMap, HeatScale
from harmonizer_gui.views.theme import CONTRAST, DARK, LIGHT, Theme, contrast
from tests.views.color_vision import VISIONS, distance, lab, nearest

THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: theme.name)
SEEN = pytest.mark.parametrize("vision", VISIONS)
STOPS = 16


def test_the_simulation_knows_what_is_mistaken_for_what() -> None:
    red, green = DARK.color("problem"), DARK.color("tenor")
    white = DARK.color("on_accent")
    assert lab(white, "usual") == pytest.approx([100.0, 0.0, 0.0], abs=0.1)
    for vision in VISIONS:
        assert lab(white, vision) == pytest.approx([100.0, 0.0, 0.0], abs=0.1)
    assert distance(red, green, "deuteranopia") < 0.5 * distance(red, green, "usual")


@THEMES
@SEEN
def test_voices_are_told_apart(theme: Theme, vision: str) -> None:
    """They have letters besides."""
    far, *which = nearest({voice.label: theme.voice(voice) for voice in VoiceName}, vision)
    assert far >= 10.0, which


@THEMES
@SEEN
def test_experts_are_told_apart(theme: Theme, vision: str) -> None:
    far, *which = nearest({name: expert_color(name, theme) for name in USUAL}, vision)
    assert far >= 20.0, which


@THEMES
@pytest.mark.parametrize("name", USUAL)
def test_an_expert_stands_out_from_the_panel(theme: Theme, name: str) -> None:
    assert contrast(expert_color(name, theme), theme.color("panel")) >= 3.0


@THEMES
@SEEN
@pytest.mark.parametrize("colors", ColorMap)
def test_more_heat_is_seen_as_more(theme: Theme, vision: str, colors: ColorMap) -> None:
    """Lightness goes one way all along the scale, and each of sixteen steps can be seen."""
    palette = HeatPalette(theme, HeatScale(colors=colors))
    shades = np.array([lab(palette.color_at(step / STOPS), vision) for step in range(STOPS + 1)])
    rises = np.diff(shades[:, 0])
    assert (rises > 0.0).all() if theme.is_dark else (rises < 0.0).all()
    assert np.linalg.norm(np.diff(shades, axis=0), axis=1).min() >= 2.0
