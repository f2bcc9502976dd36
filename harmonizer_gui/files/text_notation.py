"""ABC and Humdrum **kern files in, by music21."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from harmonizer_gui.files.abc_voices import in_order_of_voices
from harmonizer_gui.files.errors import ContentError
from harmonizer_gui.files.material import Material
from harmonizer_gui.files.notices import counted
from harmonizer_gui.files.streams import stream_material

ABC_SUFFIXES = (".abc",)
KERN_SUFFIXES = (".krn",)
MAX_TEXT_BYTES = 1024 * 1024
MAX_LINES = 30_000
MAX_COLUMNS = 64
_LONGEST_NUMBER = 4
"""Digits of the longest number that is music: durations, tuplets, repeats and metres are all shorter."""
_KERN_BEGINS = re.compile(r"^(!.*\n|\s*\n)*.*\*\*kern", re.MULTILINE)
_ABC_TUNE = re.compile(r"^X:", re.MULTILINE)
_ABC_WORDS = re.compile(r'^[A-Za-z]:.*$|%.*$|"[^"\n]*"', re.MULTILINE)
_KERN_WORDS = re.compile(r"^!.*$", re.MULTILINE)


def abc_material(data: bytes) -> Material:
    """What is in an ABC file; of several tunes the first. Raises ContentError."""
    text = _text(data)
    tunes = len(_ABC_TUNE.findall(text))
    _check_numbers(_ABC_WORDS.sub("", text))
    material = _material(_abc_stream, _first_tune(text), "ABC")
    if tunes > 1:
        notice = f"it holds {tunes:,} tunes: the first was read"
        return replace(material, notices=(notice, *material.notices))
    return material


def kern_material(data: bytes) -> Material:
    """What is in a Humdrum file. Raises ContentError."""
    text = _text(data)
    if not _KERN_BEGINS.match(text):
        raise ContentError("there is no **kern in it")
    if max(line.count("\t") for line in text.split("\n")) >= MAX_COLUMNS:
        raise ContentError(f"it has more than {MAX_COLUMNS} columns")
    _check_numbers(_KERN_WORDS.sub("", text))
    return _material(_kern_stream, text, "Humdrum")


def looks_like_abc(text: str) -> bool:
    return text.startswith(("X:", "%abc"))


def looks_like_kern(text: str) -> bool:
    return text.startswith("**kern") or (text.startswith(("!!", "**")) and "**kern" in text)


def _text(data: bytes) -> str:
    """UTF-8, or Latin-1 as older files have it, with plain ends of lines."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > MAX_LINES:
        raise ContentError(f"it has more than {MAX_LINES:,} lines")
    return text


def _check_numbers(text: str) -> None:
    """Refuse what music21 would count up to."""
    too_long = re.search(rf"\d{{{_LONGEST_NUMBER + 1},}}", text)
    if too_long is not None:
        line = text.count("\n", 0, too_long.start()) + 1
        raise ContentError(f"the number {too_long.group()[:12]} in line {line} is no length of a note")


def _first_tune(text: str) -> str:
    """From the first `X:` to the second; music21 would read all."""
    starts = [found.start() for found in _ABC_TUNE.finditer(text)]
    return text[: starts[1]] if len(starts) > 1 else text


class _Remarks:
    """In the place of music21's own teller, which would write to standard error: counts what it is told."""

    def __init__(self) -> None:
        self.count = 0

    def warn(self, *_words: object, **_more: object) -> None:
        self.count += 1

    def printDebug(self, *_words: object, **_more: object) -> None:  # noqa: N802  # music21's name
        """Nobody wants to know."""


@contextmanager
def _remarks_of(module: Any) -> Iterator[_Remarks]:  # noqa: ANN401  # music21 has no types
    remarks, told = _Remarks(), module.environLocal
    module.environLocal = remarks
    try:
        yield remarks
    finally:
        module.environLocal = told


def _material(parse: Callable[[str], tuple[Any, int]], text: str, kind: str) -> Material:
    """The material of what `parse` makes of the text; with the stream it says how much it could not read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what music21 cannot place is left out
            stream, unread = parse(text)
            material = stream_material(stream)
    except ContentError:
        raise
    except Exception as error:
        # music21 trusts its input: wrong text ends as any kind of exception.
        raise ContentError(f"it is damaged: its {kind} makes no sense") from error
    if not unread:
        return material
    what = counted(unread, "sign that makes no sense was", "signs that make no sense were")
    notice = f"{what} left out"
    return replace(material, notices=(notice, *material.notices))


def _abc_stream(text: str) -> tuple[Any, int]:
    from music21 import abcFormat, stream

    ordered, names = in_order_of_voices(text)
    with _remarks_of(abcFormat) as remarks:
        handler = abcFormat.ABCFile().readstr(ordered)
        if handler is not None and handler.definesReferenceNumbers():
            score = abcFormat.translate.abcToStreamOpus(handler).scores[0]
        else:
            score = stream.Score()
            abcFormat.translate.abcToStreamScore(handler, score)
    for part, name in zip(score.parts, names, strict=False):
        part.partName = name
    return score, remarks.count


def _kern_stream(text: str) -> tuple[Any, int]:
    from music21.humdrum import spineParser

    with _remarks_of(spineParser) as remarks:
        collection = spineParser.HumdrumDataCollection(text)
        collection.parse()
    return collection.stream, remarks.count
