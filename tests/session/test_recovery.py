from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

from harmonizer_gui.score import Note, Score, VoiceName
from harmonizer_gui.score.edits import lay_notes
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.file_jobs import Clash, Conflict
from harmonizer_gui.session.files import Files
from harmonizer_gui.session.recovery import Recovered, Recovery
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.session.worker import Worker
from tests.qt import Collector, wait_until

ALTO = VoiceName.ALTO


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recovery"


@pytest.fixture
def files(document: Document, worker: Worker, tmp_path: Path) -> Files:
    return Files(document, worker, Settings(tmp_path / "settings.ini"))


@pytest.fixture
def recovery(document: Document, worker: Worker, files: Files, folder: Path) -> Recovery:
    return Recovery(document, worker, files, folder, save_after_ms=1)


def draw(document: Document, pitch: int = 64) -> None:
    document.edit("Draw", lay_notes(document.score, ALTO, [Note(0, 480, pitch)]))


def copies(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.harmonizer"))


def look(recovery: Recovery) -> tuple[Recovered, ...]:
    found = Collector(recovery.found)
    recovery.look()
    wait_until(lambda: found.items)
    items: tuple[Recovered, ...] = found.last
    return items


def test_a_clean_piece_needs_no_copy(recovery: Recovery, document: Document, folder: Path) -> None:
    document.set_target(VoiceName.BASS)
    document.open(Score(), path=None)
    assert look(recovery) == ()
    assert not folder.exists()


def test_an_edit_is_on_disk_soon_and_gone_when_it_is_saved(
    recovery: Recovery, document: Document, files: Files, folder: Path, tmp_path: Path
) -> None:
    draw(document)
    wait_until(recovery.path.exists)
    assert recovery.path.with_name(f"{recovery.path.name}.lock").exists()
    files.save_as(tmp_path / "piece.harmonizer")
    wait_until(lambda: not list(folder.iterdir()))


def test_undoing_to_what_is_saved_lets_the_copy_go(
    recovery: Recovery, document: Document, folder: Path
) -> None:
    draw(document)
    wait_until(recovery.path.exists)
    document.undo()
    wait_until(lambda: not list(folder.iterdir()))


def test_a_failed_save_keeps_the_copy(
    recovery: Recovery, document: Document, files: Files, tmp_path: Path
) -> None:
    draw(document)
    wait_until(recovery.path.exists)
    conflicts = Collector(files.conflict)
    files.save_as(tmp_path / "nowhere" / "piece.harmonizer")
    wait_until(lambda: conflicts.items)
    look(recovery)  # all that was asked of the file thread is done
    assert recovery.path.exists()


def test_a_clean_discard_lets_the_copy_go(recovery: Recovery, document: Document, folder: Path) -> None:
    draw(document)
    wait_until(recovery.path.exists)
    recovery.discard()
    wait_until(lambda: not list(folder.iterdir()))


def test_the_copy_of_a_living_program_is_not_offered(
    recovery: Recovery, document: Document, worker: Worker, files: Files, folder: Path
) -> None:
    draw(document)
    wait_until(recovery.path.exists)
    other = Recovery(document, worker, files, folder)
    other.path = folder / "other.harmonizer"
    assert look(other) == ()


def test_what_cannot_be_read_is_neither_offered_nor_deleted(recovery: Recovery, folder: Path) -> None:
    folder.mkdir()
    (folder / "broken.harmonizer").write_bytes(b"{")
    assert look(recovery) == ()
    assert copies(folder) == [folder / "broken.harmonizer"]


def test_where_no_copy_can_be_kept_it_is_said_once(
    document: Document, worker: Worker, files: Files, tmp_path: Path
) -> None:
    (tmp_path / "recovery").write_text("a file where the folder should be")
    recovery = Recovery(document, worker, files, tmp_path / "recovery", save_after_ms=1)
    messages = Collector(recovery.messages)
    draw(document)
    wait_until(lambda: messages.items)
    assert "No recovery copy can be kept" in messages.last.text
    recovery._save()
    wait_until(lambda: not recovery._timer.isActive())
    look_again = Collector(worker.run(lambda: None).done)
    wait_until(lambda: look_again.items)
    assert len(messages) == 1


def test_save_now_writes_at_once_and_only_what_is_not_saved(recovery: Recovery, document: Document) -> None:
    recovery.save_now()
    assert not recovery.path.exists()
    draw(document)
    recovery.save_now()
    assert recovery.path.exists()


CRASHING_PROGRAM = """
    import os, sys
    from pathlib import Path
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication
    from harmonizer_gui.engine.mix import Mix
    from harmonizer_gui.score import Note, Score, VoiceName
    from harmonizer_gui.score.edits import lay_notes
    from harmonizer_gui.session.document import Document
    from harmonizer_gui.session.files import Files
    from harmonizer_gui.session.recovery import Recovery
    from harmonizer_gui.session.settings import Settings
    from harmonizer_gui.session.worker import Worker
    from tests.fake_model import FakeModel
    from tests.qt import wait_until

    folder = Path(sys.argv[1])
    app = QApplication([])
    document, worker = Document(), Worker(FakeModel)
    worker.start()
    files = Files(document, worker, Settings(folder / "settings.ini"))
    files.view_state = lambda: {"zoom": 3}
    recovery = Recovery(document, worker, files, folder / "recovery", save_after_ms=1)
    document.open(Score(title="Unsaved"), path=folder / "piece.harmonizer", target=VoiceName.TENOR)
    document.edit("Draw", lay_notes(document.score, VoiceName.TENOR, [Note(0, 480, 55)]))
    document.set_mix("Move", Mix((("Beat", 2.0),)))
    wait_until(recovery.path.exists)
    print("saved", flush=True)
    wait_until(lambda: False, timeout=60)
"""


def test_a_killed_program_leaves_a_copy_that_brings_the_piece_back(
    recovery: Recovery, document: Document, files: Files, folder: Path, tmp_path: Path
) -> None:
    program = textwrap.dedent(CRASHING_PROGRAM)
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "saved\n"
        assert look(recovery) == ()  # it lives
        process.send_signal(signal.SIGKILL)
        process.wait()
    (recovered,) = look(recovery)
    assert (recovered.name, recovered.original) == ("piece", tmp_path / "piece.harmonizer")
    assert recovered.project.score.title == "Unsaved"
    assert replace(recovered, original=None).name == "Unsaved"
    assert recovered.path.exists()

    opened = Collector(files.opened)
    recovery.restore(recovered)
    assert document.score.voice(VoiceName.TENOR).notes == (Note(0, 480, 55),)
    assert (document.mix.factor("Beat"), document.target) == (2.0, VoiceName.TENOR)
    assert (document.path, document.is_dirty) == (tmp_path / "piece.harmonizer", True)
    assert opened.last.view == {"zoom": 3}
    wait_until(lambda: copies(folder) == [recovery.path])
    assert look(recovery) == ()


def test_a_copy_that_is_not_wanted_goes(recovery: Recovery, document: Document, folder: Path) -> None:
    draw(document)
    recovery.save_now()
    left = folder / "left.harmonizer"
    left.write_bytes(recovery.path.read_bytes())
    (recovered,) = look(recovery)
    recovery.forget(recovered)
    wait_until(lambda: not left.exists())
    assert recovery.path.exists()


def test_a_restored_copy_stays_until_there_is_another(
    recovery: Recovery, document: Document, folder: Path
) -> None:
    draw(document)
    recovery.save_now()
    left = folder / "left.harmonizer"
    recovery.path.rename(left)
    (recovered,) = look(recovery)
    recovery.path = folder / "gone" / "own.harmonizer"  # cannot be written
    messages = Collector(recovery.messages)
    recovery.restore(recovered)
    wait_until(lambda: messages.items)
    assert left.exists()


def test_a_restored_copy_is_not_saved_over_what_changed_since(
    recovery: Recovery, document: Document, files: Files, folder: Path, tmp_path: Path
) -> None:
    path, saved = tmp_path / "piece.harmonizer", Collector(files.saved)
    files.save_as(path)
    wait_until(lambda: saved.items)
    draw(document)
    recovery.save_now()
    left = folder / "left.harmonizer"
    left.write_bytes(recovery.path.read_bytes())
    files.new()
    path.write_text(path.read_text().replace("Two bars", "Theirs"))
    (recovered,) = look(recovery)
    assert recovered.difference == "1 note more in the alto than in piece.harmonizer"
    recovery.restore(recovered)
    conflicts = Collector(files.conflict)
    assert files.save()
    wait_until(lambda: conflicts.items)
    assert conflicts.last == Conflict(path, Clash.CHANGED, while_saving=True)
    assert "Theirs" in path.read_text()
