"""What is imported on a thread while PySide is busy on another."""

from __future__ import annotations

import sys

_IGNORED = -1
"""What PySide notes of a module that does not use it."""


def spare_pydantic() -> None:
    """Let PySide leave pydantic alone. To be called before any thread imports it.

    After each import PySide asks the module for its source, from a hook in `builtins` that it takes out and
    puts back while it sets up its classes: in one thread, and so for all. Where that falls amid the import of
    pydantic, the question meets a half-read `pydantic.errors`, whose answer is an ImportError, and no project
    could be opened or saved. A module that PySide has noted is not asked.
    """
    feature = sys.modules.get("shibokensupport.feature")
    known = getattr(feature, "pyside_feature_dict", None)
    if known is not None:
        known.setdefault("pydantic.errors", _IGNORED)
