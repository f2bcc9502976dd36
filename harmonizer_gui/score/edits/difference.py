"""What tells one score from the next: all that an undo step needs to keep of a long piece."""

from __future__ import annotations

from dataclasses import dataclass, replace

from harmonizer_gui.score.notes import Note, Voice
from harmonizer_gui.score.score import Score


@dataclass(frozen=True, slots=True)
class VoiceDifference:
    """From the note number `first` on, `before` stands in one voice and `after` in the other."""

    first: int
    before: tuple[Note, ...]
    after: tuple[Note, ...]

    @classmethod
    def between(cls, before: Voice, after: Voice) -> VoiceDifference | None:
        """None where both are alike. Quick for long voices that share most of their notes."""
        old, new = before.notes, after.notes
        if before is after or old == new:
            return None
        first = _shared(old, new)
        last = _shared(old[first:][::-1], new[first:][::-1])
        return cls(first, old[first : len(old) - last], new[first : len(new) - last])

    def forward(self, voice: Voice) -> Voice:
        """The later voice, made of the earlier one."""
        return voice.spliced(self.first, self.first + len(self.before), self.after)

    def back(self, voice: Voice) -> Voice:
        """The earlier voice, made of the later one."""
        return voice.spliced(self.first, self.first + len(self.after), self.before)

    @property
    def ticks(self) -> tuple[int, int]:
        """The ticks from the first to the last note that is not in both."""
        notes = (*self.before, *self.after)
        return min(note.start for note in notes), max(note.end for note in notes)


@dataclass(frozen=True, slots=True)
class ScoreDifference:
    """The notes in which two scores differ, and both frames: the scores without their notes."""

    voices: tuple[VoiceDifference | None, ...]
    frames: tuple[Score, Score] | None
    """None where title, tempo, metre and key are the same objects in both."""

    @classmethod
    def between(cls, before: Score, after: Score) -> ScoreDifference:
        voices = tuple(map(VoiceDifference.between, before.voices, after.voices))
        frames = _frame(before), _frame(after)
        return cls(voices, None if frames[0] == frames[1] else frames)

    def forward(self, score: Score) -> Score:
        """The later score, made of the earlier one."""
        voices = [
            voice if step is None else step.forward(voice)
            for step, voice in zip(self.voices, score.voices, strict=True)
        ]
        return _joined(score if self.frames is None else self.frames[1], voices)

    def back(self, score: Score) -> Score:
        """The earlier score, made of the later one."""
        voices = [
            voice if step is None else step.back(voice)
            for step, voice in zip(self.voices, score.voices, strict=True)
        ]
        return _joined(score if self.frames is None else self.frames[0], voices)


def changed_ticks(before: Voice, after: Voice) -> tuple[int, int] | None:
    """The ticks from the first to the last note in which two voices differ; None where they do not."""
    difference = VoiceDifference.between(before, after)
    return None if difference is None else difference.ticks


def _frame(score: Score) -> Score:
    return replace(score, voices=(Voice(), Voice(), Voice(), Voice()))


def _joined(frame: Score, voices: list[Voice]) -> Score:
    soprano, alto, tenor, bass = voices
    return replace(frame, voices=(soprano, alto, tenor, bass))


def _shared(one: tuple[Note, ...], other: tuple[Note, ...]) -> int:
    """How many notes both begin with.

    By halves: comparing slices is many times faster than note after note, since notes that are one and the
    same object are passed over without being looked at.
    """
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
