"""Which voice is worked on, and what is done with the whole of it."""

from __future__ import annotations

from harmonizer_gui.score import VoiceName
from harmonizer_gui.views.actions.spec import Spec, Where, tr


def voice_action(voice: VoiceName) -> str:
    """The name of the action that makes `voice` the target."""
    return f"voice-{voice.label}"


def specs() -> list[Spec]:
    voices = {
        VoiceName.SOPRANO: tr("&Soprano"),
        VoiceName.ALTO: tr("&Alto"),
        VoiceName.TENOR: tr("&Tenor"),
        VoiceName.BASS: tr("&Bass"),
    }
    return [
        *(
            Spec(voice_action(voice), text, (voice.letter,), Where.ROLL, checkable=True)
            for voice, text in voices.items()
        ),
        Spec("clear-voice", tr("&Clear the voice")),
    ]
