"""What every value of the past means to every expert, tabulated: one look-up a step answers it for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from harmonizer_gui.engine.cpu_stepping.state import VALUES, Ints, LineState
from harmonizer_gui.engine.experts.base import Frame, LearnedExpert
from harmonizer_gui.engine.past import NO_PITCH, Past

CHUNK = 256
"""Steps tabulated at once: the tables of a whole piece with many voices would be large."""

_FIELDS = tuple(field.name for field in fields(LineState))
_MOST = max(VALUES.values())


class Seen(NamedTuple):
    """One expert’s frame around B voices, through its V views."""

    expert: LearnedExpert
    frame: Frame
    offsets: Tensor
    """[C] the first table row of each own column."""
    views: int
    voices: int

    @property
    def followed(self) -> list[tuple[int, str]]:
        """The own columns that depend on the past, and the field each depends on."""
        return [(column, name) for column, name in enumerate(self.expert.own_fields) if name is not None]

    @property
    def origin_field(self) -> str | None:
        return "last" if self.expert.origin_follows_line else None


@dataclass(frozen=True, slots=True)
class Answers:
    """What was looked up for n steps of K lines."""

    rows: list[Ints]
    """For each expert [fields, V · K, n], the rows of its table."""
    origins: Ints
    """[ΣV · K, n] index of the pitch that interval 0 stands for."""
    silent: Ints
    """[ΣV · K, n] 1 where nothing sounds."""


class LookUps:
    """The tables for K lines along the B voices that the experts see (B is 1 or K).

    A question is which field of the past of which line decides (`_which`), and where in the table of the
    step its values begin (`_begin`). Expert by expert come the rows of the fields it follows, then all
    origins, then all silences.
    """

    def __init__(self, seen: Sequence[Seen], lines: int, steps: int) -> None:
        self._seen, self._lines, self._steps = seen, lines, steps
        self._which = np.empty(0, np.intp)
        self._begin = np.empty(0, np.intp)
        self._width = 0
        for each in seen:
            for _, name in each.followed:
                self._ask(name, each)
        for each in seen:
            self._ask(each.origin_field, each)
        for each in seen:
            self._ask("sounding", each)
        self._chunk = range(0)
        self._table = np.empty((0, 0), np.intp)

    def _ask(self, name: str | None, seen: Seen) -> None:
        """One question for every view and line; each view and voice has a table of its own."""
        line = np.arange(self._lines)
        # What depends on no field is asked of the 0 behind all fields.
        decides = len(_FIELDS) * self._lines if name is None else _FIELDS.index(name) * self._lines + line
        voice = np.arange(seen.views)[:, None] * seen.voices + (line if seen.voices > 1 else 0 * line)
        self._which = np.append(self._which, np.broadcast_to(decides, voice.shape))
        self._begin = np.append(self._begin, self._width + voice * _size(name))
        self._width += seen.views * seen.voices * _size(name)

    def at(self, time: int, state: LineState) -> Answers:
        """For the step `time` of all lines."""
        values = np.concatenate([*(getattr(state, name) for name in _FIELDS), _ZERO])
        return self._answers((values.take(self._which) + (self._begin + self._place(time)))[:, None])

    def along(self, times: range, past: Past) -> Answers:
        """For consecutive steps of lines that are known, `past` [K, T]. `times` must lie in one chunk."""
        part = slice(times.start, times.stop)
        known = torch.cat([getattr(past, name)[:, part] for name in _FIELDS]).numpy()
        values = np.append(known, np.zeros((1, len(times)), np.intp), axis=0)
        places = self._place(times.start) + np.arange(len(times)) * self._width
        return self._answers(values[self._which] + self._begin[:, None] + places)

    def _place(self, time: int) -> int:
        """Where the table of a step begins."""
        if time not in self._chunk:
            self._tabulate(time - time % CHUNK)
        return (time - self._chunk.start) * self._width

    def _answers(self, questions: Ints) -> Answers:
        """From [questions, n]."""
        found = self._table.take(questions)
        rows, begin = [], 0
        for seen in self._seen:
            width, fields_ = seen.views * self._lines, len(seen.followed)
            rows.append(found[begin : begin + width * fields_].reshape(fields_, width, -1))
            begin += width * fields_
        half = (len(found) - begin) // 2
        return Answers(rows, found[begin : begin + half], found[begin + half :])

    def _tabulate(self, start: int) -> None:
        """Fill the table [steps, width] of one chunk, in the order of the questions."""
        self._chunk = range(start, min(start + CHUNK, self._steps))
        varied = [_varied(each.views * each.voices, self._chunk) for each in self._seen]
        table = []
        for seen, (past, time) in zip(self._seen, varied, strict=True):
            rows = seen.frame.own_columns(past, time) + seen.offsets
            table += [self._by_step(rows[..., column], name) for column, name in seen.followed]
        for seen, (past, time) in zip(self._seen, varied, strict=True):
            table.append(self._by_step(seen.frame.origin(past, time), seen.origin_field))
        for past, _ in varied:
            table.append(self._by_step((past.sounding == NO_PITCH).long(), "sounding"))
        self._table = torch.cat(table, dim=1).numpy()

    def _by_step(self, values: Tensor, name: str | None) -> Tensor:
        """[rows, steps · most] → [steps, rows · size]"""
        apart = values.reshape(len(values), len(self._chunk), _MOST)[..., : _size(name)]
        return apart.transpose(0, 1).flatten(1)


_ZERO = np.zeros(1, np.intp)


def _size(name: str | None) -> int:
    return 1 if name is None else VALUES[name]


def _varied(rows: int, times: range) -> tuple[Past, Tensor]:
    """A past [rows, steps · most] in which all fields take each of their values at each step; and the steps.

    They may do so together, since no column depends on more than one field.
    """
    values = torch.arange(_MOST)
    past = (values.clamp(max=VALUES[name] - 1).repeat(len(times)).expand(rows, -1) for name in _FIELDS)
    return Past(*past), torch.arange(times.start, times.stop).repeat_interleave(_MOST)


def constant_past(rows: int, steps: int) -> Past:
    """A past of zeros [rows, T], for what does not depend on it."""
    zero = torch.zeros(rows, steps, dtype=torch.long)
    return Past(*(zero for _ in _FIELDS))
