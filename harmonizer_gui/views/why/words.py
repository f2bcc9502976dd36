"""How cells and chances are called in the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.engine.explaining import Chance
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
from harmonizer_gui.engine.proofreading import UNLIKELY
from harmonizer_gui.score import KeySignature, pitch_name
from harmonizer_gui.views.experts.probe import percent


def fault_words(rule: str) -> str:
    """What a finding is, for the list: `Parallel fifths`, `Unlikely`."""
    translate = QCoreApplication.translate
    known = {
        UNLIKELY: translate("Why", "Unlikely"),
        PARALLEL_FIFTHS: translate("Why", "Parallel fifths"),
        PARALLEL_OCTAVES: translate("Why", "Parallel octaves"),
        CROSSINGS: translate("Why", "Voices cross"),
        OVERLAPS: translate("Why", "Voices overlap"),
        WIDE_SPACING: translate("Why", "More than an octave apart"),
        WIDE_LEAPS: translate("Why", "Leap of more than an octave"),
        AWKWARD_LEAPS: translate("Why", "Leap of a tritone or seventh"),
        DOUBLED_LEADING_NOTE: translate("Why", "Doubled leading note"),
        OUT_OF_RANGE: translate("Why", "Out of range"),
    }
    return known.get(rule, rule.capitalize())


def cell_name(pitch: int | None, key: KeySignature | None = None) -> str:
    """`A4` as it is written in `key`, or the word for silence."""
    return QCoreApplication.translate("Why", "a rest") if pitch is None else pitch_name(pitch, key)


def chance_words(chance: Chance) -> str:
    """`62 %, the likeliest`, `13 %, rank 2`."""
    translate = QCoreApplication.translate
    text = translate("Why", "{percent}, the likeliest") if chance.rank == 1 else rank_words()
    return text.format(percent=percent(chance.probability), rank=chance.rank)


def rank_words() -> str:
    """A text with places for `percent` and `rank`."""
    return QCoreApplication.translate("Why", "{percent}, rank {rank}")
