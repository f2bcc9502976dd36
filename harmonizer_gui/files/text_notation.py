"""ABC and Humdrum **kern files in, by music21."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from harmonizer_gui.files.abc_music import AbcVoice, voice_of
from harmonizer_gui.files.abc_voices import tune_of
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


def _material(parse: Callable[[str], tuple[Any, list[str]]], text: str, kind: str) -> Material:
    """The material of what `parse` makes of the text; with the stream it says what it could not read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what music21 cannot place is left out
            stream, notices = parse(text)
            material = stream_material(stream)
    except ContentError:
        raise
    except Exception as error:
        # music21 trusts its input: wrong text ends as any kind of exception.
        raise ContentError(f"it is damaged: its {kind} makes no sense") from error
    return replace(material, notices=(*notices, *material.notices))


def _unread(count: int) -> list[str]:
    if not count:
        return []
    return [f"{counted(count, 'sign that makes no sense was', 'signs that make no sense were')} left out"]


def _abc_stream(text: str) -> tuple[Any, list[str]]:
    from music21 import abcFormat, stream

    tune = tune_of(text)
    voices = [voice_of(tune.head, lines) for _, lines in tune.voices]
    with _remarks_of(abcFormat) as remarks, _any_barline_counts():
        handler = abcFormat.ABCFile().readstr(_in_order(tune.head, voices))
        if handler is not None and handler.definesReferenceNumbers():
            score = abcFormat.translate.abcToStreamOpus(handler).scores[0]
        else:
            score = stream.Score()
            abcFormat.translate.abcToStreamScore(handler, score)
    notices = _unread(remarks.count)
    overlays = sum(voice.overlays for voice in voices)
    if overlays:
        what = counted(overlays, "second line within a bar (&) was", "second lines within a bar (&) were")
        notices.append(f"{what} left out")
    notices += _lost_changes(score, voices[0])
    placed = [_with_signs(part, voice) for part, voice in zip(score.parts, voices, strict=False)]
    if not all(placed):
        notices.append("words and signs over notes were left out: it is not plain whose they are")
    if len(voices) > 1:
        for part, (name, _) in zip(score.parts, tune.voices, strict=False):
            part.partName = name
    return score, notices


def _lost_changes(score: Any, voice: AbcVoice) -> list[str]:  # noqa: ANN401  # music21 has no types
    """Which changes of tempo and key, as the first voice has them, music21 has not passed on."""
    written = {"tempo": voice.tempo_changes, "key": voice.key_changes}
    classes = {"tempo": "MetronomeMark", "key": "KeySignature"}
    notices = []
    for sign, count in written.items():
        signs = list(score.parts[0].flatten().getElementsByClass(classes[sign])) if count else []
        lost = count - sum(each.offset > 0 for each in signs)
        if lost > 0:
            what = counted(lost, f"change of {sign} was", f"changes of {sign} were")
            notices.append(f"{what} left out")
    return notices


def _in_order(head: Sequence[str], voices: Sequence[AbcVoice]) -> str:
    """The one order of several voices that music21 reads: each whole, after the other."""
    if len(voices) == 1:
        return "\n".join([*head, *voices[0].lines, ""])
    bodies = ["\n".join([f"V:{number}", *voice.lines]) for number, voice in enumerate(voices, 1)]
    return "\n".join([*head, *bodies, ""])


@contextmanager
def _any_barline_counts() -> Iterator[None]:
    """Within this, bars are bars though they are closed by repeats and double barlines alone."""
    from music21 import abcFormat

    picky = abcFormat.ABCHandler.definesMeasures

    def has_barline(handler: Any) -> bool:  # noqa: ANN401  # music21 has no types
        return any(isinstance(token, abcFormat.ABCBar) for token in handler.tokens)

    abcFormat.ABCHandler.definesMeasures = has_barline
    try:
        yield
    finally:
        abcFormat.ABCHandler.definesMeasures = picky


def _with_signs(part: Any, voice: AbcVoice) -> bool:  # noqa: ANN401
    """Give the notes of the part words, fermatas and changes of metre; False where they are other notes."""
    from music21 import expressions, harmony, meter

    sung = [
        note
        for note in part.recurse().notes
        if not (note.duration.isGrace or isinstance(note, harmony.Harmony))
    ]
    if len(sung) != len(voice.notes):
        return not any(written.verses or written.has_fermata or written.metre for written in voice.notes)
    for note, written in zip(sung, voice.notes, strict=True):
        for verse, syllable in written.verses.items():
            note.addLyric(syllable, lyricNumber=verse)
        if written.has_fermata:
            note.expressions.append(expressions.Fermata())
        if written.metre and "Measure" in note.activeSite.classes:
            note.activeSite.timeSignature = meter.TimeSignature(written.metre)
    return True


def _kern_stream(text: str) -> tuple[Any, list[str]]:
    from music21.humdrum import spineParser

    with _remarks_of(spineParser) as remarks:
        collection = spineParser.HumdrumDataCollection(text)
        collection.parse()
    return collection.stream, _unread(remarks.count)
