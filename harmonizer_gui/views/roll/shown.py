"""What of the music the roll and the strips around it show."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import attrgetter

from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.score.edits import NOTHING, Selection


@dataclass(frozen=True)
class NotesShown:
    """What is to be seen: the score, but for voices that are being generated what is there of them."""

    score: Score = Score()  # noqa: RUF009  # a frozen value
    selection: Selection = NOTHING
    target: VoiceName = VoiceName.ALTO
    growing: tuple[tuple[VoiceName, Voice], ...] = ()
    hidden: frozenset[VoiceName] = frozenset()
    """Voices that the user has hidden; the target is seen all the same."""

    @property
    def unseen(self) -> frozenset[VoiceName]:
        """The voices of which nothing is seen, and that the mouse does not meet."""
        return self.hidden - {self.target}

    def voice(self, name: VoiceName) -> Voice:
        """The notes of a voice as they are to be seen."""
        return dict(self.growing).get(name, self.score.voice(name))


class Chosen:
    """The selected notes of each voice in order, found anew only when the selection is another one."""

    def __init__(self) -> None:
        self._selection = NOTHING
        self._notes: dict[VoiceName, tuple[Note, ...]] = {}

    def notes(self, selection: Selection, voice: VoiceName) -> tuple[Note, ...]:
        """Of `voice`; the very same tuple as long as the selection is the same."""
        if selection is not self._selection:
            self._selection, self._notes = selection, _by_voice(selection)
        return self._notes.get(voice, ())


def notes_between(notes: tuple[Note, ...], start: int, stop: int) -> tuple[Note, ...]:
    """Those of `notes`, in order and none over another, that sound anywhere in the ticks [start, stop)."""
    first = bisect_right(notes, start, key=attrgetter("end"))
    return notes[first : max(first, bisect_left(notes, stop, key=attrgetter("start")))]


def _by_voice(selection: Selection) -> dict[VoiceName, tuple[Note, ...]]:
    found: dict[VoiceName, list[Note]] = {}
    for ref in selection:
        found.setdefault(ref.voice, []).append(ref.note)
    return {voice: tuple(sorted(notes, key=attrgetter("start"))) for voice, notes in found.items()}
