"""The General MIDI programs that suit four voices, by their numbers from 0."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

_NAMES: Final = {
    0: "Piano",
    6: "Harpsichord",
    16: "Drawbar organ",
    19: "Church organ",
    20: "Reed organ",
    40: "Violin",
    41: "Viola",
    42: "Cello",
    43: "Contrabass",
    48: "Strings",
    52: "Choir aahs",
    53: "Voice oohs",
    56: "Trumpet",
    57: "Trombone",
    60: "French horn",
    68: "Oboe",
    70: "Bassoon",
    71: "Clarinet",
    73: "Flute",
}
PROGRAMS: Final = tuple(_NAMES)


def program_name(program: int | None) -> str:
    """In words; the number, counted from 1 as on instruments, for one that is not among them."""
    if program is None:
        return _tr("As usual")
    if program in _NAMES:
        return _tr(_NAMES[program])
    return _tr("Program {}").format(program + 1)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Programs", text)
