"""What *Generate* means for the piece as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.score import Score, VoiceName
from harmonizer_gui.score.edits import Selection
from harmonizer_gui.session.spans import Spans, free_spans, has_cells, joined


class Wish(Enum):
    """The cases that *Generate* tells apart."""

    WRITE = "write"
    """The voice is empty."""
    FILL = "fill"
    """Part of it is written by hand; the rest is free."""
    AGAIN = "again"
    """Part of it is generated already, and is written anew."""
    REWRITE = "rewrite"
    """All of it is written by hand, and is written anew."""
    SELECTED = "selected"
    """The selected notes are written anew."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which ticks of which voice are to be written; `selected` counts the notes of SELECTED."""

    wish: Wish
    voice: VoiceName
    spans: Spans
    selected: int = 0


def plan_of(score: Score, target: VoiceName, selection: Selection) -> Plan:
    """What *Generate* writes: the selected notes of the target; else what nobody wrote by hand; else all."""
    chosen = [ref.note for ref in selection if ref.voice == target]
    if chosen:
        spans = joined((note.start, note.end) for note in chosen)
        return Plan(Wish.SELECTED, target, spans, selected=len(chosen))
    voice = score.voice(target)
    spans = free_spans(score, target)
    if not has_cells(score, spans):
        return Plan(Wish.REWRITE, target, ((0, score.end),))
    if not len(voice):
        return Plan(Wish.WRITE, target, spans)
    return Plan(Wish.AGAIN if any(note.generated for note in voice) else Wish.FILL, target, spans)


def voice_label(voice: VoiceName) -> str:
    """The name of a voice inside a sentence, in the language of the window."""
    translate = QCoreApplication.translate
    return {
        VoiceName.SOPRANO: translate("VoiceName", "soprano"),
        VoiceName.ALTO: translate("VoiceName", "alto"),
        VoiceName.TENOR: translate("VoiceName", "tenor"),
        VoiceName.BASS: translate("VoiceName", "bass"),
    }[voice]
