"""Only what has changed is painted anew, and it looks as if all had been."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.score.edits import NoteRef, changed_ticks
from harmonizer_gui.views.roll.notes import NotesItem
from harmonizer_gui.views.roll.roll import PianoRoll
from harmonizer_gui.views.roll.wheel import Turn
from harmonizer_gui.views.theme import ThemeManager
from tests.qt import process_events
from tests.strategies import voices

ALTO = VoiceName.ALTO


def quarters(*pitches: int) -> Voice:
    return Voice(
        tuple(Note(480 * i, 480, pitch, fermata=i % 3 == 0) for i, pitch in enumerate(pitches) if pitch)
    )


@pytest.mark.parametrize(
    ("before", "after", "span"),
    [
        (quarters(60, 62), quarters(60, 62), None),
        (Voice(), quarters(60, 62), (0, 960)),
        (quarters(60, 62), quarters(60, 62, 64), (960, 1440)),
        (quarters(60, 62, 64), quarters(60, 65, 64), (480, 960)),
        (quarters(60, 62, 64), quarters(60, 0, 64), (480, 960)),
        (quarters(60, 60, 60), quarters(60, 60), (960, 1440)),
    ],
)
def test_the_span_of_a_change(before: Voice, after: Voice, span: tuple[int, int] | None) -> None:
    assert changed_ticks(before, after) == span
    assert changed_ticks(after, before) == span


@given(voices(), voices())
def test_outside_the_span_nothing_has_changed(before: Voice, after: Voice) -> None:
    span = changed_ticks(before, after)
    different = set(before) ^ set(after)
    assert (span is None) is (before == after)
    if span is not None:
        assert all(span[0] <= note.start and note.end <= span[1] for note in different)


class Painted:
    """Keeps how many pixels wide that is which the notes are asked to paint anew, each time."""

    def __init__(self, item: NotesItem, monkeypatch: pytest.MonkeyPatch) -> None:
        self.widths: list[float] = []
        self._paint = item.paint_exposed
        monkeypatch.setattr(item, "paint_exposed", self.paint)

    def paint(self, painter: QPainter, exposed: QRectF) -> None:
        self.widths.append(exposed.width())
        self._paint(painter, exposed)


@pytest.fixture
def roll(themes: ThemeManager, show: Callable[..., None]) -> PianoRoll:
    roll = PianoRoll()
    roll.set_theme(themes.theme)
    roll.set_piece(Score((quarters(*[72] * 32), Voice(), quarters(*[57] * 32), Voice())))
    show(roll, 900, 560)
    process_events()
    return roll


def seen(roll: PianoRoll) -> QImage:
    """What stands on the screen, as the last paint events left it."""
    process_events()
    window: QWidget = roll.window()
    return window.screen().grabWindow(window.winId()).toImage()


def test_a_growing_voice_costs_only_what_is_new(roll: PianoRoll, monkeypatch: pytest.MonkeyPatch) -> None:
    pitches = [64, 65, 67, 65] * 4
    painted = Painted(roll.notes, monkeypatch)
    for length in range(8, 17):
        roll.set_growing((ALTO, quarters(*pitches[:length])))
        process_events()
    assert len(painted.widths) == 9
    assert max(painted.widths[1:]) < 4 * 480 * roll.coordinates.tick_width
    partly = seen(roll)
    assert not partly.isNull()
    roll.canvas.viewport().update()
    assert seen(roll) == partly


def deeds(roll: PianoRoll, rng: Random) -> list[Callable[[], None]]:
    """What may be done to a roll, each otherwise every time."""
    soprano = roll.notes.shown.voice(VoiceName.SOPRANO).notes
    line = quarters(*(rng.randrange(55, 72) for _ in range(rng.randrange(1, 24))))
    chosen = frozenset(NoteRef(VoiceName.SOPRANO, note) for note in rng.sample(soprano, 3))
    rows = Turn(300.0, 200.0, notches=(0.0, rng.choice((-1.0, 1.0))), shift=True, ctrl=True)
    return [
        lambda: roll.navigator.scroll(rng.uniform(-60.0, 60.0), rng.uniform(-40.0, 40.0)),
        lambda: roll.navigator.scroll(float(rng.randrange(-300, 300)), 0.0),
        lambda: roll.navigator.turn(rows),
        lambda: roll.navigator.zoom_time(rng.choice((0.8, 1.23)), 300.0),
        lambda: roll.set_growing((ALTO, line)),
        lambda: roll.set_selection(chosen),
        lambda: roll.set_playhead(rng.uniform(0.0, 8000.0)),
    ]


@pytest.mark.parametrize("seed", range(3))
def test_what_is_painted_in_part_looks_as_if_all_had_been_painted(roll: PianoRoll, seed: int) -> None:
    rng, sights = Random(seed), set()
    for _ in range(50):
        rng.choice(deeds(roll, rng))()
        partly = seen(roll)
        roll.canvas.viewport().update()
        assert seen(roll) == partly
        sights.add(bytes(partly.constBits()))
    assert len(sights) > 30
