"""JSON values with the place where they stand, so that a complaint can name it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from harmonizer_gui.files.errors import ContentError

_MISSING = object()


@dataclass(frozen=True, slots=True)
class Place:
    """A JSON value and its path, such as `score.voices.alto.notes[3].pitch`.

    Every method but `get` returns the value as the kind it names, or raises ContentError.
    """

    value: Any
    path: str = ""

    def get(self, key: str, default: Any = _MISSING) -> Place:  # noqa: ANN401  # any JSON value
        """The place of `key` in this mapping; without a default, a missing key is an error."""
        value = self.mapping().get(key, default)
        path = f"{self.path}.{key}" if self.path else key
        if value is _MISSING:
            raise ContentError(f"{path} is missing")
        return Place(value, path)

    def mapping(self) -> dict[str, Any]:
        if not isinstance(self.value, dict):
            raise self._wrong("is not an object")
        return self.value

    def items(self) -> list[Place]:
        if not isinstance(self.value, list):
            raise self._wrong("is not a list")
        return [Place(value, f"{self.path}[{index}]") for index, value in enumerate(self.value)]

    def integer(self, low: int, high: int) -> int:
        if type(self.value) is not int:
            raise self._wrong("is not a whole number")
        if not low <= self.value <= high:
            raise self._wrong(f"is outside {low}–{high}")
        return self.value

    def number(self, low: float, high: float) -> float:
        if type(self.value) not in (int, float):
            raise self._wrong("is not a number")
        if not low <= self.value <= high:
            raise self._wrong(f"is outside {low:g}–{high:g}")
        return float(self.value)

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise self._wrong("is not a text")
        return self.value

    def boolean(self) -> bool:
        if not isinstance(self.value, bool):
            raise self._wrong("is neither true nor false")
        return self.value

    def choice(self, options: Sequence[str]) -> str:
        if self.value not in options:
            raise self._wrong(f"is none of {', '.join(options)}")
        return self.text()

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Say of a ValueError inside that it came from here."""
        try:
            yield
        except ValueError as error:
            raise ContentError(f"{self.path}: {error}") from error

    def _wrong(self, what: str) -> ContentError:
        shown = repr(self.value) if not isinstance(self.value, dict | list) else "this"
        if len(shown) > 40:
            shown = f"{shown[:39]}…"
        return ContentError(f"{self.path or 'the file'}: {shown} {what}")
