from __future__ import annotations

from dataclasses import replace

import pytest

from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.score.edits import NoteRef, Selection, lay_notes, remove_notes
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.generation import Generation, Preview
from harmonizer_gui.session.messages import Severity
from harmonizer_gui.session.plan import Wish, plan_of
from harmonizer_gui.session.worker import Worker
from tests.fake_model import FakeModel, fake_pitch
from tests.qt import Collector, process_events, wait_until
from tests.session.conftest import BAR, line

ALTO, BASS = VoiceName.ALTO, VoiceName.BASS


@pytest.fixture
def generation(document: Document, worker: Worker) -> Generation:
    wait_until(lambda: worker.model)
    return Generation(document, worker)


def finish(generation: Generation) -> None:
    wait_until(lambda: not generation.is_running)


def refs(*notes: Note) -> Selection:
    return frozenset(NoteRef(ALTO, note) for note in notes)


def with_alto(score: Score, *notes: Note) -> Score:
    return score.with_voice(ALTO, Voice(notes))


GENERATED = [replace(note, generated=True) for note in line(64)]


@pytest.mark.parametrize(
    ("alto", "selected", "wish", "spans", "text"),
    [
        ([], [], Wish.WRITE, ((0, 2 * BAR),), "Generate alto"),
        ([Note(0, 480, 64)], [], Wish.FILL, ((480, 2 * BAR),), "Fill gaps in alto"),
        (line(64), [], Wish.REWRITE, ((0, 2 * BAR),), "Rewrite alto"),
        (GENERATED, [], Wish.AGAIN, ((0, 2 * BAR),), "Generate alto again"),
        (
            [Note(0, 480, 64), *GENERATED[1:4], *list(line(64))[4:]],
            [],
            Wish.AGAIN,
            ((480, BAR),),
            "Generate alto again",
        ),
        (line(64), [0], Wish.SELECTED, ((0, 480),), "Rewrite 1 note"),
        (line(64), [0, 1, 4], Wish.SELECTED, ((0, 960), (1920, 2400)), "Rewrite 3 notes"),
    ],
)
def test_what_generate_means(
    document: Document,
    generation: Generation,
    alto: list[Note],
    selected: list[int],
    wish: Wish,
    spans: tuple[tuple[int, int], ...],
    text: str,
) -> None:
    notes = list(alto)
    document.edit(
        "Draw",
        with_alto(document.score, *notes),
        selection=refs(*(notes[index] for index in selected)),
    )
    plan = generation.plan
    assert (plan.wish, plan.place) == (wish, ((ALTO, spans),))
    assert generation.describe() == text
    assert generation.blocked() == ""


def test_any_silence_of_the_target_is_a_gap(score: Score) -> None:
    written = [note for note in line(64) if note.start != 480]
    plan = plan_of(with_alto(score, *written), ALTO, frozenset())
    assert (plan.wish, plan.place) == (Wish.FILL, ((ALTO, ((480, 960),)),))


def test_notes_of_other_voices_that_are_selected_do_not_count(score: Score) -> None:
    bass = frozenset(NoteRef(BASS, note) for note in score.voice(BASS))
    assert plan_of(score, ALTO, bass).wish is Wish.WRITE


