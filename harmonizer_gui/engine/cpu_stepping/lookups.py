"""What every value of the past means to every expert, tabulated: one look-up a step answers it for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from itertools import accumulate, groupby
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
    def rows(self) -> int:
        """How many rows its own table has."""
        return len(self.expert.network.own_embedding.weight)

    @property
    def origin_field(self) -> str | None:
        return "last" if self.expert.origin_follows_line else None

    @property
    def fields(self) -> list[str | None]:
        """All that the answers depend on."""
        return [*(name for _, name in self.followed), self.origin_field]

    @property
    def shape(self) -> tuple[int, int, int]:
        """What experts have in common that can walk as one."""
        return self.expert.network.shape.hidden, self.views, len(self.followed)


class Answers(NamedTuple):
    """What was looked up for n steps of K lines."""

    rows: list[Ints]
    """For each group [M · V · K, n, fields], the rows of the tables of its M experts, one after the other."""
    origins: Ints
    """[ΣV · K, n] index of the pitch that interval 0 stands for."""
    silent: Ints
    """[ΣV · K, n] 1 where nothing sounds."""


class LookUps:
    """The tables for K lines along the B voices that the experts see (B is 1 or K).

    A question is which field of the past of which line decides (`_which`), and where its values begin in the
    table (`_begin`): in the part that holds for all steps, or, where the frame moves (`_moving` is 1), in
    that of the first step tabulated. Expert by expert, for each view of each line, come the rows of the
    fields it follows and that of the surroundings, which move for all; then all origins, then all silences.
    """

    def __init__(self, seen: Sequence[Seen], lines: int, steps: int) -> None:
        self.groups = [list(group) for _, group in groupby(seen, lambda each: each.shape)]
        """The experts, those of one shape that stand side by side together."""
        self._seen, self._lines, self._steps = seen, lines, steps
        self._first_rows = _first_rows(self.groups, steps)
        self._widths = [0, 0]
        asked = []
        for each in seen:
            fields = [self._asked(name, each, moves=each.expert.frame_moves) for _, name in each.followed]
            asked.append(np.stack([*fields, self._asked(None, each, moves=True)], axis=-1))
        asked += [self._asked(each.origin_field, each, moves=each.expert.frame_moves) for each in seen]
        asked += [self._asked("sounding", each, moves=False) for each in seen]
        questions = np.concatenate([some.reshape(3, -1) for some in asked], axis=1)
        self._which, self._begin, self._moving = questions
        self._parts = _parts(self.groups, lines)
        first, rows = self._parts[-1][0].stop, sum(each.views for each in seen) * lines
        self._origins, self._silences = slice(first, first + rows), slice(first + rows, None)
        self._begin += self._moving * self._widths[False]
        self._steady = self._tabulated(range(1), moves=False)
        self._chunk = range(0)
        self._table = self._steady

    def _asked(self, name: str | None, seen: Seen, *, moves: bool) -> Ints:
        """[3, V, K] one question for every view and line; each view and voice has a table of its own."""
        line = np.arange(self._lines)
        # What depends on no field is asked of the 0 behind all fields.
        decides = len(_FIELDS) * self._lines if name is None else _FIELDS.index(name) * self._lines + line
        voice = np.arange(seen.views)[:, None] * seen.voices + (line if seen.voices > 1 else 0 * line)
        begin = self._widths[moves] + voice * _size(name)
        self._widths[moves] += seen.views * seen.voices * _size(name)
        return np.stack([np.broadcast_to(decides, voice.shape), begin, np.full(voice.shape, int(moves))])

    def at(self, time: int, state: LineState) -> Answers:
        """For the step `time` of all lines."""
        values = np.concatenate([*(getattr(state, name) for name in _FIELDS), _ZERO])
        begin = self._begin + self._moving * self._place(time)
        return self._answers((values.take(self._which) + begin)[:, None])

    def along(self, times: range, past: Past) -> Answers:
        """For consecutive steps of lines that are known, `past` [K, T]. `times` must lie in one chunk."""
        part = slice(times.start, times.stop)
        known = torch.cat([getattr(past, name)[:, part] for name in _FIELDS]).numpy()
        values = np.append(known, np.zeros((1, len(times)), np.intp), axis=0)
        places = self._place(times.start) + np.arange(len(times)) * self._widths[True]
        begin = self._begin[:, None] + self._moving[:, None] * places
        return self._answers(values[self._which] + begin)

    def _place(self, time: int) -> int:
        """How far after that of the first step the table of a step begins."""
        if time not in self._chunk:
            start = time - time % CHUNK
            self._chunk = range(start, min(start + CHUNK, self._steps))
            self._table = np.concatenate([self._steady, self._tabulated(self._chunk, moves=True)])
        return (time - self._chunk.start) * self._widths[True]

    def _answers(self, questions: Ints) -> Answers:
        """From [questions, n]."""
        found = self._table.take(questions)
        rows = [found[part].reshape(shape).transpose(0, 2, 1) for part, shape in self._parts]
        return Answers(rows, found[self._origins], found[self._silences])

    def _tabulated(self, times: range, *, moves: bool) -> Ints:
        """The part of the table for some steps, flat, in the order of the questions."""
        rows, origins = [], []
        for seen, first in zip(self._seen, self._first_rows, strict=True):
            if seen.expert.frame_moves == moves:
                past, time = _varied(seen.views * seen.voices, times, max(map(_size, seen.fields)))
                own = seen.frame.own_columns(past, time) + (seen.offsets + first)
                rows += [_by_step(own[..., column], name, times) for column, name in seen.followed]
                origins.append(_by_step(seen.frame.origin(past, time), seen.origin_field, times))
            if moves:
                rows.append(torch.from_numpy(self._surroundings(seen, first, times)))
        if not moves:
            count = sum(seen.views * seen.voices for seen in self._seen)
            origins.append(_SILENCE.repeat(count)[None])
        flat: Ints = torch.cat([*rows, *origins], dim=1).numpy().reshape(-1)
        return flat

    def _surroundings(self, seen: Seen, first: int, times: range) -> Ints:
        """[n, V · B] the rows of the surroundings, which lie after the table of the expert."""
        voice = np.arange(seen.views * seen.voices) * self._steps
        return first + seen.rows + voice + np.arange(times.start, times.stop)[:, None]


_ZERO = np.zeros(1, np.intp)
_SILENCE = (torch.arange(VALUES["sounding"]) == NO_PITCH).long()


def _first_rows(groups: Sequence[Sequence[Seen]], steps: int) -> list[int]:
    """Where the table of each expert, with its surroundings, begins among those of its group."""
    sizes = [[seen.rows + seen.views * seen.voices * steps for seen in group] for group in groups]
    return [first for some in sizes for first in accumulate(some[:-1], initial=0)]


def _parts(groups: Sequence[Sequence[Seen]], lines: int) -> list[tuple[slice, tuple[int, ...]]]:
    """Where the table rows of each group lie among the answers, and their shape [R, fields, n]."""
    shapes = [(len(some) * some[0].views * lines, len(some[0].followed) + 1, -1) for some in groups]
    ends = list(accumulate(rows * fields for rows, fields, _ in shapes))
    return [(slice(start, end), shape) for start, end, shape in zip([0, *ends], ends, shapes, strict=False)]


def _size(name: str | None) -> int:
    return 1 if name is None else VALUES[name]


def _varied(rows: int, times: range, values: int) -> tuple[Past, Tensor]:
    """A past [rows, n · values] in which all fields take each of their values at each step; and the steps.

    They may do so together, since no column depends on more than one field.
    """
    some = torch.arange(values)
    past = (some.clamp(max=VALUES[name] - 1).repeat(len(times)).expand(rows, -1) for name in _FIELDS)
    return Past(*past), torch.arange(times.start, times.stop).repeat_interleave(values)


def _by_step(values: Tensor, name: str | None, times: range) -> Tensor:
    """[rows, n · values] → [n, rows · size]"""
    apart = values.reshape(len(values), len(times), -1)[..., : _size(name)]
    return apart.transpose(0, 1).flatten(1)


def constant_past(rows: int, steps: int) -> Past:
    """A past of zeros [rows, T], for what does not depend on it."""
    zero = torch.zeros(rows, steps, dtype=torch.long)
    return Past(*(zero for _ in _FIELDS))
