"""How experts are called in the window."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.session.heat import OFF, PRODUCT

RULES: Final = ("voice leading", "range", "key", "painted", "similar")
"""The program’s own experts that need no training; those of other packages join them."""
USUAL: Final = ("simple", "spacing", "contour", "beat", *RULES)
"""The experts whose rows stand ready before a model is there."""


def source_label(name: str) -> str:
    """The name of an expert, of the product or of no heat, as it stands in the window."""
    translate = QCoreApplication.translate
    known = {
        PRODUCT: translate("Experts", "Product"),
        OFF: translate("Experts", "Off"),
        "simple": translate("Experts", "Simple"),
        "spacing": translate("Experts", "Spacing"),
        "contour": translate("Experts", "Contour"),
        "beat": translate("Experts", "Beat"),
        "voice leading": translate("Experts", "Voice leading"),
        "range": translate("Experts", "Range"),
        "key": translate("Experts", "Key"),
        "painted": translate("Experts", "Painted"),
        "similar": translate("Experts", "Similar"),
    }
    return known.get(name) or name.replace("_", " ").capitalize()


def glasses(name: str) -> str:
    """A few words on what an expert looks at; empty for one that is not known here."""
    translate = QCoreApplication.translate
    known = {
        PRODUCT: translate("Experts", "all experts together"),
        "simple": translate("Experts", "all voices, absolute pitch"),
        "spacing": translate("Experts", "intervals to the other voices"),
        "contour": translate("Experts", "its own line"),
        "beat": translate("Experts", "place in the bar"),
        "voice leading": translate("Experts", "parallels, crossings, leaps"),
        "range": translate("Experts", "what a singer can sing"),
        "key": translate("Experts", "the notes of the scale, or what you locked"),
        "painted": translate("Experts", "what you favour and avoid"),
        "similar": translate("Experts", "more, or less, like a line"),
    }
    return known.get(name, "")
