"""What is wrong with a value of a project file, in a sentence that names the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pydantic import ValidationError

from harmonizer_gui.files.errors import ContentError

MOST_SHOWN = 40
_SENTENCES = {
    "bool_type": "is neither true nor false",
    "dict_type": "is not an object",
    "float_type": "is not a number",
    "finite_number": "is not a number",
    "greater_than_equal": "is less than {ge}",
    "int_type": "is not a whole number",
    "less_than_equal": "is more than {le}",
    "list_type": "is not a list",
    "literal_error": "is none of {expected}",
    "model_type": "is not an object",
    "string_type": "is not a text",
    "string_too_long": "is longer than {max_length:,} letters",
    "too_long": "has more than {max_length:,} entries",
}


@contextmanager
def explained(path: str = "") -> Iterator[None]:
    """Turn what a check inside says into a ContentError that names the place, which is below `path`."""
    try:
        yield
    except ValidationError as error:
        raise ContentError(_sentence(error.errors(include_url=False)[0], path)) from error
    except ValueError as error:
        raise ContentError(f"{path}: {error}") from error


def _sentence(found: Mapping[str, Any], path: str) -> str:
    place = _path(found["loc"], path)
    kind, context = found["type"], found.get("ctx", {})
    if kind == "missing":
        return f"{place} is missing"
    if kind == "value_error":
        return f"{place}: {context['error']}"
    words = _SENTENCES.get(kind, "").format(**_plain(context)) or found["msg"].lower()
    return f"{place or 'the file'}: {_shown(found['input'])} {words}"


def _plain(context: Mapping[str, Any]) -> dict[str, Any]:
    """Choices without quotation marks."""
    expected = str(context.get("expected", ""))
    return {**context, "expected": expected.replace("'", "").replace(" or ", ", ")}


def _path(location: tuple[str | int, ...], path: str) -> str:
    """Such as `score.voices.alto.notes[3].pitch`."""
    for step in location:
        if isinstance(step, int):
            path += f"[{step}]"
        else:
            path += f".{step[:MOST_SHOWN]}" if path else step[:MOST_SHOWN]
    return path


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "this"
    try:
        text = repr(value)
    except ValueError:  # a number of more than 4,300 digits
        return "this"
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"
