"""All formats behind one door: reading by contents, writing by suffix."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from harmonizer_gui.files.assignment import Assignment
from harmonizer_gui.files.bounds import read_bounded
from harmonizer_gui.files.errors import FileError, naming
from harmonizer_gui.files.imported import Imported
from harmonizer_gui.files.losses import MIDI_SUFFIXES, MUSICXML_SUFFIXES, losses, marks_lost
from harmonizer_gui.files.material import Material
from harmonizer_gui.files.midi import midi_material, write_midi
from harmonizer_gui.files.musicxml import musicxml_material, write_musicxml
from harmonizer_gui.files.notices import score_notices
from harmonizer_gui.files.project import Project, read_project, write_project
from harmonizer_gui.files.text_notation import (
    ABC_SUFFIXES,
    KERN_SUFFIXES,
    MAX_TEXT_BYTES,
    abc_material,
    kern_material,
    looks_like_abc,
    looks_like_kern,
)
from harmonizer_gui.score import Score

__all__ = [
    "PROJECT_SUFFIX",
    "READABLE",
    "SUFFIXES",
    "Imported",
    "gather",
    "losses",
    "marks_lost",
    "read",
    "write",
]

PROJECT_SUFFIX = ".harmonizer"
SUFFIXES = (*MIDI_SUFFIXES, *MUSICXML_SUFFIXES, PROJECT_SUFFIX)
"""What can be written, and read back."""
READABLE = (*SUFFIXES, *ABC_SUFFIXES, *KERN_SUFFIXES)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HEAD_BYTES = 4096


def read(path: Path, assignment: Assignment | None = None, *, expand_repeats: bool = False) -> Imported:
    """Read a file by what is in it, whatever it is called. Raises FileError with one sentence.

    `assignment` says which strand is which voice where the guess will not do; a project has no strands.
    """
    found = gather(path)
    if isinstance(found, Imported):
        if assignment is not None:
            raise FileError(path, "the voices of a project are what they are")
        return found
    with naming(path):
        return found.imported(assignment, expand_repeats=expand_repeats)


def gather(path: Path) -> Material | Imported:
    """What is in a file before it is known which strand is which voice; a project is known at once.

    Raises FileError with one sentence.
    """
    with naming(path), path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    reader = _reader_for(head) or _READERS.get(path.suffix.lower())
    if reader is None:
        raise FileError(path, f"it is no music that can be opened: use {_listed(READABLE)}")
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


_Reader = Callable[[Path], Material | Imported]


def _read_project(path: Path) -> Imported:
    project = read_project(path)
    return Imported(project.score, tuple(score_notices(project.score)), project)


def _read_midi(path: Path) -> Material:
    with naming(path):
        return midi_material(read_bounded(path))


def _read_musicxml(path: Path) -> Material:
    with naming(path):
        return musicxml_material(read_bounded(path))


def _read_text(path: Path, material: Callable[[bytes], Material]) -> Material:
    with naming(path):
        return material(read_bounded(path, MAX_TEXT_BYTES))


_read_abc = partial(_read_text, material=abc_material)
_read_kern = partial(_read_text, material=kern_material)

_READERS: dict[str, _Reader] = {
    **dict.fromkeys(MIDI_SUFFIXES, _read_midi),
    **dict.fromkeys(MUSICXML_SUFFIXES, _read_musicxml),
    **dict.fromkeys(ABC_SUFFIXES, _read_abc),
    **dict.fromkeys(KERN_SUFFIXES, _read_kern),
    PROJECT_SUFFIX: _read_project,
}


def _reader_for(head: bytes) -> _Reader | None:
    """The reader for a file that begins like this, None where nothing is recognised."""
    if head.startswith(b"MThd"):
        return _read_midi
    if head.startswith(b"PK\x03\x04"):
        return _read_musicxml
    raw = head
    for mark in _BYTE_ORDER_MARKS:
        raw = raw.removeprefix(mark)
    text = raw.replace(b"\0", b"").lstrip().decode("latin-1")
    if text.startswith("<"):
        return _read_musicxml
    if looks_like_kern(text):
        return _read_kern
    if looks_like_abc(text):
        return _read_abc
    return _read_project if text.startswith("{") else None


def _listed(suffixes: tuple[str, ...]) -> str:
    return f"{', '.join(suffixes[:-1])} or {suffixes[-1]}"
