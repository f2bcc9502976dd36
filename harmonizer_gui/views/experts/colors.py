"""The colours of the experts, beside their names and never in their place."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor

from harmonizer_gui.views.theme import Theme

_COLORS: Final = {
    "simple": ("#7aa2ff", "#2f5fd0"),
    "spacing": ("#f2c14e", "#9a6a00"),
    "contour": ("#f28b82", "#c2413a"),
    "beat": ("#5fd0bf", "#0f7d70"),
    "voice leading": ("#c79bf2", "#7a45b8"),
    "range": ("#b5c27a", "#5f7318"),
    "key": ("#ef9fc4", "#b03a76"),
    "painted": ("#f0a868", "#a8540c"),
    "similar": ("#9fd3f5", "#256f9c"),
}
"""On the dark panel, on the light one: three to one against either."""
_OTHERS: Final = (("#aab4c4", "#5d6879"), ("#d0c3a5", "#7a6a45"), ("#a5c9b0", "#3f7351"))


def expert_color(name: str, theme: Theme) -> QColor:
    """The colour of an expert; those of third parties share a few by their names."""
    dark, light = _COLORS.get(name.lower()) or _OTHERS[sum(name.encode()) % len(_OTHERS)]
    return QColor(dark if theme.is_dark else light)
