"""The colours of the experts, beside their names and never in their place."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QColor

from harmonizer_gui.views.theme import Theme

_COLORS: Final = {
    "simple": ("#608af1", "#3a5fed"),
    "spacing": ("#ffc225", "#b78e08"),
    "contour": ("#d7786f", "#d36a5a"),
    "beat": ("#9ac4bc", "#14a49f"),
    "voice leading": ("#804dfb", "#a178d4"),
    "range": ("#98982b", "#30300d"),
    "key": ("#d7299f", "#4a1534"),
    "painted": ("#fdecc3", "#894906"),
    "similar": ("#30d6fd", "#0f3b76"),
}
"""On the dark panel, on the light one: three to one against either, and apart for the colour-blind too."""
_OTHERS: Final = (("#aab4c4", "#5d6879"), ("#d0c3a5", "#7a6a45"), ("#a5c9b0", "#3f7351"))


def expert_color(name: str, theme: Theme) -> QColor:
    """The colour of an expert; those of third parties share a few by their names."""
    dark, light = _COLORS.get(name.lower()) or _OTHERS[sum(name.encode()) % len(_OTHERS)]
    return QColor(dark if theme.is_dark else light)
