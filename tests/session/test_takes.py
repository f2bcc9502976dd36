"""Trying takes is one undo step, or none; what is heard is in the piece."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.score import Note, Score, TimeSignature, Voice, VoiceName
from harmonizer_gui.score.edits import NoteRef, lay_notes
from harmonizer_gui.session import take as take_module
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.generation import Generation
from harmonizer_gui.session.locks import NO_LOCKS
from harmonizer_gui.session.messages import Severity
from harmonizer_gui.session.plan import Scope, Wish
from harmonizer_gui.session.take import Sheet, Way
from harmonizer_gui.session.takes import MAX_SETS, MAX_TAKES, Takes
from harmonizer_gui.session.worker import Worker
from tests.fake_model import FakeModel, fake_pitch
from tests.qt import Collector, process_events, wait_until
from tests.session.conftest import BAR, line

SOPRANO, ALTO, TENOR, BASS = VoiceName


@pytest.fixture
def generation(document: Document, worker: Worker) -> Generation:
    wait_until(lambda: worker.model)
    return Generation(document, worker)


@pytest.fixture
def takes(generation: Generation) -> Takes:
    """Three takes of the alto, the first of them heard."""
    written(generation, seed=5, count=3)
    return generation.takes


def written(generation: Generation, *, seed: int, scope: Scope = Scope.USUAL, count: int = 1) -> None:
    assert generation.start(seed, scope=scope, count=count)
    wait_until(lambda: not generation.is_running)


def alto_of(seed: int) -> tuple[int, ...]:
    return tuple(fake_pitch(ALTO, step, seed) for step in range(0, 2 * BAR // 120, 4))


def heard(document: Document) -> tuple[int, ...]:
    return tuple(note.pitch for note in document.score.voice(ALTO))


def test_several_takes_have_numbers_and_seeds_of_their_own(takes: Takes, document: Document) -> None:
    current = takes.current
    assert current is not None
    assert [(take.number, take.settings.seed) for take in current.takes] == [(1, 5), (2, 6), (3, 7)]
    assert (takes.shown, heard(document)) == (1, alto_of(5))
    assert [take.bits for take in current.takes] == [1.0, 2.0, 3.0]
    assert current.takes[2].faults == {"parallels": 2}
    assert current.takes[0].made


def test_takes_keep_only_so_much_heat(
    generation: Generation, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(generation, seed=5)
    (one,) = generation.takes.sets[0].takes
    size = sum(heat.heat.nbytes for heat in one.heats)
    assert size
    monkeypatch.setattr(take_module.within_budget, "__defaults__", (2 * size,))
    written(generation, seed=6, count=3)
    kept = [bool(take.heats) for take in generation.takes.sets[0].takes]
    assert kept.count(True) == 2
    assert not kept[0]
    generation.takes.hear(1)
    assert heard(document) == alto_of(5)


def test_whatever_is_tried_is_one_undo_step(takes: Takes, document: Document, score: Score) -> None:
    for number in (3, 2, 0, 2):
        takes.hear(number)
    assert heard(document) == alto_of(6)
    assert document.undo_stack.count() == 1
    takes.accept()
    assert not takes.is_auditioning
    assert document.undo_stack.undoText() == "Take 2 of the alto"
    document.undo()
    assert document.score == score
    assert takes.shown == 0
    document.redo()
    assert (heard(document), takes.shown) == (alto_of(6), 2)


def test_going_back_leaves_no_step(takes: Takes, document: Document, score: Score) -> None:
    takes.step(1)
    assert takes.leave()
    assert document.score == score
    assert document.undo_stack.count() == 0
    assert not document.is_dirty
    assert takes.shown == 0
    assert not takes.leave()
    takes.step(1)
    assert heard(document) == alto_of(5)


def test_stepping_stops_at_either_end(takes: Takes) -> None:
    shown = []
    for direction in (1, 1, 1, -1, -1, -1, -1):
        takes.step(direction)
        shown.append(takes.shown)
    assert shown == [2, 3, 3, 2, 1, 0, 0]


def test_two_takes_are_compared(takes: Takes) -> None:
    takes.hear(3)
    takes.hear(2)
    shown = []
    for _ in range(3):
        takes.compare()
        shown.append(takes.shown)
    assert shown == [3, 2, 3]


def test_one_take_is_compared_with_what_was_there(generation: Generation) -> None:
    written(generation, seed=1)
    takes = generation.takes
    takes.compare()
    assert takes.shown == 0
    takes.compare()
    assert takes.shown == 1


def test_generating_again_joins_the_takes_and_the_step(generation: Generation, document: Document) -> None:
    for seed in (1, 2):
        written(generation, seed=seed)
    current = generation.takes.current
    assert current is not None
    assert current.numbers == (0, 1, 2)
    assert document.undo_stack.count() == 1
    generation.takes.leave()
    assert heard(document) == ()


def test_after_accepting_the_next_one_is_a_step_of_its_own(
    generation: Generation, document: Document
) -> None:
    written(generation, seed=1)
    generation.takes.accept()
    written(generation, seed=2)
    assert document.undo_stack.count() == 2
    current = generation.takes.current
    assert current is not None
    assert current.numbers == (0, 1, 2)
    assert generation.takes.leave()
    assert heard(document) == alto_of(1)
    generation.takes.hear(0)
    assert heard(document) == ()


def test_an_edit_accepts_the_take_first(takes: Takes, document: Document, score: Score) -> None:
    takes.hear(2)
    drawn = Note(960, 480, 70)
    document.edit("Draw", lay_notes(document.score, ALTO, [drawn]), initiator=takes.parent())
    assert not takes.is_auditioning
    assert takes.shown is None
    takes.hear(3)
    assert heard(document) == alto_of(7)
    for expected in (drawn.pitch, alto_of(6)[2]):
        document.undo()
        assert heard(document)[2] == expected
    document.undo()
    assert document.score == score


@pytest.mark.parametrize("what", ["mix", "target", "locks"])
def test_other_changes_accept_it_too(takes: Takes, document: Document, what: str) -> None:
    if what == "mix":
        document.set_mix("Move", Mix(temperature=0.5))
    elif what == "target":
        document.set_target(BASS)
    else:
        document.set_locks("Lock", NO_LOCKS.with_voice(BASS, on=True))
    assert not takes.is_auditioning
    assert heard(document) == alto_of(5)


def test_edits_elsewhere_stay_when_a_take_is_tried(takes: Takes, document: Document) -> None:
    takes.accept()
    document.edit("Move the bass", document.score.with_voice(BASS, line(40)))
    takes.hear(2)
    assert (heard(document), document.score.voice(BASS)) == (alto_of(6), line(40))
    takes.hear(0)
    assert (heard(document), document.score.voice(BASS)) == ((), line(40))


def test_what_is_locked_since_then_stays(takes: Takes, document: Document) -> None:
    takes.accept()
    first_bar = ((ALTO, ((0, BAR),)),)
    document.set_locks("Lock", NO_LOCKS.with_place(first_bar, on=True))
    takes.hear(2)
    assert heard(document) == alto_of(5)[:4] + alto_of(6)[4:]


def test_a_note_that_reaches_into_a_place_is_whole_again_afterwards(
    generation: Generation, document: Document
) -> None:
    long = Note(0, BAR, 64)
    document.edit("Draw", lay_notes(document.score, ALTO, [long, Note(BAR, 480, 65)]))
    document.set_target(SOPRANO)
    chosen = frozenset(NoteRef(SOPRANO, note) for note in document.score.voice(SOPRANO).between(960, BAR))
    document.select(chosen)
    generation.set_together(frozenset({ALTO}))
    before = document.score
    written(generation, seed=1, scope=Scope.TIME)
    assert document.score.voice(ALTO).at(0) == long.at(0, 960)
    generation.takes.hear(0)
    assert document.score == before


def test_takes_of_another_voice_are_shown_with_it(takes: Takes, document: Document) -> None:
    places = [takes.current]
    for target in (BASS, ALTO):
        document.set_target(target)
        places.append(takes.current)
    assert places == [places[0], None, places[0]]
    assert takes.shown == 1


def test_a_take_can_be_forgotten(takes: Takes, document: Document) -> None:
    takes.remove(1)
    assert takes.current is not None
    assert takes.current.numbers == (0, 2, 3)
    assert heard(document) == alto_of(5)
    assert takes.shown is None
    for number in (2, 3):
        takes.remove(number)
    assert takes.current is None


def test_the_list_does_not_grow_for_ever(takes: Takes, document: Document) -> None:
    current = takes.current
    assert current is not None
    take = current.takes[0]
    takes.add(current.place, document.score, [take] * (MAX_TAKES + 5), "Many")
    assert takes.current is not None
    assert len(takes.current.takes) == MAX_TAKES
    for tick in range(0, 120 * (MAX_SETS + 3), 120):
        takes.add(((ALTO, ((tick, tick + 120),)),), document.score, [take], "More")
    assert len(takes.sets) == MAX_SETS


def test_places_can_be_gone_back_to(takes: Takes, document: Document, generation: Generation) -> None:
    first = takes.current
    assert first is not None
    notes = document.score.voice(ALTO).notes[:2]
    document.select(frozenset(NoteRef(ALTO, note) for note in notes))
    written(generation, seed=9)
    assert takes.current is not first
    takes.choose(first)
    takes.hear(3)
    assert heard(document) == alto_of(7)


def test_another_piece_has_other_takes(takes: Takes, document: Document) -> None:
    document.open(Score(), path=None)
    assert takes.sets == ()
    assert takes.shown is None
    takes.step(1)
    takes.compare()
    assert document.score == Score()


def test_a_take_is_had_again_from_its_settings(
    takes: Takes, document: Document, generation: Generation, model: FakeModel
) -> None:
    messages = Collector(generation.messages)
    document.set_mix("Move", Mix(temperature=0.5))
    assert generation.start_again(2)
    wait_until(lambda: not generation.is_running)
    assert model.fills[-1].seed == 6
    assert model.fills[-1].mix == Mix()
    assert (takes.shown, heard(document)) == (4, alto_of(6))
    assert messages.last.text == "Note for note take 2 again."


def test_its_settings_can_be_used_for_others(
    takes: Takes, document: Document, generation: Generation
) -> None:
    mix = document.mix
    document.set_mix("Move", Mix(temperature=0.5))
    generation.use_settings(1)
    assert document.mix == mix
    assert document.undo_stack.undoText() == "Use the settings of take 1"


def test_rewriting_goes_on_until_it_is_stopped_and_keeps_the_best(
    generation: Generation, document: Document, model: FakeModel
) -> None:
    notes = list(line(64))
    document.edit("Draw", document.score.with_voice(ALTO, Voice(tuple(notes))))
    document.select(frozenset(NoteRef(ALTO, note) for note in notes[:2]))
    progress = Collector(generation.progress)
    assert generation.start_rewriting(seed=3)
    assert generation.is_searching
    wait_until(lambda: len({report.records[0].bits for report in progress.items if report.records}) > 2)
    assert generation.preview is not None
    best = progress.last
    generation.stop()
    assert not generation.is_running
    take = generation.takes.shown_take
    assert take is not None
    assert (take.settings.way, take.bits) == (Way.REWRITE, best.records[0].bits)
    assert heard(document)[2:] == (64,) * 6
    assert document.undo_stack.undoText() == "Rewrite 2 notes"
    process_events()
    assert generation.takes.current is not None
    assert generation.takes.current.numbers == (0, 1)
    assert not generation.start_again(1)


def test_a_search_that_found_nothing_yet_is_only_cancelled(
    generation: Generation, document: Document, model: FakeModel
) -> None:
    cancelled = Collector(generation.cancelled)
    model.fill_gate.close()
    generation.start_rewriting(seed=3)
    wait_until(lambda: model.fill_gate.is_reached)
    generation.stop()
    model.fill_gate.open()
    process_events()
    assert len(cancelled) == 1
    assert document.undo_stack.count() == 0


def test_a_piece_from_nothing_takes_the_place_of_all_and_can_be_left(
    generation: Generation, document: Document, score: Score
) -> None:
    assert generation.start_composing(Sheet(3, TimeSignature(0, 3, 4)), seed=1)
    wait_until(lambda: not generation.is_running)
    assert document.score.time_signatures == (TimeSignature(0, 3, 4),)
    assert [voice.end for voice in document.score.voices] == [3 * 1440] * 4
    assert document.score.title == score.title
    assert document.undo_stack.undoText() == "Write 3 bars from nothing"
    generation.takes.hear(0)
    assert document.score == score
    generation.takes.hear(1)
    assert document.score.time_signatures == (TimeSignature(0, 3, 4),)
    generation.takes.accept()
    assert generation.start_again(1)
    wait_until(lambda: not generation.is_running)
    assert generation.takes.current is not None
    assert generation.takes.current.numbers == (0, 1, 2)


def test_nothing_is_composed_over_what_is_locked(generation: Generation, document: Document) -> None:
    document.set_locks("Lock", NO_LOCKS.with_voice(BASS, on=True))
    messages = Collector(generation.messages)
    assert not generation.start_composing(Sheet(3, TimeSignature(0, 4, 4)))
    assert "locked" in messages.last.text
    assert messages.last.severity is Severity.PROBLEM


def test_several_voices_are_written_together(
    generation: Generation, document: Document, model: FakeModel
) -> None:
    document.edit("Clear", document.score.with_voice(TENOR, Voice()))
    generation.set_together(frozenset({TENOR}))
    assert generation.describe() == "Generate alto and tenor"
    written(generation, seed=1)
    assert model.fills[-1].voices == (ALTO, TENOR)
    assert model.fills[-1].sweeps > 0
    assert len(document.score.voice(TENOR)) == 8
    assert document.undo_stack.undoText() == "Generate the alto and tenor"


def test_the_time_of_the_selected_notes_is_written_in_all_their_voices(
    generation: Generation, document: Document, model: FakeModel
) -> None:
    chosen = [NoteRef(voice, document.score.voice(voice).notes[2]) for voice in (TENOR, BASS)]
    document.select(frozenset([*chosen, NoteRef(BASS, document.score.voice(BASS).notes[5])]))
    assert generation.describe(Scope.TIME) == "Rewrite tenor and bass in bars 1–2"
    written(generation, seed=1, scope=Scope.TIME)
    request = model.fills[-1]
    assert (request.voices, request.spans_by_voice) == ((TENOR, BASS), (((960, 2880),),) * 2)


def test_with_nothing_selected_the_time_is_that_of_the_loop(
    generation: Generation, document: Document, model: FakeModel
) -> None:
    generation.set_loop((1920, 9 * BAR))
    assert generation.describe(Scope.TIME) == "Generate alto in bar 2"
    written(generation, seed=1, scope=Scope.TIME)
    assert (model.fills[-1].voices, model.fills[-1].spans_by_voice) == ((ALTO,), (((1920, 2 * BAR),),))
    generation.set_loop((5 * BAR, 6 * BAR))
    assert "drag over the ruler" in generation.blocked(Scope.TIME)
    generation.set_loop(None)
    assert "drag over the ruler" in generation.blocked(Scope.TIME)


def test_only_the_gaps(generation: Generation, document: Document, model: FakeModel) -> None:
    kept = [replace(note, generated=True) for note in line(64)][:3]
    document.edit("Draw", document.score.with_voice(ALTO, Voice(tuple(kept))))
    assert generation.describe(Scope.GAPS) == "Fill gaps in alto"
    written(generation, seed=1, scope=Scope.GAPS)
    assert document.score.voice(ALTO).notes[:3] == tuple(kept)
    assert generation.blocked(Scope.GAPS) == "Nothing is silent in the alto."


def test_why_not(generation: Generation, document: Document) -> None:
    assert "Select notes, or drag over the ruler" in generation.blocked(Scope.TIME)
    assert generation.blocked_alike() == "This model has no expert for likeness."
    document.set_locks("Lock", NO_LOCKS.with_voice(ALTO, on=True))
    assert generation.blocked() == "All of it is locked."
    assert generation.plan.wish is Wish.WRITE


def test_locked_bars_are_left_out(generation: Generation, document: Document, model: FakeModel) -> None:
    document.set_locks("Lock", NO_LOCKS.with_place(((ALTO, ((0, BAR),)),), on=True))
    written(generation, seed=1)
    assert model.fills[-1].spans_by_voice == (((BAR, 2 * BAR),),)
    assert document.score.voice(ALTO).notes[0].start == BAR


def test_more_like_this_wakes_the_expert_for_once(
    generation: Generation, document: Document, model: FakeModel
) -> None:
    model.experts = (*model.experts, "similar")
    written(generation, seed=1)
    before, like = document.mix, document.score.voice(ALTO)
    assert generation.start_alike(seed=2, more=False)
    wait_until(lambda: not generation.is_running)
    request = model.fills[-1]
    likeness = request.guidance.likeness(ALTO)
    assert likeness is not None
    assert (likeness.line, likeness.more) == (like, False)
    assert request.mix.effective("similar") == 1.0
    assert document.mix == before
    assert generation.takes.shown == 2


def test_how_many_takes(generation: Generation) -> None:
    states = Collector(generation.state_changed)
    generation.set_count(5)
    assert (generation.count, len(states)) == (5, 1)
    with pytest.raises(ValueError, match="9 takes"):
        generation.set_count(9)
