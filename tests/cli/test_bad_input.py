"""What cannot be done: one sentence on standard error, exit code 2, nothing written, no traceback."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import torch

from harmonizer_gui.files.formats import write
from harmonizer_gui.score import Note, Score, Voice, VoiceName
from tests.cli.conftest import Run
from tests.engine.toys import chorale


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, toy_model: Path) -> None:
    """A folder with good and bad files, in which the commands run."""
    monkeypatch.chdir(tmp_path)
    write(chorale(), Path("piece.mid"))
    Path("empty.mid").touch()
    Path("random.mid").write_bytes(bytes(range(7, 256, 3)))
    Path("random.bin").write_bytes(bytes(range(7, 256, 3)))
    Path("short.mid").write_bytes(Path("piece.mid").read_bytes()[:60])
    Path("newer.harmonizer").write_text('{"format": "harmonizer", "version": 7}')
    write(Score().with_voice(VoiceName.BASS, Voice((Note(0, 1920, 12),))), Path("low.harmonizer"))
    Path("file").touch()
    Path("folder.mid").mkdir()
    card = toy_model.with_suffix(".json").read_text()
    weights = toy_model.read_bytes()
    Path("model.json").write_text(card)
    Path("model.safetensors").write_bytes(weights)
    Path("short.json").write_text(card)
    Path("short.safetensors").write_bytes(weights[: len(weights) // 2])
    Path("alone.safetensors").write_bytes(weights)
    Path("broken.json").write_text(card[:100])
    Path("broken.safetensors").write_bytes(weights)
    Path("other.json").write_text(json.dumps({**json.loads(card), "alphabet": {"step": "eighth"}}))
    Path("other.safetensors").write_bytes(weights)


FILL = "fill piece.mid --voice alto -o out.mid --model model.safetensors"
CASES = {
    "fill no.mid --voice alto -o out.mid": "no.mid: there is no such file or folder",
    "fill folder.mid --voice alto -o out.mid": "folder.mid: it is a folder",
    "fill empty.mid --voice alto -o out.mid": "empty.mid: it is empty",
    "fill random.mid --voice alto -o out.mid": "random.mid: ",
    "fill random.bin --voice alto -o out.mid": "random.bin: ",
    "fill short.mid --voice alto -o out.mid": "short.mid: ",
    "fill newer.harmonizer --voice alto -o out.mid": "newer.harmonizer: it was saved by a newer",
    "fill low.harmonizer --voice alto -o out.mid --model model.safetensors": "low.harmonizer: the bass’s C0",
    "fill piece.mid --voice alt -o out.mid": "“alt” is no voice: use soprano, alto, tenor or bass",
    "fill piece.mid -o out.mid": "--voice",
    "fill piece.mid --voice alto": "--output",
    "fill": "FILE",
    "fill piece.mid --voice alto -o out.wav": "out.wav: ",
    "fill piece.mid --voice alto -o out": "out: ",
    "fill piece.mid --voice alto -o no/out.mid": "no",
    "fill piece.mid --voice alto -o file/out.mid": "file",
    f"{FILL} --exponent melody=1": "there is no expert “melody”; this model has simple, spacing",
    f"{FILL} --exponent contour=-1": "the exponent factor of contour is -1",
    f"{FILL} --exponent contour=nan": "the exponent factor of contour is nan",
    f"{FILL} --exponent contour=11": "the exponent factor of contour is 11",
    f"{FILL} --exponent contour": "“contour” is no exponent",
    f"{FILL} --exponent contour=much": "“contour=much” is no exponent",
    f"{FILL} --temperature 0": "the temperature is 0",
    f"{FILL} --temperature -1": "the temperature is -1",
    f"{FILL} --temperature inf": "the temperature is inf",
    f"{FILL} --temperature warm": "--temperature",
    f"{FILL} --seed -1": "“-1” is no seed",
    f"{FILL} --seed 9007199254740992": "“9007199254740992” is no seed",
    f"{FILL} --takes 0": "“0” is no whole number above 0",
    f"{FILL} --takes 65": "65 takes are too many",
    f"{FILL} --sweeps -1": "“-1” is no number of sweeps",
    f"{FILL} --device tpu": "--device",
    f"{FILL} --colour red": "--colour",
    "fill piece.mid --voice alto -o out.mid --model no.safetensors": "no.json: ",
    "fill piece.mid --voice alto -o out.mid --model short.safetensors": "short.safetensors: is cut short",
    "fill piece.mid --voice alto -o out.mid --model alone.safetensors": "alone.json: ",
    "fill piece.mid --voice alto -o out.mid --model broken.safetensors": "broken.json: is no model card",
    "fill piece.mid --voice alto -o out.mid --model other.safetensors": "other.json: “alphabet”",
    "compose -o out.wav": "out.wav: ",
    "compose -o no/out.mid": "no",
    "compose -o out.mid --bars 0": "“0” is no whole number above 0",
    "compose -o out.mid --meter 4": "“4” is no metre",
    "compose -o out.mid --key H": "“H” is no key",
    "compose -o out.mid --sweeps 101": "“101” is no number of sweeps",
    "plot no.mid --voice alto -o out.png": "no.mid: there is no such file or folder",
    "plot piece.mid --voice alto -o out.jpg": "out.jpg: ",
    "plot piece.mid --voice alto -o no/out.png": "no",
    "plot piece.mid --voice x -o out.png": "“x” is no voice",
    "plot piece.mid --voice alto -o out.png --model short.safetensors": "short.safetensors: is cut short",
    "convert no.mid -o out.mid": "no.mid: there is no such file or folder",
    "convert empty.mid -o out.mid": "empty.mid: it is empty",
    "convert piece.mid -o out.txt": "out.txt: ",
    "convert piece.mid": "say with -o where to write",
    "play no.mid": "no.mid: there is no such file or folder",
    "play random.mid": "random.mid: ",
    "evaluate --split train": "--split",
    "evaluate --json --model short.safetensors": "short.safetensors: is cut short",
    "evaluate --json --model no.safetensors": "no.json: ",
    "train --corpus nowhere --run out": "nowhere: ",
    "train --corpus folder.mid --run out": "folder.mid: ",
    "train --minibatches none": "“none” is no whole number above 0",
    "ports --loud": "--loud",
}


@pytest.mark.parametrize(("command", "said"), CASES.items(), ids=CASES)
def test_one_sentence_and_nothing_written(run: Run, command: str, said: str) -> None:
    before = sorted(Path().rglob("*"))
    assert said in run(*command.split()).sentence
    assert sorted(Path().rglob("*")) == before


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a CUDA device here")
@pytest.mark.parametrize("command", [FILL, "plot piece.mid --voice alto -o out.png", "evaluate --json"])
def test_a_device_that_is_not_there(run: Run, command: str) -> None:
    outcome = run(*command.split(), "--device", "cuda")
    assert outcome.sentence == "there is no cuda device here: use --device auto or cpu"
    assert not Path("out.mid").exists()


def test_every_expert_at_0(run: Run) -> None:
    from harmonizer_gui.engine.model import load_model

    experts = load_model(Path("model.safetensors")).experts
    muted = [word for name in experts for word in ("--exponent", f"{name}=0")]
    assert "every expert is muted" in run(*FILL.split(), *muted).sentence
    assert not Path("out.mid").exists()


def unwritable_folder() -> Path:
    """A folder in which nothing can be made; to the system's administrator, only /proc is one."""
    folder = Path("locked").absolute()
    folder.mkdir(mode=0o500, exist_ok=True)
    return Path("/proc") if os.access(folder, os.W_OK) else folder


