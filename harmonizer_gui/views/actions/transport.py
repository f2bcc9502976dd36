"""Playing, and moving about in time."""

from __future__ import annotations

from harmonizer_gui.views.actions.spec import Spec, Where, tr


def specs() -> list[Spec]:
    return [
        Spec("play", tr("&Play or pause"), ("Space",)),
        Spec("loop", tr("&Loop"), ("L",), Where.ROLL, checkable=True),
        Spec("stop", tr("&Stop and silence everything"), ("Ctrl+Shift+Esc",)),
        Spec("to-start", tr("To the st&art"), ("Home",), Where.ROLL),
        Spec("previous-bar", tr("Previous &bar"), (",",), Where.ROLL),
        Spec("next-bar", tr("&Next bar"), (".",), Where.ROLL),
    ]
