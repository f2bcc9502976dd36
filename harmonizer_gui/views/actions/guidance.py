"""What the experts are told besides the music: painted cells, key and chords."""

from __future__ import annotations

from harmonizer_gui.views.actions.spec import Spec, Where, tr


def specs() -> list[Spec]:
    roll = Where.ROLL
    return [
        Spec("favour-selected", tr("&Favour these pitches"), ("Shift+P",), roll),
        Spec("avoid-selected", tr("&Avoid these pitches"), ("Alt+P",), roll),
        Spec("unpaint-selected", tr("&Erase what is painted here"), (), roll),
        Spec("clear-painted", tr("&Clear all that is painted for the voice")),
        Spec("wider-brush", tr("&Wider brush"), ("Ctrl+Alt+Up",), roll),
        Spec("narrower-brush", tr("&Narrower brush"), ("Ctrl+Alt+Down",), roll),
        Spec("key-and-chords", tr("Key and chor&ds"), ("Ctrl+Alt+K",), checkable=True),
    ]
