"""What *Generate* leaves alone: locked voices, and locked stretches of single voices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Final

from harmonizer_gui.score import Note, Score, VoiceName
from harmonizer_gui.score.edits import Selection
from harmonizer_gui.session.spans import Spans, contains, joined, minus

Place = tuple[tuple[VoiceName, Spans], ...]
"""Ticks of several voices, each voice once."""


@dataclass(frozen=True, slots=True)
class Locks:
    """Locked cells stay as they are, notes and silence alike, whatever is generated around them.

    A bar is locked where all four voices are.
    """

    voices: frozenset[VoiceName] = frozenset()
    spans: tuple[Spans, Spans, Spans, Spans] = ((), (), (), ())
    """The ticks that are locked in each voice."""

    def __bool__(self) -> bool:
        return bool(self.voices) or any(self.spans)

    def unlocked(self, voice: VoiceName, spans: Spans) -> Spans:
        """What of `spans` is not locked in `voice`."""
        if voice in self.voices:
            return ()
        return minus(spans, self.spans[voice]) if self.spans[voice] else spans

    def holds(self, voice: VoiceName, start: int, end: int) -> bool:
        """Whether all of the ticks [start, end) are locked in `voice`, the voice as a whole left aside."""
        return contains(self.spans[voice], start, end)

    def holds_note(self, voice: VoiceName, note: Note) -> bool:
        return self.holds(voice, note.start, note.end)

    def with_voice(self, voice: VoiceName, *, on: bool) -> Locks:
        return replace(self, voices=self.voices | {voice} if on else self.voices - {voice})

    def with_place(self, place: Place, *, on: bool) -> Locks:
        """The same with these ticks of these voices locked, or free."""
        spans = list(self.spans)
        for voice, ticks in place:
            spans[voice] = joined([*spans[voice], *ticks]) if on else minus(spans[voice], ticks)
        soprano, alto, tenor, bass = spans
        return replace(self, spans=(soprano, alto, tenor, bass))

    def holds_place(self, place: Place) -> bool:
        """Whether all of it is locked; False for nothing."""
        return bool(place) and all(
            self.holds(voice, start, end) for voice, spans in place for start, end in spans
        )


NO_LOCKS: Final = Locks()


def place_of_notes(selection: Selection) -> Place:
    """Where the selected notes stand."""
    return tuple(
        (voice, joined((ref.note.start, ref.note.end) for ref in selection if ref.voice == voice))
        for voice in VoiceName
        if any(ref.voice == voice for ref in selection)
    )


def place_of_bars(score: Score, start: int, end: int) -> Place:
    """All voices in the whole bars that the ticks [start, end) touch."""
    first, last = score.bar_at(start), score.bar_at(max(start, end - 1))
    return tuple((voice, ((first.start, last.end),)) for voice in VoiceName)


def lock_values(locks: Locks) -> dict[str, Any] | None:
    """Locks as plain JSON values; None where nothing is locked."""
    if not locks:
        return None
    place = tuple((voice, locks.spans[voice]) for voice in VoiceName)
    return {"voices": sorted(voice.label for voice in locks.voices), "spans": place_values(place)}


def locks_of(values: dict[str, Any] | None) -> Locks:
    """The locks that `values` describe."""
    if not values:
        return NO_LOCKS
    voices = frozenset(map(VoiceName.parse, values.get("voices", ())))
    return Locks(voices).with_place(place_of_values(values.get("spans", {})), on=True)


def place_values(place: Place) -> dict[str, Any]:
    """A place as plain JSON values."""
    return {voice.label: [list(span) for span in spans] for voice, spans in place}


def place_of_values(values: dict[str, Any]) -> Place:
    """The place that `values` describe, its voices in order."""
    spans = {VoiceName.parse(name): _spans(pairs) for name, pairs in values.items()}
    return tuple(sorted(spans.items()))


def _spans(values: Iterable[Iterable[int]]) -> Spans:
    pairs = ((start, end) for start, end in values)
    return joined((start, end) for start, end in pairs if start < end)
