"""Metre, tempo, key and pickup at the playhead."""

from __future__ import annotations

from harmonizer_gui.views.actions.spec import Spec, tr


def specs() -> list[Spec]:
    return [
        Spec("change-metre", tr("&Metre…"), ("Ctrl+Alt+M",)),
        Spec("change-tempo", tr("&Tempo…"), ("Ctrl+Alt+T",)),
        Spec("change-key", tr("&Key…")),
        Spec("change-pickup", tr("&Pickup…")),
    ]
