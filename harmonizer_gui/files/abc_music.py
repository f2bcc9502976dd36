"""The music of one ABC voice as music21 can read it, and the words and fermatas that it passes over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from harmonizer_gui.files.abc_words import Token, aligned, tokens_of
from harmonizer_gui.files.errors import ContentError

MOST_BAR_RESTS = 5_000
_FIELD = re.compile(r"^([A-Za-z+]):(?![|:])(.*)$")
_METRE = re.compile(r"(\d+(?:\s*\+\s*\d+)*)\s*/\s*(\d+)")
_FRACTION = re.compile(r"(\d+)\s*/\s*(\d+)")
_OWN_LINE = "KLMQ"
"""Fields that hold from here on only where they stand in a line of their own."""
_COMMON = {"C": (4, 4), "C|": (2, 2)}
_UNITS = (1, 2, 4, 8, 16, 32)
_USUAL_UNIT = Fraction(1, 8)
_SHORT_UNIT = Fraction(1, 16)
"""The length of a note where the metre is less than three quarters and nothing else is said."""
_NOTE = r"(?:\^\^|\^|__|_|=)?[A-Ga-g][,']*[\d/]*"
_LEFT_OUT = ("comment", "quoted", "decoration", "symbol")
_ASIDE = re.compile(r'"[^"]*"|![^!]*!')
_SIGN = re.compile(
    rf"""
    (?P<comment> (?<!\\)%.* )
  | (?P<quoted> "[^"]*" )
  | (?P<decoration> ![^!\s|]*! | \+[a-z]+\+ )
  | (?P<field> \[[A-Za-z]:[^\]]*\] )
  | (?P<grace> \{{[^}}]*\}} )
  | (?P<chord> \[ (?=[^\]|:\d\[]) [^\]|]* \] [\d/]* )
  | (?P<bar> (?: [|:\]] | \[(?=[|\d]) )+ (?: \s*\[(?=\d) )? (?: \d+(?:[,-]\d+)* )? )
  | (?P<tuplet> \(\d+(?::\d*)* )
  | (?P<note> {_NOTE} )
  | (?P<rest> [zx][\d/]* )
  | (?P<bar_rest> [ZX]\d* )
  | (?P<overlay> &[^|]* )
  | (?P<symbol> [H-WYh-w~.] | y\d* | [()`$*!\\] )
  | (?P<other> . )
    """,
    re.VERBOSE,
)


@dataclass
class AbcNote:
    """A note or chord as written: its syllables by verse, and the bar of its line that it stands in.

    `metre` is a change of metre that came before it: `3/4`.
    """

    bar: int
    has_fermata: bool
    metre: str = ""
    verses: dict[int, str] = field(default_factory=dict)


@dataclass
class AbcVoice:
    """The lines of a voice as music21 is to read them, and its notes.

    Besides, how many overlays were left out, and how often tempo and key change after the first note.
    """

    lines: list[str] = field(default_factory=list)
    notes: list[AbcNote] = field(default_factory=list)
    overlays: int = 0
    tempo_changes: int = 0
    key_changes: int = 0


def voice_of(head: Sequence[str], lines: Sequence[str]) -> AbcVoice:
    """A voice with these lines, in a tune with this head. Raises ContentError for endless rests."""
    return _Reader(head).voice(lines)


class _Reader:
    """Goes through the lines of a voice, and knows metre and unit as they hold there."""

    def __init__(self, head: Sequence[str]) -> None:
        self._answer = AbcVoice()
        self._metre: tuple[int, int] | None = (4, 4)
        self._unit: Fraction | None = None
        self._new_metre = ""
        self._bar_rests = 0
        self._line: list[AbcNote] = []
        """What words stand under: the notes of the last line, or of several that go on by a backslash."""
        self._bar = 0
        self._goes_on = False
        self._verse = 0
        self._words: list[Token] = []
        for line in head:
            self._read_field(_FIELD.match(line))
        self._new_metre = ""

    def voice(self, lines: Sequence[str]) -> AbcVoice:
        for line in lines:
            found = _FIELD.match(line)
            if found is not None and found.group(1) in "wW+":
                self._read_words(found.group(1), found.group(2))
                continue
            self._read_field(found)
            if found is None and line.strip() and not line.startswith("%"):
                line = self._music(line)
            self._answer.lines.append(line)
        self._lay_words()
        return self._answer

    def _read_field(self, found: re.Match[str] | None) -> None:
        if found is not None:
            self._note_field(found.group(1), found.group(2))

    def _note_field(self, name: str, text: str) -> None:
        if name == "M":
            self._metre = _metre(text)
            self._new_metre = "{}/{}".format(*self._metre) if self._metre else ""
        elif name in "QK":
            has_begun = bool(self._answer.notes)
            self._answer.tempo_changes += has_begun and name == "Q"
            self._answer.key_changes += has_begun and name == "K"
        elif name == "L" and (unit := _FRACTION.search(text)) is not None and int(unit.group(2)):
            self._unit = Fraction(int(unit.group(1)), int(unit.group(2))) or None

    def _music(self, line: str) -> str:
        """The line as music21 reads it."""
        self._lay_words()
        if not self._goes_on:
            self._line, self._bar = [], 0
        self._goes_on = line.rstrip().endswith("\\")
        self._verse = 0
        return "".join(self._signs(line))

    def _signs(self, line: str) -> Iterator[str]:
        has_fermata = False
        for sign in _SIGN.finditer(line):
            kind, text = sign.lastgroup, sign.group()
            if kind in ("note", "chord"):
                self._add_note(has_fermata=has_fermata or "fermata" in text)
                has_fermata = False
                yield text if kind == "note" else _plain_chord(text)
            elif kind in _LEFT_OUT:
                has_fermata |= text == "H" or (kind == "decoration" and "fermata" in text)
                # What stood apart must not become one number, which might be a long one.
                yield " " if line[sign.end() : sign.end() + 1].isdigit() else ""
            else:
                yield self._sign(str(kind), text)

    def _sign(self, kind: str, text: str) -> str:
        if kind == "bar":
            self._bar += 1
        elif kind == "field":
            self._note_field(text[1], text[3:-1])
            return f"\n{text[1:-1]}\n" if text[1] in _OWN_LINE else text
        elif kind == "rest":
            return f"z{text[1:]}"
        elif kind == "bar_rest":
            return self._bars_of_rest(int(text[1:] or 1))
        elif kind == "overlay":
            self._answer.overlays += 1
            return " "
        return text

    def _bars_of_rest(self, bars: int) -> str:
        self._bar_rests += bars
        if self._bar_rests > MOST_BAR_RESTS:
            raise ContentError(f"it has more than {MOST_BAR_RESTS:,} bars of rests")
        if self._metre is None:
            return ""
        bar = Fraction(*self._metre)
        unit = self._unit or (_SHORT_UNIT if bar < Fraction(3, 4) else _USUAL_UNIT)
        self._bar += max(0, bars - 1)
        return "|".join([f"z{bar / unit}"] * bars)

    def _add_note(self, *, has_fermata: bool) -> None:
        note = AbcNote(self._bar, has_fermata, self._new_metre)
        self._new_metre = ""
        self._line.append(note)
        self._answer.notes.append(note)

    def _read_words(self, name: str, text: str) -> None:
        """A line of words is another verse, unless it goes on with the one before; `W:` is sung by nobody."""
        if name == "w":
            self._lay_words()
            self._verse += 1
        if name != "W":
            self._words += tokens_of(text)

    def _lay_words(self) -> None:
        """Lay the words of a verse under their notes."""
        words, self._words = self._words, []
        for index, syllable in aligned(words, [note.bar for note in self._line]):
            self._line[index].verses[self._verse] = syllable


def _metre(text: str) -> tuple[int, int] | None:
    """Beats and what they are; None where there is no metre."""
    text = text.split("%")[0].strip()
    found = _METRE.search(text)
    if found is None:
        return _COMMON.get(text)
    beats, unit = sum(map(int, found.group(1).split("+"))), int(found.group(2))
    return (beats, unit) if beats and unit in _UNITS else None


def _plain_chord(text: str) -> str:
    """The notes of the chord alone, its closing bracket and length as they are."""
    inside, _, length = text[1:].rpartition("]")
    return f"[{''.join(re.findall(f'{_NOTE}-?', _ASIDE.sub('', inside)))}]{length}"
