"""What each fault is, in a sentence."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.engine.guidance import (
    AWKWARD_LEAPS,
    CROSSINGS,
    DOUBLED_LEADING_NOTE,
    OUT_OF_RANGE,
    OVERLAPS,
    PARALLEL_FIFTHS,
    PARALLEL_OCTAVES,
    WIDE_LEAPS,
    WIDE_SPACING,
)


def fault_sentence(fault: str) -> str:
    """Why a fault is one; empty for one that is not known here."""
    translate = QCoreApplication.translate
    known = {
        PARALLEL_FIFTHS: translate("Rules", "Two voices a fifth apart move to another fifth, the same way."),
        PARALLEL_OCTAVES: translate(
            "Rules", "Two voices an octave or a unison apart move to another one, the same way."
        ),
        CROSSINGS: translate("Rules", "A voice goes above the next higher one, or below the next lower one."),
        OVERLAPS: translate("Rules", "A voice goes past the note that its neighbour has just left."),
        WIDE_SPACING: translate(
            "Rules", "Neighbours lie more than an octave apart, tenor and bass more than two."
        ),
        WIDE_LEAPS: translate("Rules", "A voice leaps further than an octave."),
        AWKWARD_LEAPS: translate("Rules", "A voice leaps a tritone or a seventh, which is hard to sing."),
        DOUBLED_LEADING_NOTE: translate(
            "Rules", "Two voices have the leading note of the key, and both want to go up."
        ),
        OUT_OF_RANGE: translate("Rules", "A note lies higher or lower than its singers reach."),
    }
    return known.get(fault, "")
