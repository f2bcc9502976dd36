"""Which voice is worked on, and what is done with the whole of it."""

from __future__ import annotations

from harmonizer_gui.score import VoiceName
from harmonizer_gui.views.actions.spec import Spec, Where, tr
from harmonizer_gui.views.roll.note_painting import Labels


def voice_action(voice: VoiceName) -> str:
    """The name of the action that makes `voice` the target."""
    return f"voice-{voice.label}"


def to_voice_action(voice: VoiceName) -> str:
    """The name of the action that moves what is selected to `voice`."""
    return f"to-{voice.label}"


def label_action(labels: Labels) -> str:
    """The name of the action that chooses what is written on the notes."""
    return f"labels-{labels.value}"


def _labels() -> dict[Labels, str]:
    return {
        Labels.OFF: tr("&Nothing"),
        Labels.LETTER: tr("The &letter of the voice"),
        Labels.NAME: tr("Letter and na&me of the pitch"),
    }


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
        Spec("to-soprano", tr("Move notes to the &soprano"), ("Ctrl+1",), Where.ROLL),
        Spec("to-alto", tr("Move notes to the &alto"), ("Ctrl+2",), Where.ROLL),
        Spec("to-tenor", tr("Move notes to the &tenor"), ("Ctrl+3",), Where.ROLL),
        Spec("to-bass", tr("Move notes to the &bass"), ("Ctrl+4",), Where.ROLL),
        Spec("exchange-voices", tr("E&xchange the notes of two voices"), ("Ctrl+5",), Where.ROLL),
        Spec("mute-voice", tr("M&ute"), ("M",), Where.ROLL, checkable=True),
        Spec("solo-voice", tr("Sol&o"), ("N",), Where.ROLL, checkable=True),
        Spec("hide-voice", tr("&Hide"), (), Where.ROLL, checkable=True),
        Spec("hear-all", tr("Hear and see a&ll voices")),
        Spec("voices", tr("&Voices"), ("Ctrl+Alt+V",), checkable=True),
        *(Spec(label_action(labels), text, checkable=True) for labels, text in _labels().items()),
        Spec("clear-voice", tr("&Clear the voice")),
    ]
