"""Programs of the system that some tests need beside Python."""

from __future__ import annotations

import os
import shutil

import pytest

REQUIRE_ALL = "HARMONIZER_REQUIRE_ALL"


def require(*programs: str) -> None:
    """Skip the test where one of `programs` is missing; fail it where HARMONIZER_REQUIRE_ALL is 1."""
    missing = [program for program in programs if shutil.which(program) is None]
    if not missing:
        return
    reason = f"needs {', '.join(missing)}, not installed here"
    if os.environ.get(REQUIRE_ALL) == "1":
        pytest.fail(reason)
    pytest.skip(reason)
