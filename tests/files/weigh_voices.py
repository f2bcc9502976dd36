"""How much each counted cost should weigh where chords are taken apart, tried out on the chorales counted.

`python -m tests.files.weigh_voices` prints each weight that does better than the one in `sharing.py`.
"""

from __future__ import annotations

import sys

from harmonizer_gui.files import sharing
from harmonizer_gui.files.midi import midi_material
from harmonizer_gui.files.voices import FilePart, Parts
from harmonizer_gui.score import Score
from harmonizer_gui.training.corpus import chorale_score, split_list
from tests.files.chorales import notes_alone
from tests.files.layouts import (
    Layout,
    Lines,
    closed_by_pitch,
    closed_by_voice,
    closed_merged,
    lines,
    piano_by_pitch,
    piano_merged,
    share_right,
)

WEIGHTS = ("LENGTH", "SPACING", "PARALLEL", "HEIGHT")
FACTORS = (0.7, 1.4)
LAYOUTS: tuple[Layout, ...] = (closed_by_voice, closed_by_pitch, closed_merged, piano_by_pitch, piano_merged)
_EVERY = 2
Piece = tuple[tuple[FilePart, ...], Lines]


def pieces() -> list[Piece]:
    """Every other chorale of the train split in every layout, and what its voices are."""
    rows = split_list()["train"][::_EVERY]
    scores: list[Score] = [notes_alone(chorale_score(row["path"], row["parts"])) for row in rows]
    return [(midi_material(layout(score)).parts, lines(score)) for score in scores for layout in LAYOUTS]


def merit(tried: list[Piece]) -> float:
    """The mean of the shares: of pieces that are right, and ten times that of notes."""
    shares = [share_right(lines(Score(Parts(parts).arranged().voices())), voices) for parts, voices in tried]
    return sum((share == 1.0) + 10 * share for share in shares) / len(shares)


def main() -> int:
    tried = pieces()
    best = merit(tried)
    sys.stdout.write(f"as it is: {best:.4f}\n")
    for name in WEIGHTS:
        usual = getattr(sharing, name)
        for factor in FACTORS:
            setattr(sharing, name, usual * factor)
            found = merit(tried)
            if found > best:
                sys.stdout.write(f"{name} = {usual * factor:.2f}: {found:.4f}\n")
        setattr(sharing, name, usual)
    return 0


if __name__ == "__main__":
    sys.exit(main())
