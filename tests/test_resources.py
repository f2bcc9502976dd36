from __future__ import annotations

from pathlib import Path

import pytest

from harmonizer_gui import resources


def test_a_file_that_comes_with_the_program_is_found() -> None:
    assert resources.resource("icons/play.svg").read_text("utf-8").startswith("<svg")


def test_a_missing_file_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="no-such-file"):
        resources.resource("icons/no-such-file.svg")


def test_in_a_checkout_the_models_lie_beside_the_package() -> None:
    assert resources.models_dir() == Path(resources.__file__).parents[1] / "models"


def test_installed_both_folders_lie_inside_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "data" / "models").mkdir(parents=True)
    icons = tmp_path / "data" / "resources" / "icons"
    icons.mkdir(parents=True)
    (icons / "play.svg").write_text("<svg/>")
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path)
    assert resources.models_dir() == tmp_path / "data" / "models"
    assert resources.resource("icons/play.svg") == icons / "play.svg"
