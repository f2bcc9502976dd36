"""The model as the program uses it: the shipped one where its music matters, a small one for the rules."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.engine.checkpoint import Card
from harmonizer_gui.engine.context import context_of
from harmonizer_gui.engine.grid import UnreadableNoteError, grid_of
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.engine.model import Model, load_model
from harmonizer_gui.engine.past import Past
from harmonizer_gui.engine.product import ProductStepper, multiplied
from harmonizer_gui.engine.requests import AnalysisRequest, FillRequest
from harmonizer_gui.engine.sampling import SilentProductError
from harmonizer_gui.score import Note, Score, Voice, VoiceName
from tests.engine.toys import CPU, SMALL, chorale, small_product

ALTO, TENOR, BASS = VoiceName.ALTO, VoiceName.TENOR, VoiceName.BASS


@pytest.fixture(scope="module")
def toy() -> Model:
    return Model(Card("toy", SMALL), small_product(), CPU)


@pytest.fixture(scope="module")
def shipped() -> Model:
    return load_model(device="cpu")


def filled(model: Model, request: FillRequest) -> tuple[Score, ...]:
    *_, last = model.fill(request)
    assert last.complete
    return tuple(last.takes)


def test_the_other_voices_stay_as_they_are(toy: Model) -> None:
    score = chorale()
    (take,) = filled(toy, FillRequest(score, (ALTO,), seed=1))
    for voice in (VoiceName.SOPRANO, TENOR, BASS):
        assert take.voice(voice) is score.voice(voice)
    assert all(note.generated for note in take.voice(ALTO))


def test_only_the_spans_are_written_anew(toy: Model) -> None:
    score = chorale()
    spans = ((960, 1920), (3840, 4800))
    for take in filled(toy, FillRequest(score, (ALTO, BASS), spans=spans, takes=3)):
        for voice in (ALTO, BASS):
            kept = take.voice(voice)
            for start, end in spans:
                kept = kept.cut(start, end)
            before = score.voice(voice)
            for start, end in spans:
                before = before.cut(start, end)
            assert kept == before


def test_notes_off_the_grid_beside_a_span_are_left_alone(toy: Model) -> None:
    off = Voice((Note(0, 500, 64), Note(1900, 500, 65)))
    score = chorale().with_voice(ALTO, off)
    for seed in range(5):
        (take,) = filled(toy, FillRequest(score, (ALTO,), spans=((500, 1900),), seed=seed))
        assert set(off.notes) <= set(take.voice(ALTO).notes)


def test_the_same_seed_gives_the_same_music_and_takes_have_seeds_of_their_own(toy: Model) -> None:
    score = chorale()
    three = filled(toy, FillRequest(score, (ALTO, TENOR), seed=5, takes=3))
    assert filled(toy, FillRequest(score, (ALTO, TENOR), seed=6)) == three[1:2]
    assert len({take.voices for take in three}) == 3


def test_progress_grows_to_the_end_and_can_be_left_at_any_step(toy: Model) -> None:
    reports = list(toy.fill(FillRequest(chorale(), (ALTO, BASS))))
    assert [report.done for report in reports] == sorted({report.done for report in reports})
    assert reports[-1].done == reports[-1].total == 2 * 64
    early = toy.fill(FillRequest(chorale(), (ALTO,)))
    assert next(early).done < 64
    del early


def test_an_empty_score_can_be_filled(toy: Model) -> None:
    (take,) = filled(toy, FillRequest(Score(), tuple(VoiceName)))
    assert take.end <= 8 * 16 * STEP_TICKS


def test_what_cannot_be_asked_is_refused_in_a_sentence(toy: Model) -> None:
    low = chorale().with_voice(BASS, Voice((Note(0, 480, 10),)))
    with pytest.raises(UnreadableNoteError, match="bass"):
        filled(toy, FillRequest(low, (ALTO,)))
    mute = Mix(muted=frozenset(toy.experts))
    with pytest.raises(SilentProductError):
        filled(toy, FillRequest(chorale(), (ALTO,), mix=mute))
    with pytest.raises(ValueError, match="once"):
        FillRequest(chorale(), (ALTO, ALTO))
    with pytest.raises(ValueError, match="takes"):
        FillRequest(chorale(), (ALTO,), takes=65)


def test_a_written_voice_is_judged_as_written(toy: Model) -> None:
    analysis = toy.analyse(AnalysisRequest(chorale(), ALTO))
    assert analysis.log_probs.shape == (4, 1, 64, 90)
    assert not analysis.averaged
    assert (analysis.tokens[0] == grid_of(chorale()).tokens[ALTO]).all()


def test_half_a_voice_keeps_its_notes_in_every_line(toy: Model) -> None:
    score = chorale().with_voice(ALTO, chorale().voice(ALTO).cut(1920, 5760))
    analysis = toy.analyse(AnalysisRequest(score, ALTO, lines=3))
    assert analysis.averaged
    assert (analysis.tokens[:, analysis.written] == grid_of(score).tokens[ALTO][analysis.written]).all()


def test_judging_written_cells_does_not_look_ahead_in_the_voice(toy: Model) -> None:
    score = chorale().with_voice(ALTO, chorale().voice(ALTO).cut(5760, 7680))
    other = score.with_voice(ALTO, score.voice(ALTO).laid(Note(3840, 480, 70)))
    one = toy.analyse(AnalysisRequest(score, ALTO)).log_probs[:, :, : 3840 // STEP_TICKS + 1]
    two = toy.analyse(AnalysisRequest(other, ALTO)).log_probs[:, :, : 3840 // STEP_TICKS + 1]
    assert np.array_equal(one, two)


def test_the_shipped_model_does_not_leak(shipped: Model) -> None:
    score = chorale(seed=3)
    step = 30
    changed = score.with_voice(ALTO, score.voice(ALTO).laid(Note(step * STEP_TICKS, 120, 71)))
    for voice in (ALTO,):
        before = shipped.analyse(AnalysisRequest(score, voice))
        after = shipped.analyse(AnalysisRequest(changed, voice))
        assert np.array_equal(before.log_probs[:, :, : step + 1], after.log_probs[:, :, : step + 1])
        assert not np.array_equal(before.log_probs[:, :, step + 1 :], after.log_probs[:, :, step + 1 :])


def test_both_paths_of_the_shipped_model_agree(shipped: Model) -> None:
    grid = grid_of(chorale(seed=4))
    context = context_of(grid, TENOR, device=CPU)
    tokens = torch.from_numpy(grid.tokens[TENOR][None].astype(np.int64))
    with torch.inference_mode():
        whole = shipped.product.log_probs(tokens, context)
        stepper, past = ProductStepper(shipped.product, context, 1), Past.start(1, CPU)
        for time in range(grid.steps):
            _, terms = stepper.step(time, past)
            stepwise = multiplied(terms, past.sounding)
            assert (stepwise.exp() - whole[:, time].exp()).abs().max() < 1e-4
            assert abs(float(stepwise.exp().sum()) - 1.0) < 1e-5
            past = past.then(tokens[:, time])


def test_the_shipped_model_writes_held_notes_and_stays_in_range(shipped: Model) -> None:
    (take,) = filled(shipped, FillRequest(chorale(seed=5, bars=8), (ALTO,), seed=2))
    notes = take.voice(ALTO).notes
    assert 20 <= len(notes) <= 70
    assert all(50 <= note.pitch <= 77 for note in notes)


def test_pinned_notes_ahead_steer_what_comes_before(shipped: Model) -> None:
    empty = chorale(seed=6).with_voice(ALTO, Voice())
    pinned = empty.with_voice(ALTO, Voice((Note(1920, 480, 59),)))
    before = shipped.analyse(AnalysisRequest(empty, ALTO)).log_probs[:2, :, :16]
    after = shipped.analyse(AnalysisRequest(pinned, ALTO)).log_probs[:2, :, :16]
    assert not np.allclose(before, after)
