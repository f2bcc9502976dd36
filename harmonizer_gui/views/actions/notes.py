"""Moving, stretching and shaping the selected notes."""

from __future__ import annotations

from harmonizer_gui.views.actions.spec import Spec, Where, tr


def specs() -> list[Spec]:
    roll = Where.ROLL
    return [
        Spec("enter-note", tr("E&nter a note at the cursor"), ("Ins",), roll),
        Spec("up", tr("Up a semitone"), ("Up",), roll),
        Spec("down", tr("Down a semitone"), ("Down",), roll),
        Spec("scale-up", tr("Up a step of the scale"), ("Alt+Up",), roll),
        Spec("scale-down", tr("Down a step of the scale"), ("Alt+Down",), roll),
        Spec("octave-up", tr("Up an octave"), ("Shift+Up",), roll),
        Spec("octave-down", tr("Down an octave"), ("Shift+Down",), roll),
        Spec("later", tr("Later by a grid step"), ("Right",), roll),
        Spec("earlier", tr("Earlier by a grid step"), ("Left",), roll),
        Spec("longer", tr("Longer by a grid step"), ("Shift+Right",), roll),
        Spec("shorter", tr("Shorter by a grid step"), ("Shift+Left",), roll),
        Spec("join", tr("&Join"), ("J",), roll),
        Spec("split", tr("S&plit at the playhead"), ("Ctrl+K",), roll),
        Spec("quantise", tr("&Quantise as last time"), ("Q",), roll),
        Spec("quantise-how", tr("Quantis&e…"), ("Shift+Q",), roll),
        Spec("fermata", tr("&Fermata"), ("F",), roll, checkable=True),
        Spec("louder", tr("&Louder"), ("Ctrl+Up",), roll),
        Spec("softer", tr("&Softer"), ("Ctrl+Down",), roll),
    ]
