from __future__ import annotations

import pytest

from harmonizer_gui.engine.mix import AS_LEARNED, Mix
from harmonizer_gui.views.experts.presets import PRESETS, Preset, matching, offered

EXPERTS = ("simple", "spacing", "contour", "beat")
BY_KEY = {preset.key: preset for preset in PRESETS}


@pytest.mark.parametrize(
    ("key", "heard"),
    [
        ("as_learned", EXPERTS),
        ("only_harmony", ("simple", "spacing")),
        ("only_line", ("contour", "beat")),
    ],
)
def test_a_preset_lets_its_experts_count(key: str, heard: tuple[str, ...]) -> None:
    mix = BY_KEY[key].mix(EXPERTS)
    assert tuple(name for name in EXPERTS if mix.effective(name) == 1.0) == heard
    assert all(mix.effective(name) == 0.0 for name in EXPERTS if name not in heard)


def test_strict_is_cooler_and_free_is_warmer() -> None:
    assert BY_KEY["strict"].mix(EXPERTS).temperature < 1.0 < BY_KEY["free"].mix(EXPERTS).temperature


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_a_preset_is_recognised(preset: Preset) -> None:
    assert matching(preset.mix(EXPERTS), offered(EXPERTS), EXPERTS) is preset
    assert preset.label


@pytest.mark.parametrize(
    "mix",
    [
        AS_LEARNED.with_factor("beat", 1.01),
        AS_LEARNED.with_temperature(1.05),
        AS_LEARNED.with_muted("beat", on=True),
        Mix(soloed=frozenset({"simple"})),
    ],
)
def test_any_other_mix_is_ones_own(mix: Mix) -> None:
    assert matching(mix, PRESETS, EXPERTS) is None


def test_presets_whose_experts_are_missing_are_not_offered() -> None:
    assert [preset.key for preset in offered(("simple", "spacing"))] == [
        "as_learned",
        "only_harmony",
        "strict",
        "free",
    ]
