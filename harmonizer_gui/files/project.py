"""The project file `.harmonizer`: the score and how the user left it, as JSON with a version."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harmonizer_gui.files.atomic import write_atomically
from harmonizer_gui.files.bounds import check_end, check_note_count, read_bounded
from harmonizer_gui.files.errors import ContentError, naming
from harmonizer_gui.files.places import explained
from harmonizer_gui.files.project_schema import (
    VERSION,
    Content,
    NotePart,
    ScorePart,
    TimeSignaturePart,
    VoicePart,
    unknown_keys,
    with_unknown_keys,
)
from harmonizer_gui.files.project_versions import brought_up
from harmonizer_gui.score import KeySignature, Note, Score, Tempo, TimeSignature, Voice, VoiceName

FORMAT = "harmonizer"
MAX_PROJECT_BYTES = 24 * 1024 * 1024
MAX_OBJECTS = 1_000_000
_OWN_FIELDS = ("format", "version", "score", "mix", "target", "view")
SECTIONS = tuple(name for name in Content.model_fields if name not in _OWN_FIELDS)
"""The parts of a project file that the program's own parts fill, each by a name of its own."""


@dataclass(frozen=True)
class Project:
    """A piece and its surroundings, as they stand in the file.

    `mix` holds `factors` (name → factor), `temperature`, `muted` and `soloed` (names), each only where the
    file names it. `view` belongs to the window. `sections` are the other parts that the schema knows, by
    name, where the file has them. `extra` holds keys that this version does not know, each at the place
    where it stands (`{"score": {"composer": …}}`); they are written back. All are plain JSON values.
    """

    score: Score = Score()  # noqa: RUF009  # a frozen value
    mix: dict[str, Any] = field(default_factory=dict)
    target: str = VoiceName.ALTO.label
    view: dict[str, Any] = field(default_factory=dict)
    sections: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)


def read_project(path: Path) -> Project:
    """Read a `.harmonizer` file. Raises FileError naming the place of what is wrong."""
    with naming(path):
        return _project(_parsed(read_bounded(path, MAX_PROJECT_BYTES)))


def write_project(project: Project, path: Path) -> None:
    """Save atomically. Raises FileError; the old file is then as it was."""
    write_atomically(path, project_bytes(project))


def project_bytes(project: Project) -> bytes:
    """The project as it stands in a file."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "score": _score_json(project.score),
        "mix": project.mix,
        "target": project.target,
        "view": project.view,
        **project.sections,
    }
    return json.dumps(with_unknown_keys(content, project.extra), allow_nan=False).encode()


def _parsed(data: bytes) -> dict[str, Any]:
    if data.count(b"{") + data.count(b"[") > MAX_OBJECTS:
        raise ContentError("it has more entries than any piece")
    try:
        content = json.loads(data, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        detail = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise ContentError(f"it is damaged or no Harmonizer project{detail}") from error
    if not isinstance(content, dict):
        raise ContentError("the file: this is not an object")
    return content


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _project(raw: dict[str, Any]) -> Project:
    if "format" not in raw:
        raise ContentError("format is missing")
    if raw["format"] != FORMAT:
        raise ContentError("it is no Harmonizer project")
    raw = brought_up(raw)
    check_note_count(_note_count(raw))
    with explained():
        content = Content.model_validate(raw)
    return Project(
        score=_score(content.score),
        mix=raw.get("mix", {}),
        target=content.target,
        view=content.view,
        sections={name: raw[name] for name in SECTIONS if raw.get(name) is not None},
        extra=unknown_keys(content),
    )


def _note_count(raw: dict[str, Any]) -> int:
    """The notes of all voices, before anything is known of what they look like."""
    score = raw.get("score")
    voices = score.get("voices") if isinstance(score, dict) else None
    lines = voices.values() if isinstance(voices, dict) else ()
    notes = [line.get("notes") for line in lines if isinstance(line, dict)]
    return sum(len(line) for line in notes if isinstance(line, list))


def _score(part: ScorePart) -> Score:
    voices = part.voices
    soprano, alto, tenor, bass = (_voice(getattr(voices, name.label), name.label) for name in VoiceName)
    metres = [_time_signature(metre, index) for index, metre in enumerate(part.time_signatures)]
    with explained("score"):
        return Score(
            voices=(soprano, alto, tenor, bass),
            title=part.title,
            tempos=tuple(Tempo(tempo.tick, tempo.quarters_per_minute) for tempo in part.tempos),
            time_signatures=tuple(metres),
            key_signatures=tuple(KeySignature(key.tick, key.fifths, key.mode) for key in part.key_signatures),
            pickup=part.pickup,
        )


def _voice(part: VoicePart, label: str) -> Voice:
    with explained(f"score.voices.{label}"):
        voice = Voice(tuple(map(_note, part.notes)))
    check_end(voice.end)
    return voice


def _note(part: NotePart) -> Note:
    return Note(
        part.start, part.duration, part.pitch, part.velocity, part.fermata, part.generated, part.lyric
    )


def _time_signature(part: TimeSignaturePart, index: int) -> TimeSignature:
    with explained(f"score.time_signatures[{index}]"):
        return TimeSignature(part.tick, part.numerator, part.denominator)


def _score_json(score: Score) -> dict[str, Any]:
    return {
        "title": score.title,
        "pickup": score.pickup,
        "tempos": [
            {"tick": tempo.tick, "quarters_per_minute": tempo.quarters_per_minute} for tempo in score.tempos
        ],
        "time_signatures": [
            {"tick": metre.tick, "numerator": metre.numerator, "denominator": metre.denominator}
            for metre in score.time_signatures
        ],
        "key_signatures": [
            {"tick": key.tick, "fifths": key.fifths, "mode": key.mode} for key in score.key_signatures
        ],
        "voices": {
            name.label: {"notes": [_note_json(note) for note in score.voice(name)]} for name in VoiceName
        },
    }


def _note_json(note: Note) -> dict[str, Any]:
    """A note without what is usual: velocity 80, no fermata, not generated, no lyric."""
    content: dict[str, Any] = {"start": note.start, "duration": note.duration, "pitch": note.pitch}
    if note.velocity != 80:
        content["velocity"] = note.velocity
    if note.fermata:
        content["fermata"] = True
    if note.generated:
        content["generated"] = True
    if note.lyric:
        content["lyric"] = note.lyric
    return content
