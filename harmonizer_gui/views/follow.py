"""How the roll goes along with the playhead."""

from __future__ import annotations

from enum import Enum


class Follow(Enum):
    """The value is what the settings keep."""

    PAGE = "page"
    """A page is turned when the playhead has left it."""
    SMOOTH = "smooth"
    """The playhead stays where it is and the paper moves."""
    OFF = "off"
