"""Pieces that took long to read, kept as arrays in the user's cache."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from platformdirs import user_cache_path

from harmonizer_gui.engine.grid import Grid
from harmonizer_gui.training.pieces import Piece

_ARRAYS = ("tokens", "fermata", "position", "metre")


def cache_file(name: str) -> Path:
    return user_cache_path("harmonizer", appauthor=False) / f"{name}.npz"


def keep(groups: Mapping[str, Sequence[Piece]], path: Path) -> None:
    """Write groups of pieces; within a group every piece has a name of its own."""
    arrays = {
        f"{group}|{piece.name}|{name}": getattr(piece.grid, name)
        for group, pieces in groups.items()
        for piece in pieces
        for name in _ARRAYS
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".part.npz")
    np.savez_compressed(temporary, allow_pickle=False, **arrays)
    temporary.replace(path)


def load(path: Path) -> dict[str, tuple[Piece, ...]] | None:
    """What `keep` kept, in its order; None where it is missing or damaged."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            found: dict[str, list[Piece]] = {}
            for key in arrays.files:
                group, name, kind = key.split("|")
                if kind == "tokens":
                    parts = {array: arrays[f"{group}|{name}|{array}"] for array in _ARRAYS}
                    written = np.ones(parts["tokens"].shape, np.bool_)
                    found.setdefault(group, []).append(Piece(name, Grid(written=written, **parts)))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
    return {group: tuple(pieces) for group, pieces in found.items()}
