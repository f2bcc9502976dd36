"""What is seen, and how."""

from __future__ import annotations

from harmonizer_gui.views.actions.spec import Spec, Where, tr
from harmonizer_gui.views.theme import ThemeChoice


def theme_action(choice: ThemeChoice) -> str:
    """The name of the action that chooses a theme."""
    return f"theme-{choice.value}"


def specs() -> list[Spec]:
    themes = {
        ThemeChoice.SYSTEM: tr("As the &system"),
        ThemeChoice.LIGHT: tr("&Light"),
        ThemeChoice.DARK: tr("&Dark"),
        ThemeChoice.CONTRAST: tr("&High contrast"),
    }
    return [
        Spec("zoom-in", tr("Zoom &in"), ("Ctrl+=", "Ctrl++")),
        Spec("zoom-out", tr("Zoom &out"), ("Ctrl+-",)),
        Spec("zoom-fit", tr("Zoom to &fit"), ("Ctrl+0",)),
        Spec("zoom-selection", tr("Zoom to what is &selected"), ("Z",), Where.ROLL),
        Spec("zoom-voice", tr("Zoom to the &voice"), ("Shift+Z",), Where.ROLL),
        Spec("overview", tr("Ov&erview of the piece"), ("Ctrl+Alt+O",), checkable=True),
        Spec("note-table", tr("Note ta&ble"), ("Ctrl+Alt+N",), checkable=True),
        Spec("next-heat", tr("Next &heat on the roll"), ("H",), Where.ROLL),
        Spec("experts", tr("E&xperts"), ("Ctrl+B",), checkable=True),
        Spec("velocities", tr("&Loudness"), ("Shift+V",), Where.ROLL, checkable=True),
        Spec("history", tr("Histor&y"), ("Ctrl+Shift+H",), checkable=True),
        Spec("next-area", tr("Next part of the &window"), ("F6",)),
        *(Spec(theme_action(choice), text, checkable=True) for choice, text in themes.items()),
    ]
