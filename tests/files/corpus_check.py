"""Every four-part file of Bach's in music21's corpus: there and back in every format, and in every layout.

`make check-corpus` runs it; it takes some minutes. A sample of it is among the tests.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from harmonizer_gui.files.errors import FileError
from harmonizer_gui.files.formats import gather, read, write
from harmonizer_gui.files.imported import Imported
from harmonizer_gui.files.material import Material
from harmonizer_gui.score import Score
from tests.files.chorales import notes_alone, without_fermatas
from tests.files.layouts import (
    Layout,
    closed_by_pitch,
    closed_by_voice,
    closed_staves,
    four_channels,
    four_tracks,
    lines,
    piano_by_pitch,
    piano_by_voice,
    read_back,
    share_right,
)

SUFFIXES = (".mid", ".musicxml", ".mxl", ".harmonizer")
LAYOUTS: tuple[Layout, ...] = (
    four_tracks, four_channels, closed_staves, closed_by_voice, closed_by_pitch, piano_by_voice,
    piano_by_pitch,
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
    exact: Counter[str] = Counter()
    shares: dict[str, list[float]] = {layout.__name__: [] for layout in LAYOUTS}
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
                share = share_right(read_back(layout(plain)), lines(plain))
                shares[layout.__name__].append(share)
                exact[layout.__name__] += share == 1.0
    sys.stdout.write(f"{len(paths)} chorales, {lost} with losses\n")
    for name, values in shares.items():
        mean = 100 * sum(values) / len(values)
        sys.stdout.write(f"{name:16} {exact[name]:4} exact, {mean:7.3f} % of the notes\n")
    inexact = sum(len(paths) - exact[layout.__name__] for layout in ALWAYS_EXACT)
    return int(bool(lost or inexact))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
