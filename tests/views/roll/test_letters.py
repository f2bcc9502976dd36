"""The letters on notes are read at any height of the rows, on any colour."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication

from harmonizer_gui.score import Note, VoiceName
from harmonizer_gui.views.roll.coordinates import MAX_ROW_HEIGHT, MIN_ROW_HEIGHT, Coordinates
from harmonizer_gui.views.roll.look import USUAL_GHOSTS, Look
from harmonizer_gui.views.roll.note_painting import (
    BETWEEN_OUTLINES,
    SMALLEST_LETTER,
    Ink,
    Labels,
    letter_font,
    paint_notes,
)
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


FINE = 8
"""Pixels to one of the roll: no colour is then half of another."""


@THEMES
@pytest.mark.parametrize("row_height", [5, 6, 8, 12, 20])
@pytest.mark.parametrize("is_selected", [False, True])
def test_low_rows_leave_notes_their_colour(
    qapp: QApplication, theme: Theme, row_height: int, *, is_selected: bool
) -> None:
    look = Look(theme, qapp.font())
    colors = look.notes[VoiceName.BASS]
    view = replace(Coordinates(), top=54.0, row_height=float(row_height), tick_width=0.1, height=200.0)
    note = Note(0, 960, 50)
    image = QImage(96, 96 * FINE, QImage.Format.Format_RGB32)
    image.fill(theme.color("roll_row"))
    painter = QPainter(image)
    painter.scale(1.0, FINE)
    chosen = frozenset({note}) if is_selected else frozenset()
    paint_notes(painter, view, Ink(look, colors, "B", Labels.OFF), [note], chosen)
    painter.end()
    column = [image.pixelColor(48, y).name() for y in range(image.height())]
    own = (colors.lit if is_selected else colors.fill).name()
    assert column.count(own) >= (0.35 if is_selected else 0.5) * row_height * FINE
    assert len(column) - column.count(theme.roll_row) <= (row_height + 0.5) * FINE
