"""Paints the notes of all voices on the screen, as many as there are, in one call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QPainter, QTransform

from harmonizer_gui.views.roll.arrays import Columns
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.device_pixels import all_whole, device_pixels
from harmonizer_gui.views.roll.note_painting import (
    GAP_ACROSS,
    NARROWEST_BODY,
    NARROWEST_OUTLINED,
    Ink,
    Kind,
    Labels,
    note_body,
    paint_words,
    row_gap,
)
from harmonizer_gui.views.roll.note_sheet import Bodies, NoteSheet, Scale

REACH: Final = 64.0
"""Pixels beyond the edges of the roll where notes are cut off: their corners and letters are unseen there."""


@dataclass(frozen=True)
class Line:
    """Those of the notes of a voice that are painted, and how."""

    ink: Ink
    notes: Columns
    which: NDArray[np.intp]
    """[N] places in `notes`; what comes later lies over what comes earlier."""
    kinds: NDArray[np.intp]
    """[N]"""

    @classmethod
    def of(cls, ink: Ink, notes: Columns, here: slice, chosen: Columns) -> Line:
        """The notes `here`; those that are `chosen` too are selected, and lie on top."""
        which = np.arange(here.start, here.stop)
        kinds = np.where(notes.generated[here], Kind.GENERATED, Kind.WRITTEN)
        if len(chosen.starts):
            kinds[np.isin(notes.starts[here], chosen.starts)] = Kind.SELECTED
            order = np.argsort(kinds == Kind.SELECTED, kind="stable")
            which, kinds = which[order], kinds[order]
        return cls(ink, notes, which, kinds)


class Stamper:
    """Keeps what all notes are cut from, as long as looks and scale stay."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._sheet: NoteSheet | None = None

    def paint(self, painter: QPainter, view: Coordinates, lines: Sequence[Line]) -> None:
        """What `paint_notes` paints of each line, over those before, but in whole pixels of the screen."""
        sheet = self._fitting([line.ink for line in lines], painter.deviceTransform().m11(), view)
        if lines[0].ink.labels is not Labels.NAME:
            _stamp(painter, view, sheet, lines, 0)
            return
        for index, line in enumerate(lines):
            has_room = _stamp(painter, view, sheet, [line], index)
            _paint_names(painter, view, line, has_room)

    def _fitting(self, inks: list[Ink], ratio: float, view: Coordinates) -> NoteSheet:
        """The sheet for these voices at this scale."""
        scale = Scale(ratio, view.row_height)
        key = scale, *((ink.look, ink.colors, ink.letter) for ink in inks)
        if self._sheet is None or key != self._key:
            self._key, self._sheet = key, NoteSheet([(ink, kind) for ink in inks for kind in Kind], scale)
        return self._sheet


def _stamp(
    painter: QPainter, view: Coordinates, sheet: NoteSheet, lines: Sequence[Line], first: int
) -> NDArray[np.bool_]:
    """All notes of `lines`, of which the sheet knows `first` before these; which have room for a letter."""
    look = np.concatenate([len(Kind) * index + line.kinds for index, line in enumerate(lines, first)])
    fermatas = np.concatenate([line.notes.fermatas[line.which] for line in lines])
    with device_pixels(painter) as place:
        left, top, width = _placed(lines, view, place)
        has_room: NDArray[np.bool_] = width >= sheet.narrowest[look]
        lettered = has_room & (lines[0].ink.labels is Labels.LETTER)
        fermatas &= width >= NARROWEST_OUTLINED * place.m11()
        sheet.stamp(painter, Bodies(look, left, top, width, lettered, fermatas))
    return has_room


def _paint_names(painter: QPainter, view: Coordinates, line: Line, has_room: NDArray[np.bool_]) -> None:
    for kind in Kind:
        some = [line.notes.notes[index] for index in line.which[has_room & (line.kinds == kind)]]
        paint_words(painter, view, line.ink, kind, [(note, note_body(view, note)) for note in some])


def _placed(
    lines: Sequence[Line], view: Coordinates, place: QTransform
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Left and upper edges and widths of bodies; what lies far outside the roll is cut off."""
    starts = np.concatenate([line.notes.starts[line.which] for line in lines])
    ends = np.concatenate([line.notes.ends[line.which] for line in lines])
    pitches = np.concatenate([line.notes.pitches[line.which] for line in lines])
    ratio, scale = place.m11(), view.tick_width * place.m11()
    shift, gap = place.dx() - view.left * scale, GAP_ACROSS / 2 * ratio
    first, last = place.dx() - REACH * ratio, place.dx() + (view.width + REACH) * ratio
    left = all_whole(np.clip(starts * scale + shift, first, last) + gap)
    right = all_whole(np.clip(ends * scale + shift, first, last) - gap)
    top = (view.y(0) + row_gap(view.row_height) - view.row_height * pitches) * place.m22() + place.dy()
    return left, all_whole(top), np.maximum(right - left, round(NARROWEST_BODY * ratio))
