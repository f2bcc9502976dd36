"""The project file: what survives, and what is said of a wrong one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonizer_gui.files.errors import FileError
from harmonizer_gui.files.project import MAX_OBJECTS, SECTIONS, Project, read_project, write_project
from harmonizer_gui.files.project_schema import Content, with_unknown_keys
from harmonizer_gui.score import Note, Score, Voice, VoiceName
from tests.files.whole_project import table, whole_project
from tests.strategies import scores

PROJECTS = Path(__file__).parent / "projects"
SCHEMA = Path(__file__).parents[2] / "docs" / "project.schema.json"
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
        sections=st.fixed_dictionaries({}, optional={"recovery": st.just({"path": "/a b.harmonizer"})}),
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


def changed(
    tmp_path: Path, place: tuple[str | int, ...], value: object, project: Project | None = None
) -> Path:
    """A project in which the value at this place is another; `...` takes it out."""
    path = tmp_path / "a.harmonizer"
    write_project(project or Project(SCORE), path)
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
    ((*ALTO, 1, "pitch"), 300, "score.voices.alto.notes[1].pitch: 300 is more than 127"),
    ((*ALTO, 1, "pitch"), "C4", "score.voices.alto.notes[1].pitch: 'C4' is not a whole number"),
    ((*ALTO, 1, "pitch"), True, "score.voices.alto.notes[1].pitch: True is not a whole number"),
    ((*ALTO, 0, "start"), -1, "score.voices.alto.notes[0].start: -1 is less than 0"),
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
    (("score", "key_signatures"), [{"tick": 0, "fifths": 9}], "score.key_signatures[0].fifths: 9 is "),
    (("score",), [], "score: this is not an object"),
    (("mix",), {"temperature": 0}, "mix.temperature: 0 is less than 0.05"),
    (("mix",), {"factors": {"Beat": "loud"}}, "mix.factors.Beat: 'loud' is not a number"),
    (("mix",), {"muted": [3]}, "mix.muted[0]: 3 is not a text"),
    (("target",), "baritone", "target: 'baritone' is none of soprano, alto, tenor, bass"),
    (("version",), 0, "version: 0 is no version"),
    (("version",), 3, "it was saved by a newer Harmonizer: its version is 3, this one reads up to 2"),
    (("version",), "2", "version: 2 is no version"),
    (("recovery",), {"path": 3}, "recovery.path: 3 is not a text"),
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


def test_unknown_keys_survive_where_they_stand(tmp_path: Path) -> None:
    path = changed(tmp_path, ("score", "composer"), "Bach")
    content = json.loads(path.read_text())
    content |= {"future": [1, {"a": None}]}
    content["mix"]["curve"] = {"soft": True}
    content["score"]["voices"]["bass"]["clef"] = "alto"
    path.write_text(json.dumps(content))
    write_project(read_project(path), path)
    assert json.loads(path.read_text()) == content


def test_every_part_of_the_format_comes_back(tmp_path: Path) -> None:
    project = whole_project()
    assert set(project.sections) == set(SECTIONS)
    write_project(project, tmp_path / "a.harmonizer")
    assert read_project(tmp_path / "a.harmonizer") == project


HEAT = ("takes", "sets", 0, "takes", 1, "heats", 0, "heat")
SECTION_TABLE: list[tuple[tuple[str | int, ...], object, str]] = [
    (("guidance", "painted", 0, "strength"), 11, "guidance.painted[0].strength: 11 is more than 10"),
    (
        ("guidance", "locks", 0, "pitch_classes"),
        [12],
        "guidance.locks[0].pitch_classes[0]: 12 is more than 11",
    ),
    (("presets", 0, "name"), ..., "presets[0].name is missing"),
    (("presets", 0, "name"), "x" * 300, "presets[0].name: 'xxx"),
    (("sounds", "alto", "program"), 128, "sounds.alto.program: 128 is more than 127"),
    (("takes", "sets", 0, "takes", 0, "seed"), -1, "takes.sets[0].takes[0].seed: -1 is less than 0"),
    ((*HEAT, "data"), "no base64", "takes: a table is damaged"),
    ((*HEAT, "data"), table(5000, 1000)["data"], "takes: a table does not have the size that it names"),
    ((*HEAT, "shape"), [2, 16, 87], "takes: a table does not have the size that it names"),
    ((*HEAT, "shape"), [9999, 9999, 9999], "takes: the tables are larger than 32 MB"),
]


@pytest.mark.parametrize(("place", "value", "sentence"), SECTION_TABLE)
def test_what_is_wrong_in_a_section_is_named_too(
    tmp_path: Path, place: tuple[str | int, ...], value: object, sentence: str
) -> None:
    with pytest.raises(FileError) as caught:
        read_project(changed(tmp_path, place, value, whole_project()))
    assert caught.value.problem.startswith(sentence)
    assert len(str(caught.value)) < 160


def test_a_file_of_too_many_entries_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "a.harmonizer"
    path.write_text('{"a":[' + "[]," * MAX_OBJECTS + "1]}")
    with pytest.raises(FileError, match="it has more entries than any piece"):
        read_project(path)


def test_the_schema_in_the_documents_is_that_of_the_program() -> None:
    """After a change: `python -m tests.files.test_project` writes it anew."""
    assert SCHEMA.read_text("utf-8") == schema_text()


def schema_text() -> str:
    return json.dumps(Content.model_json_schema(), indent=1, ensure_ascii=False) + "\n"


def test_what_this_version_writes_goes_before_what_it_did_not_know() -> None:
    known = {"a": {"b": 1}, "c": [1]}
    unknown = {"a": {"b": 2, "d": 3}, "c": {"e": 4}, "f": 5}
    assert with_unknown_keys(known, unknown) == {"a": {"b": 1, "d": 3}, "c": [1], "f": 5}


def test_a_file_of_version_1_opens() -> None:
    project = read_project(PROJECTS / "version-1.harmonizer")
    assert project.score.title == "Aus meines Herzens Grunde (BWV 269)"
    assert [len(project.score.voice(voice)) for voice in VoiceName] == [12, 0, 12, 12]
    assert [note.generated for note in project.score.voice(VoiceName.TENOR)].index(True) == 3
    assert (project.target, project.mix["factors"]) == ("tenor", {"Beat": 0.5, "Spacing": 2.25})
    assert project.view == {"roll": {"left": 480.0, "tick_width": 0.2}}
    assert project.sections == {}
    assert project.extra["composer"] == "J. S. Bach"


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


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), "utf-8")
