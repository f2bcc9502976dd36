from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harmonizer_gui.engine.guidance import Guidance, Lock
from harmonizer_gui.engine.mix import AS_LEARNED, Mix
from harmonizer_gui.files.assignment import StrandRef
from harmonizer_gui.files.formats import read
from harmonizer_gui.files.project import read_project
from harmonizer_gui.score import Note, Score, VoiceName
from harmonizer_gui.score.edits import lay_notes
from harmonizer_gui.session import opening
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.file_jobs import Clash, Conflict
from harmonizer_gui.session.files import Files
from harmonizer_gui.session.messages import Severity
from harmonizer_gui.session.opening import Opened
from harmonizer_gui.session.project import Kept, mix_of, mix_values
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.session.worker import Worker
from tests.fake_model import Gate
from tests.files.midi_files import saved as saved_midi
from tests.files.midi_files import track
from tests.qt import Collector, process_events, wait_until

ALTO = VoiceName.ALTO
BENT = Mix((("Beat", 0.5), ("Spacing", 2.25)), 0.8, frozenset({"Simple"}), frozenset({"Beat"}))


@pytest.fixture
def user_settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def files(document: Document, worker: Worker, user_settings: Settings) -> Files:
    return Files(document, worker, user_settings)


def draw(document: Document, pitch: int = 64) -> None:
    document.edit("Draw", lay_notes(document.score, ALTO, [Note(0, 480, pitch)]))


def saved(files: Files, path: Path) -> None:
    done = Collector(files.saved)
    files.save_as(path)
    wait_until(lambda: done.items)


