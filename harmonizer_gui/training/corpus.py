"""The training corpus: Bach's chorales out of the installed music21, on the canonical split.

No music is shipped. Reading all chorales takes a minute; what was read is kept as arrays in the user's cache.
"""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np
from platformdirs import user_cache_path

from harmonizer_gui.engine.grid import Grid, UnreadableNoteError, grid_of
from harmonizer_gui.errors import UserError
from harmonizer_gui.files.errors import FileError
from harmonizer_gui.files.formats import SUFFIXES, read
from harmonizer_gui.files.musicxml import read_musicxml
from harmonizer_gui.files.streams import score_from_stream
from harmonizer_gui.score import Score
from harmonizer_gui.training.pieces import Piece

Split = Literal["train", "valid", "test"]
SPLITS: tuple[Split, ...] = ("train", "valid", "test")
_ARRAYS = ("tokens", "fermata", "position", "metre")
_FORMAT = 1
OTHER_COMPOSERS = ("palestrina", "trecento")
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
    from music21 import corpus

    paths = [Path(path) for composer in OTHER_COMPOSERS for path in corpus.getComposer(composer)]
    pieces: list[Piece] = []
    for index, path in enumerate(paths):
        score = _four_parts(path)
        if score is not None:
            pieces.append(Piece(path.name, written_grid(score)))
        if progress is not None:
            progress(index + 1, len(paths))
    return pieces


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


def written_grid(score: Score) -> Grid:
    """The grid of a finished piece: every cell counts as written, silence is a rest."""
    grid = grid_of(score)
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


def _bach(progress: Progress | None) -> dict[Split, tuple[Piece, ...]]:
    cache = user_cache_path("harmonizer", appauthor=False) / f"chorales-{_fingerprint()}.npz"
    kept = _load(cache)
    if kept is None:
        kept = _read(progress)
        _keep(kept, cache)
    return kept


def _fingerprint() -> str:
    """Changes with whatever the arrays depend on: the split, music21's corpus, the way cells are counted."""
    source = json.dumps([_FORMAT, version("music21"), split_list()], sort_keys=True)
    return hashlib.sha256(source.encode()).hexdigest()[:12]


def _read(progress: Progress | None) -> dict[Split, tuple[Piece, ...]]:
    listed = split_list()
    total = sum(len(rows) for rows in listed.values())
    done = 0
    answer: dict[Split, tuple[Piece, ...]] = {}
    for split in SPLITS:
        pieces: list[Piece] = []
        for row in listed[split]:
            pieces.append(Piece(row["path"], written_grid(chorale_score(row["path"], row["parts"]))))
            done += 1
            if progress is not None:
                progress(done, total)
        answer[split] = tuple(pieces)
    return answer


def _keep(splits: dict[Split, tuple[Piece, ...]], path: Path) -> None:
    arrays = {
        f"{split}|{piece.name}|{name}": getattr(piece.grid, name)
        for split, pieces in splits.items()
        for piece in pieces
        for name in _ARRAYS
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part.npz")
    np.savez_compressed(temporary, allow_pickle=False, **arrays)
    temporary.replace(path)


def _load(path: Path) -> dict[Split, tuple[Piece, ...]] | None:
    """What `_keep` kept; None where it is missing or damaged."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            found: dict[Split, list[Piece]] = {split: [] for split in SPLITS}
            for key in arrays.files:
                split, name, kind = key.split("|")
                if kind == "tokens":
                    parts = {array: arrays[f"{split}|{name}|{array}"] for array in _ARRAYS}
                    written = np.ones(parts["tokens"].shape, np.bool_)
                    found[cast("Split", split)].append(Piece(name, Grid(written=written, **parts)))
    except (OSError, ValueError, KeyError, EOFError):
        return None
    return {split: tuple(pieces) for split, pieces in found.items()}
