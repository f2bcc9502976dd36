"""What the model is asked for, and what becomes of its answer. Pure functions around frozen values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from harmonizer_gui.engine.composing import ComposeRequest, Writing
from harmonizer_gui.engine.guidance import Likeness
from harmonizer_gui.engine.requests import FillProgress, FillRequest
from harmonizer_gui.score import Score, Voice, VoiceName
from harmonizer_gui.session.locks import Place
from harmonizer_gui.session.spans import changed_spans, marked, merged
from harmonizer_gui.session.state import State
from harmonizer_gui.session.take import Music, Paper, Settings, Sheet, Take, Way

SWEEPS: Final = 2
"""How often several voices that are written together are rewritten."""
CHAINS: Final = 4
"""Lines among which the best one is looked for."""
SIMILAR: Final = "similar"

Lines = tuple[tuple[VoiceName, Voice], ...]


@dataclass(frozen=True, slots=True)
class Order:
    """One request, and the music in whose place its answer is to stand."""

    request: Writing
    place: Place
    before: Score
    words: str
    """The name of the undo step."""
    way: Way = Way.FILL
    again: Take | None = None
    """The take that is to be had once more."""


def filling(state: State, place: Place, words: str, *, seed: int, count: int = 1) -> Order:
    """Write a place `count` times."""
    return Order(_request(state, place, seed, count), place, state.score, words)


def alike(state: State, place: Place, words: str, *, seed: int, more: bool) -> Order:
    """Write a place more like what stands there now, or less. Similar is woken for this once."""
    guidance = state.guidance
    for voice, _ in place:
        guidance = guidance.liken(Likeness(voice, state.score.voice(voice), more=more))
    mix = state.mix.with_factor(SIMILAR, state.mix.factor(SIMILAR) or 1.0)
    return filling(replace(state, mix=mix, guidance=guidance), place, words, seed=seed)


def rewriting(state: State, place: Place, words: str, *, seed: int) -> Order:
    """Rewrite a place voice by voice for as long as anybody asks, and answer the best line."""
    request = replace(_request(state, place, seed, CHAINS), rewrite=True, search=True, sweeps=0)
    return Order(request, place, state.score, words, Way.REWRITE)


def composing(state: State, sheet: Sheet, words: str, *, seed: int) -> Order:
    """Write all voices from nothing, in the place of all that is there."""
    request = ComposeRequest(
        sheet.bars,
        sheet.metre,
        sheet.key,
        mix=state.mix,
        guidance=state.guidance,
        seed=seed,
        recorded=True,
    )
    everything = ((0, max(sheet.ticks, state.score.end)),)
    place = tuple((voice, everything) for voice in VoiceName)
    return Order(request, place, state.score, words, Way.COMPOSE)


def again(state: State, place: Place, take: Take, words: str) -> Order:
    """Write a take of a place once more, from its settings."""
    settings = take.settings
    state = replace(state, mix=settings.mix, guidance=settings.guidance)
    if settings.sheet is not None:
        return replace(composing(state, settings.sheet, words, seed=settings.seed), place=place, again=take)
    return replace(filling(state, place, words, seed=settings.seed), again=take)


def lines_of(order: Order, written: Score, now: Score) -> Lines:
    """The voices as they were written, with what the user has changed meanwhile laid over them."""
    return tuple(
        (
            voice,
            merged(order.before.voice(voice), marked(written.voice(voice), spans), now.voice(voice)),
        )
        for voice, spans in order.place
    )


def takes_of(order: Order, progress: FillProgress, now: Score) -> list[Take]:
    """The takes that the last progress holds, without numbers yet."""
    made = datetime.now().isoformat(timespec="seconds")
    return [
        Take(
            0,
            _settings(order, index),
            Music(lines_of(order, score, now), Paper.of(score) if order.way is Way.COMPOSE else None),
            bits=record.bits if record is not None else None,
            faults=dict(record.faults) if record is not None else {},
            heats=record.heats if record is not None else (),
            made=made,
        )
        for index, score in enumerate(progress.takes)
        for record in (progress.records[index] if progress.records else None,)
    ]


def is_touched(order: Order, now: Score) -> bool:
    """Whether the user has changed anything where it was being written."""
    return any(
        start < stop and begin < end
        for voice, spans in order.place
        for start, end in changed_spans(order.before.voice(voice), now.voice(voice))
        for begin, stop in spans
    )


def _request(state: State, place: Place, seed: int, count: int) -> FillRequest:
    return FillRequest(
        state.score,
        tuple(voice for voice, _ in place),
        spans_by_voice=tuple(spans for _, spans in place),
        mix=state.mix,
        guidance=state.guidance,
        seed=seed,
        takes=count,
        sweeps=SWEEPS if len(place) > 1 else 0,
        recorded=True,
    )


def _settings(order: Order, index: int) -> Settings:
    request = order.request
    sheet = None
    if isinstance(request, ComposeRequest):
        sheet = Sheet(request.bars, request.time_signature, request.key)
    return Settings(request.seed + index, request.mix, request.guidance, order.way, sheet)