def test_a_saved_project_comes_back_whole(
    document: Document, files: Files, user_settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "piece.harmonizer"
    draw(document)
    document.set_mix("Move", BENT)
    document.set_target(VoiceName.TENOR)
    files.view_state = lambda: {"zoom": 2.5}
    score = document.score
    saved(files, path)
    assert not document.is_dirty
    assert document.path == path
    document.open(Score(), path=None, target=ALTO)
    opened = Collector(files.opened)
    files.open(path)
    wait_until(lambda: opened.items)
    assert (document.score, document.mix, document.target) == (score, BENT, VoiceName.TENOR)
    assert (document.path, document.is_dirty) == (path, False)
    assert opened.last == Opened(path, {"zoom": 2.5})
    assert user_settings.recent_files == (path,)
    assert user_settings.folder == tmp_path


def test_save_asks_for_a_path_where_there_is_none(document: Document, files: Files, tmp_path: Path) -> None:
    assert not files.save()
    saved(files, tmp_path / "piece.harmonizer")
    draw(document)
    done = Collector(files.saved)
    assert files.save()
    wait_until(lambda: done.items)
    assert read_project(tmp_path / "piece.harmonizer").score == document.score


def test_unknown_keys_of_a_project_survive(document: Document, files: Files, tmp_path: Path) -> None:
    path = tmp_path / "piece.harmonizer"
    saved(files, path)
    path.write_text(path.read_text().replace('"format"', '"future": [1, 2], "format"'))
    opened = Collector(files.opened)
    files.open(path)
    wait_until(lambda: opened.items)
    saved(files, path)
    assert read_project(path).extra == {"future": [1, 2]}
    files.new()
    files.save_as(path, over=True)
    wait_until(lambda: not read_project(path).extra)


def test_midi_is_brought_in_and_is_not_what_save_writes(
    document: Document, files: Files, tmp_path: Path
) -> None:
    path = tmp_path / "piece.mid"
    exported, opened = Collector(files.exported), Collector(files.opened)
    draw(document)
    score = document.score
    document.mark_saved(tmp_path / "other.harmonizer")
    files.save_as(path)
    wait_until(lambda: exported.items)
    assert exported.items == [path]
    kept = document.path
    assert kept == tmp_path / "other.harmonizer"
    files.open(path)
    wait_until(lambda: opened.items)
    assert document.score.voice(ALTO) == score.voice(ALTO)
    assert document.path is None
    assert files.suggested_path == tmp_path / "piece.harmonizer"
    assert document.mix == AS_LEARNED
    assert not files.save()


def test_what_an_export_loses_is_said(document: Document, files: Files, tmp_path: Path) -> None:
    messages = Collector(files.messages)
    fermata = Note(0, 480, 64, fermata=True)
    document.edit("Draw", lay_notes(document.score, ALTO, [fermata]))
    files.export(tmp_path / "piece.mid")
    wait_until(lambda: len(messages) == 2)
    assert [message.severity for message in messages.items] == [Severity.INFO, Severity.NOTICE]
    assert messages.items[0].text == "Exported piece.mid."
    assert "fermata" in messages.last.text
    assert messages.last.text.startswith("piece.mid: ")


def test_notices_of_an_import_are_said_in_one_message(
    document: Document, files: Files, tmp_path: Path
) -> None:
    messages = Collector(files.messages)
    document.edit("Draw", lay_notes(document.score, ALTO, [Note(0, 100, 120)]))
    saved(files, tmp_path / "odd.harmonizer")
    messages.items.clear()
    files.open(tmp_path / "odd.harmonizer")
    wait_until(lambda: messages.items)
    (message,) = messages.items
    assert message.severity is Severity.NOTICE
    assert "off the sixteenth grid" in message.text
    assert message.text.count(";") == 1
    assert message.details == ""


def test_a_file_that_cannot_be_opened_leaves_everything(
    document: Document, files: Files, tmp_path: Path
) -> None:
    path = tmp_path / "broken.harmonizer"
    path.write_bytes(b"{")
    draw(document)
    state, messages, opened = document.state, Collector(files.messages), Collector(files.opened)
    files.open(path)
    wait_until(lambda: messages.items)
    assert document.state is state
    assert document.is_dirty
    assert not opened.items
    (message,) = messages.items
    assert message.severity is Severity.PROBLEM
    assert message.text.startswith("broken.harmonizer: ")
    assert not files.is_opening


def test_a_piece_that_cannot_be_saved_stays_dirty(document: Document, files: Files, tmp_path: Path) -> None:
    conflicts = Collector(files.conflict)
    draw(document)
    path = tmp_path / "nowhere" / "piece.harmonizer"
    files.save_as(path)
    wait_until(lambda: conflicts.items)
    reason = "piece.harmonizer: it cannot be saved: there is no such file or folder"
    assert conflicts.items == [Conflict(path, Clash.REFUSED, while_saving=True, reason=reason)]
    assert document.is_dirty
    assert document.path is None


def test_an_export_that_cannot_be_is_the_users_to_decide(
    document: Document, files: Files, tmp_path: Path
) -> None:
    conflicts, exported = Collector(files.conflict), Collector(files.exported)
    draw(document)
    path = tmp_path / "nowhere" / "piece.mid"
    files.export(path)
    wait_until(lambda: conflicts.items)
    reason = "piece.mid: it cannot be saved: there is no such file or folder"
    assert conflicts.items == [Conflict(path, Clash.REFUSED, exporting=True, reason=reason)]
    path.parent.mkdir()
    files.export(path)
    wait_until(lambda: exported.items)
    assert read(path).score.voices == document.score.voices


def test_an_edit_while_saving_is_not_taken_for_saved(
    document: Document, files: Files, worker: Worker, tmp_path: Path
) -> None:
    done = Collector(files.saved)
    draw(document, 64)
    files.save_as(tmp_path / "piece.harmonizer")
    draw(document, 65)
    wait_until(lambda: done.items)
    assert document.is_dirty
    assert read(tmp_path / "piece.harmonizer").score != document.score


def test_a_save_whose_piece_is_gone_leaves_the_next_one_alone(
    document: Document, files: Files, worker: Worker, user_settings: Settings, tmp_path: Path
) -> None:
    path, gate = tmp_path / "first.harmonizer", Gate()
    draw(document)
    first = document.score
    done, messages = Collector(files.saved), Collector(files.messages)
    gate.close()
    worker.run(gate.pass_through)
    files.save_as(path)
    files.new()
    draw(document, 65)
    second, changes = document.state, Collector(document.changed)
    gate.open()
    wait_until(lambda: messages.items)
    assert (document.path, document.state, document.is_dirty) == (None, second, True)
    assert not changes.items
    assert not done.items
    assert files.suggested_path.name == "Untitled.harmonizer"
    assert messages.last.text == "Saved first.harmonizer."
    assert read_project(path).score == first
    assert user_settings.recent_files == (path,)


def test_an_edit_while_opening_keeps_the_open_piece(
    document: Document, files: Files, worker: Worker, tmp_path: Path
) -> None:
    path = tmp_path / "piece.harmonizer"
    saved(files, path)
    gate, messages = Gate(), Collector(files.messages)
    gate.close()
    worker.run(gate.pass_through)
    files.open(path)
    draw(document)
    kept = document.state
    gate.open()
    wait_until(lambda: messages.items)
    assert document.state is kept
    assert messages.last.text == (
        "piece.harmonizer was not opened, because you edited the open piece meanwhile."
    )


def test_the_file_asked_for_last_is_opened(
    document: Document, files: Files, worker: Worker, tmp_path: Path
) -> None:
    (tmp_path / "bad.mid").write_bytes(b"MThd")
    for name in ("a", "b"):
        document.edit("Rename", replace(document.score, title=name))
        saved(files, tmp_path / f"{name}.harmonizer")
    opened, messages = Collector(files.opened), Collector(files.messages)
    for name in ("a.harmonizer", "bad.mid", "b.harmonizer"):
        files.open(tmp_path / name)
    wait_until(lambda: opened.items)
    process_events()
    assert [item.path.name for item in opened.items] == ["b.harmonizer"]
    assert not messages.items


def test_a_new_piece_has_no_file(document: Document, files: Files, tmp_path: Path) -> None:
    saved(files, tmp_path / "piece.harmonizer")
    opened = Collector(files.opened)
    files.new()
    assert (document.path, document.score) == (None, Score())
    assert opened.items == [Opened(None)]
    assert files.suggested_path.name == "Untitled.harmonizer"


def test_the_demo_is_a_chorale_without_an_alto(document: Document, files: Files) -> None:
    opened = Collector(files.opened)
    files.open_demo()
    wait_until(lambda: opened.items, timeout=30)
    assert "BWV 269" in document.score.title
    assert [len(document.score.voice(voice)) > 0 for voice in VoiceName] == [True, False, True, True]
    assert not document.is_dirty
    assert files.suggested_path.name == "Aus meines Herzens Grunde (BWV 269).harmonizer"


@pytest.mark.parametrize(
    "mix", [AS_LEARNED, BENT, AS_LEARNED.with_factor("key", 1.0), AS_LEARNED.with_factor("range", 0.0)]
)
def test_a_mix_survives_the_way_through_plain_values(mix: Mix) -> None:
    assert mix_of(mix_values(mix)) == mix


def test_a_mix_that_says_nothing_is_as_learned() -> None:
    assert mix_of({}) == AS_LEARNED


def closed_score(path: Path) -> Path:
    upper = [Note(480 * beat, 480, pitch) for beat in range(4) for pitch in (72 + beat, 67)]
    lower = [Note(480 * beat, 480, pitch) for beat in range(4) for pitch in (60, 48 + beat)]
    return saved_midi(path, [track(upper), track(lower)])


def test_strands_that_are_not_plain_wait_for_the_user(
    document: Document, files: Files, tmp_path: Path
) -> None:
    before = document.score
    asked, opened = Collector(files.unclear), Collector(files.opened)
    files.open(closed_score(tmp_path / "closed.mid"))
    wait_until(lambda: asked.items)
    assert document.score is before
    assert not files.is_opening
    strands = asked.last.material.strands
    assert [str(strand.ref) for strand in strands] == ["1a", "1b", "2a", "2b"]
    chosen = {VoiceName.SOPRANO: strands[3].ref, VoiceName.BASS: strands[0].ref}
    files.open_chosen(asked.last, chosen, expand_repeats=False)
    wait_until(lambda: opened.items)
    assert [note.pitch for note in document.score.voice(VoiceName.SOPRANO)] == [48, 49, 50, 51]
    assert [note.pitch for note in document.score.voice(VoiceName.BASS)] == [72, 73, 74, 75]
    assert files.suggested_path == tmp_path / "closed.harmonizer"


def test_a_plain_file_opens_unasked_unless_the_user_wants_to_choose(
    document: Document, files: Files, tmp_path: Path
) -> None:
    path = saved_midi(tmp_path / "tune.mid", [track([Note(0, 480, 60)])])
    asked, opened = Collector(files.unclear), Collector(files.opened)
    files.open(path)
    wait_until(lambda: opened.items)
    files.open(path, ask=True)
    wait_until(lambda: asked.items)
    assert len(opened.items) == 1


TUNE = "X:1\nM:4/4\nL:1/4\nK:C\n|:CDEF|GGGG|GGGG:|\n"


@pytest.mark.parametrize(("expand", "notes"), [(True, 24), (False, 12)])
def test_repeats_are_the_users_choice(
    document: Document, files: Files, tmp_path: Path, *, expand: bool, notes: int
) -> None:
    path = tmp_path / "tune.abc"
    path.write_text(TUNE, encoding="utf-8")
    asked, opened = Collector(files.unclear), Collector(files.opened)
    files.open(path)
    wait_until(lambda: asked.items, timeout=20)
    files.open_chosen(asked.last, asked.last.material.guess.assignment, expand_repeats=expand)
    wait_until(lambda: opened.items)
    assert len(document.score.voice(VoiceName.SOPRANO)) == notes


def test_a_choice_that_cannot_be_is_a_sentence(document: Document, files: Files, tmp_path: Path) -> None:
    asked, messages = Collector(files.unclear), Collector(files.messages)
    files.open(closed_score(tmp_path / "closed.mid"))
    wait_until(lambda: asked.items)
    files.open_chosen(asked.last, {VoiceName.ALTO: StrandRef(7)}, expand_repeats=False)
    wait_until(lambda: messages.items)
    assert messages.last.text == "closed.mid: it has 2 parts with notes, so there is no strand 8"


def test_parts_of_the_session_are_kept_with_the_piece(
    document: Document, files: Files, tmp_path: Path
) -> None:
    presets: list[dict[str, Any]] = [{"name": "Soft", "mix": {"temperature": 0.5}}]
    restored: list[object] = []
    files.keep(Kept("presets", lambda: presets, restored.append))
    files.keep(Kept("sounds", lambda: None, restored.append))
    path = tmp_path / "piece.harmonizer"
    saved(files, path)
    opened = Collector(files.opened)
    files.open(path)
    wait_until(lambda: opened.items)
    assert restored == [presets, None]
    assert read_project(path).sections == {"presets": presets}
    files.new()
    assert restored[2:] == [None, None]


def test_guidance_is_saved_with_the_piece(document: Document, files: Files, tmp_path: Path) -> None:
    path = tmp_path / "piece.harmonizer"
    guidance = Guidance().paint(ALTO, [(3, 64), (4, 65)], 2.5).lock(Lock(0, 960, frozenset({0, 4, 7}), "C"))
    document.set_guidance("Paint", guidance.switch("crossings", on=False))
    saved(files, path)
    files.new()
    opened = Collector(files.opened)
    files.open(path)
    wait_until(lambda: opened.items)
    assert document.guidance == guidance.switch("crossings", on=False)


def test_what_another_version_kept_of_its_view_survives(files: Files, tmp_path: Path) -> None:
    path = tmp_path / "piece.harmonizer"
    files.view_state = lambda: {"roll": {"left": 1, "future": 3}}
    saved(files, path)
    opened = Collector(files.opened)
    files.open(path)
    wait_until(lambda: opened.items)
    files.view_state = lambda: {"roll": {"left": 2}}
    saved(files, path)
    assert read_project(path).view == {"roll": {"left": 2, "future": 3}}


def test_an_opening_tells_how_far_it_is_and_can_be_stopped(
    document: Document, files: Files, worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "OFTEN_S", 0.0)
    path, gate = tmp_path / "piece.mid", Gate()
    exported, told, reading = Collector(files.exported), Collector(files.progress), Collector(files.reading)
    files.export(path)
    wait_until(lambda: exported.items)
    files.open(path)
    wait_until(lambda: not files.is_opening)
    assert told.items == sorted(told.items)
    assert told.last == 1.0
    assert len(reading) == 2
    state = document.state
    gate.close()
    worker.run(gate.pass_through)
    files.open(path)
    assert files.opening_name == "piece.mid"
    files.cancel_opening()
    gate.open()
    after = Collector(worker.run(lambda: None).done)
    wait_until(lambda: after.items)
    assert (files.is_opening, files.opening_name) == (False, "")
    assert document.state is state
    assert len(reading) == 4
