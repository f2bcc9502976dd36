"""Metre, tempo, key and pickup at the playhead; what the paper shows of key and chords."""

from __future__ import annotations

from harmonizer_gui.views.actions.spec import Spec, tr


def specs() -> list[Spec]:
    return [
        Spec("change-metre", tr("&Metre…"), ("Ctrl+Alt+M",)),
        Spec("change-tempo", tr("&Tempo…"), ("Ctrl+Alt+T",)),
        Spec("change-key", tr("&Key…")),
        Spec("change-pickup", tr("&Pickup…")),
        Spec("chords", tr("Chor&ds over the notes"), ("Ctrl+Alt+C",), checkable=True),
        Spec("scale-rows", tr("Rows of the sca&le"), ("Ctrl+Alt+R",), checkable=True),
    ]
