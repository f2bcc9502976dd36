from __future__ import annotations

from harmonizer_gui.engine.guidance import CROSSINGS, OUT_OF_RANGE
from harmonizer_gui.engine.proofreading import UNLIKELY
from harmonizer_gui.score import Note, Voice, VoiceName
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.proofreading import Proofreader
from harmonizer_gui.session.worker import Worker
from tests.fake_model import FakeModel
from tests.qt import Collector, process_events, wait_until

ALTO, BASS = VoiceName.ALTO, VoiceName.BASS


def reader(document: Document, worker: Worker) -> Proofreader:
    proofreader = Proofreader(document, worker)
    proofreader._pause.setInterval(0)
    proofreader.set_active(on=True)
    wait_until(lambda: not proofreader.stale)
    return proofreader


def rules(proofreader: Proofreader) -> set[str]:
    return {finding.rule for finding in proofreader.findings}


def write(document: Document, voice: VoiceName, note: Note) -> None:
    document.edit("Write", document.score.with_voice(voice, document.score.voice(voice).laid(note)))


def test_it_reads_every_written_voice_as_it_is_written(
    document: Document, worker: Worker, model: FakeModel
) -> None:
    proofreader = reader(document, worker)
    assert [(asked.voice, asked.as_written) for asked in model.analyses] == [
        (VoiceName.SOPRANO, True),
        (VoiceName.TENOR, True),
        (VoiceName.BASS, True),
    ]
    assert rules(proofreader) <= {UNLIKELY}


def test_nothing_is_read_until_somebody_looks(document: Document, worker: Worker, model: FakeModel) -> None:
    proofreader = Proofreader(document, worker)
    wait_until(lambda: worker.model)
    process_events()
    assert model.analyses == []
    assert proofreader.stale


def test_the_threshold_needs_no_model(document: Document, worker: Worker, model: FakeModel) -> None:
    proofreader = reader(document, worker)
    asked, changes = len(model.analyses), Collector(proofreader.changed)
    counts = []
    for threshold in (0.5, 3.0, 20.0):
        proofreader.set_threshold(threshold)
        counts.append(len(proofreader.findings))
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[2] == 0
    assert (len(model.analyses), len(changes)) == (asked, 3)


def test_an_edit_is_read_anew_and_the_old_list_stays_until_then(
    document: Document, worker: Worker, model: FakeModel
) -> None:
    proofreader = reader(document, worker)
    proofreader.set_threshold(1.0)
    before = proofreader.findings
    model.analysis_gate.close()
    write(document, BASS, Note(480, 480, 80))
    assert proofreader.stale
    assert proofreader.findings == before
    model.analysis_gate.open()
    wait_until(lambda: not proofreader.stale)
    assert {CROSSINGS, OUT_OF_RANGE, UNLIKELY} <= rules(proofreader)


def test_what_is_overtaken_never_shows(document: Document, worker: Worker, model: FakeModel) -> None:
    proofreader = reader(document, worker)
    model.analysis_gate.close()
    write(document, BASS, Note(480, 480, 80))
    wait_until(lambda: model.analysis_gate.is_reached)
    document.undo()
    seen: list[set[str]] = []
    proofreader.changed.connect(lambda: seen.append(rules(proofreader)))
    model.analysis_gate.open()
    wait_until(lambda: not proofreader.stale)
    process_events()
    assert all(OUT_OF_RANGE not in found for found in seen)


def test_another_piece_empties_the_list_and_is_read(document: Document, worker: Worker) -> None:
    proofreader = reader(document, worker)
    proofreader.set_threshold(0.5)
    assert proofreader.findings
    empty = document.score
    for voice in VoiceName:
        empty = empty.with_voice(voice, Voice())
    document.open(empty, path=None)
    assert proofreader.findings == []
    wait_until(lambda: not proofreader.stale)
    assert proofreader.findings == []


def test_a_fault_of_the_model_is_told_and_what_it_cannot_read_is_not(
    document: Document, worker: Worker, model: FakeModel
) -> None:
    proofreader = reader(document, worker)
    failed = Collector(proofreader.failed)
    model.error = KeyError("broken")
    write(document, BASS, Note(480, 480, 41))
    wait_until(lambda: failed.items)
    write(document, BASS, Note(480, 480, 5))
    wait_until(lambda: not proofreader.stale)
    assert proofreader.findings == []
    assert len(failed) == 1


def test_a_mute_and_a_rule_that_is_switched_off_are_heeded(document: Document, worker: Worker) -> None:
    write(document, BASS, Note(480, 480, 80))
    proofreader = reader(document, worker)
    assert OUT_OF_RANGE in rules(proofreader)
    document.set_guidance("Switch", document.guidance.switch(OUT_OF_RANGE, on=False))
    assert proofreader.stale
    wait_until(lambda: not proofreader.stale)
    assert OUT_OF_RANGE not in rules(proofreader)
