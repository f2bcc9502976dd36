from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, Signal

from harmonizer_gui.score import KeySignature, Note, Score, TimeSignature, Voice, VoiceName, pitch_name
from harmonizer_gui.score.edits import lay_notes
from harmonizer_gui.session.chords import ChordNames, named_bars
from harmonizer_gui.session.document import Document
from tests.qt import wait_until

BAR = 1920


class FakeJob(QObject):
    done = Signal(object)
    failed = Signal(object)


class FakeWorker(QObject):
    """Keeps what it is asked until `work` does it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[Callable[[], object], FakeJob]] = []

    def run(self, work: Callable[[], object]) -> FakeJob:
        job = FakeJob(self)
        self.asked.append((work, job))
        return job

    def work(self) -> object:
        work, job = self.asked.pop(0)
        answer = work()
        job.done.emit(answer)
        return answer


def line(pitch: int, bars: int) -> Voice:
    return Voice(tuple(Note(BAR * index, BAR, pitch) for index in range(bars)))


def piece(bars: int) -> Score:
    voices = (line(72, bars), line(67, bars), line(64, bars), line(48, bars))
    return Score(voices, key_signatures=(KeySignature(0, 0),))


@pytest.fixture
def document(qapp: object) -> Iterator[Document]:
    document = Document()
    document.open(piece(80), path=None)
    yield document
    document.deleteLater()


@pytest.fixture
def worker() -> FakeWorker:
    return FakeWorker()


@pytest.fixture
def names(document: Document, worker: FakeWorker) -> ChordNames:
    return ChordNames(document, worker, document)  # type: ignore[arg-type]  # all that it needs


def name_all(worker: FakeWorker) -> list[int]:
    """Do all that is asked; how many bars each time."""
    counts = []
    while worker.asked:
        answer = worker.work()
        assert isinstance(answer, tuple)
        counts.append(len(answer[1]))
    return counts


def test_nothing_is_named_until_somebody_looks(names: ChordNames, worker: FakeWorker) -> None:
    assert not worker.asked
    names.set_active(on=True)
    assert name_all(worker) == [32, 32, 16]
    assert not names.stale
    assert [(chord.start, chord.end, chord.text) for chord in names.chords[:2]] == [
        (0, BAR, "I"),
        (BAR, 2 * BAR, "I"),
    ]


def test_after_an_edit_only_its_bar_is_named_anew(
    names: ChordNames, worker: FakeWorker, document: Document
) -> None:
    names.set_active(on=True)
    name_all(worker)
    document.edit("Draw", lay_notes(document.score, VoiceName.BASS, [Note(5 * BAR, BAR, 52)]))
    wait_until(lambda: bool(worker.asked))
    assert name_all(worker) == [1]
    assert names.chords[5].text == "I⁶"


def test_a_bar_that_changes_while_it_is_named_is_named_once_more(
    names: ChordNames, worker: FakeWorker, document: Document
) -> None:
    names.set_active(on=True)
    document.edit("Draw", lay_notes(document.score, VoiceName.BASS, [Note(2 * BAR, BAR, 52)]))
    assert name_all(worker)[0] == 32
    assert names.chords[2].text == "I⁶"


def test_a_change_of_key_names_all_anew(names: ChordNames, worker: FakeWorker, document: Document) -> None:
    names.set_active(on=True)
    name_all(worker)
    document.open(piece(3), path=None)
    wait_until(lambda: bool(worker.asked))
    assert name_all(worker) == [3]
    assert len(names.chords) == 3


def test_beats_of_one_name_are_one_chord_and_those_of_a_pickup_count_from_its_end() -> None:
    score = Score(
        (Voice((Note(0, 720, 72),)), Voice((Note(0, 720, 67),)), Voice(), Voice((Note(240, 480, 48),))),
        time_signatures=(TimeSignature(0, 3, 4),),
        key_signatures=(KeySignature(0, 0),),
        pickup=720,
    )
    (bar,) = named_bars(score, [0])
    assert [(chord.start, chord.end, chord.text) for chord in bar] == [(0, 240, "G–C"), (240, 720, "C–G")]


def test_without_a_key_signature_the_key_is_found() -> None:
    voices = tuple(line(pitch, 2) for pitch in (74, 71, 67, 55))
    score = Score(voices)  # type: ignore[arg-type]  # four
    assert named_bars(score, [0])[0][0].text == "I"


def test_without_a_key_signature_single_notes_are_named_as_everywhere_else() -> None:
    pitches = (66, 68, 70, 71, 73, 75, 77, 78, 77, 72, 73, 66)
    line = Voice(tuple(Note(480 * index, 480, pitch) for index, pitch in enumerate(pitches)))
    score = Score((line, Voice(), Voice(), Voice()))
    named = [chord.text for bar in named_bars(score, range(3)) for chord in bar]
    assert named == [pitch_name(pitch, score.key_at(0))[:-1] for pitch in pitches]


def test_a_failure_is_told_and_work_goes_on(names: ChordNames, worker: FakeWorker) -> None:
    told: list[object] = []
    names.failed.connect(told.append)
    names.set_active(on=True)
    worker.asked.pop(0)[1].failed.emit("broken")
    assert told == ["broken"]
    assert not names.stale
