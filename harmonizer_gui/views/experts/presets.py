"""Mixes that have a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.engine.mix import Mix


@dataclass(frozen=True, slots=True)
class Preset:
    """A named mix; `solo` names the experts that are heard alone, where there are such."""

    key: str
    solo: frozenset[str] = frozenset()
    temperature: float = 1.0

    @property
    def label(self) -> str:
        translate = QCoreApplication.translate
        return {
            "as_learned": translate("Presets", "As learned"),
            "only_harmony": translate("Presets", "Only harmony"),
            "only_line": translate("Presets", "Only line"),
            "strict": translate("Presets", "Strict"),
            "free": translate("Presets", "Free"),
        }[self.key]

    def mix(self, experts: Iterable[str]) -> Mix:
        """The mix, with only such solos as `experts` has."""
        return Mix(soloed=self.solo & frozenset(experts), temperature=self.temperature)


PRESETS: Final = (
    Preset("as_learned"),
    Preset("only_harmony", solo=frozenset({"simple", "spacing"})),
    Preset("only_line", solo=frozenset({"contour", "beat"})),
    Preset("strict", temperature=0.7),
    Preset("free", temperature=1.4),
)


def offered(experts: Iterable[str]) -> tuple[Preset, ...]:
    """The presets that make sense with these experts: none whose experts are missing."""
    there = frozenset(experts)
    return tuple(preset for preset in PRESETS if preset.solo <= there)


def matching(mix: Mix, presets: Iterable[Preset], experts: Iterable[str]) -> Preset | None:
    """The preset that `mix` is, None for a mix of the user's own."""
    names = tuple(experts)
    return next((preset for preset in presets if preset.mix(names) == mix), None)
