"""Where the files lie that come with the program: beside the package in a checkout, inside it installed."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """The file `name`, for instance `icons/play.svg`; raise FileNotFoundError where there is none."""
    path = _folder("resources") / name
    if not path.is_file():
        raise FileNotFoundError(f"the program's own file {path} is missing: please install it anew")
    return path


def models_dir() -> Path:
    """The folder of the checkpoints and cards that come with the program."""
    return _folder("models")


def _folder(name: str) -> Path:
    installed = _PACKAGE / "data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name
