"""What the model is asked for."""

from __future__ import annotations

from harmonizer_gui.views.actions.spec import Spec, Where, tr


def specs() -> list[Spec]:
    return [
        Spec("generate", tr("&Generate"), ("G",), Where.ROLL),
    ]
