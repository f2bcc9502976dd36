"""What of the music the roll and the strips around it show."""

from __future__ import annotations

from dataclasses import dataclass

from harmonizer_gui.score import Score, Voice, VoiceName
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
