"""Why this note: questions to the experts, surprise, proofreading, pictures."""

from __future__ import annotations

from harmonizer_gui.engine.surprise import Measure
from harmonizer_gui.views.actions.spec import Spec, Where, tr


def measure_action(measure: Measure) -> str:
    """The name of the action that shows `measure` in the strip."""
    return f"surprise-{measure.value}"


def specs() -> list[Spec]:
    roll = Where.ROLL
    return [
        Spec("why", tr("&Ask why this note"), ("W",), roll),
        Spec("why-against", tr("&Compare with the cell under the mouse"), ("Shift+W",), roll),
        Spec("why-dock", tr("Why this &note"), ("Ctrl+Alt+W",), checkable=True),
        Spec("surprise", tr("&Surprise over the notes"), ("Ctrl+Alt+S",), checkable=True),
        Spec(measure_action(Measure.BITS), tr("&Bits of what is written"), checkable=True),
        Spec(measure_action(Measure.ENTROPY), tr("How &undecided the product is"), checkable=True),
        Spec(measure_action(Measure.DISAGREEMENT), tr("How far the experts &disagree"), checkable=True),
        Spec("next-surprise", tr("Next &most surprising note"), ("F3",)),
        Spec("next-uncertain", tr("&Next most uncertain step"), ("Shift+F3",)),
        Spec("proofreading", tr("&Proofreading"), ("F7",), checkable=True),
        Spec("proof-marks", tr("&Marks of proofreading"), ("Shift+F7",), checkable=True),
        Spec("picture-whole", tr("The &whole piece…")),
        Spec("picture-seen", tr("What is &seen…"), ("Ctrl+Shift+E",)),
        Spec("picture-experts", tr("The &experts…")),
    ]
