"""A save that fails leaves the old file, and nothing else."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

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