def test_generating_is_one_undo_step(document: Document, generation: Generation) -> None:
    before = document.score
    finished = Collector(generation.finished)
    assert generation.start(seed=7)
    finish(generation)
    alto = document.score.voice(ALTO)
    assert alto.notes == tuple(
        Note(tick, 480, fake_pitch(ALTO, tick // 120, 7), generated=True) for tick in range(0, 2 * BAR, 480)
    )
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Generate the alto"
    assert (finished.last.notes, finished.last.seed, finished.last.voices) == (8, 7, (ALTO,))
    assert finished.last.milliseconds > 0
    document.undo()
    assert document.score == before


def test_the_request_carries_mix_and_seed(
    document: Document, generation: Generation, model: FakeModel
) -> None:
    document.set_mix("Move", Mix((("Beat", 2.0),)))
    generation.start(seed=3)
    finish(generation)
    assert (model.fills[0].mix, model.fills[0].seed) == (document.mix, 3)


def test_each_start_draws_a_new_seed_and_remembers_it(generation: Generation, model: FakeModel) -> None:
    seeds = []
    for _ in range(5):
        generation.start()
        finish(generation)
        seeds.append(generation.seed)
    assert len(set(seeds)) == 5
    assert [request.seed for request in model.fills] == seeds


def test_while_it_runs_only_the_preview_shows(
    document: Document, generation: Generation, model: FakeModel
) -> None:
    before = document.score
    previews = Collector(generation.preview_changed)
    model.fill_gate_step = 8
    model.fill_gate.close()
    generation.start(seed=1)
    assert generation.is_running
    wait_until(lambda: generation.preview)
    preview: Preview | None = generation.preview
    assert preview is not None
    assert [name for name, _ in preview.lines] == [ALTO]
    assert len(preview.voice(ALTO)) >= 1
    assert 0 < preview.done < preview.total
    assert document.score is before
    assert document.undo_stack.count() == 0
    model.fill_gate.open()
    finish(generation)
    assert generation.preview is None
    assert previews.last is None


def test_cancel_leaves_score_and_undo_as_they_were(
    document: Document, generation: Generation, model: FakeModel
) -> None:
    before = document.score
    cancelled, finished = Collector(generation.cancelled), Collector(generation.finished)
    model.fill_gate.close()
    generation.start()
    wait_until(lambda: model.fill_gate.is_reached)
    generation.cancel()
    model.fill_gate.open()
    generation.cancel()  # nothing runs: nothing happens
    generation.start(seed=1)
    finish(generation)
    document.undo()
    assert document.score == before
    assert document.undo_stack.count() == 1
    assert (len(cancelled), len(finished)) == (1, 1)


def test_starting_again_replaces_what_runs(
    document: Document, generation: Generation, model: FakeModel
) -> None:
    model.fill_gate.close()
    generation.start(seed=1)
    wait_until(lambda: model.fill_gate.is_reached)
    generation.start(seed=2)
    model.fill_gate.open()
    finish(generation)
    assert document.undo_stack.count() == 1
    assert document.score.voice(ALTO).notes[0].pitch == fake_pitch(ALTO, 0, 2)


def test_what_the_user_drew_stays(document: Document, generation: Generation) -> None:
    drawn = Note(960, 240, 70)
    document.edit("Draw", lay_notes(document.score, ALTO, [drawn]))
    for seed in (1, 2):
        generation.start(seed=seed)
        finish(generation)
        alto = document.score.voice(ALTO)
        assert drawn in alto.notes
        assert all(note.generated for note in alto if note != drawn)
        assert sum(note.duration for note in alto) == 2 * BAR


def test_selected_notes_alone_are_rewritten_and_selected_again(
    document: Document, generation: Generation
) -> None:
    notes = list(line(64))
    chosen = refs(notes[2], notes[3])
    document.edit("Draw", with_alto(document.score, *notes), selection=chosen)
    generation.start(seed=5)
    finish(generation)
    alto = document.score.voice(ALTO)
    assert [note for note in alto if not note.generated] == notes[:2] + notes[4:]
    assert {ref.note for ref in document.selection} == {note for note in alto if note.generated}
    assert generation.describe() == "Rewrite 2 notes"
    assert document.undo_stack.undoText() == "Rewrite 2 notes"
    document.undo()
    assert document.selection == chosen


def running(generation: Generation, model: FakeModel) -> None:
    """Start, and stop where the fill has begun."""
    model.fill_gate.close()
    generation.start(seed=1)
    wait_until(lambda: model.fill_gate.is_reached)


def test_edits_of_other_voices_during_a_fill_are_kept(
    document: Document, generation: Generation, model: FakeModel
) -> None:
    messages = Collector(generation.messages)
    running(generation, model)
    document.edit("Move the bass", document.score.with_voice(BASS, line(43)))
    model.fill_gate.open()
    finish(generation)
    assert document.score.voice(BASS) == line(43)
    assert len(document.score.voice(ALTO)) == 8
    assert not messages.items
    assert document.undo_stack.count() == 2


def test_what_is_drawn_into_the_voice_during_a_fill_stays_and_the_rest_is_laid_around(
    document: Document, generation: Generation, model: FakeModel
) -> None:
    messages, finished = Collector(generation.messages), Collector(generation.finished)
    running(generation, model)
    drawn = Note(600, 480, 71)
    document.edit("Draw", lay_notes(document.score, ALTO, [drawn]))
    model.fill_gate.open()
    finish(generation)
    alto = document.score.voice(ALTO)
    assert drawn in alto.notes
    assert sum(note.duration for note in alto) == 2 * BAR
    assert [message.severity for message in messages.items] == [Severity.NOTICE]
    assert "alto" in messages.last.text
    assert finished.last.notes == len(alto) - 1
    document.undo()
    assert document.score.voice(ALTO).notes == (drawn,)


def test_what_is_deleted_during_a_fill_stays_deleted(
    document: Document, generation: Generation, model: FakeModel
) -> None:
    notes = list(line(64))
    document.edit("Draw", with_alto(document.score, *notes), selection=refs(notes[0], notes[1]))
    running(generation, model)
    document.edit("Delete", remove_notes(document.score, refs(notes[1])))
    model.fill_gate.open()
    finish(generation)
    alto = document.score.voice(ALTO)
    assert alto.at(480) is None
    first = alto.at(0)
    assert first is not None
    assert first.generated


def test_the_preview_shows_what_will_be_laid(
    document: Document, generation: Generation, model: FakeModel
) -> None:
    model.fill_gate_step = 4
    running(generation, model)
    drawn = Note(0, 120, 80)
    document.edit("Draw", lay_notes(document.score, ALTO, [drawn]))
    previews = Collector(generation.preview_changed)
    model.fill_gate.open()
    finish(generation)
    assert all(drawn in item.voice(ALTO).notes for item in previews.items if item is not None)
    assert drawn in document.score.voice(ALTO).notes


def test_another_piece_ends_the_fill(document: Document, generation: Generation, model: FakeModel) -> None:
    cancelled = Collector(generation.cancelled)
    running(generation, model)
    document.open(Score(), path=None)
    assert len(cancelled) == 1
    model.fill_gate.open()
    process_events()
    assert document.score == Score()
    assert document.undo_stack.count() == 0


def test_a_failed_fill_ends_and_leaves_everything(
    document: Document, generation: Generation, model: FakeModel, worker: Worker
) -> None:
    before = document.score
    failures = Collector(worker.failed)
    model.error = RuntimeError("broken")
    generation.start()
    finish(generation)
    assert len(failures) == 1
    assert document.score is before
    assert generation.preview is None


def test_blocked_while_the_model_loads(document: Document, model: FakeModel) -> None:
    worker = Worker(lambda: model)
    generation = Generation(document, worker)
    states, messages = Collector(generation.state_changed), Collector(generation.messages)
    assert generation.blocked() == "The model is still loading."
    assert not generation.start()
    assert messages.last.text == "The model is still loading."
    worker.start()
    wait_until(lambda: states.items)
    assert generation.blocked() == ""
    assert worker.stop()


def test_blocked_by_a_model_that_could_not_be_loaded(document: Document) -> None:
    def fail() -> FakeModel:
        raise OSError("gone")

    worker = Worker(fail)
    generation = Generation(document, worker)
    worker.start()
    wait_until(generation.blocked)
    wait_until(lambda: "could not be loaded" in generation.blocked())
    assert worker.stop()


def test_blocked_where_every_expert_is_silent(document: Document, generation: Generation) -> None:
    document.set_mix("Mute", Mix(muted=frozenset(FakeModel.experts)))
    assert "muted" in generation.blocked()


def test_blocked_by_a_note_out_of_range_which_is_named(document: Document, generation: Generation) -> None:
    document.edit("Draw", lay_notes(document.score, BASS, [Note(BAR, 480, 120)]))
    assert generation.blocked() == ("The bass’s C9 in bar 2 lies outside A0–C8, the model’s range.")


def test_a_note_out_of_range_that_is_rewritten_anyway_does_not_block(
    document: Document, generation: Generation
) -> None:
    note = Note(0, 480, 120)
    document.edit("Draw", with_alto(document.score, note), selection=refs(note))
    assert generation.blocked() == ""


def test_blocked_by_notes_shorter_than_a_step(document: Document, generation: Generation) -> None:
    note = Note(0, 30, 64)
    document.edit("Draw", with_alto(document.score, note), selection=refs(note))
    assert "sixteenth" in generation.blocked()


def test_state_changes_are_told(document: Document, generation: Generation) -> None:
    states = Collector(generation.state_changed)
    document.set_target(BASS)
    assert len(states) == 1
    assert generation.describe() == "Rewrite bass"
    document.select(frozenset({NoteRef(BASS, document.score.voice(BASS).notes[0])}))
    assert len(states) == 2


def test_of_the_mix_only_silence_and_its_end_are_told(document: Document, generation: Generation) -> None:
    states, name = Collector(generation.state_changed), FakeModel.experts[0]
    document.set_mix("Move", Mix().with_factor(name, 0.5))
    assert len(states) == 0
    document.set_mix("Mute", Mix(muted=frozenset(FakeModel.experts)))
    assert len(states) == 1
    document.set_mix("Reset", Mix())
    assert len(states) == 2
    document.set_mix("Move", Mix().with_factor(name, 0.7))
    assert len(states) == 2
