from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from harmonizer_gui.session.settings import DEFAULT_GRID_TICKS, MAX_RECENT, Settings


@pytest.fixture
def ini(tmp_path: Path) -> Path:
    return tmp_path / "settings.ini"


def reopened(settings: Settings) -> Settings:
    settings.save()
    return Settings(settings.path)


@pytest.mark.parametrize(
    ("name", "default", "value"),
    [
        ("theme", "system", "dark"),
        ("geometry", b"", b"\x00\x01\xff"),
        ("window_state", b"", bytes(range(256))),
        ("output", "", "Synth, “left” = 1"),
        ("grid_ticks", DEFAULT_GRID_TICKS, 120),
        ("ghosts", 0.75, 0.3),
        ("labels", "letter", "name"),
    ],
)
def test_a_value_is_remembered(ini: Path, name: str, default: object, value: object) -> None:
    settings = Settings(ini)
    assert getattr(settings, name) == default
    setattr(settings, name, value)
    assert getattr(settings, name) == value
    assert getattr(reopened(settings), name) == value


@pytest.mark.parametrize(
    ("key", "name", "default"),
    [
        ("window/theme", "theme", "system"),
        ("window/geometry", "geometry", b""),
        ("roll/grid_ticks", "grid_ticks", DEFAULT_GRID_TICKS),
    ],
)
def test_nonsense_counts_as_not_there(ini: Path, key: str, name: str, default: object) -> None:
    store = QSettings(str(ini), QSettings.Format.IniFormat)
    store.setValue(key, "-3")
    store.sync()
    assert getattr(Settings(ini), name) == default


def test_the_newest_file_comes_first_and_ten_are_kept(ini: Path, tmp_path: Path) -> None:
    settings = Settings(ini)
    paths = [tmp_path / f"{number}.mid" for number in range(12)]
    for path in paths:
        settings.add_recent_file(path)
    settings.add_recent_file(paths[5])
    recent = reopened(settings).recent_files
    assert recent[:2] == (paths[5], paths[11])
    assert len(recent) == len(set(recent)) == MAX_RECENT
    settings.clear_recent_files()
    assert settings.recent_files == ()


def test_a_single_recent_file_survives_the_ini_format(ini: Path, tmp_path: Path) -> None:
    settings = Settings(ini)
    settings.add_recent_file(tmp_path / "one, two.mid")
    assert reopened(settings).recent_files == (tmp_path / "one, two.mid",)


def test_a_folder_that_is_gone_is_not_offered(ini: Path, tmp_path: Path) -> None:
    settings = Settings(ini)
    assert settings.folder == Path.home()
    settings.folder = tmp_path
    assert reopened(settings).folder == tmp_path
    settings.folder = tmp_path / "gone"
    assert settings.folder == Path.home()


def test_a_switch_is_as_usual_until_somebody_moves_it(ini: Path) -> None:
    settings = Settings(ini)
    assert settings.switch("chords", usual=True)
    assert not settings.switch("chords", usual=False)
    settings.set_switch("chords", on=False)
    assert not reopened(settings).switch("chords", usual=True)
