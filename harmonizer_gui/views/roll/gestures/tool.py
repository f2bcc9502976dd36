"""The tools of the left button."""

from __future__ import annotations

from enum import Enum


class Tool(Enum):
    """What the left button does on the roll."""

    DRAW = "draw"
    SELECT = "select"
    KNIFE = "knife"
    ERASE = "erase"
    PAINT = "paint"
