"""A save that fails leaves the old file, and nothing else."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from harmonizer_gui.files import atomic
from harmonizer_gui.files.atomic import write_atomically
from harmonizer_gui.files.errors import FileError


def complaint(path: Path, data: bytes = b"new") -> str:
    with pytest.raises(FileError) as caught:
        write_atomically(path, data)
    return caught.value.problem


def test_a_new_file_and_another_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_atomically(path, b"first")
    write_atomically(path, b"second")
    assert path.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [path]


def test_the_rights_of_the_old_file_stay(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_what_a_killed_program_left_goes_in_time(tmp_path: Path) -> None:
    old, fresh, other = (tmp_path / name for name in (".harmonizer-1.tmp", ".harmonizer-2.tmp", "mine.tmp"))
    for path in (old, fresh, other):
        path.write_bytes(b"half")
    for path in (old, other):
        os.utime(path, (1, 1))
    write_atomically(tmp_path / "a", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [fresh.name, "a", other.name]


def test_windows_is_asked_again_while_another_looks_at_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, temporary = tmp_path / "a", tmp_path / "b"
    temporary.write_bytes(b"new")
    refusals = [PermissionError(errno.EACCES, "in use")] * 2
    replace = os.replace
    waited: list[float] = []

    def busy(source: Path, target: Path) -> None:
        if refusals:
            raise refusals.pop()
        replace(source, target)

    monkeypatch.setattr(atomic, "IS_WINDOWS", True)
    monkeypatch.setattr(os, "replace", busy)
    monkeypatch.setattr("time.sleep", waited.append)
    atomic._put(temporary, path)
    assert path.read_bytes() == b"new"
    assert waited == list(atomic.WAITS_S[:2])


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, full)
    assert complaint(path) == "it cannot be saved: the disk is full"
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_may_not_be_written_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert complaint(path) == "it cannot be saved: permission is denied"
    assert path.read_bytes() == b"old"


def test_places_where_nothing_can_be_saved(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert complaint(tmp_path) == "it cannot be saved: it is a folder"
    assert complaint(tmp_path / "none" / "a") == "it cannot be saved: there is no such file or folder"
    assert complaint(tmp_path / "file" / "a") == "it cannot be saved: its folder is a file"
    assert complaint(tmp_path / ("long" * 100)) == "it cannot be saved: its name is too long"
