"""Older versions of the project file, brought up to this one step by step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from harmonizer_gui.files.errors import ContentError
from harmonizer_gui.files.project_schema import VERSION, Content

_KEYS_OF_1 = {"format", "version", "score", "mix", "target", "view", "recovery"}


def brought_up(content: dict[str, Any]) -> dict[str, Any]:
    """The same content in the words of this version. Raises ContentError for a newer one."""
    version = _version(content)
    while version < VERSION:
        content = {**_STEPS[version](content), "version": version + 1}
        version += 1
    return content


def _version(content: dict[str, Any]) -> int:
    if "version" not in content:
        raise ContentError("version is missing")
    version = content["version"]
    if type(version) is not int or version < 1:
        raise ContentError(f"version: {str(version)[:40]} is no version")
    if version > VERSION:
        raise ContentError(
            f"it was saved by a newer Harmonizer: its version is {str(version)[:12]}, "
            f"this one reads up to {VERSION}"
        )
    return version


def _from_1(content: dict[str, Any]) -> dict[str, Any]:
    """Version 1 had score, mix, target and view only: under other names it kept what it did not know.

    Such keys that have a meaning now are set aside under names of their own.
    """
    named_since = Content.model_fields.keys() - _KEYS_OF_1
    return {f"{key} (version 1)" if key in named_since else key: value for key, value in content.items()}


_STEPS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {1: _from_1}
