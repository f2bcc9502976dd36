"""What helps the user along."""

from __future__ import annotations

from harmonizer_gui.views.actions.spec import Spec, tr


def specs() -> list[Spec]:
    return [
        Spec("keys", tr("&Keys"), ("?", "F1")),
        Spec("about", tr("&About Harmonizer")),
    ]
