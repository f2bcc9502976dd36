"""What the roll asks for: changed scores with the words of their undo steps."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.score import Score, VoiceName
from harmonizer_gui.score.edits import NOTHING, Selection


@dataclass(frozen=True)
class Edit:
    """Make `score` the current one, select `selection`; `text` names the undo step.

    Edits with the same `gesture` are one step.
    """

    text: str
    score: Score
    selection: Selection = NOTHING
    gesture: object = None


def voice_label(voice: VoiceName) -> str:
    """The voice's name in lower case, as it stands in sentences."""
    translate = QCoreApplication.translate
    labels = {
        VoiceName.SOPRANO: translate("Voices", "soprano"),
        VoiceName.ALTO: translate("Voices", "alto"),
        VoiceName.TENOR: translate("Voices", "tenor"),
        VoiceName.BASS: translate("Voices", "bass"),
    }
    return labels[voice]


def notes_label(selection: Selection) -> str:
    """`a note of the alto`, `3 notes of the alto`, `3 notes`: an object for the verb of an undo step."""
    translate = QCoreApplication.translate
    voices = {ref.voice for ref in selection}
    if len(voices) != 1:
        return translate("Roll", "{count} notes").format(count=len(selection))
    voice = voice_label(voices.pop())
    if len(selection) == 1:
        return translate("Roll", "a note of the {voice}").format(voice=voice)
    return translate("Roll", "{count} notes of the {voice}").format(count=len(selection), voice=voice)
