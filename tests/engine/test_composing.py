from __future__ import annotations

import pytest

from harmonizer_gui.engine.checkpoint import Card
from harmonizer_gui.engine.composing import ComposeRequest, compose
from harmonizer_gui.engine.model import Model, load_model
from harmonizer_gui.engine.ranges import SINGABLE
from harmonizer_gui.engine.requests import FillRequest
from harmonizer_gui.engine.rules.key import Key
from harmonizer_gui.engine.rules.range import Range
from harmonizer_gui.engine.rules.voice_leading import VoiceLeading
from harmonizer_gui.score import KeySignature, Score, TimeSignature, VoiceName
from tests.engine.toys import CPU, SMALL, chorale, small_product


@pytest.fixture(scope="module")
def toy() -> Model:
    return Model(Card("toy", SMALL), small_product(), CPU, rules=(VoiceLeading(), Range(), Key()))


def composed(model: Model, request: ComposeRequest) -> Score:
    reports = list(compose(model, request))
    assert [report.done for report in reports] == sorted(report.done for report in reports)
    assert reports[-1].complete
    return reports[-1].takes[0]


def test_a_piece_has_the_bars_and_metre_that_were_asked_for(toy: Model) -> None:
    request = ComposeRequest(bars=3, time_signature=TimeSignature(0, 3, 4), sweeps=1)
    score = composed(toy, request)
    assert len(score.bars) == 3
    assert score.time_signatures == (TimeSignature(0, 3, 4),)
    assert all(len(voice) for voice in score.voices)


def test_the_seed_decides_the_piece(toy: Model) -> None:
    one, again, other = (composed(toy, ComposeRequest(bars=2, seed=seed, sweeps=0)) for seed in (1, 1, 2))
    assert one == again
    assert one != other


def test_the_first_voice_is_heard_before_the_others(toy: Model) -> None:
    first = next(compose(toy, ComposeRequest(bars=2))).takes[0]
    assert len(first.voice(VoiceName.SOPRANO)) > 0
    assert not any(len(first.voice(voice)) for voice in VoiceName if voice != VoiceName.SOPRANO)


def test_the_shipped_model_composes_in_the_key_and_in_range() -> None:
    score = composed(
        load_model(device="cpu"), ComposeRequest(bars=4, key=KeySignature(0, 1), seed=3, sweeps=1)
    )
    for voice, (low, high) in zip(VoiceName, SINGABLE, strict=True):
        assert all(low <= note.pitch <= high for note in score.voice(voice))
    pitches = [note.pitch % 12 for voice in score.voices for note in voice]
    outside = sum(pitch not in (7, 9, 11, 0, 2, 4, 6) for pitch in pitches)
    assert outside <= 0.1 * len(pitches)


def test_sweeps_rewrite_the_voices_given_the_others(toy: Model) -> None:
    score = chorale()
    voices = (VoiceName.ALTO, VoiceName.TENOR)
    *_, once = toy.fill(FillRequest(score, voices, seed=1))
    reports = list(toy.fill(FillRequest(score, voices, seed=1, sweeps=2)))
    assert reports[-1].total == 3 * once.total
    assert once.takes[0] in [report.takes[0] for report in reports]
    assert reports[-1].takes[0].voice(VoiceName.ALTO) != once.takes[0].voice(VoiceName.ALTO)
    assert reports[-1].takes[0].voice(VoiceName.BASS) is score.voice(VoiceName.BASS)


def test_what_cannot_be_asked_is_refused() -> None:
    with pytest.raises(ValueError, match="bars"):
        ComposeRequest(bars=0)
    with pytest.raises(ValueError, match="sweeps"):
        FillRequest(chorale(), (VoiceName.ALTO,), sweeps=101)
