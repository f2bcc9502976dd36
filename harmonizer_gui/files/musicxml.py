"""MusicXML files in and out (`.musicxml`, `.xml`, packed as `.mxl`), by music21."""

from __future__ import annotations

import gc
import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeElementTree

from harmonizer_gui.files.atomic import write_atomically
from harmonizer_gui.files.bounds import MAX_BYTES, check_note_count, read_bounded
from harmonizer_gui.files.errors import ContentError, naming
from harmonizer_gui.files.imported import Imported
from harmonizer_gui.files.material import Material
from harmonizer_gui.files.progress import part, reached
from harmonizer_gui.files.streams import score_from_stream, stream_material
from harmonizer_gui.files.xml_bounds import check_numbers
from harmonizer_gui.files.xml_dialects import put_plainly
from harmonizer_gui.score import Score

MAX_MUSICXML_NOTES = 50_000
MAX_TAGS = 3_000_000
PACKED_SUFFIX = ".mxl"
_LOOKS = {"beam", "stem", "notehead", "level"}
_CONTAINER = "META-INF/container.xml"


def read_musicxml(path: Path, parts: Sequence[int] | None = None) -> Imported:
    """Read a MusicXML file, packed or not. Raises FileError with one sentence for anything that is none.

    `parts` are the indices of soprano, alto, tenor and bass; without it they are found by name and pitch.
    """
    with naming(path), _garbage_left():
        data = read_bounded(path)
        if parts is None:
            return musicxml_material(data).imported()
        root = _score_root(data)
        put_plainly(root)
        return score_from_stream(_stream(root), parts)


def musicxml_material(data: bytes) -> Material:
    """What is in a MusicXML file, packed or not. Raises ContentError for anything that is none."""
    with _garbage_left():
        root = _score_root(data)
        notices = put_plainly(root)
        material = stream_material(_stream(root))
    return replace(material, notices=(*notices, *material.notices))


def _score_root(data: bytes) -> ET.Element:
    return _root(_unpacked(data) if data.startswith(b"PK") else data)


def write_musicxml(score: Score, path: Path) -> None:
    """Write the score, packed for the suffix `.mxl`. Raises FileError."""
    from harmonizer_gui.files.notation_xml import musicxml_bytes

    with _garbage_left():
        data = musicxml_bytes(score)
    write_atomically(path, _packed(data) if path.suffix.lower() == PACKED_SUFFIX else data)


def _unpacked(data: bytes) -> bytes:
    """The score inside an .mxl archive: what its container names, else the first XML file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            name = _score_name(archive)
            return _member(archive, name)
    except ContentError:
        raise
    except Exception as error:
        # zipfile lets out RuntimeError, NotImplementedError, zlib.error and more besides its own.
        raise ContentError("it is a damaged .mxl archive") from error


def _score_name(archive: zipfile.ZipFile) -> str:
    if _CONTAINER in archive.namelist():
        for element in _parsed(_member(archive, _CONTAINER)).iter():
            if element.tag.endswith("rootfile") and element.get("full-path"):
                return str(element.get("full-path"))
    for name in archive.namelist():
        if name.lower().endswith((".xml", ".musicxml")) and not name.startswith("META-INF/"):
            return name
    raise ContentError("there is no score in this archive")


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of one file of the archive, whatever size it claims to have."""
    if name not in archive.namelist():
        raise ContentError(f"its archive names a score that is not in it ({name[:80]})")
    with archive.open(name) as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ContentError(f"it unpacks to more than {MAX_BYTES // (1024 * 1024)} MB")
    return data


def _packed(data: bytes) -> bytes:
    container = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<container><rootfiles>'
        '<rootfile full-path="score.musicxml" media-type="application/vnd.recordare.musicxml+xml"/>'
        "</rootfiles></container>\n"
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_CONTAINER, container)
        archive.writestr("score.musicxml", data)
    return buffer.getvalue()


def _parsed(data: bytes) -> ET.Element:
    """The XML, with no entities of its own and nothing from outside. Raises ContentError."""
    if data.count(b"<") > MAX_TAGS:
        raise ContentError("it has more XML tags than any score")
    try:
        root: ET.Element = SafeElementTree.fromstring(data, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise ContentError("it defines XML entities of its own, which are not read for safety") from error
    except ET.ParseError as error:
        line, column = error.position
        raise ContentError(f"it is damaged or no MusicXML, at line {line}, column {column + 1}") from error
    except (ValueError, LookupError) as error:
        raise ContentError("it is written in an encoding that cannot be read") from error
    return root


def _root(data: bytes) -> ET.Element:
    root = _parsed(data)
    if root.tag == "score-timewise":
        raise ContentError("it is MusicXML ordered by time (score-timewise), which cannot be read")
    if root.tag != "score-partwise":
        raise ContentError(f"it is XML, but no MusicXML score (its outermost element is {root.tag[:40]})")
    check_note_count(sum(1 for _ in root.iter("note")), MAX_MUSICXML_NOTES)
    check_numbers(root)
    return root


def _strip(root: ET.Element) -> None:
    """Take out what only the look of a page needs: music21 takes its time over each."""
    for note in root.iter("note"):
        for element in [element for element in note if element.tag in _LOOKS]:
            note.remove(element)


def _tell_of_measures(importer: Any, root: ET.Element) -> None:  # noqa: ANN401
    """Let music21 say with each measure how far it has come, and be stopped there."""
    from music21.musicxml.xmlToM21 import PartParser

    total = sum(1 for _ in root.iter("measure"))
    done = count()

    def read_part(mx_part: Any, mx_score_part: Any) -> Any:  # noqa: ANN401
        parser = PartParser(mx_part, mxScorePart=mx_score_part, parent=importer)
        read_measure = parser.xmlMeasureToMeasure

        def read_and_tell(mx_measure: Any) -> Any:  # noqa: ANN401
            reached(next(done) / total)
            # Else it looks through all the measures before, for each one that it adds.
            parser.stream.isSorted = False
            return read_measure(mx_measure)

        parser.xmlMeasureToMeasure = read_and_tell
        parser.parse()
        return parser.stream if parser.appendToScoreAfterParse else None

    importer.xmlPartToPart = read_part


@contextmanager
def _garbage_left() -> Iterator[None]:
    """What is made here all stays: to look through it for garbage again and again takes a quarter longer."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _stream(root: ET.Element) -> Any:  # noqa: ANN401  # music21 has no types
    """The music21 stream, made from the parsed XML without music21's cache or parser."""
    from music21.musicxml.xmlToM21 import MusicXMLImporter

    importer = MusicXMLImporter()
    _tell_of_measures(importer, root)
    _strip(root)
    try:
        with warnings.catch_warnings(), part(0.05, 0.85):
            warnings.simplefilter("ignore")  # bars that are too full are kept as they are
            importer.xmlRootToScore(root, importer.stream)
    except Exception as error:
        # music21 trusts its input: wrong values end as any kind of exception.
        raise ContentError("it is damaged: its MusicXML makes no sense") from error
    return importer.stream
