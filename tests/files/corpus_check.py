"""Every four-part file of Bach's in music21's corpus: there and back in every format, and in every layout.

What comes of the layouts is told apart for the chorales counted (`make count-voices`) and the others.

`make check-corpus` runs it; it takes some minutes. A sample of it is among the tests.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from harmonizer_gui.files.errors import FileError
from harmonizer_gui.files.formats import gather, read, write
from harmonizer_gui.files.imported import Imported
from harmonizer_gui.files.material import Material
from harmonizer_gui.score import Score
from harmonizer_gui.training.corpus import split_list
from tests.files.chorales import notes_alone, without_fermatas
from tests.files.layouts import (
    Layout,
    closed_by_pitch,
    closed_by_voice,
    closed_merged,
    closed_staves,
    four_channels,
    four_tracks,
    lines,
    piano_by_pitch,
    piano_by_voice,
    piano_merged,
    piano_struck,
    read_back,
    share_right,
    struck_anew,
    two_channels,
)

SUFFIXES = (".mid", ".musicxml", ".mxl", ".harmonizer")
LAYOUTS: tuple[Layout, ...] = (
    four_tracks, four_channels, closed_staves, closed_by_voice, two_channels, closed_by_pitch,
    closed_merged, piano_by_voice, piano_by_pitch, piano_merged, piano_struck,
)  # fmt: skip
ALWAYS_EXACT = (four_tracks, four_channels, closed_staves)
_SUFFIXES_READ = (".mxl", ".xml", ".krn")


def four_part_files() -> list[Path]:
    """The files of Bach's in the corpus that have exactly four parts with notes."""
    from music21 import corpus

    paths = [Path(path) for path in corpus.getComposer("bach")]
    return [path for path in paths if path.suffix in _SUFFIXES_READ and _four_parts(path) is not None]


def _four_parts(path: Path) -> Material | None:
    try:
        material = gather(path)
    except FileError:
        return None
    if isinstance(material, Imported) or not all(part.found for part in material.parts):
        return None
    return material if len(material.parts) == 4 else None


def lost_on_the_way(score: Score, folder: Path) -> list[str]:
    """The formats in which the score does not come back as it was."""
    wrong = []
    for suffix in SUFFIXES:
        path = folder / f"piece{suffix}"
        write(score, path)
        wanted = without_fermatas(score) if suffix == ".mid" else score
        if read(path).score != wanted:
            wrong.append(suffix)
    return wrong


def main(arguments: Sequence[str]) -> int:
    """Print what was found; 1 where anything was lost."""
    shares: dict[str, dict[bool, list[float]]] = {
        layout.__name__: {True: [], False: []} for layout in LAYOUTS
    }
    counted = {Path(row["path"]).stem for row in split_list()["train"]}
    paths = four_part_files()[: int(arguments[0]) if arguments else None]
    lost = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            score = read(path).score
            wrong = lost_on_the_way(score, Path(folder))
            if wrong:
                lost += 1
                sys.stdout.write(f"{path.name}: not the same again in {', '.join(wrong)}\n")
            plain = notes_alone(score)
            for layout in LAYOUTS:
                wanted = struck_anew(plain) if layout is piano_struck else plain
                share = share_right(read_back(layout(plain)), lines(wanted))
                shares[layout.__name__][path.stem in counted].append(share)
    sys.stdout.write(f"{len(paths)} chorales, {lost} with losses\n")
    for name, both in shares.items():
        sys.stdout.write(f"{name:16} counted: {_told(both[True])}; others: {_told(both[False])}\n")
    inexact = any(min(map(min, filter(None, shares[each.__name__].values()))) < 1 for each in ALWAYS_EXACT)
    return int(bool(lost or inexact))


def _told(shares: Sequence[float]) -> str:
    """How many pieces came back exactly, and the mean share of notes."""
    mean = 100 * sum(shares) / max(1, len(shares))
    return f"{shares.count(1.0):3} of {len(shares):3} exact, {mean:7.3f} % of the notes"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
