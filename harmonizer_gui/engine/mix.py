"""How the user mixes the experts: one factor each on the learned exponents, and a temperature."""

from __future__ import annotations

from dataclasses import dataclass, replace

MAX_FACTOR = 3.0
USUAL_FACTORS = {"key": 0.0, "similar": 0.0}
"""Experts that stand at another factor than 1 until the user moves them."""


@dataclass(frozen=True, slots=True)
class Mix:
    """Factors on the learned exponents (1 = as learned) and the temperature.

    An expert that is not named has its usual factor: 1, but 0 for Key and Similar, which one asks for.

    Temperature divides all exponents alike. Muted experts count as factor 0; where any is soloed, all
    others do. Raises ValueError for a negative or absurd factor and a temperature outside 0.05–5.
    """

    factors: tuple[tuple[str, float], ...] = ()
    temperature: float = 1.0
    muted: frozenset[str] = frozenset()
    soloed: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name, factor in self.factors:
            if not 0.0 <= factor <= 10.0:
                raise ValueError(f"the exponent factor of {name} is {factor:g}, outside 0–10")
        if not 0.05 <= self.temperature <= 5.0:
            raise ValueError(f"the temperature is {self.temperature:g}, outside 0.05–5")

    def factor(self, expert: str) -> float:
        """What the slider of `expert` says, mute and solo left aside."""
        return dict(self.factors).get(expert, USUAL_FACTORS.get(expert, 1.0))

    def effective(self, expert: str) -> float:
        """The factor that counts: mute, solo and temperature worked in."""
        if expert in self.muted or (self.soloed and expert not in self.soloed):
            return 0.0
        return self.factor(expert) / self.temperature

    def with_factor(self, expert: str, factor: float) -> Mix:
        factors = {**dict(self.factors), expert: factor}
        moved = ((name, f) for name, f in factors.items() if f != USUAL_FACTORS.get(name, 1.0))
        return replace(self, factors=tuple(sorted(moved)))

    def woken(self, expert: str) -> Mix:
        """With the factor of `expert` at 1 where it stands at 0: for when the user asks for what it does."""
        return self if self.factor(expert) else self.with_factor(expert, 1.0)

    def with_temperature(self, temperature: float) -> Mix:
        return replace(self, temperature=temperature)

    def with_muted(self, expert: str, *, on: bool) -> Mix:
        return replace(self, muted=self.muted | {expert} if on else self.muted - {expert})

    def with_soloed(self, expert: str, *, on: bool) -> Mix:
        return replace(self, soloed=self.soloed | {expert} if on else self.soloed - {expert})


AS_LEARNED = Mix()
