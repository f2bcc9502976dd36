"""The trained model as the rest of the program uses it: load it, ask it, let it write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray

from harmonizer_gui.engine.alphabet import REST
from harmonizer_gui.engine.analysis import Analysis, product_log_probs
from harmonizer_gui.engine.checkpoint import Card, read_model
from harmonizer_gui.engine.context import Context, context_of
from harmonizer_gui.engine.filling import Drawing, Filling, written
from harmonizer_gui.engine.grid import Grid, grid_of, sounding_before
from harmonizer_gui.engine.guests import Guest, load_guests
from harmonizer_gui.engine.guidance import Guidance
from harmonizer_gui.engine.mix import AS_LEARNED, Mix
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
from harmonizer_gui.engine.sampling import Drawn, Rules, along, sample
from harmonizer_gui.errors import UserError
from harmonizer_gui.resources import models_dir
from harmonizer_gui.score import Score, VoiceName

DeviceName = Literal["auto", "cpu", "cuda", "mps"]
LINE_BUDGET = 8192
"""An analysis keeps at most so many cells (lines × steps) of unwritten paper."""
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
        A request `as_written` has rests judged as notes are.
        Raises UnreadableNoteError or SilentProductError.
        """
        _one_thread()
        grid = grid_of(request.score)
        written = (grid.tokens[request.voice] != REST) | request.as_written
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
        judged = self._analysis(sampled.tokens, plain, written, rules)
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
        """Teacher-forced along whole lines [L, T], in one context or each in its own (without rules then)."""
        log_probs, terms = along(self.product, context, tokens)
        ruled = judged_lines(rules.judges, tokens, 1)
        return Analysis(
            experts=(*self.product.names, *rules.names),
            log_probs=np.concatenate([log_probs, ruled]),
            terms=np.concatenate([terms, ruled]),
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
        yield from written(self, request)

    def draw(self, filling: Filling, request: FillRequest, turn: int) -> Drawing:
        """Draw one voice of all takes; every turn has chances of its own."""
        pinned = ~filling.free
        grids = filling.grids
        contexts = [context_of(grid, filling.voice, pinned=pinned, device=self._device) for grid in grids]
        context = Context.joined(contexts)
        rules = self._rules_for(context, request.score, request.guidance, request.mix)
        seeds = [request.seed + take + turn * SEEDS_PER_TURN for take in range(request.takes)]
        steps = sample(
            self.product,
            context,
            mix=request.mix,
            seeds=seeds,
            pinned=pinned,
            tokens=grids[0].tokens[filling.voice],
            rules=rules,
        )
        if request.noise:
            steps = _blurred(self.product, steps, noise=request.noise, seed=seeds[0])
        return Drawing((*self.product.names, *rules.names), _inferred(steps))

    @torch.inference_mode()
    def bits(self, voice: VoiceName, grids: Sequence[Grid], free: NDArray[np.bool_]) -> NDArray[np.float64]:
        """[K] Σ −log2 p over the `free` cells [T] of a voice in K grids, each cell given its past and the
        other voices, by the learned experts at their learned exponents.
        """
        sums = []
        batch = max(1, LINE_BUDGET // grids[0].steps)
        for first in range(0, len(grids), batch):
            some = grids[first : first + batch]
            context = Context.joined([context_of(grid, voice, device=self._device) for grid in some])
            tokens = np.stack([grid.tokens[voice] for grid in some])
            judged = self._analysis(tokens, context, free, Rules())
            chosen = np.take_along_axis(product_log_probs(judged, AS_LEARNED), tokens[..., None], axis=-1)
            sums.append(-chosen[:, free, 0].sum(axis=1, dtype=np.float64) / np.log(2.0))
        return np.concatenate(sums)


def _blurred(product: Product, steps: Iterator[Drawn], *, noise: float, seed: int) -> Iterator[Drawn]:
    """The same steps with noise on what the experts read, which is drawn as the first step is asked for."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        product.set_noise(noise)
        try:
            first = next(steps, None)
        finally:
            product.set_noise(0.0)
    if first is not None:
        yield first
        yield from steps


def _inferred(steps: Iterator[Drawn]) -> Iterator[Drawn]:
    """The same steps, each drawn without what training would need."""
    while True:
        with torch.inference_mode():
            step = next(steps, None)
        if step is None:
            return
        yield step


def _one_thread() -> None:
    """A step loop on several threads is many times slower: they wait for one another at each step."""
    if torch.get_num_threads() != 1:
        torch.set_num_threads(1)
