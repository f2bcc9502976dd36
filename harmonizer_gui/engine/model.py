"""The trained model as the rest of the program uses it: load it, ask it, let it write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import REST, STEP_TICKS
from harmonizer_gui.engine.analysis import Analysis
from harmonizer_gui.engine.checkpoint import Card, read_model
from harmonizer_gui.engine.context import Context, context_of
from harmonizer_gui.engine.grid import Grid, free_cells, grid_of, notes_of, sounding_before
from harmonizer_gui.engine.guests import Guest, load_guests
from harmonizer_gui.engine.guidance import Guidance
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.engine.product import Product
from harmonizer_gui.engine.requests import (
    SEEDS_PER_TURN,
    AnalysisRequest,
    FillProgress,
    FillRequest,
    Remark,
)
from harmonizer_gui.engine.rules.base import RuleExpert, Surroundings, judged_lines
from harmonizer_gui.engine.rules.key import Key
from harmonizer_gui.engine.rules.painted import Painted
from harmonizer_gui.engine.rules.range import Range
from harmonizer_gui.engine.rules.similar import Similar
from harmonizer_gui.engine.rules.voice_leading import VoiceLeading
from harmonizer_gui.engine.sampling import Rules, sample
from harmonizer_gui.errors import UserError
from harmonizer_gui.resources import models_dir
from harmonizer_gui.score import Note, Score, Voice, VoiceName

DeviceName = Literal["auto", "cpu", "cuda", "mps"]
LINE_BUDGET = 8192
"""An analysis keeps at most so many cells (lines × steps) of unwritten paper."""
PROGRESS_REPORTS = 32
SHIPPED = "chorales-1.safetensors"


RULES: tuple[RuleExpert, ...] = (VoiceLeading(), Range(), Key(), Painted(), Similar())
"""The experts that need no training."""


class DeviceError(UserError):
    """A device that this machine does not have."""


def load_model(path: Path | None = None, device: DeviceName = "auto", *, guests: bool = False) -> Model:
    """Read a checkpoint and its card; the one that comes with the program if `path` is None.

    With `guests` the experts that installed packages offer join it. Raises CheckpointError or DeviceError,
    one sentence each.
    """
    chosen = choose_device(device)
    card, product = read_model(path or models_dir() / SHIPPED)
    model = with_rules(card, product, chosen)
    if guests:
        model.invite_guests()
    return model


def with_rules(card: Card, product: Product, device: torch.device) -> Model:
    """The model as it is used: the product on its device, with the experts that need no training."""
    return Model(card, product.to(device), device, rules=RULES)


def choose_device(device: DeviceName) -> torch.device:
    """CUDA, else MPS, else the CPU for `auto`. Raises DeviceError for one that is not there."""
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if device == "auto":
        return torch.device(next(name for name, present in there.items() if present))
    if not there[device]:
        raise DeviceError(f"there is no {device} device here: use --device auto or cpu")
    return torch.device(device)


class Model:
    """A product on a device (the HarmonyModel of `requests`). Not for use from two threads at once."""

    def __init__(
        self, card: Card, product: Product, device: torch.device, rules: Sequence[RuleExpert] = ()
    ) -> None:
        self.card = card
        self.product = product
        self._rules = tuple(rules)
        self._guests: tuple[Guest, ...] = ()
        self._remarks: list[Remark] = []
        self._device = device

    @property
    def experts(self) -> tuple[str, ...]:
        return (*self.product.names, *self.rules)

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(rule.name for rule in self._untrained())

    def _untrained(self) -> tuple[RuleExpert, ...]:
        return (*self._rules, *(guest for guest in self._guests if not guest.is_off))

    def invite_guests(self) -> None:
        """Let the experts of third parties join. For one that cannot there is a remark."""
        self._guests = load_guests(self.experts, self._remarks.append)

    def take_remarks(self) -> tuple[Remark, ...]:
        remarks = tuple(self._remarks)
        self._remarks.clear()
        return remarks

    @property
    def name(self) -> str:
        return self.card.name

    @property
    def device(self) -> str:
        if self._device.type == "cuda":
            return torch.cuda.get_device_name(self._device)
        return {"mps": "Apple GPU"}.get(self._device.type, "CPU")

    @torch.inference_mode()
    def analyse(self, request: AnalysisRequest) -> Analysis:
        """What every expert says about a voice.

        Cells with a note are judged given the past and the other voices; silent ones given, besides, what is
        written of the voice ahead, along sampled lines: silence in the voice one asks about is free paper.
        Raises UnreadableNoteError or SilentProductError.
        """
        _one_thread()
        grid = grid_of(request.score)
        written = grid.tokens[request.voice] != REST
        grid.written[request.voice] = written
        plain = context_of(grid, request.voice, device=self._device)
        if written.all():
            rules = self._rules_for(plain, request.score, request.guidance)
            return self._analysis(grid.tokens[request.voice][None], plain, written, rules)
        rules = self._rules_for(plain, request.score, request.guidance)
        lines = max(1, min(request.lines, LINE_BUDGET // grid.steps))
        drawn = list(
            sample(
                self.product,
                context_of(grid, request.voice, pinned=written, device=self._device),
                mix=request.mix,
                seeds=range(request.seed, request.seed + lines),
                pinned=written,
                tokens=grid.tokens[request.voice],
                rules=rules,
            )
        )
        tokens = np.stack([step.tokens for step in drawn], axis=1).astype(np.int16)
        sampled = Analysis(
            experts=(*self.product.names, *rules.names),
            log_probs=np.stack([step.log_probs for step in drawn], axis=2),
            terms=np.stack([step.terms for step in drawn], axis=2),
            sounding=sounding_before(tokens),
            tokens=tokens,
            written=written,
        )
        if not written.any():
            return sampled
        judged = self._analysis(sampled.tokens, plain.repeated(lines), written, rules)
        choice = written[None, None, :, None]
        return replace(
            sampled,
            log_probs=np.where(choice, judged.log_probs, sampled.log_probs),
            terms=np.where(choice, judged.terms, sampled.terms),
        )

    def _rules_for(self, context: Context, score: Score, guidance: Guidance, mix: Mix | None = None) -> Rules:
        """The untrained experts with something to say about the voice of a context.

        With `mix` only those that count in it.
        """
        surroundings = Surroundings.of(context, score, guidance)
        counting = [rule for rule in self._untrained() if mix is None or mix.effective(rule.name)]
        judges = [(rule.name, rule.judge(surroundings)) for rule in counting]
        speaking = {name: judge for name, judge in judges if judge is not None}
        return Rules(tuple(speaking), tuple(speaking.values()))

    def _analysis(
        self, tokens: NDArray[np.int16], context: Context, written: NDArray[np.bool_], rules: Rules
    ) -> Analysis:
        """Teacher-forced along whole lines [L, T]."""
        lines = torch.from_numpy(tokens.astype(np.int64)).to(self._device)
        log_probs, terms = self.product(lines, context)
        ruled = judged_lines(rules.judges, tokens, 1)
        return Analysis(
            experts=(*self.product.names, *rules.names),
            log_probs=np.concatenate([log_probs.cpu().numpy(), ruled]),
            terms=np.concatenate([terms.cpu().numpy(), ruled]),
            sounding=sounding_before(tokens),
            tokens=tokens,
            written=written,
        )

    def fill(self, request: FillRequest) -> Iterator[FillProgress]:
        """Write the voices of the request one after the other, take by take as one batch.

        Take i of seed s is take 0 of seed s + i. The last progress is complete; its takes hold the new notes,
        marked as generated. Raises UnreadableNoteError or SilentProductError before anything is drawn.
        """
        _one_thread()
        takes = [request.score] * request.takes
        for voice in request.voices:
            takes = _without(takes, voice, request.spans)
        end = max([request.score.end, *(stop for _, stop in request.spans or ())])
        free = free_cells(grid_of(takes[0], end).steps, request.spans)
        turns = [*request.voices] * (1 + request.sweeps)
        total = len(free) * len(turns)
        every = max(4, total // PROGRESS_REPORTS)
        for turn, voice in enumerate(turns):
            later = request.voices[turn + 1 :]
            filling = _Filling(_without(takes, voice, request.spans), voice, later, free, end)
            for done in self._fill_voice(filling, request, turn):
                if done % every == 0 or done == len(free):
                    takes = filling.scores()
                    yield FillProgress(turn * len(free) + done, total, tuple(takes))

    def _fill_voice(self, filling: _Filling, request: FillRequest, turn: int) -> Iterator[int]:
        """Draw one voice of all takes; yields how many steps are drawn. Every turn has chances of its own."""
        grids = filling.grids
        pinned = ~filling.free
        contexts = [context_of(grid, filling.voice, pinned=pinned, device=self._device) for grid in grids]
        context = Context.joined(contexts)
        steps = sample(
            self.product,
            context,
            mix=request.mix,
            seeds=[request.seed + take + turn * SEEDS_PER_TURN for take in range(request.takes)],
            pinned=pinned,
            tokens=grids[0].tokens[filling.voice],
            rules=self._rules_for(context, request.score, request.guidance, request.mix),
        )
        while True:
            with torch.inference_mode():
                step = next(steps, None)
            if step is None:
                return
            filling.tokens[:, step.time] = step.tokens
            filling.reached = step.time + 1
            yield filling.reached


@dataclass
class _Filling:
    """One voice of all takes while it is written."""

    takes: Sequence[Score]
    voice: VoiceName
    later: Sequence[VoiceName]
    free: NDArray[np.bool_]
    end: int

    def __post_init__(self) -> None:
        shared = all(take is self.takes[0] for take in self.takes)
        self.grids: list[Grid] = [grid_of(take, self.end) for take in self.takes[: 1 if shared else None]]
        for grid in self.grids:
            for voice in self.later:
                grid.written[voice, self.free] = False
        self.tokens = np.zeros((len(self.takes), len(self.free)), np.int16)
        self.reached = 0

    def scores(self) -> list[Score]:
        """The takes with all that is drawn so far laid into them."""
        runs = _runs(self.free[: self.reached])
        return [
            take.with_voice(self.voice, self._laid(take.voice(self.voice), row, runs, take))
            for take, row in zip(self.takes, self.tokens, strict=True)
        ]

    def _laid(
        self, voice: Voice, tokens: NDArray[np.int16], runs: list[tuple[int, int]], take: Score
    ) -> Voice:
        fresh = [note for start, stop in runs for note in notes_of(tokens[start:stop], start)]
        clear = [between for note in fresh for between in [_between(voice, note)] if between is not None]
        marked = [_with_fermata(note, take, self.voice) for note in clear]
        return Voice(tuple(sorted([*voice.notes, *marked])))


def _without(takes: Sequence[Score], name: VoiceName, spans: Sequence[tuple[int, int]] | None) -> list[Score]:
    """The takes without what stands in the spans of a voice. Takes that are one stay one."""
    cleared: dict[int, Score] = {}
    for take in takes:
        voice = take.voice(name)
        for start, end in spans if spans is not None else ((0, voice.end),):
            voice = voice.cut(start, end)
        cleared.setdefault(id(take), take.with_voice(name, voice))
    return [cleared[id(take)] for take in takes]


def _runs(free: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The stretches [start, stop) of free cells."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], free, [False]]).astype(np.int8)))
    return [(int(start), int(stop)) for start, stop in edges.reshape(-1, 2)]


def _between(voice: Voice, note: Note) -> Note | None:
    """`note` without what neighbours off the grid overlap; None if nothing is left."""
    start, end = note.start, note.end
    for neighbour in voice.between(start, end):
        if neighbour.start <= start:
            start = neighbour.end
        else:
            end = min(end, neighbour.start)
    return note.at(start, end) if start < end else None


def _with_fermata(note: Note, score: Score, voice: VoiceName) -> Note:
    """The same note, with a fermata where another voice has one over the same end."""
    others = (score.voice(name).at(note.end - STEP_TICKS) for name in VoiceName if name != voice)
    if any(other is not None and other.fermata and other.end == note.end for other in others):
        return replace(note, fermata=True)
    return note


def _one_thread() -> None:
    """A step loop on several threads is many times slower: they wait for one another at each step."""
    if torch.get_num_threads() != 1:
        torch.set_num_threads(1)
