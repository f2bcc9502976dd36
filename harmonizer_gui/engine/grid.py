"""The score as the networks see it: cells of four voices on a grid of sixteenths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import HOLD, PITCHES, REST, STEP_TICKS
from harmonizer_gui.errors import UserError
from harmonizer_gui.score import HIGHEST_PITCH, LOWEST_PITCH, Note, Score, Voice, VoiceName, pitch_name

BAR_STEPS = (12, 16)
"""Bar lengths with embeddings of their own (3/4 and 4/4); all others share the next one."""
METRES = len(BAR_STEPS) + 1
POSITIONS = 32


class UnreadableNoteError(UserError):
    """A note the networks have no token for."""


@dataclass(frozen=True, eq=False)
class Grid:
    """Four voices × T steps.

    A cell of a voice counts as written when a note sounds in it, or when the silence around it is shorter
    than a bar (a rest); a longer silence is paper nobody has written on yet.
    """

    tokens: NDArray[np.int16]
    """[4, T]; REST in unwritten cells."""
    written: NDArray[np.bool_]
    """[4, T]"""
    fermata: NDArray[np.bool_]
    """[4, T] cells under a fermata."""
    position: NDArray[np.int16]
    """[T] step within the bar, at most 31; a pickup counts as the end of a bar."""
    metre: NDArray[np.int16]
    """[T] index into `BAR_STEPS`, or the one after for any other bar length."""

    @property
    def steps(self) -> int:
        return int(self.tokens.shape[1])


def grid_of(score: Score, end: int | None = None) -> Grid:
    """The grid of a score up to tick `end`, or to the end of its last note (if empty: its empty bars).

    Notes off the grid are rounded to it. Raises UnreadableNoteError for a pitch outside 21–108.
    """
    steps = -(-max(score.end, end or 0) // STEP_TICKS) or -(-score.length // STEP_TICKS)
    tokens = np.full((4, steps), REST, np.int16)
    fermata = np.zeros((4, steps), np.bool_)
    written = np.zeros((4, steps), np.bool_)
    for name in VoiceName:
        voice = score.voice(name)
        _check_range(score, name)
        for note in voice:
            start, end = note_steps(note)
            # A short note at the very end would be rounded to a step that is not there.
            start, end = min(start, steps - 1), min(end, steps)
            tokens[name, start] = note.pitch - LOWEST_PITCH
            tokens[name, start + 1 : end] = HOLD
            fermata[name, start:end] |= note.fermata
        for start, end in written_spans(score, voice, steps):
            written[name, start:end] = True
    position, metre = _places(score, steps)
    return Grid(tokens, written, fermata, position, metre)


def note_steps(note: Note) -> tuple[int, int]:
    """The steps [start, end) nearest to a note; at least one."""
    start = (note.start + STEP_TICKS // 2) // STEP_TICKS
    return start, max(start + 1, (note.end + STEP_TICKS // 2) // STEP_TICKS)


def off_grid(score: Score) -> int:
    """How many notes do not begin and end on a sixteenth, and are rounded for the networks."""
    return sum(
        note.start % STEP_TICKS != 0 or note.end % STEP_TICKS != 0 for voice in score.voices for note in voice
    )


def written_spans(score: Score, voice: Voice, steps: int) -> list[tuple[int, int]]:
    """Steps [start, end) of `voice` that count as written; silences of a bar or longer do not."""
    if not len(voice):
        return []
    spans: list[tuple[int, int]] = []
    reached = 0
    for start, end in [*map(note_steps, voice), (steps, steps)]:
        bar = score.bar_at(reached * STEP_TICKS).time_signature.bar_ticks // STEP_TICKS
        if start - reached >= bar:
            spans.append((start, end))
        else:
            spans.append((reached, end))
        reached = max(reached, end)
    return [(start, min(end, steps)) for start, end in spans if start < min(end, steps)]


def notes_of(tokens: Sequence[int] | NDArray[np.int16], first_step: int = 0) -> tuple[Note, ...]:
    """The notes that a run of tokens spells, the first token at `first_step`; marked as generated.

    A HOLD with nothing to hold is silence.
    """
    line = np.asarray(tokens)
    events = np.flatnonzero(line != HOLD)
    ends = np.append(events[1:], len(line))
    return tuple(
        Note(
            int(first_step + start) * STEP_TICKS,
            int(end - start) * STEP_TICKS,
            int(line[start]) + LOWEST_PITCH,
            generated=True,
        )
        for start, end in zip(events, ends, strict=True)
        if line[start] < PITCHES
    )


def sounding_before(tokens: NDArray[np.int16]) -> NDArray[np.int16]:
    """[..., T] index of the pitch that sounds just before each step, -1 where none does."""
    before = np.full(tokens.shape, -1, np.int16)
    current = np.full(tokens.shape[:-1], -1, np.int16)
    for step in range(tokens.shape[-1]):
        before[..., step] = current
        token = tokens[..., step]
        current = np.where(token == HOLD, current, np.where(token == REST, -1, token)).astype(np.int16)
    return before


def free_cells(steps: int, spans: Iterable[tuple[int, int]] | None) -> NDArray[np.bool_]:
    """[T] the steps whose middle lies in one of `spans` (ticks); all of them for None."""
    if spans is None:
        return np.ones(steps, np.bool_)
    free = np.zeros(steps, np.bool_)
    for start, end in spans:
        free[first_cell(start) : first_cell(end)] = True
    return free


def first_cell(tick: int) -> int:
    """The first step whose middle lies at `tick` or behind it; 0 for a tick before the piece."""
    return max(0, -((STEP_TICKS // 2 - tick) // STEP_TICKS))


def _check_range(score: Score, name: VoiceName) -> None:
    for note in score.voice(name):
        if not LOWEST_PITCH <= note.pitch <= HIGHEST_PITCH:
            raise UnreadableNoteError(
                f"the {name.label}’s {pitch_name(note.pitch)} in bar {score.bar_at(note.start).number} "
                f"lies outside {pitch_name(LOWEST_PITCH)}–{pitch_name(HIGHEST_PITCH)}, "
                "which is all that the model can read"
            )


def _places(score: Score, steps: int) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Position in the bar and kind of metre of each step."""
    position = np.zeros(steps, np.int16)
    metre = np.zeros(steps, np.int16)
    for bar in score.bars:
        first = bar.start // STEP_TICKS
        full = max(1, bar.time_signature.bar_ticks // STEP_TICKS)
        skipped = full - (bar.end - bar.start) // STEP_TICKS if bar.number == 0 else 0
        # Past the last bar its metre goes on.
        position[first:] = np.minimum((np.arange(steps - first) + skipped) % full, POSITIONS - 1)
        metre[first:] = BAR_STEPS.index(full) if full in BAR_STEPS else METRES - 1
    return position, metre
