"""Counts how the voices of Bach's chorales move, for taking chords apart.

`make count-voices` writes `voice_counts.json` beside the reader from the chorales of the train split alone.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from harmonizer_gui.files import voice_prior as vp
from harmonizer_gui.score import Note, Score, VoiceName
from harmonizer_gui.training.corpus import chorale_score, split_list

COUNTS = Path(vp.__file__).with_name("voice_counts.json")
_VOICES = range(len(VoiceName))
Move = tuple[Note, Note]


def counts_of(scores: Iterable[Score]) -> dict[str, Any]:
    """The counts as the file has them."""
    moves: Counter[tuple[int, ...]] = Counter()
    lengths: Counter[tuple[int, ...]] = Counter()
    spacings: Counter[tuple[int, ...]] = Counter()
    together: Counter[tuple[int, int, int]] = Counter()
    heights: Counter[tuple[int, ...]] = Counter()
    for score in scores:
        for voice, line in enumerate(score.voices):
            moves.update((voice, *move) for move in _moves(line.notes))
            heights.update((voice, height) for height in _heights(line.notes, shift_of(score)))
            lengths.update((voice, *length) for length in _lengths(line.notes))
        for upper in _VOICES[:-1]:
            spacings.update((upper, *pair) for pair in _spacings(score, upper))
        for one, other in combinations(score.voices, 2):
            together.update(_moves_from_perfect(one.notes, other.notes))
    return {
        "moves": _table(moves, len(_VOICES), vp.MOVES, vp.BEATS, vp.WIDE + 1),
        "lengths": _table(lengths, len(_VOICES), vp.BEATS, vp.LENGTHS, vp.LENGTHS),
        "spacings": _table(spacings, len(_VOICES) - 1, vp.STANDINGS, vp.SPACINGS),
        "heights": _table(heights, len(_VOICES), vp.HEIGHTS),
        "parallels": _parallels(together),
    }


def _moves(notes: Sequence[Note]) -> Iterator[tuple[int, int, int]]:
    """The class of the move before, the beat, the move."""
    before = vp.START
    for first, second in pairwise(notes):
        semitones = second.pitch - first.pitch
        if second.start > first.end:
            before = vp.START
        yield before, vp.beat_class(second.start), vp.move_index(semitones)
        before = vp.move_class(semitones)


def shift_of(score: Score) -> int:
    """How much the piece lies above the usual height, in semitones."""
    return vp.shift([note.pitch for voice in score.voices for note in voice], tuple(_VOICES))


def _heights(notes: Sequence[Note], shift: int) -> Iterator[int]:
    return (vp.height_index(note.pitch - shift) for note in notes)


def _lengths(notes: Sequence[Note]) -> Iterator[tuple[int, int, int]]:
    """The beat, the length before, the length."""
    for first, second in pairwise(notes):
        lengths = vp.length_class(first.duration), vp.length_class(second.duration)
        yield vp.beat_class(second.start), *lengths


def _spacings(score: Score, upper: int) -> Iterator[tuple[int, int]]:
    """How a voice and the next below stand and how far they are apart, wherever one of them strikes."""
    voices = score.voices[upper : upper + 2]
    before: tuple[int, int] | None = None
    for tick in sorted({note.start for voice in voices for note in voice}):
        notes = [voice.at(tick) for voice in voices]
        if notes[0] is None or notes[1] is None:
            continue
        pitches = notes[0].pitch, notes[1].pitch
        if before is not None:
            yield vp.standing(*before), vp.spacing_index(pitches[0] - pitches[1])
        before = pitches


def _moves_from_perfect(one: Sequence[Note], other: Sequence[Note]) -> Iterator[tuple[int, int, int]]:
    """The interval and both moves, where two voices leave a fifth, an octave or a unison at once."""
    lower = {second.start: (first, second) for first, second in pairwise(other)}
    for first, second in pairwise(one):
        if second.start not in lower:
            continue
        start, goal = lower[second.start]
        moves = second.pitch - first.pitch, goal.pitch - start.pitch
        if vp.is_perfect(first.pitch, start.pitch) and all(moves):
            yield (first.pitch - start.pitch) % 12, *moves


def _parallels(together: Counter[tuple[int, int, int]]) -> dict[str, float]:
    """How many fifths and octaves move as one, and how many would if the voices did not hear each other."""
    found = sum(number for (_, one, other), number in together.items() if one == other)
    uppers: Counter[int] = Counter()
    lowers: Counter[int] = Counter()
    for (_, one, other), number in together.items():
        uppers[one] += number
        lowers[other] += number
    chance = sum(number * lowers[move] for move, number in uppers.items()) / together.total()
    return {"found": found, "expected": round(chance, 1)}


def _table(counts: Counter[tuple[int, ...]], *sizes: int) -> Any:  # noqa: ANN401  # nested as deep as there are sizes
    def at(place: tuple[int, ...]) -> Any:  # noqa: ANN401
        if len(place) == len(sizes):
            return counts[place]
        return [at((*place, index)) for index in range(sizes[len(place)])]

    return at(())


def written(counts: dict[str, Any]) -> str:
    """One line for each row of numbers."""
    text = json.dumps({"from": "train split of Bach's chorales", **counts}, separators=(",", ":"))
    return text.replace("],[", "],\n[").replace(',"', ',\n"') + "\n"


def main() -> int:
    scores = [chorale_score(row["path"], row["parts"]) for row in split_list()["train"]]
    COUNTS.write_text(written(counts_of(scores)), encoding="utf-8")
    sys.stdout.write(f"{len(scores)} chorales counted\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
