"""What *Generate* means for the piece as it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.score import Score, VoiceName
from harmonizer_gui.score.edits import Selection
from harmonizer_gui.session.locks import NO_LOCKS, Locks, Place, place_of_notes
from harmonizer_gui.session.spans import Spans, free_spans, has_cells, silent_spans


class Wish(Enum):
    """The cases that *Generate* tells apart."""

    WRITE = "write"
    """The voices are empty."""
    FILL = "fill"
    """Part of them is written, and what is silent is to be filled."""
    AGAIN = "again"
    """Part of them is generated already, and is written anew."""
    REWRITE = "rewrite"
    """All of them is written by hand, and is written anew."""
    SELECTED = "selected"
    """The selected notes are written anew."""
    TIME = "time"
    """All that the voices do from the first selected note to the last, or in the loop, is written anew."""


class Scope(Enum):
    """What the user may ask for."""

    USUAL = "usual"
    """The selected notes; else what nobody wrote by hand; else all."""
    GAPS = "gaps"
    """Only where there is silence."""
    TIME = "time"
    """The time of the selected notes, else that of the loop, in all the voices that are to be written."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which ticks of which voices are to be written; `selected` counts the notes of SELECTED.

    `wanted` is what would be written if nothing were locked.
    """

    wish: Wish
    place: Place
    wanted: Place
    selected: int = 0

    @property
    def voices(self) -> tuple[VoiceName, ...]:
        return tuple(voice for voice, _ in self.wanted)

    @property
    def time(self) -> tuple[int, int]:
        """From the first tick to the last that was wanted; nothing for nothing."""
        ticks = [tick for _, spans in self.wanted for span in spans for tick in span]
        return min(ticks, default=0), max(ticks, default=0)

    def spans_of(self, voice: VoiceName) -> Spans:
        return dict(self.place).get(voice, ())


def plan_of(
    score: Score,
    target: VoiceName,
    selection: Selection,
    *,
    scope: Scope = Scope.USUAL,
    together: frozenset[VoiceName] = frozenset(),
    locks: Locks = NO_LOCKS,
    loop: tuple[int, int] | None = None,
) -> Plan:
    """What *Generate* writes in the target, and in the voices that are to be written `together` with it.

    `loop` is the stretch of ticks that is played over and over, if there is one.
    """
    if scope is Scope.TIME:
        wish, wanted, selected = Wish.TIME, _time_of(score, target, selection, together, loop), 0
    else:
        wish, wanted, selected = _wanted(score, target, selection, scope, together)
    free = ((voice, locks.unlocked(voice, spans)) for voice, spans in wanted)
    place = tuple((voice, spans) for voice, spans in free if has_cells(score, spans))
    return Plan(wish, place, wanted, selected)


def _wanted(
    score: Score, target: VoiceName, selection: Selection, scope: Scope, together: frozenset[VoiceName]
) -> tuple[Wish, Place, int]:
    voices = sorted({target, *together})
    if scope is Scope.GAPS:
        return Wish.FILL, tuple((voice, silent_spans(score, voice)) for voice in voices), 0
    if any(ref.voice == target for ref in selection):
        return Wish.SELECTED, place_of_notes(selection), len(selection)
    free = tuple((voice, free_spans(score, voice)) for voice in voices)
    if not any(has_cells(score, spans) for _, spans in free):
        return Wish.REWRITE, tuple((voice, ((0, score.end),)) for voice in voices), 0
    if not any(len(score.voice(voice)) for voice in voices):
        return Wish.WRITE, free, 0
    is_again = any(note.generated for voice in voices for note in score.voice(voice))
    return (Wish.AGAIN if is_again else Wish.FILL), free, 0


def _time_of(
    score: Score,
    target: VoiceName,
    selection: Selection,
    together: frozenset[VoiceName],
    loop: tuple[int, int] | None,
) -> Place:
    """From the first selected note to the last, else the loop as far as there is music.

    It is that of the voices written together, else of those of the notes, else of the target.
    """
    start, end = (loop[0], min(loop[1], score.end)) if loop else (0, 0)
    voices = {target, *together}
    if selection:
        start = min(ref.note.start for ref in selection)
        end = max(ref.note.end for ref in selection)
        voices = voices if together else {ref.voice for ref in selection}
    return tuple((voice, ((start, end),)) for voice in sorted(voices)) if start < end else ()


def voice_label(voice: VoiceName) -> str:
    """The name of a voice inside a sentence, in the language of the window."""
    translate = QCoreApplication.translate
    return {
        VoiceName.SOPRANO: translate("VoiceName", "soprano"),
        VoiceName.ALTO: translate("VoiceName", "alto"),
        VoiceName.TENOR: translate("VoiceName", "tenor"),
        VoiceName.BASS: translate("VoiceName", "bass"),
    }[voice]


def voices_label(voices: Iterable[VoiceName]) -> str:
    """The names of several voices inside a sentence."""
    names = [voice_label(voice) for voice in voices]
    if len(names) == len(VoiceName):
        return QCoreApplication.translate("VoiceName", "all voices")
    if len(names) < 2:
        return "".join(names)
    words = QCoreApplication.translate("VoiceName", "{first} and {last}")
    return words.format(first=", ".join(names[:-1]), last=names[-1])
