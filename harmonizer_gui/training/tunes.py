"""Which chorales set a tune that a training chorale sets, too."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import PITCHES, STEPS_PER_QUARTER
from harmonizer_gui.engine.context import SILENT
from harmonizer_gui.engine.counting import sounding_pitches
from harmonizer_gui.training.pieces import Piece

BEATS = 14
"""About two phrases; with one beat free to differ this finds 38 of the 77 test chorales."""
FREE = 1


def outline(piece: Piece) -> NDArray[np.int64]:
    """What the soprano sings on its first fourteen quarters, in semitones above its first note.

    It knows neither the key nor passing notes nor where the bar begins. Silence is a number out of reach.
    """
    struck = np.flatnonzero(piece.grid.tokens[0] < PITCHES)
    if not struck.size:
        return np.empty(0, np.int64)
    pitches = sounding_pitches(piece.grid.tokens[:1])[0][struck[0] :: STEPS_PER_QUARTER][:BEATS]
    return np.where(pitches < 0, SILENT * 2, pitches - pitches[0])


def seen(pieces: Sequence[Piece], train: Sequence[Piece]) -> NDArray[np.bool_]:
    """[pieces] whether the soprano's outline also stands in a training piece, but for one beat."""
    known = [outline(piece) for piece in train]
    asked = [outline(piece) for piece in pieces]
    return np.array([any(_alike(one, other) for other in known) for one in asked], np.bool_)


def _alike(one: NDArray[np.int64], other: NDArray[np.int64]) -> bool:
    return len(one) == len(other) and int((one != other).sum()) <= FREE
