from __future__ import annotations

from importlib.metadata import version

import pytest

from harmonizer_gui.__main__ import main
from harmonizer_gui.commands import COMMANDS


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code == 0
    outcome = capsys.readouterr()
    assert outcome.err == ""
    return outcome.out


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "--help")
    for command in COMMANDS:
        assert f"\n    {command} " in text
    assert "harmonizer-gui [FILE] opens the window" in text
    assert said(capsys, "-h") == text


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str], command: str) -> None:
    text = said(capsys, command, "--help")
    assert text.startswith(f"usage: harmonizer-gui {command} ")


def test_options_of_the_contract_are_there(capsys: pytest.CaptureFixture[str]) -> None:
    contract = {
        "fill": "--voice --output --seed --temperature --exponent --takes --device --model --keep",
        "explain": "--voice --json --temperature --exponent --device --model",
        "plot": "--voice --output --seed --temperature --exponent --device --model",
        "train": "--corpus --device --resume",
        "evaluate": "--split --json",
        "convert": "--output",
        "play": "--port",
    }
    for command, options in contract.items():
        text = said(capsys, command, "--help")
        assert [option for option in options.split() if option not in text] == []


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "--version") == f"harmonizer-gui {version('harmonizer-gui')}\n"