@pytest.mark.skipif(os.name != "posix", reason="folders cannot be locked in this way")
@pytest.mark.parametrize(
    "command",
    [
        "fill piece.mid --voice alto --model model.safetensors -o {}/out.mid",
        "plot piece.mid --voice alto --model model.safetensors -o {}/out.png",
        "convert piece.mid -o {}/out.mid",
        "convert piece.mid -o {}/out.musicxml",
        "convert piece.mid -o {}/out.harmonizer",
    ],
)
def test_a_folder_that_cannot_be_written_to(run: Run, command: str) -> None:
    folder = unwritable_folder()
    assert "out." in run(*command.format(folder).split()).sentence
    assert not list(folder.glob("out.*"))


def test_a_file_that_was_there_stays_when_the_new_one_cannot_be_made(run: Run) -> None:
    Path("out.mid").write_bytes(b"mine")
    assert run(*FILL.split(), "--exponent", "melody=1").code == 2
    assert run("convert", "random.mid", "-o", "out.mid").code == 2
    assert Path("out.mid").read_bytes() == b"mine"


def test_a_run_folder_that_is_a_file(run: Run) -> None:
    Path("pieces").mkdir()
    for seed in range(3):
        write(chorale(seed), Path("pieces") / f"{seed}.mid")
    outcome = run("train", "--corpus", "pieces", "--run", "file/run", "--minibatches", 1)
    assert outcome.code == 2
    assert outcome.err.splitlines()[-1] == "file/run: its folder is a file"
    assert "Traceback" not in outcome.err


def test_nothing_to_resume(run: Run) -> None:
    Path("pieces").mkdir()
    for seed in range(3):
        write(chorale(seed), Path("pieces") / f"{seed}.mid")
    outcome = run("train", "--corpus", "pieces", "--run", "run", "--resume")
    assert outcome.sentence == "run holds no run to resume: leave out --resume to begin one"
    assert not Path("run").exists()
