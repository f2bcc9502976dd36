"""The project file: what survives, and what is said of a wrong one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonizer_gui.files.errors import FileError
from harmonizer_gui.files.project import Project, read_project, write_project
from harmonizer_gui.score import Note, Score, Voice
from tests.strategies import scores

SCORE = Score(
    voices=(Voice((Note(0, 480, 72),)), Voice((Note(0, 240, 67), Note(240, 240, 65))), Voice(), Voice())
)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
VIEWS = st.dictionaries(st.text(max_size=8), PLAIN, max_size=3)
MIXES = st.fixed_dictionaries(
    {},
    optional={
        "factors": st.dictionaries(st.text(max_size=8), st.floats(0, 10), max_size=3),
        "temperature": st.floats(0.05, 5),
        "muted": st.lists(st.text(max_size=8), max_size=3),
        "soloed": st.lists(st.text(max_size=8), max_size=3),
    },
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("projects")


@settings(max_examples=50)
@given(
    project=st.builds(
        Project,
        score=scores(grid=1, most=4),
        mix=MIXES,
        target=st.sampled_from(["soprano", "alto", "tenor", "bass"]),
        view=VIEWS,
        extra=VIEWS.filter(lambda extra: not extra.keys() & {"format", "version", "score"}).map(
            lambda extra: {f"x-{key}": value for key, value in extra.items()}
        ),
    )
)
def test_a_project_comes_back_whole(project: Project, folder: Path) -> None:
    write_project(project, folder / "a.harmonizer")
    assert read_project(folder / "a.harmonizer") == project


def test_an_empty_piece_can_be_saved(tmp_path: Path) -> None:
    write_project(Project(), tmp_path / "new.harmonizer")
    assert read_project(tmp_path / "new.harmonizer") == Project()


def changed(tmp_path: Path, place: tuple[str | int, ...], value: object) -> Path:
    """A project in which the value at this place is another; `...` takes it out."""
    path = tmp_path / "a.harmonizer"
    write_project(Project(SCORE), path)
    content = json.loads(path.read_text())
    inner: Any = content
    for key in place[:-1]:
        inner = inner[key]
    if value is ...:
        del inner[place[-1]]
    else:
        inner[place[-1]] = value
    path.write_text(json.dumps(content))
    return path


ALTO = ("score", "voices", "alto", "notes")
TABLE: list[tuple[tuple[str | int, ...], object, str]] = [
    ((*ALTO, 1, "pitch"), 300, "score.voices.alto.notes[1].pitch: 300 is outside 0–127"),
    ((*ALTO, 1, "pitch"), "C4", "score.voices.alto.notes[1].pitch: 'C4' is not a whole number"),
    ((*ALTO, 1, "pitch"), True, "score.voices.alto.notes[1].pitch: True is not a whole number"),
    ((*ALTO, 0, "start"), -1, "score.voices.alto.notes[0].start: -1 is outside 0–19200000"),
    ((*ALTO, 0, "start"), ..., "score.voices.alto.notes[0].start is missing"),
    ((*ALTO, 0, "fermata"), 1, "score.voices.alto.notes[0].fermata: 1 is neither true nor false"),
    (
        (*ALTO, 0, "duration"),
        480,
        "score.voices.alto: two notes of one voice overlap at tick 240: G4 and F4",
    ),
    (ALTO, {}, "score.voices.alto.notes: this is not a list"),
    (("score", "voices", "bass"), ..., "score.voices.bass is missing"),
    (("score", "tempos", 0, "quarters_per_minute"), 10**400, "score.tempos[0].quarters_per_minute: "),
    (("score", "tempos"), [], "score: the first tempo must stand at tick 0"),
    (("score", "time_signatures", 0, "denominator"), 3, "score.time_signatures[0]: 4/3 is no time signature"),
    (("score", "pickup"), 1920, "score: a pickup of 1920 ticks does not fit into the first bar"),
    (("score", "title"), None, "score.title: None is not a text"),
    (("score", "key_signatures"), [{"tick": 0, "fifths": 9}], "score.key_signatures[0].fifths: 9 is outside"),
    (("score",), [], "score: this is not an object"),
    (("mix",), {"temperature": 0}, "mix.temperature: 0 is outside 0.05–5"),
    (("mix",), {"factors": {"Beat": "loud"}}, "mix.factors.Beat: 'loud' is not a number"),
    (("mix",), {"muted": [3]}, "mix.muted[0]: 3 is not a text"),
    (("target",), "baritone", "target: 'baritone' is none of soprano, alto, tenor, bass"),
    (("version",), 0, "version: 0 is outside 1–1000000"),
    (("version",), 2, "it was saved by a newer Harmonizer: its version is 2, this one reads up to 1"),
    (("format",), "word", "it is no Harmonizer project"),
]  # fmt: skip


@pytest.mark.parametrize(("place", "value", "sentence"), TABLE)
def test_what_is_wrong_is_named_with_its_place(
    tmp_path: Path, place: tuple[str | int, ...], value: object, sentence: str
) -> None:
    path = changed(tmp_path, place, value)
    with pytest.raises(FileError) as caught:
        read_project(path)
    assert caught.value.problem.startswith(sentence)
    assert len(str(caught.value)) < 160


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"format":\n "harmonizer",\n', "it is damaged or no Harmonizer project (line 3)"),
        ('{"format": NaN}', "it is damaged or no Harmonizer project"),
        ("[" * 100_000, "it is damaged or no Harmonizer project"),
        ("[]", "the file: this is not an object"),
        ("9" * 5000, "it is damaged or no Harmonizer project"),
    ],
)
def test_json_that_is_no_project(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "a.harmonizer"
    path.write_text(text)
    with pytest.raises(FileError) as caught:
        read_project(path)
    assert caught.value.problem == sentence
