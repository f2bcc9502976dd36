"""What the model is asked for, the takes that come of it, and what it leaves alone."""

from __future__ import annotations

from typing import Final

from harmonizer_gui.score import VoiceName
from harmonizer_gui.session.generation import MOST_TAKES
from harmonizer_gui.views.actions.spec import Spec, Where, tr

SEVERAL: Final = range(2, MOST_TAKES + 1)
"""How many takes can be written at once."""


def count_action(count: int) -> str:
    """The name of the action that has `count` takes written at once."""
    return f"takes-{count}"


def together_action(voice: VoiceName) -> str:
    """The name of the action that lets `voice` be written together with the one being edited."""
    return f"together-{voice.label}"


def lock_voice_action(voice: VoiceName) -> str:
    """The name of the action that locks `voice`."""
    return f"lock-{voice.label}"


def specs() -> list[Spec]:
    roll = Where.ROLL
    voices = {
        VoiceName.SOPRANO: tr("&Soprano"),
        VoiceName.ALTO: tr("&Alto"),
        VoiceName.TENOR: tr("&Tenor"),
        VoiceName.BASS: tr("&Bass"),
    }
    return [
        Spec("generate", tr("&Generate"), ("G",), roll),
        Spec("generate-several", tr("Several &takes"), ("Shift+G",), roll),
        *(Spec(count_action(count), tr("&{} takes").format(count), checkable=True) for count in SEVERAL),
        Spec("generate-gaps", tr("Only the g&aps"), ("Ctrl+G",), roll),
        Spec("generate-time", tr("T&he time of the selection or the loop"), ("Ctrl+Shift+G",), roll),
        Spec("rewrite", tr("&Rewrite until Esc"), ("R",), roll),
        Spec("more-alike", tr("&More like this"), (), roll),
        Spec("less-alike", tr("&Less like this"), (), roll),
        Spec("compose", tr("From &nothing…")),
        *(Spec(together_action(voice), text, checkable=True) for voice, text in voices.items()),
        Spec("lock", tr("&Lock or unlock the selected notes"), ("Shift+L",), roll),
        Spec("lock-bars", tr("Lock or &unlock the bars"), ("Ctrl+Shift+L",), roll),
        Spec("unlock-all", tr("Unlock &everything")),
        *(Spec(lock_voice_action(voice), text, checkable=True) for voice, text in voices.items()),
        Spec("takes", tr("Ta&kes"), ("Ctrl+T",), checkable=True),
        Spec("next-take", tr("&Next take"), ("]",), roll),
        Spec("previous-take", tr("&Previous take"), ("[",), roll),
        Spec("compare-takes", tr("&Compare the last two takes"), ("X",), roll),
        Spec("accept-take", tr("&Accept the take"), ("Return", "Enter"), roll),
        Spec("sampled-heat", tr("Heat as it was &sampled"), ("Shift+H",), roll, checkable=True),
    ]
