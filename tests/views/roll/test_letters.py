"""The letters on notes are read at any height of the rows, on any colour."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from harmonizer_gui.score import VoiceName
from harmonizer_gui.views.roll.coordinates import MAX_ROW_HEIGHT, MIN_ROW_HEIGHT
from harmonizer_gui.views.roll.look import USUAL_GHOSTS, Look
from harmonizer_gui.views.roll.note_painting import BETWEEN_OUTLINES, SMALLEST_LETTER, letter_font
from harmonizer_gui.views.theme import CONTRAST, DARK, LIGHT, Theme, contrast

THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT, CONTRAST], ids=lambda theme: theme.name)


@THEMES
@pytest.mark.parametrize("strength", [0.2, USUAL_GHOSTS, 1.0])
def test_letters_stand_out_from_every_note(qapp: QApplication, theme: Theme, strength: float) -> None:
    look = Look(theme, qapp.font())
    for notes in (look.notes, look.ghosts_at(strength)):
        for voice in VoiceName:
            note = notes[voice]
            assert contrast(note.letter, note.fill) >= 4.4
            assert contrast(note.lit_letter, note.lit) >= 4.4
            assert contrast(note.soft_letter, note.soft) >= 4.4


def test_letters_stay_between_the_outlines_or_away(qapp: QApplication) -> None:
    usual = Look(DARK, qapp.font()).letter_font
    for row in range(round(MIN_ROW_HEIGHT), round(MAX_ROW_HEIGHT) + 1):
        font = letter_font(usual, row)
        assert (font is None) == (row - BETWEEN_OUTLINES < SMALLEST_LETTER)
        if font is not None:
            assert QFontMetricsF(font).capHeight() <= row - BETWEEN_OUTLINES + 1.0
            assert font.bold()
    assert letter_font(usual, MAX_ROW_HEIGHT) == usual
