"""The picture of many notes: a column a pixel, a row a pitch."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor

from harmonizer_gui.score import Note, Voice, VoiceName
from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.sketch import Sketcher, picture_of, spread

VIEW = Coordinates(left=100.0, top=62.5, tick_width=0.01, row_height=10.0, width=20.0, height=30.0)
RED, BLUE = QColor("#ff0000"), QColor("#0000ff")
ALTO, TENOR = VoiceName.ALTO, VoiceName.TENOR


def drawn(sketcher: Sketcher, *lines: tuple[VoiceName, Voice, QColor]) -> list[str]:
    """The picture as text, highest pitch first, for the pitches 62, 61, 60."""
    image = picture_of(sketcher.cells([(name, voice.notes, color) for name, voice, color in lines], VIEW))
    letters = {RED.rgba(): "r", BLUE.rgba(): "b", 0: "."}
    first = VIEW.visible_pitches.stop - 1 - 62
    return [
        "".join(
            letters[image.pixelColor(x, row).rgba() if image.pixelColor(x, row).alpha() else 0]
            for x in range(20)
        )
        for row in range(first, first + 3)
    ]


def test_notes_lie_at_their_pixels_with_a_gap_between() -> None:
    voice = Voice((Note(0, 300, 60), Note(300, 400, 60), Note(700, 5, 61), Note(1000, 5000, 62)))
    assert drawn(Sketcher(), (ALTO, voice, RED)) == [
        "." * 9 + "r" * 11,
        "......r.............",
        "r.rrr...............",
    ]


def test_later_lines_lie_on_top_and_changes_are_seen() -> None:
    sketcher, low = Sketcher(), Voice((Note(0, 2000, 60),))
    both = drawn(sketcher, (ALTO, low, RED), (TENOR, Voice((Note(600, 400, 60),)), BLUE))
    assert both[2] == "rrrrrbbbrrrrrrrrrr.."
    assert drawn(sketcher, (ALTO, Voice((Note(0, 500, 90),)), RED)) == ["." * 20] * 3


def test_rows_are_spread_over_the_height_each_as_thick_as_the_others() -> None:
    cells = np.array([[1, 0, 0], [0, 2, 0], [0, 0, 3]], np.uint32)
    pixels = np.zeros((7, 3), np.uint32)
    spread(cells, pixels, 2)
    assert pixels.T.tolist() == [[1, 1, 0, 0, 0, 0, 0], [0, 0, 2, 2, 0, 0, 0], [0, 0, 0, 0, 3, 3, 0]]


def test_no_row_is_lost_where_there_are_more_than_pixels() -> None:
    pixels = np.zeros((5, 12), np.uint32)
    spread(np.eye(12, dtype=np.uint32), pixels, 2)
    assert (pixels.sum(axis=0) == 2).all()
