"""A project with every part that the format has."""

from __future__ import annotations

import zlib
from base64 import b64encode
from typing import Any

from harmonizer_gui.files.project import Project
from harmonizer_gui.score import Note, Score, Voice

NOTES = [
    {"start": 0, "duration": 480, "pitch": 64},
    {"start": 480, "duration": 240, "pitch": 65, "lyric": "la"},
]
MIX = {"factors": {"Beat": 0.5}, "temperature": 0.8, "muted": ["Simple"], "soloed": []}
GUIDANCE = {
    "painted": [{"voice": "alto", "step": 3, "pitch": 60, "strength": 3.0}],
    "locks": [{"start": 0, "end": 960, "pitch_classes": [0, 4, 7], "label": "C"}],
    "off": ["crossings"],
    "alike": [{"voice": "tenor", "notes": NOTES, "more": False}],
}


def table(*shape: int) -> dict[str, Any]:
    """Zeros."""
    size = 2
    for length in shape:
        size *= length
    return {"shape": list(shape), "data": b64encode(zlib.compress(bytes(size))).decode()}


def take(number: int) -> dict[str, Any]:
    return {
        "seed": 7,
        "number": number,
        "way": "fill",
        "mix": MIX,
        "guidance": GUIDANCE,
        "voices": {"alto": {"notes": NOTES}},
        "bits": 0.75,
        "faults": {"parallel fifths": 1},
        "heats": [{"voice": "alto", "first": 0, "experts": ["Beat"], "heat": table(2, 16, 88)}],
        "made": "2020-01-01T12:00:00",
    }


def whole_project() -> Project:
    voices = Voice((Note(0, 480, 72), Note(480, 480, 71, 100, fermata=True, lyric="A-"))), Voice()
    return Project(
        score=Score((*voices, Voice((Note(0, 960, 60, generated=True),)), Voice()), title="Whole"),
        mix=MIX,
        target="tenor",
        view={"roll": {"left": 480.0, "tick_width": 0.25}},
        sections={
            "guidance": GUIDANCE,
            "locked": {"voices": ["bass"], "spans": {"alto": [[0, 480]]}},
            "presets": [{"name": "Soft", "mix": MIX}],
            "takes": {
                "sets": [
                    {
                        "spans": {"alto": [[0, 960]]},
                        "original": {"alto": {"notes": []}},
                        "takes": [take(1), take(2)],
                    }
                ]
            },
            "sounds": {"output": "Built-in organ", "alto": {"muted": True, "program": 52, "port": "Piano"}},
            "recovery": {"path": "/music/a.harmonizer", "on_disk": "00ff"},
        },
        extra={"future": 1, "score": {"composer": "Bach"}},
    )
