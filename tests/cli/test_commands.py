"""How a command ends that is broken off or fails below."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from harmonizer_gui.cli import ports
from tests.cli.conftest import Run


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail() -> None:
        raise error

    monkeypatch.setattr(ports, "list_outputs", fail)


def test_ctrl_c_ends_with_130_and_without_a_word(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, KeyboardInterrupt())
    outcome = run("ports")
    assert (outcome.code, outcome.out, outcome.err) == (130, "", "")


def test_a_reader_that_has_gone_is_no_news(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, BrokenPipeError(errno.EPIPE, "Broken pipe"))
    outcome = run("ports")
    assert (outcome.code, outcome.err) == (2, "")


def test_what_the_system_refuses_is_named_with_its_file(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, OSError(errno.ENOSPC, "No space left on device", str(Path("folder") / "file")))
    assert run("ports").sentence == f"{Path('folder') / 'file'}: the disk is full"
    failing(monkeypatch, OSError(errno.ENOSPC, "No space left on device"))
    assert run("ports").sentence == "the disk is full"


def test_a_fault_of_the_program_is_not_hidden(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        run("ports")
