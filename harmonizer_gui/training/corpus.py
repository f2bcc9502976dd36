"""What can be trained on: Bach's chorales on the canonical split, other old music, the user's own files.

No music is shipped: it comes out of the installed music21. Reading takes minutes; what was read is kept as
arrays in the user's cache.
"""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np

from harmonizer_gui.engine.grid import Grid, UnreadableNoteError, grid_of
from harmonizer_gui.errors import UserError
from harmonizer_gui.files.errors import FileError
from harmonizer_gui.files.formats import SUFFIXES, read
from harmonizer_gui.files.musicxml import read_musicxml
from harmonizer_gui.files.streams import score_from_stream
from harmonizer_gui.score import Score
from harmonizer_gui.training.cache import cache_file, keep, load
from harmonizer_gui.training.pieces import Piece

Split = Literal["train", "valid", "test"]
SPLITS: tuple[Split, ...] = ("train", "valid", "test")
_FORMAT = 1
OTHER_COMPOSERS = ("palestrina", "trecento")
RESERVED = (
    "Made in part from files whose encoder reserves rights (Palestrina in music21's corpus): for your own "
    "use; these weights may not be shipped."
)
OWN_FILES = (
    "Made from files of your own: these weights may not be shipped unless the rights in those files allow it."
)
Progress = Callable[[int, int], None]


class CorpusError(UserError):
    """There is nothing to train on; the text says why."""


def bach_chorales(split: Split, *, progress: Progress | None = None) -> tuple[Piece, ...]:
    """The chorales of one split, in the order of the list. `progress(done, of)` is told how reading goes."""
    return _bach(progress)[split]


def mixed_pieces(*, progress: Progress | None = None) -> list[Piece]:
    """The four-part vocal music of music21's corpus that is not by Bach: Palestrina and the Trecento.

    What does not fit four voices on the model's alphabet is left out. Palestrina's files reserve rights of
    their encoder: learn from them, but do not pass on weights made from them.
    """
    cache = cache_file(f"other-{_fingerprint(OTHER_COMPOSERS)}")
    kept = load(cache)
    if kept is None:
        kept = {"other": tuple(_other_music(progress))}
        keep(kept, cache)
    return list(kept["other"])


def rights_in(corpus: str) -> str:
    """What the card says of weights made from a corpus; empty where nobody reserves anything."""
    return {"bach": "", "mixed": RESERVED}.get(corpus, OWN_FILES)


def _other_music(progress: Progress | None) -> Iterator[Piece]:
    from music21 import corpus

    paths = [(composer, Path(path)) for composer in OTHER_COMPOSERS for path in corpus.getComposer(composer)]
    for index, (composer, path) in enumerate(paths):
        score = _four_parts(path)
        if score is not None:
            yield Piece(f"{composer}/{path.name}", written_grid(score))
        if progress is not None:
            progress(index + 1, len(paths))


def _four_parts(path: Path) -> Score | None:
    """The score of a corpus file in four parts, None for any other."""
    try:
        stream = _parsed(path)
        score = score_from_stream(stream, range(4)).score if len(stream.parts) == 4 else None
        if score is None or not all(len(voice) for voice in score.voices):
            return None
        grid_of(score)
    except Exception:
        # music21's readers let out errors of every kind; such a file is one less to learn from.
        return None
    return score


def folder_pieces(folder: Path) -> tuple[list[Piece], list[str]]:
    """Every readable score under `folder`, and one sentence for each file that was left out.

    Raises CorpusError if nothing can be read.
    """
    pieces: list[Piece] = []
    left_out: list[str] = []
    for path in sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES):
        try:
            score = read(path).score
            if not all(len(voice) for voice in score.voices):
                left_out.append(f"{path.name}: not all four voices have notes")
                continue
            pieces.append(Piece(path.name, written_grid(score)))
        except (FileError, UnreadableNoteError) as error:
            left_out.append(str(error))
    if not pieces:
        raise CorpusError(f"{folder}: no score in four voices can be read there")
    return pieces, left_out


def written_grid(score: Score, end: int | None = None) -> Grid:
    """The grid of a finished piece, up to tick `end`: every cell counts as written, silence is a rest."""
    grid = grid_of(score, end)
    return Grid(grid.tokens, np.ones_like(grid.written), grid.fermata, grid.position, grid.metre)


def chorale_score(path: str, parts: Sequence[int]) -> Score:
    """One piece of music21's corpus, for instance `bach/bwv269.mxl`, with the parts of the four voices."""
    from music21 import corpus

    found = Path(corpus.getWork(path))
    if found.suffix in (".mxl", ".xml"):
        return read_musicxml(found, parts).score
    return score_from_stream(_parsed(found), parts).score


def _parsed(path: Path) -> Any:  # noqa: ANN401  # music21 has no types
    """The stream of a file of music21's own corpus, without its pickled cache."""
    from music21 import converter

    reader = converter.Converter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader.parseFileNoPickle(path)
    return reader.stream


def split_list() -> Mapping[str, list[dict[str, Any]]]:
    """The canonical 229/76/77 split as paths and parts in music21's corpus."""
    text = files("harmonizer_gui.training").joinpath("jsb_split.json").read_text(encoding="utf-8")
    return cast("Mapping[str, list[dict[str, Any]]]", json.loads(text)["splits"])


def _bach(progress: Progress | None) -> Mapping[str, tuple[Piece, ...]]:
    cache = cache_file(f"chorales-{_fingerprint(split_list())}")
    kept = load(cache)
    if kept is None:
        kept = _read(progress)
        keep(kept, cache)
    return kept


def _fingerprint(listed: object) -> str:
    """Changes with whatever the arrays depend on: what is listed, music21's corpus, how cells are counted."""
    source = json.dumps([_FORMAT, version("music21"), listed], sort_keys=True)
    return hashlib.sha256(source.encode()).hexdigest()[:12]


def _read(progress: Progress | None) -> dict[str, tuple[Piece, ...]]:
    listed = split_list()
    total = sum(len(rows) for rows in listed.values())
    done = 0
    answer: dict[str, tuple[Piece, ...]] = {}
    for split in SPLITS:
        pieces: list[Piece] = []
        for row in listed[split]:
            pieces.append(Piece(row["path"], written_grid(chorale_score(row["path"], row["parts"]))))
            done += 1
            if progress is not None:
                progress(done, total)
        answer[split] = tuple(pieces)
    return answer
