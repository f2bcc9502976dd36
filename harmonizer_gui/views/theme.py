"""The colours and letter sizes of the window: a light and a dark theme, and the one who applies them."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import Final

import pyqtgraph as pg
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from harmonizer_gui.score import VoiceName
from harmonizer_gui.views.style_sheet import style_sheet

UNIT: Final = 8
"""The rhythm of the window: distances are multiples or halves of it, in device-independent pixels."""


@dataclass(frozen=True, slots=True)
class Theme:
    """Named colours as `#RRGGBB`, or `#AARRGGBB` where something shines through; `QColor` reads both."""

    name: str
    is_dark: bool

    window: str
    """Behind everything: status line, gaps."""
    panel: str
    """Bars and panels."""
    raised: str
    """Text fields and tooltips."""
    hover: str
    pressed: str
    border: str
    border_strong: str
    """Edges of what can be operated: three to one against the panel."""
    groove: str

    text: str
    text_muted: str
    text_disabled: str

    accent: str
    """Lines, marks and handles; text on `panel` too."""
    accent_fill: str
    """Filled areas that carry `on_accent`."""
    accent_fill_hover: str
    accent_soft: str
    """Behind what is chosen; carries `text`."""
    on_accent: str

    notice: str
    notice_soft: str
    problem: str
    problem_soft: str

    roll_row: str
    """Rows of the white keys: what the heat lies on."""
    roll_row_black: str
    roll_tonic_line: str
    roll_step_line: str
    roll_beat_line: str
    roll_bar_line: str
    key_white: str
    key_black: str
    key_line: str
    key_text: str
    playhead: str
    selection: str
    """Outline of selected notes."""
    rubber_band: str
    loop: str
    note_text: str
    note_outline: str

    soprano: str
    alto: str
    tenor: str
    bass: str

    def voice(self, voice: VoiceName) -> QColor:
        """The colour of a voice, the same hue in both themes (Okabe–Ito)."""
        return QColor((self.soprano, self.alto, self.tenor, self.bass)[voice])

    def color(self, name: str) -> QColor:
        """The colour called `name`; raise AttributeError where there is none."""
        return QColor(getattr(self, name))

    def colors(self) -> dict[str, str]:
        """All colours by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)[2:]}


DARK: Final = Theme(
    name="dark",
    is_dark=True,
    window="#16181d",
    panel="#1e2128",
    raised="#262a33",
    hover="#2a2f3a",
    pressed="#343a47",
    border="#2c313b",
    border_strong="#687286",
    groove="#363c49",
    text="#e8eaee",
    text_muted="#9aa3b2",
    text_disabled="#666e7c",
    accent="#6b97ff",
    accent_fill="#3968e2",
    accent_fill_hover="#2f5ccf",
    accent_soft="#263152",
    on_accent="#ffffff",
    notice="#7fb2ff",
    notice_soft="#20293d",
    problem="#ff9d8a",
    problem_soft="#3a2526",
    roll_row="#171a20",
    roll_row_black="#121419",
    roll_tonic_line="#2f4478",
    roll_step_line="#1c2027",
    roll_beat_line="#242932",
    roll_bar_line="#3a414e",
    key_white="#f4f5f7",
    key_black="#22262e",
    key_line="#b9bec8",
    key_text="#4a5160",
    playhead="#6b97ff",
    selection="#ffffff",
    rubber_band="#406b97ff",
    loop="#306b97ff",
    note_text="#0d1016",
    note_outline="#73000000",
    soprano="#3f9bd8",
    alto="#e69f00",
    tenor="#1fae86",
    bass="#cc79a7",
)

LIGHT: Final = Theme(
    name="light",
    is_dark=False,
    window="#f1f2f5",
    panel="#ffffff",
    raised="#ffffff",
    hover="#eef1f6",
    pressed="#dfe4ec",
    border="#e1e4ea",
    border_strong="#858d9b",
    groove="#d8dce4",
    text="#1b1f27",
    text_muted="#5c6473",
    text_disabled="#9aa1ad",
    accent="#2a5fd8",
    accent_fill="#2a5fd8",
    accent_fill_hover="#1f50c2",
    accent_soft="#e1eafc",
    on_accent="#ffffff",
    notice="#1d4fb8",
    notice_soft="#eaf1fe",
    problem="#a8321c",
    problem_soft="#fdeeea",
    roll_row="#fdfdfe",
    roll_row_black="#f2f4f7",
    roll_tonic_line="#b9cbf0",
    roll_step_line="#f0f2f5",
    roll_beat_line="#e4e8ee",
    roll_bar_line="#c3c9d3",
    key_white="#ffffff",
    key_black="#2a2e36",
    key_line="#cfd4dc",
    key_text="#5c6473",
    playhead="#2a5fd8",
    selection="#10131a",
    rubber_band="#302a5fd8",
    loop="#242a5fd8",
    note_text="#0d1016",
    note_outline="#8c10131a",
    soprano="#4aa3dc",
    alto="#e69f00",
    tenor="#21b08a",
    bass="#cc79a7",
)

