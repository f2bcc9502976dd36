"""Words in MIDI files: one verse, its syllables beside the notes, a hyphen where a word goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from harmonizer_gui.files.strands import Found
from harmonizer_gui.score import Note

_HYPHEN = "-"
_NEW_WORD = " "
"""Before a syllable that begins a word though the one before has a hyphen."""
_LINE_MARKS = "/\\"
"""At the start of a syllable karaoke files mark lines and verses with these."""


def sung_words(notes: Iterable[Note]) -> Iterator[tuple[int, str]]:
    """The tick and text of each syllable of the first verse: `Glo-`, `ri-`, `a`."""
    goes_on = False
    for note in notes:
        text = note.lyric.partition("\n")[0]
        if text:
            is_other_word = goes_on and not text.startswith(_HYPHEN)
            plain = text.removeprefix(_HYPHEN) if goes_on else text
            yield note.start, f"{_NEW_WORD}{plain}" if is_other_word else plain
            goes_on = text.endswith(_HYPHEN)


def with_words(found: list[Found], words: Mapping[int, str]) -> list[Found]:
    """The notes with the syllables that stand at their ticks, the highest of several at one tick."""
    if not words:
        return found
    highest: dict[int, int] = {}
    for index, item in enumerate(found):
        start, other = item.note.start, highest.get(item.note.start)
        if start in words and (other is None or found[other].note.pitch < item.note.pitch):
            highest[start] = index
    answer, goes_on = list(found), False
    for start in sorted(highest):
        text = _tidied(words[start])
        is_linked = goes_on and not words[start].startswith((_HYPHEN, _NEW_WORD))
        whole = f"{_HYPHEN}{text}" if is_linked else text
        item = answer[highest[start]]
        answer[highest[start]] = replace(item, note=replace(item.note, lyric=whole if text else ""))
        goes_on = text.endswith(_HYPHEN) if text else goes_on
    return answer


def _tidied(text: str) -> str:
    return " ".join(text.strip().lstrip(_LINE_MARKS).split())
