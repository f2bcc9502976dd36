"""Notes cut out of a sheet look like notes that are painted one by one."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from harmonizer_gui.score import Note, VoiceName
from harmonizer_gui.views.roll import note_painting, note_sheet
from harmonizer_gui.views.roll.arrays import Columns
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.look import Look
from harmonizer_gui.views.roll.note_painting import Ink, Kind, Labels, paint_notes
from harmonizer_gui.views.roll.stamper import Line, Stamper
from harmonizer_gui.views.theme import DARK, LIGHT, Theme

WIDTHS = (*range(1, 40), 254, 255, 256, 257, 258, 700)
STARTS = tuple(accumulate((10 * (width + 2) for width in WIDTHS), initial=30))
EDGE = 0.5
"""Edges of bodies lie half a pixel within their notes: with this, on whole pixels of the screen."""
FAINT = 60
"""What three colours together may differ from the paper."""
STRAY = 4
"""Pixels that Qt paints otherwise where corners meet, depending on the place."""
VIEW = Coordinates(left=5.0, top=72.5, tick_width=0.1, row_height=14.0, width=2200.0, height=84.0)


def notes(*, generated: bool) -> tuple[Note, ...]:
    return tuple(
        Note(start, 10 * width, 68 + index % 4, generated=generated, fermata=width % 4 == 1)
        for index, (start, width) in enumerate(zip(STARTS, WIDTHS, strict=False))
    )


def blank(theme: Theme, ratio: float) -> QImage:
    image = QImage(round(VIEW.width * ratio), round(VIEW.height * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(theme.color("roll_row"))
    return image


def pixels(image: QImage) -> NDArray[np.int16]:
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4).astype(np.int16)


def stamped(image: QImage, view: Coordinates, *lines: Line) -> QImage:
    painter = QPainter(image)
    Stamper().paint(painter, view, lines)
    painter.end()
    return image


def line(ink: Ink, some: tuple[Note, ...], chosen: tuple[Note, ...] = ()) -> Line:
    return Line.of(ink, Columns.of(some), slice(0, len(some)), Columns.of(chosen))


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize("labels", list(Labels), ids=lambda labels: labels.value)
@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.name)
@pytest.mark.parametrize(("ratio", "left", "row"), [(1.0, 5.0, 14.0), (1.0, 5.0, 10.0), (2.0, 0.0, 14.0)])
def test_cut_out_is_as_painted(
    qapp: QApplication, theme: Theme, labels: Labels, kind: Kind, ratio: float, left: float, row: float
) -> None:
    view = replace(VIEW, left=left, row_height=row)
    ink = Ink(look := Look(theme, qapp.font()), look.notes[VoiceName.ALTO], "A", labels)
    some = notes(generated=kind is Kind.GENERATED)
    chosen = some if kind is Kind.SELECTED else ()
    expected = blank(theme, ratio)
    painter = QPainter(expected)
    paint_notes(painter, view, ink, some, frozenset(chosen))
    painter.end()
    found = stamped(blank(theme, ratio), view, line(ink, some, chosen))
    differs = (abs(pixels(found) - pixels(expected)) > 3).any(axis=2)
    assert pixels(expected).std() > 10
    assert differs.sum() <= STRAY


def test_what_sticks_out_of_the_roll_is_painted_as_far_as_it_is_seen(qapp: QApplication) -> None:
    ink = Ink(look := Look(DARK, qapp.font()), look.notes[VoiceName.ALTO], "A")
    some = (Note(0, 9_000_000, 68), Note(9_000_000, 4800, 70), Note(9_004_800, 9_000_000, 71))
    view = replace(VIEW, left=8_999_000.0)
    image = stamped(blank(DARK, 1.0), view, line(ink, some))
    fill, paper = ink.colors.fill.name(), DARK.roll_row
    for pitch, first, last in ((68, 0, 99), (70, 100, 579), (71, 580, 2199)):
        y = round(view.y(pitch) + 7)
        row = [image.pixelColor(x, y).name() for x in range(2200)]
        assert {row[x] for x in range(first + 20, last - 3)} == {fill}
        outside = row[: max(0, first - 1)] + row[last + 2 :]
        assert set(outside) <= {paper}


def test_later_voices_lie_over_earlier_ones(qapp: QApplication) -> None:
    look = Look(DARK, qapp.font())
    some = (Note(0, 4000, 70),)
    lines = [line(Ink(look, look.notes[voice], voice.letter), some) for voice in VoiceName]
    for order in (lines, lines[::-1]):
        image = stamped(blank(DARK, 1.0), replace(VIEW, left=0.0), *order)
        assert image.pixelColor(200, 35) == order[-1].ink.colors.fill


@pytest.mark.parametrize("height", [5.0, 6.3, 9.0, 17.6, 26.0])
def test_between_rows_the_paper_is_seen(qapp: QApplication, height: float) -> None:
    """At any height, wherever the paper is scrolled; an outline that shines through is no note."""
    ink = Ink(look := Look(DARK, qapp.font()), look.notes[VoiceName.ALTO], "A", Labels.OFF)
    paper = pixels(blank(DARK, 1.0))[0, 0]
    for top in (72.5, 72.53, 72.77):
        view = replace(VIEW, row_height=height, top=top, left=0.0)
        lines = [line(ink, (Note(0, 900, pitch),)) for pitch in (71, 72)]
        column = pixels(stamped(blank(DARK, 1.0), view, *lines))[:, 45]
        is_note = abs(column - paper).sum(axis=1) > FAINT
        assert np.flatnonzero(np.diff(is_note.astype(int), prepend=0) == 1).size == 2


def test_moving_the_paper_paints_no_note_anew(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[Kind] = []
    usual = note_painting.paint_bodies

    def noted(painter: QPainter, ink: Ink, kind: Kind, areas: list[QRectF], row_height: float) -> None:
        painted.append(kind)
        usual(painter, ink, kind, areas, row_height)

    monkeypatch.setattr(note_sheet, "paint_bodies", noted)
    look, stamper, image = Look(DARK, qapp.font()), Stamper(), blank(DARK, 1.0)
    voices = [
        line(Ink(look, look.notes[voice], voice.letter), notes(generated=voice > 1)) for voice in VoiceName
    ]
    painter = QPainter(image)
    for view in (VIEW, replace(VIEW, left=300.0), replace(VIEW, tick_width=0.04), replace(VIEW, top=74.0)):
        stamper.paint(painter, view, voices)
    assert sorted(painted) == [Kind.WRITTEN, Kind.WRITTEN, Kind.GENERATED, Kind.GENERATED]
    stamper.paint(painter, replace(VIEW, row_height=20.0), voices)
    painter.end()
    assert len(painted) == 8
