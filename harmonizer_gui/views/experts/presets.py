"""Mixes that have a name."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.engine.mix import AS_LEARNED, Mix
from harmonizer_gui.views.experts.names import RULES


@dataclass(frozen=True, slots=True)
class Preset:
    """A named mix of the learned experts: those in `only` (none: all) as learned, the others muted.

    The rules stay as the user has set them, but where the preset `resets` them too.
    """

    key: str
    only: frozenset[str] = frozenset()
    temperature: float = 1.0
    resets: bool = False

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

    def applied(self, mix: Mix, experts: Iterable[str], rules: Collection[str] = RULES) -> Mix:
        """What becomes of `mix`. No solo stays: it would silence what the preset lets be heard.

        `rules` are those of `experts` that need no training.
        """
        if self.resets:
            return AS_LEARNED
        silent = frozenset(name for name in experts if self.only and name not in self.only)
        untrained = frozenset(rules)
        result = Mix(temperature=self.temperature, muted=(silent - untrained) | (mix.muted & untrained))
        for rule in rules:
            result = result.with_factor(rule, mix.factor(rule))
        return result


PRESETS: Final = (
    Preset("as_learned", resets=True),
    Preset("only_harmony", only=frozenset({"simple", "spacing"})),
    Preset("only_line", only=frozenset({"contour", "beat"})),
    Preset("strict", temperature=0.7),
    Preset("free", temperature=1.4),
)


def offered(experts: Iterable[str]) -> tuple[Preset, ...]:
    """The presets that make sense with these experts: none whose experts are missing."""
    there = frozenset(experts)
    return tuple(preset for preset in PRESETS if preset.only <= there)


def matching(
    mix: Mix, presets: Iterable[Preset], experts: Iterable[str], rules: Collection[str] = RULES
) -> Preset | None:
    """The preset that would leave `mix` as it is, None for a mix of the user's own."""
    names = tuple(experts)
    return next((preset for preset in presets if preset.applied(mix, names, rules) == mix), None)
