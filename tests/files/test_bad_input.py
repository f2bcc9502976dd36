"""Whatever is opened: a score, or one sentence that names the file and what is wrong with it."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import mido
import pytest

from harmonizer_gui.files import bounds, midi_parsing, musicxml
from harmonizer_gui.files.errors import FileError
from harmonizer_gui.files.formats import SUFFIXES, read, write
from harmonizer_gui.score import Note, Score, Voice
from tests.files.chorales import chorale
from tests.files.midi_files import conductor, saved, track
from tests.files.mutations import mutated
from tests.files.xml_files import document, note

ONE_NOTE = Score(voices=(Voice((Note(0, 480, 60),)), Voice(), Voice(), Voice()))
RANDOM = random.Random(0).randbytes(4000)


def complaint(path: Path) -> str:
    """What the user is told, which must name the file and be one line."""
    with pytest.raises(FileError) as caught:
        read(path)
    text = str(caught.value)
    assert text.startswith(f"{path.name}: ")
    assert "\n" not in text
    assert not text.endswith(".")
    return caught.value.problem


def complaint_about(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return complaint(path)


def a_file_of(suffix: str, folder: Path) -> bytes:
    write(chorale("bwv269"), folder / f"whole{suffix}")
    return (folder / f"whole{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_empty_files(tmp_path: Path, suffix: str) -> None:
    assert complaint_about(tmp_path / f"a{suffix}", b"") == "it is empty"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_random_files(tmp_path: Path, suffix: str) -> None:
    assert complaint_about(tmp_path / f"a{suffix}", RANDOM)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("share", [0.01, 0.3, 0.7, 0.99])
def test_truncated_files(tmp_path: Path, suffix: str, share: float) -> None:
    data = a_file_of(suffix, tmp_path)
    assert complaint_about(tmp_path / f"a{suffix}", data[: int(len(data) * share)])


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_missing_files_and_folders(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    assert complaint(path) == "there is no such file or folder"
    path.mkdir()
    assert complaint(path) == "it is a folder"


@pytest.mark.parametrize("suffix", [*SUFFIXES, ".txt", ""])
@pytest.mark.parametrize("real", [".mid", ".musicxml", ".mxl", ".harmonizer"])
def test_renamed_files_open_for_what_they_are(tmp_path: Path, suffix: str, real: str) -> None:
    write(ONE_NOTE, tmp_path / f"real{real}")
    renamed = (tmp_path / f"real{real}").rename(tmp_path / f"renamed{suffix}")
    assert read(renamed).score == ONE_NOTE


def test_other_kinds_of_files(tmp_path: Path) -> None:
    problem = complaint_about(tmp_path / "letter.pdf", b"%PDF-1.7\n")
    assert problem.startswith("it is no music that can be opened: use .mid, .midi, ")
    assert complaint_about(tmp_path / "page.xml", b"<html/>") == (
        "it is XML, but no MusicXML score (its outermost element is html)"
    )
    assert complaint_about(tmp_path / "table.harmonizer", b'{"a": 1}') == "format is missing"
    assert complaint_about(tmp_path / "time.xml", b"<score-timewise/>") == (
        "it is MusicXML ordered by time (score-timewise), which cannot be read"
    )


def overwritten(path: Path, old: bytes, new: bytes) -> Path:
    path.write_bytes(path.read_bytes().replace(old, new))
    return path


MIDI_TABLE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "no notes": (lambda path: saved(path, [track([])]), "there are no notes in it"),
    "no tracks": (lambda path: saved(path, []), "there are no notes in it"),
    "drums only": (
        lambda path: saved(path, [track([Note(0, 480, 36)], channel=9)]),
        "there are only drums in it",
    ),
    "twelve tracks": (
        lambda path: saved(path, [track([Note(0, 480, 60)], name=f"T{index}") for index in range(12)]),
        "it has 12 parts with notes (T0, T1, T2, T3, T4, T5 and 6 more), "
        "and no four of them are called soprano, alto, tenor and bass; "
        "say with “convert --voices” which are the voices",
    ),
    "five singers": (
        lambda path: saved(
            path, [track([Note(0, 480, 60)], name=n) for n in ("Soprano", "Soprano", "Alto", "Tenor", "Bass")]
        ),
        "it has 5 parts with notes (Soprano, Soprano, Alto, Tenor, Bass), "
        "and several are called after one voice; say with “convert --voices” which are the voices",
    ),
    "patterns": (
        lambda path: saved(path, [track([Note(0, 480, 60)])] * 2, kind=2),
        "it holds independent patterns (MIDI type 2), not one piece",
    ),
    "film frames": (
        lambda path: saved(path, [track([Note(0, 480, 60)])], resolution=-7000),
        "it counts film frames (SMPTE), not beats",
    ),
    "endless": (
        lambda path: saved(path, [track([Note(2**31, 480, 60)])]),
        "it lasts longer than 40,000 quarters",
    ),
    "a key of nine sharps and no notes": (
        lambda path: saved(path, [conductor(mido.UnknownMetaMessage(0x59, data=[9, 0]))]),
        "there are no notes in it",
    ),
    "a velocity beyond seven bits": (
        lambda path: overwritten(saved(path, [track([Note(0, 480, 60)])]), b"\x3c\x50", b"\x3c\xd0"),
        "it is damaged: its MIDI events make no sense",
    ),
}


@pytest.mark.parametrize("case", MIDI_TABLE)
def test_midi_files_that_are_no_piece(tmp_path: Path, case: str) -> None:
    make, sentence = MIDI_TABLE[case]
    assert complaint(make(tmp_path / "a.mid")) == sentence


WHOLE = note("G4", 16)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;">]><score-partwise><part-list>&c;</part-list></score-partwise>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]><score-partwise>&a;</score-partwise>'
XML_TABLE = {
    "no parts": ("<score-partwise/>", "there are no notes in it"),
    "no notes": (document({"Soprano": [""]}), "there are no notes in it"),
    "five parts": (
        document({f"Viol {index}": [WHOLE] for index in range(5)}),
        "it has 5 parts with notes (Viol 0, Viol 1, Viol 2, Viol 3, Viol 4), "
        "and no four of them are called soprano, alto, tenor and bass; "
        "say with “convert --voices” which are the voices",
    ),
    "a bomb": (BOMB, "it defines XML entities of its own, which are not read for safety"),
    "an outside entity": (OUTSIDE, "it defines XML entities of its own, which are not read for safety"),
    "an unclosed tag": ("<score-partwise>\n<part>", "it is damaged or no MusicXML, at line 2, column 7"),
    "a huge number": (
        document({"": [WHOLE]}).replace("<fifths>0", "<fifths>99999999999"),
        "its <fifths> is 99999999999, outside -14–14",
    ),
    "no length": (
        document({"": [WHOLE]}).replace("<divisions>4", "<divisions>0"),
        "it is damaged: its MusicXML makes no sense",
    ),
    "an unknown encoding": ('<?xml version="1.0" encoding="klingon"?><score-partwise/>', None),
}


@pytest.mark.parametrize("case", XML_TABLE)
def test_musicxml_that_is_no_piece(tmp_path: Path, case: str) -> None:
    text, sentence = XML_TABLE[case]
    problem = complaint_about(tmp_path / "a.musicxml", text.encode())
    assert problem == sentence or sentence is None


def archive(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return buffer.getvalue()


def test_archives_without_a_score(tmp_path: Path) -> None:
    path = tmp_path / "a.mxl"
    assert complaint_about(path, archive(readme="hello")) == "there is no score in this archive"
    container = '<container><rootfiles><rootfile full-path="b.xml"/></rootfiles></container>'
    assert complaint_about(path, archive(**{"META-INF/container.xml": container})) == (
        "its archive names a score that is not in it (b.xml)"
    )
    assert complaint_about(path, b"PK\x03\x04" + RANDOM) == "it is a damaged .mxl archive"


def test_an_archive_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(musicxml, "MAX_BYTES", 2**20)
    bomb = archive(**{"a.xml": " " * 2**21})
    assert len(bomb) < 10_000
    assert complaint_about(tmp_path / "a.mxl", bomb) == "it unpacks to more than 1 MB"


def test_files_that_are_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.mid"
    with path.open("wb") as file:
        file.write(b"MThd")
        file.truncate(bounds.MAX_BYTES + 1)
    assert complaint(path) == "it is larger than 64 MB"
    saved(path, [track([Note(480 * index, 480, 60) for index in range(20)])])
    monkeypatch.setattr(midi_parsing, "MAX_MESSAGES", 30)
    assert complaint(path) == "it has more than 30 MIDI events"


def test_too_many_notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds.check_note_count, "__defaults__", (20,))
    path = saved(tmp_path / "a.mid", [track([Note(480 * index, 480, 60) for index in range(21)])])
    assert complaint(path) == "it has more than 20 notes"


@pytest.mark.parametrize(("suffix", "count"), [(".mid", 400), (".musicxml", 250), (".harmonizer", 400)])
def test_mutated_files(tmp_path: Path, suffix: str, count: int) -> None:
    path = tmp_path / f"mutated{suffix}"
    refusals = [refusal(path, data) for data in mutated(a_file_of(suffix, tmp_path), count)]
    assert None in refusals
    assert not [text for text in refusals if text and "\n" in text]


def test_mutated_archives(tmp_path: Path) -> None:
    """Damage inside the archive, and to the archive itself."""
    path = tmp_path / "mutated.mxl"
    inner = a_file_of(".musicxml", tmp_path).decode()
    damaged = [
        archive(**{"score.xml": data.decode("utf-8", "replace")})
        for data in mutated(inner.encode(), 60, seed=1)
    ]
    damaged += mutated(archive(**{"score.xml": inner}), 200, seed=2)
    refusals = [refusal(path, data) for data in damaged]
    assert None in refusals
    assert not [text for text in refusals if text and "\n" in text]


def refusal(path: Path, data: bytes) -> str | None:
    """What the user is told, None where the file opens."""
    path.write_bytes(data)
    try:
        assert read(path).score.bars
    except FileError as error:
        return str(error)
    return None
