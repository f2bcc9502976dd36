"""What helps the user along."""

from __future__ import annotations

from harmonizer_gui.views.actions.spec import Spec, tr


def specs() -> list[Spec]:
    return [
        Spec("palette", tr("&Find an action…"), ("Ctrl+P",)),
        Spec("keys", tr("&Keys"), ("?", "F1")),
        Spec("change-keys", tr("&Change keys…")),
        Spec("about", tr("&About Harmonizer")),
    ]
