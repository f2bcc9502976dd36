"""Other programs, and other windows, at the same file."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonizer_gui.files.project import read_project
from harmonizer_gui.score import Note, VoiceName
from harmonizer_gui.score.edits import lay_notes
from harmonizer_gui.session.claims import Claims
from harmonizer_gui.session.disk import fingerprint
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.file_jobs import Clash, Conflict
from harmonizer_gui.session.files import Files
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.session.worker import Worker
from tests.qt import Collector, process_events, wait_until

ALTO = VoiceName.ALTO


@pytest.fixture
def claims(tmp_path: Path) -> Claims:
    return Claims(tmp_path / "claims")


@pytest.fixture
def files(document: Document, worker: Worker, claims: Claims, tmp_path: Path) -> Files:
    return Files(document, worker, Settings(tmp_path / "settings.ini"), claims=claims)


@pytest.fixture
def path(files: Files, tmp_path: Path) -> Path:
    """A saved project, which is the open piece's own."""
    path = tmp_path / "music" / "piece.harmonizer"
    path.parent.mkdir()
    save(files, path)
    return path


def save(files: Files, path: Path) -> None:
    done = Collector(files.saved)
    files.save_as(path)
    wait_until(lambda: done.items)


def draw(document: Document, pitch: int = 64) -> None:
    document.edit("Draw", lay_notes(document.score, ALTO, [Note(0, 480, pitch)]))


def write_as_another(path: Path) -> None:
    path.write_text(path.read_text().replace('"version"', '"by": "another", "version"'))


def test_a_file_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "a"
    assert fingerprint(path) is None
    path.write_bytes(b"one")
    one = fingerprint(path)
    path.write_bytes(b"two")
    assert one != fingerprint(path)
    path.write_bytes(b"one")
    assert one == fingerprint(path)
    assert fingerprint(tmp_path) is None


def test_a_change_by_another_program_is_told_once(files: Files, document: Document, path: Path) -> None:
    conflicts = Collector(files.conflict)
    write_as_another(path)
    wait_until(lambda: conflicts.items)
    assert conflicts.items == [Conflict(path, Clash.CHANGED)]
    assert document.is_dirty  # what is open is on no disk any more
    (path.parent / "other").write_text("the folder changes")
    files._disk._look()
    save(files, path.with_name("elsewhere.harmonizer"))
    assert len(conflicts) == 1


def test_what_another_program_wrote_is_not_saved_over(files: Files, document: Document, path: Path) -> None:
    conflicts = Collector(files.conflict)
    files._disk.watch(None)  # as on a disk that tells of no changes
    write_as_another(path)
    draw(document)
    assert files.save()
    wait_until(lambda: conflicts.items)
    assert conflicts.items == [Conflict(path, Clash.CHANGED, while_saving=True)]
    assert '"by"' in path.read_text()
    assert document.is_dirty
    done = Collector(files.saved)
    files.save_as(path, over=True)
    wait_until(lambda: done.items)
    assert '"by"' not in path.read_text()
    draw(document, 65)
    save(files, path)  # it is ours again
    assert len(conflicts) == 1


def test_who_keeps_theirs_saves_over_it_unasked(files: Files, document: Document, path: Path) -> None:
    conflicts, noted = Collector(files.conflict), Collector(document.changed)
    write_as_another(path)
    wait_until(lambda: conflicts.items)
    files.keep_mine()
    assert noted.items
    save(files, path)
    assert len(conflicts) == 1
    assert read_project(path).extra == {}


def test_a_removed_file_is_told_and_saved_again(files: Files, document: Document, path: Path) -> None:
    conflicts = Collector(files.conflict)
    path.unlink()
    wait_until(lambda: conflicts.items)
    assert conflicts.items == [Conflict(path, Clash.GONE)]
    assert document.is_dirty
    save(files, path)
    assert read_project(path).score == document.score
    assert not document.is_dirty


def test_our_own_saving_is_no_change_by_another(files: Files, document: Document, path: Path) -> None:
    conflicts = Collector(files.conflict)
    for pitch in (60, 62, 64):
        draw(document, pitch)
        save(files, path)
        files._disk._look()
    process_events()
    assert not conflicts.items
    assert not document.is_dirty


def test_a_file_open_elsewhere_is_not_opened_unasked(
    files: Files, document: Document, path: Path, tmp_path: Path
) -> None:
    files.new()
    elsewhere = Claims(tmp_path / "claims")
    elsewhere.take(path)
    conflicts, opened = Collector(files.conflict), Collector(files.opened)
    files.open(path)
    wait_until(lambda: conflicts.items)
    assert conflicts.items == [Conflict(path, Clash.IN_USE)]
    assert not opened.items
    files.open(path, shared=True)
    wait_until(lambda: opened.items)
    assert document.path == path


def test_a_copy_has_no_file_and_another_name(files: Files, document: Document, path: Path) -> None:
    files.new()
    opened = Collector(files.opened)
    files.open_copy(path)
    wait_until(lambda: opened.items)
    assert document.path is None
    assert document.score == read_project(path).score
    assert files.suggested_path == path.with_name("piece (copy).harmonizer")
    assert not files.save()


def test_nothing_is_saved_over_a_file_open_elsewhere(
    files: Files, document: Document, tmp_path: Path, path: Path
) -> None:
    other = tmp_path / "other.harmonizer"
    elsewhere = Claims(tmp_path / "claims")
    elsewhere.take(other)
    conflicts = Collector(files.conflict)
    files.save_as(other)
    assert conflicts.items == [Conflict(other, Clash.TAKEN, while_saving=True)]
    elsewhere.release()
    save(files, other)
    assert document.path == other
    elsewhere.take(path)
    assert not Claims(tmp_path / "claims").is_free(path)  # let go when the piece was saved elsewhere


def test_a_claim_is_one_file_and_ends(tmp_path: Path) -> None:
    mine, theirs = Claims(tmp_path / "claims"), Claims(tmp_path / "claims")
    one, two = tmp_path / "one", tmp_path / "two"
    mine.take(one)
    assert mine.is_free(one)
    assert not theirs.is_free(one)
    mine.take(two)
    assert theirs.is_free(one)
    assert not theirs.is_free(two)
    mine.release()
    assert theirs.is_free(two)
    assert list((tmp_path / "claims").iterdir()) == []


def test_where_no_claims_can_be_kept_all_files_are_free(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    claims = Claims(tmp_path / "file")
    claims.take(tmp_path / "one")
    assert claims.is_free(tmp_path / "one")
    assert claims.is_free(tmp_path / "two")


def test_closing_lets_the_file_go(files: Files, path: Path, tmp_path: Path) -> None:
    assert not Claims(tmp_path / "claims").is_free(path)
    files.close()
    assert Claims(tmp_path / "claims").is_free(path)
