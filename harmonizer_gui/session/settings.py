"""What the program remembers of its user from one day to the next; the piece is not in here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, get_args

from platformdirs import user_config_path
from PySide6.QtCore import QByteArray, QSettings

Theme = Literal["system", "light", "dark", "contrast"]
Following = Literal["page", "smooth", "off"]
Labels = Literal["off", "letter", "name"]
MAX_RECENT = 10
USUAL_GHOSTS = 0.75
DEFAULT_GRID_TICKS = 240


class Settings:
    """Typed access to an ini file. A value in it that makes no sense counts as not there."""

    def __init__(self, path: Path | None = None) -> None:
        """`path` of the ini file; None for the user's own."""
        self.path = user_config_path("harmonizer", appauthor=False) / "settings.ini" if path is None else path
        self._store = QSettings(str(self.path), QSettings.Format.IniFormat)

    @property
    def theme(self) -> Theme:
        stored = self._text("window/theme")
        return next((theme for theme in get_args(Theme) if theme == stored), "system")

    @theme.setter
    def theme(self, theme: Theme) -> None:
        self._store.setValue("window/theme", theme)

    @property
    def geometry(self) -> bytes:
        """As `QWidget.saveGeometry` gives it; empty before the first time."""
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, geometry: bytes) -> None:
        self._store.setValue("window/geometry", QByteArray(geometry))

    @property
    def window_state(self) -> bytes:
        """As `QMainWindow.saveState` gives it; empty before the first time."""
        return self._bytes("window/state")

    @window_state.setter
    def window_state(self, state: bytes) -> None:
        self._store.setValue("window/state", QByteArray(state))

    @property
    def output(self) -> str:
        """Name of the MIDI output last chosen; empty for the built-in synth."""
        return self._text("playback/output")

    @output.setter
    def output(self, name: str) -> None:
        self._store.setValue("playback/output", name)

    @property
    def midi_input(self) -> str:
        """Name of the MIDI keyboard last chosen; empty for none."""
        return self._text("playback/input")

    @midi_input.setter
    def midi_input(self, name: str) -> None:
        self._store.setValue("playback/input", name)

    @property
    def metronome(self) -> bool:
        """Whether the metronome beats while playing."""
        return self._text("playback/metronome") == "on"

    @metronome.setter
    def metronome(self, on: bool) -> None:
        self._store.setValue("playback/metronome", "on" if on else "off")

    @property
    def counts_in(self) -> bool:
        """Whether a bar is counted before playing."""
        return self._text("playback/count_in") == "on"

    @counts_in.setter
    def counts_in(self, on: bool) -> None:
        self._store.setValue("playback/count_in", "on" if on else "off")

    @property
    def grid_ticks(self) -> int:
        """Ticks that drawing snaps to."""
        ticks = self._text("roll/grid_ticks")
        return int(ticks) if ticks.isdecimal() and int(ticks) > 0 else DEFAULT_GRID_TICKS

    @grid_ticks.setter
    def grid_ticks(self, ticks: int) -> None:
        self._store.setValue("roll/grid_ticks", ticks)

    @property
    def ghosts(self) -> float:
        """How strongly the voices are painted that are not being edited, 0–1."""
        percent = self._text("roll/ghosts")
        return min(1.0, int(percent) / 100) if percent.isdecimal() else USUAL_GHOSTS

    @ghosts.setter
    def ghosts(self, strength: float) -> None:
        self._store.setValue("roll/ghosts", round(100 * strength))

    @property
    def labels(self) -> Labels:
        """What is written on the notes."""
        stored = self._text("roll/labels")
        return next((labels for labels in get_args(Labels) if labels == stored), "letter")

    @labels.setter
    def labels(self, labels: Labels) -> None:
        self._store.setValue("roll/labels", labels)

    def switch(self, name: str, *, usual: bool) -> bool:
        """Whether something is on that can be on or off, as it was left; `usual` before the first time."""
        return {"true": True, "false": False}.get(self._text(f"switches/{name}"), usual)

    def set_switch(self, name: str, *, on: bool) -> None:
        self._store.setValue(f"switches/{name}", "true" if on else "false")

    @property
    def surprise(self) -> str:
        """The name of the measure over the notes; empty for none."""
        return self._text("roll/surprise")

    @surprise.setter
    def surprise(self, measure: str) -> None:
        self._store.setValue("roll/surprise", measure)

    @property
    def overview(self) -> bool:
        """Whether the strip of the whole piece is shown."""
        return self._text("roll/overview") != "false"

    @overview.setter
    def overview(self, on: bool) -> None:
        self._store.setValue("roll/overview", "true" if on else "false")

    @property
    def follow(self) -> Following:
        """How the roll goes along with the playhead."""
        stored = self._text("roll/follow")
        return next((how for how in get_args(Following) if how == stored), "page")

    @follow.setter
    def follow(self, how: Following) -> None:
        self._store.setValue("roll/follow", how)

    @property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """The keys of the actions whose keys the user has changed, as portable text."""
        self._store.beginGroup("keys")
        names = self._store.childKeys()
        self._store.endGroup()
        return {name: tuple(filter(None, self._text(f"keys/{name}").split(" | "))) for name in names}

    @keys.setter
    def keys(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        self._store.remove("keys")
        for name, each in keys.items():
            self._store.setValue(f"keys/{name}", " | ".join(each))

    @property
    def heat(self) -> object:
        """How heat is shown, as plain values; None before the first time."""
        return self._json("roll/heat")

    @heat.setter
    def heat(self, values: dict[str, Any]) -> None:
        self._store.setValue("roll/heat", json.dumps(values))

    @property
    def presets(self) -> object:
        """The user's own mixes, as plain values; None before the first."""
        return self._json("experts/presets")

    @presets.setter
    def presets(self, values: list[dict[str, Any]]) -> None:
        self._store.setValue("experts/presets", json.dumps(values))

    @property
    def folded(self) -> tuple[str, ...]:
        """The groups of experts whose rows are hidden."""
        return tuple(filter(None, self._text("experts/folded").split()))

    @folded.setter
    def folded(self, groups: Iterable[str]) -> None:
        self._store.setValue("experts/folded", " ".join(groups))

    @property
    def folder(self) -> Path:
        """The folder that file dialogs begin in; the home folder where the last one is gone."""
        folder = self._text("files/folder")
        return Path(folder) if folder and Path(folder).is_dir() else Path.home()

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._store.setValue("files/folder", str(folder))

    @property
    def recent_files(self) -> tuple[Path, ...]:
        """The files last used, newest first, missing ones too; at most ten."""
        stored = self._store.value("files/recent")
        names: Iterable[object] = [stored] if isinstance(stored, str) else stored or []
        return tuple(Path(name) for name in names if isinstance(name, str) and name)[:MAX_RECENT]

    def add_recent_file(self, path: Path) -> None:
        """Put `path` first."""
        path = path.absolute()
        files = [path, *(other for other in self.recent_files if other != path)]
        self._store.setValue("files/recent", [str(file) for file in files[:MAX_RECENT]])

    def clear_recent_files(self) -> None:
        self._store.remove("files/recent")

    def save(self) -> None:
        """Write to disk now; otherwise it happens when the event loop is idle and at the end."""
        self._store.sync()

    def _json(self, key: str) -> object:
        try:
            found: object = json.loads(self._text(key) or "null")
        except ValueError:
            return None
        return found

    def _text(self, key: str) -> str:
        value = self._store.value(key, "")
        return value if isinstance(value, str) else str(value)

    def _bytes(self, key: str) -> bytes:
        value = self._store.value(key)
        return bytes(value.data()) if isinstance(value, QByteArray) else b""
