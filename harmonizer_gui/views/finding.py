"""Finding an action by a few letters of its words."""

from __future__ import annotations

from typing import Final

WHOLE: Final = 0
BEGINNING: Final = 1
ASIDE: Final = 2
INSIDE: Final = 3
SCATTERED: Final = 6
"""How far a word that is searched for is from one that is there."""


def distance(searched: str, text: str, aside: str = "") -> int | None:
    """How badly `text` fits what is searched for, 0 for very well; None where it does not fit.

    Every word searched for must be found, in any order: as a word, as the beginning of one, within one, or
    with its letters in this order somewhere; in what stands `aside` not by scattered letters.
    """
    words = _words(text)
    distances = [_distance(word, words, _words(aside)) for word in searched.casefold().split()]
    known = [each for each in distances if each is not None]
    return sum(known) if len(known) == len(distances) else None


def _words(text: str) -> list[str]:
    return text.casefold().replace("-", " ").split()


def _distance(searched: str, words: list[str], aside: list[str]) -> int | None:
    if searched in words:
        return WHOLE
    if any(word.startswith(searched) for word in words):
        return BEGINNING
    if any(word.startswith(searched) for word in aside):
        return ASIDE
    if any(searched in word for word in words):
        return INSIDE
    return SCATTERED if _is_scattered(searched, " ".join(words)) else None


def _is_scattered(searched: str, text: str) -> bool:
    """Whether the letters are there in this order; two would be found nearly everywhere."""
    letters = iter(text)
    return len(searched) > 2 and searched.isalnum() and all(letter in letters for letter in searched)
