"""The letters that open the entries of a menu: each entry its own, whoever named it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QMenu, QMenuBar

_MARK = "&"


def give_own_letters(menus: Iterable[QMenu | QMenuBar]) -> None:
    """Let no two entries of one menu be opened by one letter."""
    for menu in menus:
        entries = menu.actions()
        for entry, text in zip(entries, with_own_letters([entry.text() for entry in entries]), strict=True):
            if entry.text() != text:
                entry.setText(text)


def with_own_letters(texts: Sequence[str]) -> list[str]:
    """The same texts; one whose letter an earlier one has takes another of its own, if it has a free one.

    The beginnings of words come first. Texts that mark no letter get none.
    """
    taken: set[str] = set()
    found = []
    for text in texts:
        if _letter(text) in taken:
            text = _marked(text.replace(_MARK, "", 1), taken | _letters(texts))
        taken |= {_letter(text)} - {""}
        found.append(text)
    return found


def _letters(texts: Iterable[str]) -> set[str]:
    return {_letter(text) for text in texts}


def _letter(text: str) -> str:
    """The marked letter, small; empty where none is."""
    return text.partition(_MARK)[2][:1].lower()


def _marked(text: str, taken: set[str]) -> str:
    """The text with its first free letter marked; as it is where there is none."""
    places = sorted(range(len(text)), key=lambda place: place > 0 and text[place - 1].isalnum())
    free = (place for place in places if text[place].isalnum() and text[place].lower() not in taken)
    place = next(free, None)
    return text if place is None else f"{text[:place]}{_MARK}{text[place:]}"
