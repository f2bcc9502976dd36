"""All formats behind one door: reading by contents, writing by suffix."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from harmonizer_gui.files.errors import FileError, naming
from harmonizer_gui.files.imported import Imported
from harmonizer_gui.files.losses import MIDI_SUFFIXES, MUSICXML_SUFFIXES, losses
from harmonizer_gui.files.midi import read_midi, write_midi
from harmonizer_gui.files.musicxml import read_musicxml, write_musicxml
from harmonizer_gui.files.notices import score_notices
from harmonizer_gui.files.project import Project, read_project, write_project
from harmonizer_gui.score import Score

__all__ = ["PROJECT_SUFFIX", "SUFFIXES", "Imported", "losses", "read", "write"]

PROJECT_SUFFIX = ".harmonizer"
SUFFIXES = (*MIDI_SUFFIXES, *MUSICXML_SUFFIXES, PROJECT_SUFFIX)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def read(path: Path) -> Imported:
    """Read a file by what is in it, whatever it is called. Raises FileError with one sentence."""
    with naming(path), path.open("rb") as file:
        head = file.read(256)
    reader = _reader_for(head) or _READERS.get(path.suffix.lower())
    if reader is None:
        raise FileError(path, f"it is no music that can be opened: use {_listed(SUFFIXES)}")
    return reader(path)


def write(score: Score, path: Path) -> None:
    """Write in the format that the suffix names. Raises FileError; a file there before is then as it was."""
    suffix = path.suffix.lower()
    if suffix in MIDI_SUFFIXES:
        write_midi(score, path)
    elif suffix in MUSICXML_SUFFIXES:
        write_musicxml(score, path)
    elif suffix == PROJECT_SUFFIX:
        write_project(Project(score), path)
    else:
        called = f"“{path.suffix}” is no format that can be written" if suffix else "it needs a suffix"
        raise FileError(path, f"{called}: use {_listed(SUFFIXES)}")


def _read_project(path: Path) -> Imported:
    project = read_project(path)
    return Imported(project.score, tuple(score_notices(project.score)), project)


_READERS: dict[str, Callable[[Path], Imported]] = {
    **dict.fromkeys(MIDI_SUFFIXES, read_midi),
    **dict.fromkeys(MUSICXML_SUFFIXES, read_musicxml),
    PROJECT_SUFFIX: _read_project,
}


def _reader_for(head: bytes) -> Callable[[Path], Imported] | None:
    """The reader for a file that begins like this, None where nothing is recognised."""
    if head.startswith(b"MThd"):
        return read_midi
    if head.startswith(b"PK\x03\x04"):
        return read_musicxml
    text = head
    for mark in _BYTE_ORDER_MARKS:
        text = text.removeprefix(mark)
    text = text.replace(b"\0", b"").lstrip()
    if text.startswith(b"<"):
        return read_musicxml
    return _read_project if text.startswith(b"{") else None


def _listed(suffixes: tuple[str, ...]) -> str:
    return f"{', '.join(suffixes[:-1])} or {suffixes[-1]}"
