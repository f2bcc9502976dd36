"""Selecting, deleting, the tools."""

from __future__ import annotations

from harmonizer_gui.views.actions.spec import Keys, Spec, Where, tr


def specs() -> list[Spec]:
    roll = Where.ROLL
    return [
        Spec("cut", tr("Cu&t"), (Keys.Cut,), roll),
        Spec("copy", tr("&Copy"), (Keys.Copy,), roll),
        Spec("paste", tr("&Paste at the playhead"), (Keys.Paste,), roll),
        Spec("duplicate", tr("D&uplicate"), ("Ctrl+D",), roll),
        Spec("delete", tr("&Delete"), ("Del", "Backspace"), roll),
        Spec("select-all", tr("Select &all"), (Keys.SelectAll,), roll),
        Spec("select-voice", tr("Select all of the &voice"), ("Ctrl+Alt+A",), roll),
        Spec("select-none", tr("Select &nothing"), ("Ctrl+Shift+A",), roll),
        Spec("select-others", tr("&Invert the selection"), ("Ctrl+I",), roll),
        Spec("next-note", tr("Ne&xt note of the voice"), ("Tab",), roll),
        Spec("previous-note", tr("P&revious note of the voice"), ("Shift+Tab",), roll),
        Spec("draw", tr("Dra&w"), ("D",), roll, checkable=True),
        Spec("select", tr("&Select"), ("V",), roll, checkable=True),
        Spec("knife", tr("&Knife"), ("K",), roll, checkable=True),
        Spec("erase", tr("&Erase"), ("E",), roll, checkable=True),
        Spec("paint", tr("Paint fav&our and avoid"), ("P",), roll, checkable=True),
        Spec("drawn-length", tr("New notes as long as the &grid"), ("Shift+D",), roll, checkable=True),
        Spec("escape", tr("Cancel or select nothing"), ("Esc",)),
    ]
