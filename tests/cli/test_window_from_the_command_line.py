from __future__ import annotations

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def _no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")


@pytest.mark.usefixtures("_no_display")
@pytest.mark.parametrize("words", [(), ("piece.mid",)])
def test_without_a_display_the_commands_are_named(run: Run, words: tuple[str, ...]) -> None:
    sentence = run(*words).sentence
    assert "there is no display" in sentence
    for command in ("fill", "plot", "convert", "play", "ports", "train", "evaluate"):
        assert command in sentence


@pytest.mark.parametrize("words", [("one.mid", "two.mid"), ("--loud",), ("fil", "one.mid")])
def test_what_is_neither_a_command_nor_one_file(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).sentence == "harmonizer-gui: give one file to open, or a command (see --help)."
