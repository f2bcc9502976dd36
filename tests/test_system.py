from __future__ import annotations

import pytest
from _pytest.outcomes import Failed, Skipped

from tests.system import REQUIRE_ALL, require


def test_a_program_that_is_there_changes_nothing() -> None:
    require("sh")


def test_a_missing_program_skips_with_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(REQUIRE_ALL, raising=False)
    with pytest.raises(Skipped, match="needs no-such-program, not installed"):
        require("sh", "no-such-program")


def test_a_missing_program_fails_where_all_are_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(REQUIRE_ALL, "1")
    with pytest.raises(Failed, match="no-such-program"):
        require("no-such-program")
