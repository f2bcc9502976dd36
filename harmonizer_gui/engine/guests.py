"""Experts of third parties: found through their entry points, and switched off when they fail."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Collection
from dataclasses import dataclass, fields
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final

import numpy as np

from harmonizer_gui.engine.alphabet import IMPOSSIBLE, TOKENS
from harmonizer_gui.engine.cpu_stepping import LineState
from harmonizer_gui.engine.requests import Remark
from harmonizer_gui.engine.rules.base import Floats, Ints, RuleExpert, RuleJudge, Surroundings, no_faults

GROUP: Final = "harmonizer_gui.experts"
Tell = Callable[[Remark], None]

_log = logging.getLogger(__name__)


class BadAnswerError(Exception):
    """An expert that did not raise, but is none all the same; the text says why."""


def load_guests(taken: Collection[str], tell: Tell) -> tuple[Guest, ...]:
    """The experts that installed packages offer, in the order of their entry points’ names.

    One that cannot be loaded, or has a name that is `taken`, is told of and left out.
    """
    guests: dict[str, Guest] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        try:
            guest = _loaded(entry, tell)
            _check_name(guest.name, {*taken, *guests})
            guests[guest.name] = guest
        except (Exception, SystemExit) as error:  # whatever a stranger may raise
            tell(_remark(entry.name, _package(entry), error))
    return tuple(guests.values())


@dataclass(eq=False)
class Guest:
    """An expert of a third party. What it raises or answers wrongly switches it off, with one remark.

    From then on it finds no fault with anything, also in the middle of a line.
    """

    expert: RuleExpert
    package: str
    tell: Tell
    is_off: bool = False

    def __post_init__(self) -> None:
        self.name = self.expert.name
        self.summary = str(getattr(self.expert, "summary", ""))

    def judge(self, surroundings: Surroundings) -> RuleJudge | None:
        if self.is_off:
            return None
        try:
            judge = self.expert.judge(surroundings)
        except (Exception, SystemExit) as error:
            self.switch_off(error)
            return None
        return None if judge is None else _GuardedJudge(self, judge)

    def switch_off(self, error: BaseException) -> None:
        self.is_off = True
        self.tell(_remark(self.name, self.package, error))


@dataclass(eq=False)
class _GuardedJudge:
    guest: Guest
    judge: RuleJudge

    def faults(self, time: Ints, row: Ints, state: LineState) -> Floats:
        if not self.guest.is_off:
            try:
                answer = self.judge.faults(_shielded(time), _shielded(row), _shielded_state(state))
                return _checked(answer, len(time))
            except (Exception, SystemExit) as error:
                self.guest.switch_off(error)
        return no_faults(len(time))


def _loaded(entry: EntryPoint, tell: Tell) -> Guest:
    made: Any = entry.load()
    expert = made() if callable(made) else made
    if not callable(getattr(expert, "judge", None)):
        raise BadAnswerError("it has no method “judge”")
    return Guest(expert, _package(entry), tell)


def _check_name(name: object, taken: Collection[str]) -> None:
    if not isinstance(name, str) or name != name.strip().lower() or not name or "=" in name:
        raise BadAnswerError(f"its name, {name!r}, is not a text in lower case without “=”")
    if name in taken:
        raise BadAnswerError(f"there is an expert named “{name}” already")


def _checked(answer: object, cells: int) -> Floats:
    """The faults that an expert gave, never beyond what counts as impossible."""
    faults = np.asarray(answer, np.float32)
    if faults.shape != (cells, TOKENS):
        raise BadAnswerError(f"it gave faults of the shape {faults.shape} in the place of {(cells, TOKENS)}")
    if np.isnan(faults).any():
        raise BadAnswerError("it gave faults that are not numbers")
    return faults.clip(IMPOSSIBLE, -IMPOSSIBLE)


def _shielded(array: Ints) -> Ints:
    """The same array, which cannot be written to."""
    view = array.view()
    view.setflags(write=False)
    return view


def _shielded_state(state: LineState) -> LineState:
    return LineState(*(_shielded(getattr(state, field.name)) for field in fields(LineState)))


def _remark(name: str, package: str, error: BaseException) -> Remark:
    text = str(error)
    reason = text if isinstance(error, BadAnswerError) else f"{type(error).__name__}: {text}".rstrip(": ")
    sentence = f"the expert “{name}” of the package {package} is switched off: {reason}"
    _log.warning("%s", sentence)
    return Remark(sentence, "".join(traceback.format_exception(error)))


def _package(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist is not None else entry.value.partition(":")[0]
