"""What of the session goes into a project file, and back. Imported with the files, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.score import VoiceName
from harmonizer_gui.session.document import State
from harmonizer_gui.session.guidance_values import guidance_values
from harmonizer_gui.session.locks import lock_values
from harmonizer_gui.session.sounds import sound_values


@dataclass(frozen=True, slots=True)
class Kept:
    """A part of the session that project files keep under `name`, a section of the files' schema.

    `collect` gives plain JSON values, quickly and in the GUI thread; None for nothing to keep. `restore` is
    called for every piece that is opened, after the document holds it: with what its file says, as the
    schema has checked it, or None where it says nothing.
    """

    name: str
    collect: Callable[[], Any]
    restore: Callable[[Any], None]


@dataclass(frozen=True)
class Snapshot:
    """All that a project file holds, as it stood at one moment. Can cross threads."""

    state: State
    target: VoiceName
    view: dict[str, Any] = field(default_factory=dict)
    sections: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)


def write_snapshot(snapshot: Snapshot, path: Path) -> None:
    """Save as a `.harmonizer` file. Raises FileError."""
    from harmonizer_gui.files.project import Project, write_project

    project = Project(
        score=snapshot.state.score,
        mix=mix_values(snapshot.state.mix),
        target=snapshot.target.label,
        view=snapshot.view,
        sections=_sections(snapshot),
        extra=snapshot.extra,
    )
    write_project(project, path)


def _sections(snapshot: Snapshot) -> dict[str, Any]:
    """The sections that have something to keep."""
    state = snapshot.state
    sounds = {**(snapshot.sections.get("sounds") or {}), **(sound_values(state.sounds) or {})}
    sections = {
        **snapshot.sections,
        "guidance": guidance_values(state.guidance),
        "locked": lock_values(state.locks),
        "sounds": sounds or None,
    }
    return {name: values for name, values in sections.items() if values is not None}


def mix_values(mix: Mix) -> dict[str, Any]:
    """A mix as plain JSON values."""
    return {
        "factors": dict(mix.factors),
        "temperature": mix.temperature,
        "muted": sorted(mix.muted),
        "soloed": sorted(mix.soloed),
    }


def mix_of(values: dict[str, Any]) -> Mix:
    """The mix that `values` of a project file describe; what they do not name is as usual."""
    mix = Mix(
        temperature=float(values.get("temperature", 1.0)),
        muted=frozenset(values.get("muted", ())),
        soloed=frozenset(values.get("soloed", ())),
    )
    for name, factor in values.get("factors", {}).items():
        mix = mix.with_factor(name, float(factor))
    return mix
