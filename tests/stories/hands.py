"""Hands that do anything: random presses, drags, turns of the wheel and keys on the real window."""

from __future__ import annotations

from random import Random

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from harmonizer_gui.score import Note
from tests.stories.conftest import LEFT, NO_KEY, Story
from tests.stories.elsewhere import Deed, Elsewhere

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
HELD = (NO_KEY, NO_KEY, NO_KEY, SHIFT, CTRL, ALT, SHIFT | ALT, CTRL | SHIFT)
KEYS = Qt.Key
ARROWS = (KEYS.Key_Up, KEYS.Key_Down, KEYS.Key_Left, KEYS.Key_Right)
LETTERS = "DVKEPSATBJQF"
"""Tools, voices, and what shapes notes."""
WITH_CTRL = (
    KEYS.Key_A,
    KEYS.Key_C,
    KEYS.Key_X,
    KEYS.Key_V,
    KEYS.Key_D,
    KEYS.Key_I,
    KEYS.Key_K,
    KEYS.Key_1,
    KEYS.Key_2,
    KEYS.Key_3,
    KEYS.Key_4,
    KEYS.Key_Up,
    KEYS.Key_Down,
)
LONGEST = 40_000
"""Ticks. Whoever draws in a view of the whole piece makes it twice as long, again and again."""
MOST_NOTES = 400
"""From here on nothing is multiplied: two keys would double the piece again and again."""


class Hands:
    """Does one thing after the other, all of it decided by the seed."""

    def __init__(self, story: Story, seed: int) -> None:
        self._story = story
        self._rng = Random(seed)
        self._deeds: list[tuple[int, Deed]] = [
            (30, self._drag),
            (15, self._click),
            (3, self._double_click),
            (4, self._abort),
            (4, self._wheel),
            (12, self._arrow),
            (14, self._letter),
            (10, self._with_ctrl),
            (3, self._delete),
            (4, self._walk),
            (6, self._back_and_forth),
            (2, self._seek),
            (2, self._draw_loudness),
            (1, self._change_grid),
            (1, self._home),
            *Elsewhere(story, self._rng, self._place).deeds,
        ]

    def do_something(self) -> str:
        """Returns what it was, for the message of a failing test."""
        if self._story.score.length > LONGEST:
            self._begin_anew()
        weights = [weight for weight, _ in self._deeds]
        _, deed = self._rng.choices(self._deeds, weights)[0]
        deed()
        return deed.__name__

    def _begin_anew(self) -> None:
        """Take all notes away, and look at the start."""
        for name in ("escape", "unlock-all", "select-all", "delete"):
            self._story.program.window.actions_[name].trigger()
        self._home()

    def _place(self) -> QPoint:
        """Anywhere in the roll, now and then outside; half of the time on a note."""
        roll, rng = self._story.program.window.roll, self._rng
        notes = [note for voice in self._story.score.voices for note in voice]
        if notes and rng.random() < 0.5:
            note = rng.choice(notes)
            place = self._story.at(note.start + rng.random() * note.duration, note.pitch)
            if self._story.roll.rect().contains(place):
                return place
        view = roll.coordinates
        x, y = rng.uniform(-20, view.width + 20), rng.uniform(-20, view.height + 20)
        seen: QPoint = roll.canvas.mapFromScene(roll.canvas.field.mapToScene(QPointF(x, y)))
        return seen

    def _button(self) -> Qt.MouseButton:
        return self._rng.choices((LEFT, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton), (8, 1, 1))[
            0
        ]

    def _drag(self) -> None:
        story, rng = self._story, self._rng
        held = rng.choice(HELD)
        story.press(self._place(), self._button(), held)
        for _ in range(rng.randrange(1, 4)):
            story.move(self._place(), rng.choice((held, held, rng.choice(HELD))))
        story.release(self._place(), held)

    def _abort(self) -> None:
        """Esc in the middle of a drag."""
        story = self._story
        story.press(self._place())
        story.move(self._place())
        story.key(KEYS.Key_Escape)
        story.release(self._place())

    def _click(self) -> None:
        self._story.click(self._place(), self._button(), self._rng.choice(HELD))

    def _double_click(self) -> None:
        """QTest presses for the second time and leaves the button down."""
        place = self._place()
        QTest.mouseDClick(self._story.roll.viewport(), LEFT, NO_KEY, place)  # type: ignore[attr-defined]
        QTest.mouseRelease(self._story.roll.viewport(), LEFT, NO_KEY, place)  # type: ignore[attr-defined]

    def _wheel(self) -> None:
        self._story.wheel(self._place(), self._rng.choice((-2.0, -1.0, 1.0, 2.0)), self._rng.choice(HELD))

    def _arrow(self) -> None:
        held = self._rng.choice((NO_KEY, NO_KEY, SHIFT, ALT))
        self._story.key(self._rng.choice(ARROWS), held)

    def _letter(self) -> None:
        self._story.key(Qt.Key(ord(self._rng.choice(LETTERS))))

    def _with_ctrl(self) -> None:
        key = self._rng.choice(WITH_CTRL)
        is_many = sum(map(len, self._story.score.voices)) > MOST_NOTES
        if not (is_many and key in (KEYS.Key_V, KEYS.Key_D)):
            self._story.key(key, CTRL)

    def _delete(self) -> None:
        self._story.key(KEYS.Key_Delete)

    def _walk(self) -> None:
        self._story.key(KEYS.Key_Tab) if self._rng.random() < 0.5 else self._story.key(
            KEYS.Key_Backtab, SHIFT
        )

    def _back_and_forth(self) -> None:
        for _ in range(self._rng.randrange(1, 4)):
            self._story.trigger("undo")
        for _ in range(self._rng.randrange(0, 4)):
            self._story.trigger("redo")

    def _seek(self) -> None:
        self._story.program.window.roll.seek_asked.emit(float(self._rng.randrange(0, 8000)))

    def _draw_loudness(self) -> None:
        """Over the lane, which is opened and closed by this."""
        story, rng = self._story, self._rng
        story.trigger("velocities")
        lane = story.program.window.roll.loudness
        if lane.isVisible():
            ends = [
                lane.mapToScene(lane.bar(Note(rng.randrange(8000), 480, 60, rng.randrange(1, 128))).topLeft())
                for _ in range(2)
            ]
            start, end = (story.program.window.roll.canvas.mapFromScene(place) for place in ends)
            if story.roll.rect().contains(start):
                story.drag(start, end)

    def _change_grid(self) -> None:
        combo = self._story.program.window.toolbar.grid
        combo.activated.emit(self._rng.randrange(combo.count()))
        self._story.trigger("drawn-length")

    def _home(self) -> None:
        self._story.program.window.roll.navigator.show_start()
