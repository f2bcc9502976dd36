"""How heat is shown."""

from __future__ import annotations

from harmonizer_gui.views.actions.spec import Spec, Where, tr
from harmonizer_gui.views.heat_scale import ColorMap, HeatMeasure


def scale_action(measure: HeatMeasure) -> str:
    """The name of the action that shows probabilities, their logarithms, or ranks."""
    return f"heat-{measure.value}"


def colors_action(colors: ColorMap) -> str:
    """The name of the action that chooses the colours."""
    return f"heat-{colors.name.lower().replace('_', '-')}"


def specs() -> list[Spec]:
    return [
        Spec("heat-settings", tr("&Scale and strength …"), ("Ctrl+Shift+J",)),
        Spec(scale_action(HeatMeasure.PROBABILITY), tr("&Probability"), checkable=True),
        Spec(scale_action(HeatMeasure.LOG), tr("&Logarithm of the probability"), checkable=True),
        Spec(scale_action(HeatMeasure.RANK), tr("&Rank in its step"), checkable=True),
        Spec("heat-onsets", tr("&Onsets only"), ("Shift+O",), Where.ROLL, checkable=True),
        Spec("heat-rests", tr("Lane for s&ilence"), ("Shift+I",), Where.ROLL, checkable=True),
        Spec(colors_action(ColorMap.VIRIDIS), tr("Colours: &viridis"), checkable=True),
        Spec(colors_action(ColorMap.BLUE_YELLOW), tr("Colours: &blue to yellow"), checkable=True),
        Spec("other-mix", tr("The &other mix, A or B"), ("Shift+X",), Where.ROLL),
        Spec("copy-mix", tr("&Copy this mix to the other"), ("Ctrl+Shift+X",)),
    ]
