from __future__ import annotations

import sys

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


@pytest.mark.usefixtures("_no_display")
def test_the_name_of_a_display_that_is_gone_is_not_enough(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4095")
    assert "there is no display" in run().sentence


@pytest.mark.usefixtures("_no_display")
def test_what_qt_stands_on_is_named_where_it_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.setitem(sys.modules, "harmonizer_gui.app", None)
    assert "the window needs something that is not installed" in run().sentence


@pytest.mark.parametrize("words", [("one.mid", "two.mid"), ("--loud",), ("fil", "one.mid")])
def test_what_is_neither_a_command_nor_one_file(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).sentence == "harmonizer-gui: give one file to open, or a command (see --help)."
