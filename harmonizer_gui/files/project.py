"""The project file `.harmonizer`: the score and how the user left the window, as JSON with a version."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harmonizer_gui.files.atomic import write_atomically
from harmonizer_gui.files.bounds import MAX_TICK, check_note_count, read_bounded
from harmonizer_gui.files.errors import ContentError, naming
from harmonizer_gui.files.json_values import Place
from harmonizer_gui.score import KeySignature, Note, Score, Tempo, TimeSignature, Voice, VoiceName

FORMAT = "harmonizer"
VERSION = 1


@dataclass(frozen=True)
class Project:
    """A piece and its surroundings, as they stand in the file.

    `mix` holds `factors` (name → factor), `temperature`, `muted` and `soloed` (names), each only where the
    file names it. `view` belongs to the window. `extra` holds keys of the file that this version does not
    know; they are written back. All of them are plain JSON values.
    """

    score: Score = Score()  # noqa: RUF009  # a frozen value
    mix: dict[str, Any] = field(default_factory=dict)
    target: str = VoiceName.ALTO.label
    view: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)


def read_project(path: Path) -> Project:
    """Read a `.harmonizer` file. Raises FileError naming the place of what is wrong."""
    with naming(path):
        return _project(_parsed(read_bounded(path)))


def write_project(project: Project, path: Path) -> None:
    """Save atomically. Raises FileError; the old file is then as it was."""
    content = {
        **project.extra,
        "format": FORMAT,
        "version": VERSION,
        "score": _score_json(project.score),
        "mix": project.mix,
        "target": project.target,
        "view": project.view,
    }
    write_atomically(path, json.dumps(content, allow_nan=False).encode())


def _parsed(data: bytes) -> Place:
    try:
        return Place(json.loads(data, parse_constant=_no_constant))
    except (ValueError, RecursionError) as error:
        detail = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise ContentError(f"it is damaged or no Harmonizer project{detail}") from error


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _project(root: Place) -> Project:
    content = root.mapping()
    if root.get("format").value != FORMAT:
        raise ContentError("it is no Harmonizer project")
    version = root.get("version").integer(1, 1_000_000)
    if version > VERSION:
        raise ContentError(
            f"it was saved by a newer Harmonizer: its version is {version}, this one reads up to {VERSION}"
        )
    known = {"format", "version", "score", "mix", "target", "view"}
    return Project(
        score=_score(root.get("score")),
        mix=_mix(root.get("mix", {})),
        target=root.get("target", VoiceName.ALTO.label).choice([voice.label for voice in VoiceName]),
        view=root.get("view", {}).mapping(),
        extra={key: value for key, value in content.items() if key not in known},
    )


def _mix(place: Place) -> dict[str, Any]:
    mix = place.mapping()
    if "factors" in mix:
        factors = place.get("factors")
        for name in factors.mapping():
            factors.get(name).number(0, 10)
    if "temperature" in mix:
        place.get("temperature").number(0.05, 5)
    for names in ("muted", "soloed"):
        for name_place in place.get(names, []).items():
            name_place.text()
    return mix


def _score(place: Place) -> Score:
    voices = place.get("voices")
    check_note_count(sum(len(voices.get(name.label).get("notes").items()) for name in VoiceName))
    soprano, alto, tenor, bass = (_voice(voices.get(name.label)) for name in VoiceName)
    with place.explained():
        return Score(
            voices=(soprano, alto, tenor, bass),
            title=place.get("title", "").text(),
            tempos=tuple(_tempo(item) for item in place.get("tempos").items()),
            time_signatures=tuple(_time_signature(item) for item in place.get("time_signatures").items()),
            key_signatures=tuple(_key_signature(item) for item in place.get("key_signatures", []).items()),
            pickup=place.get("pickup", 0).integer(0, MAX_TICK),
        )


def _voice(place: Place) -> Voice:
    notes = tuple(_note(item) for item in place.get("notes").items())
    with place.explained():
        return Voice(notes)


def _note(place: Place) -> Note:
    start = place.get("start").integer(0, MAX_TICK)
    return Note(
        start=start,
        duration=place.get("duration").integer(1, MAX_TICK - start),
        pitch=place.get("pitch").integer(0, 127),
        velocity=place.get("velocity", 80).integer(1, 127),
        fermata=place.get("fermata", False).boolean(),
        generated=place.get("generated", False).boolean(),
    )


def _tempo(place: Place) -> Tempo:
    return Tempo(_tick(place), place.get("quarters_per_minute").number(5, 1000))


def _time_signature(place: Place) -> TimeSignature:
    with place.explained():
        return TimeSignature(
            _tick(place), place.get("numerator").integer(1, 64), place.get("denominator").integer(1, 32)
        )


def _key_signature(place: Place) -> KeySignature:
    mode = place.get("mode", "major").choice(["major", "minor"])
    fifths = place.get("fifths").integer(-7, 7)
    return KeySignature(_tick(place), fifths, "minor" if mode == "minor" else "major")


def _tick(place: Place) -> int:
    return place.get("tick").integer(0, MAX_TICK)


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
    """A note without what is usual: velocity 80, no fermata, not generated."""
    content: dict[str, Any] = {"start": note.start, "duration": note.duration, "pitch": note.pitch}
    if note.velocity != 80:
        content["velocity"] = note.velocity
    if note.fermata:
        content["fermata"] = True
    if note.generated:
        content["generated"] = True
    return content
