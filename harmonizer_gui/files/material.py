"""What a file holds before it is known which strand is which voice, and the score that is made of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from harmonizer_gui.files.assignment import Assignment, StrandRef
from harmonizer_gui.files.barlines import metres_and_pickup
from harmonizer_gui.files.changes import without_repeated_metres, without_repeats
from harmonizer_gui.files.imported import Imported
from harmonizer_gui.files.notices import arrangement_notices, doubt_notices, score_notices
from harmonizer_gui.files.unfolding import unfolded
from harmonizer_gui.files.voices import Arrangement, FilePart, Guess, Parts, arrange_as
from harmonizer_gui.score import KeySignature, Note, Score, Tempo, TimeSignature, VoiceName

REPEATS_LEFT = "repeats are not written out: every bar stands once, as in the notation"


@dataclass(frozen=True, slots=True)
class FoundStrand:
    """A strand of a file: how it is called, the name of its part, its notes, and the voice it may be."""

    ref: StrandRef
    name: str
    notes: tuple[Note, ...]
    guess: VoiceName | None


@dataclass(frozen=True)
class Material:
    """The music of a file, part by part, in ticks.

    `starts` are the ticks of the measures of a notation and of its end, `order` the order in which they are
    played where that is another than the written one; both are empty for MIDI, where `pickup` says what
    notation shows by its measures.
    """

    parts: tuple[FilePart, ...]
    title: str
    tempos: tuple[Tempo, ...]
    time_signatures: tuple[TimeSignature, ...]
    key_signatures: tuple[KeySignature, ...]
    pickup: int = 0
    starts: tuple[int, ...] = ()
    order: tuple[int, ...] = ()
    notices: tuple[str, ...] = ()

    @cached_property
    def found(self) -> Parts:
        """The parts with notes and their strands. Raises ContentError where there are no notes."""
        return Parts(self.parts)

    @property
    def guess(self) -> Guess:
        return self.found.guess

    @cached_property
    def strands(self) -> tuple[FoundStrand, ...]:
        """All strands, part by part, from high to low. Raises ContentError where there are no notes."""
        guesses = {ref: voice for voice, ref in self.guess.assignment.items()}
        return tuple(self._strand(ref, guesses.get(ref)) for ref in self.found.refs)

    def _strand(self, ref: StrandRef, guess: VoiceName | None) -> FoundStrand:
        count = self.guess.counts[ref.part]
        strand = self.found.strand(ref, count=count, keep_lowest=guess is VoiceName.BASS)
        return FoundStrand(ref, self.found.sounding[ref.part].name, tuple(strand.notes), guess)

    @property
    def has_repeats(self) -> bool:
        return bool(self.order)

    def imported(self, assignment: Assignment | None = None, *, expand_repeats: bool = False) -> Imported:
        """The score, its voices by `assignment` or as guessed.

        Raises ContentError where a strand is not there, the guess must not be taken unasked, or a piece gets
        too long by its repeats.
        """
        return self._imported(self.found.arranged(assignment), expand_repeats=expand_repeats)

    def doubts(self, assignment: Assignment) -> tuple[str, ...]:
        """Where these voices may be otherwise, a sentence a place. Raises ContentError as `imported` does."""
        arrangement = self.found.arranged(assignment)
        return tuple(doubt_notices(arrangement, self._score(arrangement)))

    def imported_as_it_stands(self) -> Imported:
        """The score of four parts that are soprano, alto, tenor and bass as they come."""
        return self._imported(arrange_as(self.parts), expand_repeats=False)

    def _imported(self, arrangement: Arrangement, *, expand_repeats: bool) -> Imported:
        score = self._score(arrangement)
        notices = [*self.notices, *arrangement_notices(arrangement, score)]
        if self.order and expand_repeats:
            score = unfolded(score, stated=self.time_signatures, starts=self.starts, order=self.order)
        elif self.order:
            notices.append(REPEATS_LEFT)
        return Imported(score, tuple(notices + score_notices(score)))

    def _score(self, arrangement: Arrangement) -> Score:
        metres, pickup = self._metres()
        return Score(
            voices=arrangement.voices(),
            title=self.title,
            tempos=without_repeats(self.tempos),
            time_signatures=metres,
            key_signatures=without_repeats(self.key_signatures),
            pickup=pickup,
        )

    def _metres(self) -> tuple[tuple[TimeSignature, ...], int]:
        if self.starts:
            return metres_and_pickup(self.time_signatures, self.starts)
        return without_repeated_metres(self.time_signatures, self.pickup), self.pickup
