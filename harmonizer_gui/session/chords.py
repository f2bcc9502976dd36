"""The chords of the piece, named off the GUI thread: after a change only those of the part that changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from harmonizer_gui.engine.keys import detect_key
from harmonizer_gui.engine.roman import chord_label
from harmonizer_gui.score import Bar, KeySignature, Score, VoiceName
from harmonizer_gui.score.edits import changed_ticks
from harmonizer_gui.session.answers import Failure
from harmonizer_gui.session.document import Change, Document
from harmonizer_gui.session.worker import Worker

PAUSE_MS = 120
BARS_AT_ONCE = 32
"""So many bars are named in one go, that other work on the thread need not wait for all."""


@dataclass(frozen=True, slots=True)
class NamedChord:
    """What sounds over the ticks [start, end): a Roman numeral, or the names of notes."""

    start: int
    end: int
    text: str


Chords = tuple[NamedChord, ...]


class ChordNames(QObject):
    """Names the chords of every bar while it is active; what is not yet named anew stays, and is `stale`."""

    changed = Signal()
    failed = Signal(object)
    """`Failure`"""

    def __init__(self, document: Document, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._worker = worker
        self._is_active = False
        self._bars: list[Chords] = []
        self._missing: set[int] = set()
        self._seen = Score()
        self._asked: Score | None = None
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        document.changed.connect(self._on_changed)

    @property
    def chords(self) -> list[NamedChord]:
        """In order of time; none goes on over a bar line."""
        return [chord for bar in self._bars for chord in bar]

    @property
    def stale(self) -> bool:
        """Whether some bars are still to be named."""
        return bool(self._missing)

    def set_active(self, *, on: bool) -> None:
        """Whether anybody looks."""
        self._is_active = on
        if on:
            self._compare()
            self._ask()

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.score and self._is_active:
            self._compare()
            self._pause.start()

    def _compare(self) -> None:
        """Find the bars that are no longer what they were."""
        before, score = self._seen, self._document.score
        self._seen = score
        if _frame(before) != _frame(score) or not self._bars:
            self._bars = [()] * len(score.bars)
            self._missing = set(range(len(score.bars)))
        else:
            for voice in VoiceName:
                span = changed_ticks(before.voice(voice), score.voice(voice))
                if span is not None:
                    self._missing |= _bars_of(score, *span)
        self.changed.emit()

    @Slot()
    def _ask(self) -> None:
        """Ask for the next bars; one question at a time."""
        if not self._is_active or not self._missing or self._asked is not None:
            return
        score, first = self._document.score, min(self._missing)
        run = range(first, min(first + BARS_AT_ONCE, len(score.bars)))
        numbers = tuple(index for index in run if index in self._missing)
        self._asked = score
        job = self._worker.run(lambda: (score, numbers, named_bars(score, numbers)))
        job.done.connect(self._on_named)
        job.failed.connect(self._on_failed)

    @Slot(object)
    def _on_named(self, answer: tuple[Score, tuple[int, ...], tuple[Chords, ...]]) -> None:
        score, numbers, bars = answer
        self._asked = None
        if _frame(score) == _frame(self._seen) and len(self._bars) == len(score.bars):
            self._take_in(score, dict(zip(numbers, bars, strict=True)))
        self._ask()

    def _take_in(self, score: Score, bars: dict[int, Chords]) -> None:
        """Keep what was named, but for bars that have changed meanwhile."""
        meanwhile: set[int] = set()
        for voice in VoiceName:
            span = changed_ticks(score.voice(voice), self._seen.voice(voice))
            if span is not None:
                meanwhile |= _bars_of(self._seen, *span)
        for number, chords in bars.items():
            if number not in meanwhile:
                self._bars[number] = chords
                self._missing.discard(number)
        self.changed.emit()

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        self._asked, self._missing = None, set()
        self.failed.emit(failure)


def named_bars(score: Score, numbers: Iterable[int]) -> tuple[Chords, ...]:
    """The chords of the bars with these indices. Slow: for the file thread."""
    unknown = (None if score.key_signatures else detect_key(score)) or KeySignature(0, 0)
    return tuple(_named(score, score.bars[number], unknown) for number in numbers)


def _named(score: Score, bar: Bar, unknown: KeySignature) -> Chords:
    """One for each beat; neighbours of the same name are one.

    `unknown` is the key where none is written: numerals are of it, but notes are named as everywhere else.
    """
    key = score.key_at(bar.start) or unknown
    found = [
        NamedChord(start, end, chord_label(_sounding(score, start), key, score.key_at(start)))
        for start, end in _beats(bar)
    ]
    groups = [list(group) for _, group in groupby(found, key=lambda chord: chord.text)]
    return tuple(
        NamedChord(group[0].start, group[-1].end, group[0].text) for group in groups if group[0].text
    )


def _beats(bar: Bar) -> Iterator[tuple[int, int]]:
    """The beats of a bar; those of a pickup are counted from its end."""
    beat = bar.time_signature.beat_ticks
    first = (bar.end - bar.start) % beat if bar.number == 0 else 0
    edges = [bar.start, *range(bar.start + (first or beat), bar.end, beat), bar.end]
    return pairwise(edges)


def _sounding(score: Score, tick: int) -> list[int]:
    notes = (voice.at(tick) for voice in score.voices)
    return [note.pitch for note in notes if note is not None]


def _bars_of(score: Score, start: int, end: int) -> set[int]:
    """The indices of the bars that the ticks [start, end) touch."""
    last = len(score.bars) - 1
    offset = 0 if score.pickup else 1
    first_bar, last_bar = score.bar_at(start), score.bar_at(max(start, end - 1))
    return set(range(first_bar.number - offset, min(last, last_bar.number - offset) + 1))


def _frame(score: Score) -> tuple[object, ...]:
    """What the names of all bars hang on."""
    return score.bars, score.key_signatures