CONTRAST: Final = replace(
    DARK,
    name="contrast",
    window="#000000",
    panel="#000000",
    raised="#101010",
    hover="#26262b",
    pressed="#3a3a42",
    border="#8d8d96",
    border_strong="#ffffff",
    groove="#5c5c66",
    text="#ffffff",
    text_muted="#e3e3e8",
    text_disabled="#a0a0a8",
    accent="#ffd60a",
    accent_fill="#ffd60a",
    accent_fill_hover="#ffe566",
    accent_soft="#4a3f00",
    on_accent="#000000",
    notice="#9fd0ff",
    notice_soft="#0b1c33",
    problem="#ffab99",
    problem_soft="#3a0f0a",
    roll_row="#0c0c0e",
    roll_row_black="#000000",
    roll_tonic_line="#6b86c9",
    roll_step_line="#1e1e22",
    roll_beat_line="#3a3a40",
    roll_bar_line="#8d8d96",
    key_white="#ffffff",
    key_black="#000000",
    key_line="#000000",
    key_text="#000000",
    playhead="#ffd60a",
    selection="#ffffff",
    rubber_band="#40ffd60a",
    loop="#50ffd60a",
    note_text="#000000",
    note_outline="#ff000000",
    soprano="#5fb8f5",
    alto="#ffb000",
    tenor="#2fd6a5",
    bass="#f09fcc",
)
"""White and yellow on black: text has at least ten to one, edges four to one."""


@dataclass(frozen=True, slots=True)
class TypeScale:
    """Letter sizes in points, all from the size the system asks for."""

    base: float

    @property
    def small(self) -> float:
        """Units, hints, marks of a scale."""
        return self.base * 0.9

    @property
    def heading(self) -> float:
        """Headings in capitals, spaced."""
        return self.base * 0.9

    @property
    def large(self) -> float:
        """What is read from afar: the position."""
        return self.base * 1.15


class ThemeChoice(Enum):
    """What the user asked for; the value is what the settings keep."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class ThemeManager(QObject):
    """Applies a theme to the application and says when it has changed; one for the program.

    `changed` carries the new `Theme`. With SYSTEM it follows the system while the program runs; a system
    that does not say what it prefers gets the dark theme.
    """

    changed = Signal(object)

    def __init__(self, application: QApplication, choice: ThemeChoice = ThemeChoice.SYSTEM) -> None:
        super().__init__(application)
        self._application = application
        self._choice = choice
        self._scale = TypeScale(_points(application.font()))
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._follow_system)
        application.styleHints().accessibility().contrastPreferenceChanged.connect(self._follow_system)
        self._theme = self._wanted()
        self.choose(choice)
        self._apply()

    @property
    def theme(self) -> Theme:
        return self._theme

    @property
    def type_scale(self) -> TypeScale:
        return self._scale

    @property
    def choice(self) -> ThemeChoice:
        return self._choice

    def choose(self, choice: ThemeChoice) -> None:
        """Take the light theme, the dark one, or whichever the system prefers."""
        self._choice = choice
        # Qt hands the wish on to the platform, so that window frames and file dialogs fit.
        self._application.styleHints().setColorScheme(_SCHEMES[choice])
        self._refresh()

    def _follow_system(self) -> None:
        self._refresh()

    def _refresh(self) -> None:
        wanted = self._wanted()
        if wanted is not self._theme:
            self._theme = wanted
            self._apply()
            self.changed.emit(wanted)

    def _wanted(self) -> Theme:
        if self._choice is not ThemeChoice.SYSTEM:
            return _CHOSEN[self._choice]
        hints = self._application.styleHints()
        if hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast:
            return CONTRAST
        return LIGHT if hints.colorScheme() is Qt.ColorScheme.Light else DARK

    def _apply(self) -> None:
        theme = self._theme
        self._application.setPalette(palette(theme))
        self._application.setStyleSheet(style_sheet(theme.colors(), self._scale, UNIT))
        # pyqtgraph knows nothing of Qt's palette.
        pg.setConfigOptions(background=theme.roll_row, foreground=theme.text_muted)


_SCHEMES: Final = {
    ThemeChoice.SYSTEM: Qt.ColorScheme.Unknown,
    ThemeChoice.LIGHT: Qt.ColorScheme.Light,
    ThemeChoice.DARK: Qt.ColorScheme.Dark,
    ThemeChoice.CONTRAST: Qt.ColorScheme.Dark,
}
_CHOSEN: Final = {ThemeChoice.LIGHT: LIGHT, ThemeChoice.DARK: DARK, ThemeChoice.CONTRAST: CONTRAST}


def palette(theme: Theme) -> QPalette:
    """The theme as Qt's palette, for all that no style sheet reaches."""
    result = QPalette()
    for role, name in _ROLES.items():
        result.setColor(role, theme.color(name))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, role, theme.color("text_disabled"))
    return result


_ROLES: Final = {
    QPalette.ColorRole.Window: "panel",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "raised",
    QPalette.ColorRole.AlternateBase: "hover",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text_muted",
    QPalette.ColorRole.Button: "panel",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "problem",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Highlight: "accent_fill",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Dark: "border_strong",
    QPalette.ColorRole.Shadow: "window",
}


def _points(font: QFont) -> float:
    """The size of `font` in points; a font given in pixels counts at 96 dots an inch."""
    return font.pointSizeF() if font.pointSizeF() > 0 else font.pixelSize() * 0.75


def scaled_font(font: QFont, points: float, *, bold: bool = False) -> QFont:
    """A copy of `font` at `points`, for widgets that paint their own letters."""
    result = QFont(font)
    result.setPointSizeF(points)
    result.setBold(bold)
    return result


def contrast(first: QColor, second: QColor) -> float:
    """The contrast ratio of two opaque colours, 1–21, as WCAG 2 defines it."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: QColor) -> float:
    channels = (color.redF(), color.greenF(), color.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
