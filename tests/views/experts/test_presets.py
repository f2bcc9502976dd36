from __future__ import annotations

import pytest

from harmonizer_gui.engine.mix import AS_LEARNED, Mix
from harmonizer_gui.views.experts.names import RULES
from harmonizer_gui.views.experts.presets import PRESETS, Preset, matching, offered

EXPERTS = ("simple", "spacing", "contour", "beat", "voice leading", "range", "key")
MOVED = AS_LEARNED.with_factor("beat", 2.0).with_temperature(1.2).with_soloed("simple", on=True)
BY_KEY = {preset.key: preset for preset in PRESETS}


@pytest.mark.parametrize(
    ("key", "heard"),
    [
        ("as_learned", ("simple", "spacing", "contour", "beat", "voice leading", "range")),
        ("only_harmony", ("simple", "spacing", "voice leading", "range")),
        ("only_line", ("contour", "beat", "voice leading", "range")),
    ],
)
def test_a_preset_lets_its_experts_count(key: str, heard: tuple[str, ...]) -> None:
    mix = BY_KEY[key].applied(MOVED, EXPERTS)
    assert tuple(name for name in EXPERTS if mix.effective(name) == 1.0) == heard
    assert all(mix.effective(name) == 0.0 for name in EXPERTS if name not in heard)


def test_strict_is_cooler_and_free_is_warmer() -> None:
    strict, free = (BY_KEY[key].applied(MOVED, EXPERTS) for key in ("strict", "free"))
    assert strict.temperature < 1.0 < free.temperature


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.key)
def test_a_preset_is_recognised(preset: Preset) -> None:
    assert matching(preset.applied(MOVED, EXPERTS), offered(EXPERTS), EXPERTS) is preset
    assert preset.label


RULED = (
    AS_LEARNED.with_factor("key", 1.0)
    .with_factor("range", 0.5)
    .with_factor("beat", 2.0)
    .with_muted("voice leading", on=True)
    .with_muted("simple", on=True)
    .with_soloed("key", on=True)
)


@pytest.mark.parametrize("preset", PRESETS[1:], ids=lambda preset: preset.key)
def test_a_preset_leaves_the_rules_as_they_are_set(preset: Preset) -> None:
    mix = preset.applied(RULED, EXPERTS)
    assert [mix.factor(rule) for rule in RULES] == [RULED.factor(rule) for rule in RULES]
    assert mix.muted & frozenset(RULES) == {"voice leading"}
    assert mix.factor("beat") == 1.0
    assert not mix.soloed
    assert matching(mix, offered(EXPERTS), EXPERTS) is preset


def test_as_learned_is_all_as_learned_and_usual() -> None:
    assert BY_KEY["as_learned"].applied(RULED, EXPERTS) == AS_LEARNED
    assert matching(AS_LEARNED, PRESETS, EXPERTS) is BY_KEY["as_learned"]


@pytest.mark.parametrize(
    "mix",
    [
        AS_LEARNED.with_factor("beat", 1.01),
        AS_LEARNED.with_temperature(1.05),
        AS_LEARNED.with_muted("beat", on=True),
        AS_LEARNED.with_factor("key", 1.0),
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
