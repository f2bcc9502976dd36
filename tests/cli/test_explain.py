from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest

from harmonizer_gui.engine.guidance import FAVOUR, NO_GUIDANCE
from harmonizer_gui.files.formats import read, write
from harmonizer_gui.files.project import Project, write_project
from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.session.guidance_values import guidance_values
from tests.cli.conftest import Run
from tests.engine.toys import chorale

EXPERTS = {"simple", "spacing", "contour", "beat", "voice leading", "range"}


def explained(run: Run, model: Path, piece: Path, *words: object, voice: str = "alto") -> dict[str, Any]:
    outcome = run("explain", piece, "--voice", voice, "--json", "--model", model, *words)
    assert (outcome.code, outcome.err) == (0, "")
    values: dict[str, Any] = json.loads(outcome.out)
    return values


@pytest.mark.parametrize("voice", [voice.label for voice in VoiceName])
def test_every_step_of_every_voice_is_accounted_for(
    run: Run, toy_model: Path, piece: Path, voice: str
) -> None:
    answer = explained(run, toy_model, piece, voice=voice)
    assert set(answer) == {"voice", "steps"}
    assert answer["voice"] == voice
    assert [step["step"] for step in answer["steps"]] == list(range(64))
    for step in answer["steps"]:
        assert step["tick"] == 120 * step["step"]
        assert set(step["bits"]) == {"product", *EXPERTS}
        assert set(step["contributions"]) == EXPERTS
        assert all(bits >= 0.0 for bits in step["bits"].values())
        assert step["runner_up"] != step["written"]
        assert abs(sum(step["contributions"].values()) - step["log_ratio"]) < 1e-6


def test_what_is_written_is_named(run: Run, toy_model: Path, tmp_path: Path) -> None:
    score = chorale().with_voice(VoiceName.ALTO, Voice((Note(0, 240, 66), Note(480, 120, 60))))
    piece = tmp_path / "rests.harmonizer"
    write(score, piece)
    written = [step["written"] for step in explained(run, toy_model, piece)["steps"]]
    assert written == ["F♯4", "hold", "rest", "rest", "C4", *["rest"] * 59]


def test_factors_and_temperature_are_respected(run: Run, toy_model: Path, piece: Path) -> None:
    plain = explained(run, toy_model, piece)["steps"]
    words = ("--exponent", "simple=3", "--exponent", "beat=0", "--temperature", 2)
    bent = explained(run, toy_model, piece, *words)["steps"]
    for step in bent:
        assert step["contributions"]["beat"] == 0.0
        assert abs(sum(step["contributions"].values()) - step["log_ratio"]) < 1e-6
        assert math.isclose(step["bits"]["beat"], math.log2(90 if step["step"] else 89), rel_tol=1e-6)
    assert any(one["bits"]["product"] != two["bits"]["product"] for one, two in zip(plain, bent, strict=True))


def test_what_the_user_painted_is_an_expert(run: Run, toy_model: Path, piece: Path) -> None:
    score = read(piece).score
    note = score.voice(VoiceName.ALTO).notes[1]
    step = note.start // 120
    guidance = guidance_values(NO_GUIDANCE.paint(VoiceName.ALTO, [(step, note.pitch)], FAVOUR))
    write_project(Project(score, sections={"guidance": guidance}), piece)
    told = explained(run, toy_model, piece)["steps"][step]
    assert told["contributions"]["painted"] == pytest.approx(FAVOUR, abs=1e-4)


def test_people_read_sentences(run: Run, toy_model: Path, piece: Path) -> None:
    outcome = run("explain", piece, "--voice", "bass", "--model", toy_model, "--notes", 2)
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert lines[0] == "Untitled – bass: 64 steps, 16 notes"
    assert lines[1] == "Bits per step of what is written:"
    names = [line.strip().rpartition("  ")[0].strip().lower() for line in lines[2:9]]
    assert set(names) == {"product", *EXPERTS}
    assert lines[9] == "The least likely notes:"
    assert len(lines) == 14
    for told, why in (lines[10:12], lines[12:14]):
        assert told.startswith("  bar ")
        assert " bits; the likeliest else is " in told
        assert " prefers " in why
        assert why.endswith(".")


def test_an_empty_voice_has_nothing_to_explain(run: Run, toy_model: Path, without_alto: Path) -> None:
    outcome = run("explain", without_alto, "--voice", "alto", "--model", toy_model)
    assert outcome.sentence == "without alto.harmonizer: the alto is empty, there is nothing to explain"


def test_a_note_that_nobody_can_read_is_named(run: Run, toy_model: Path, tmp_path: Path) -> None:
    piece = tmp_path / "deep.harmonizer"
    write(Score().with_voice(VoiceName.BASS, Voice((Note(0, 480, 5),))), piece)
    outcome = run("explain", piece, "--voice", "bass", "--model", toy_model)
    assert outcome.sentence.startswith("deep.harmonizer: the bass’s F-1 in bar 1 lies outside")
