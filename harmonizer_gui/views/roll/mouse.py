"""From mouse events to gestures: begins them, feeds them, and hands on what they answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtWidgets import QGraphicsSceneHoverEvent, QGraphicsSceneMouseEvent

from harmonizer_gui.views.roll.coordinates import Coordinates
from harmonizer_gui.views.roll.cursors import cursor_of
from harmonizer_gui.views.roll.gestures import (
    Gesture,
    Intent,
    Pointer,
    Scene,
    Tool,
    Will,
    double_click,
    intent,
    press,
    right_press,
)
from harmonizer_gui.views.roll.view_box import RollViewBox

DRIFT_MS: Final = 30
DRIFT_PART: Final = 0.35
"""So much of the distance outside the roll the paper moves at a time while notes are dragged there."""

MouseEvent = QGraphicsSceneMouseEvent | QGraphicsSceneHoverEvent


class Mouse(QObject):
    """One gesture at a time. `scene` tells how things are now; the gesture keeps how they were."""

    answered = Signal(object)
    """An `Outcome`."""
    ended = Signal()
    intended = Signal(object)
    """What a press would do now, an `Intent`; None while one is doing it, and where no pointer is."""
    drifted = Signal(float, float)
    """Pixels that the view shall scroll, since the pointer is outside of it."""

    def __init__(self, field: RollViewBox, scene: Callable[[], Scene], parent: QObject) -> None:
        super().__init__(parent)
        self._field = field
        self._scene = scene
        self._tool = Tool.DRAW
        self._gesture: Gesture | None = None
        self._button = Qt.MouseButton.NoButton
        self._at_press = Coordinates()
        self._last = (QPointF(), Pointer(0.0, 0.0))
        self._hover: Pointer | None = None
        self._intent: Intent | None = None
        self._drift = QTimer(self, interval=DRIFT_MS)
        self._drift.timeout.connect(self._go_on_drifting)
        field.pressed.connect(self._on_press)
        field.double_clicked.connect(self._on_double_click)
        field.moved.connect(self._on_move)
        field.released.connect(self._on_release)

    @property
    def tool(self) -> Tool:
        return self._tool

    @property
    def is_busy(self) -> bool:
        """Whether a gesture is going on."""
        return self._gesture is not None

    @property
    def intent(self) -> Intent | None:
        """What a press of the left button would do, None where no pointer is."""
        return self._intent

    @property
    def place(self) -> QPointF | None:
        """Where the pointer rests, in pixels of the roll; None where no pointer is."""
        return None if self._hover is None else QPointF(self._hover.x, self._hover.y)

    def set_tool(self, tool: Tool) -> None:
        self._tool = tool
        self._field.setCursor(cursor_of(Will.DRAW if tool is Tool.DRAW else Will.BOX, tool))
        self.look_again()

    def cancel(self) -> bool:
        """Undo what the gesture has done so far; False where none is going on."""
        if self._gesture is None:
            return False
        outcome = self._gesture.cancel()
        self._end()
        self.answered.emit(outcome)
        return True

    def point(self, event: QGraphicsSceneHoverEvent | None) -> None:
        """Let cursor and outline say what a press would do here; None: the pointer has gone."""
        self._hover = None if event is None else _pointer(event, event.pos())
        self.look_again()

    def hold(self, held: Qt.KeyboardModifier) -> None:
        """Other keys are held now, though the pointer rests."""
        if self._hover is not None:
            self._hover = _at(QPointF(self._hover.x, self._hover.y), held)
            self.look_again()

    def look_again(self) -> None:
        """Say anew what a press would do: the music under the pointer may have changed."""
        wish = None
        if self._hover is not None and self._gesture is None:
            wish = intent(self._scene(), self._tool, self._hover)
        if wish is not None and (self._intent is None or wish.will is not self._intent.will):
            self._field.setCursor(cursor_of(wish.will, self._tool))
        if wish != self._intent:
            self._intent = wish
            self.intended.emit(wish)

    def _on_press(self, event: QGraphicsSceneMouseEvent) -> None:
        if self._gesture is not None:
            return
        scene, pointer = self._scene(), _pointer(event, event.pos())
        if event.button() is Qt.MouseButton.RightButton:
            self._begin(right_press(scene, self._tool, pointer), scene, event)
        elif event.button() is Qt.MouseButton.LeftButton:
            self._begin(press(scene, self._tool, pointer), scene, event)

    def _on_double_click(self, event: QGraphicsSceneMouseEvent) -> None:
        if self._gesture is None:
            scene = self._scene()
            gesture = double_click(scene, self._tool, _pointer(event, event.pos()))
            self._begin(gesture, scene, event)

    def _begin(self, gesture: Gesture, scene: Scene, event: QGraphicsSceneMouseEvent) -> None:
        self._gesture = gesture
        self._button = event.button()
        self._at_press = scene.coordinates
        self.look_again()
        self.answered.emit(gesture.begin())

    def _on_move(self, event: QGraphicsSceneMouseEvent) -> None:
        if self._gesture is None:
            return
        self._hover = _pointer(event, event.pos())
        self._last = event.pos(), self._hover
        self._follow()
        if self._overshoot() == (0.0, 0.0):
            self._drift.stop()
        elif not self._drift.isActive():
            self._drift.start()

    def _on_release(self, event: QGraphicsSceneMouseEvent) -> None:
        if self._gesture is None or event.button() is not self._button:
            return
        outcome = self._gesture.finish(self._then(_pointer(event, event.pos())))
        self._end()
        self.answered.emit(outcome)

    def _end(self) -> None:
        self._drift.stop()
        self._gesture = None
        self.ended.emit()

    def _follow(self) -> None:
        if self._gesture is not None:
            self.answered.emit(self._gesture.move(self._then(self._last[1])))

    def _then(self, pointer: Pointer) -> Pointer:
        """The same tick and pitch in pixels as they were at the press: the view may have scrolled since."""
        now = self._scene().coordinates
        if now is self._at_press:
            return pointer
        before = self._at_press
        x = before.x(now.tick(pointer.x))
        y = (before.top - now.top) * before.row_height + pointer.y * before.row_height / now.row_height
        return Pointer(x, y, shift=pointer.shift, alt=pointer.alt, ctrl=pointer.ctrl)

    def _overshoot(self) -> tuple[float, float]:
        """How far, in pixels, the pointer is outside the roll."""
        place, now = self._last[0], self._scene().coordinates
        x = min(0.0, place.x()) + max(0.0, place.x() - now.width)
        return x, min(0.0, place.y()) + max(0.0, place.y() - now.height)

    def _go_on_drifting(self) -> None:
        dx, dy = self._overshoot()
        self.drifted.emit(DRIFT_PART * dx, DRIFT_PART * dy)
        self._follow()


def _pointer(event: MouseEvent, place: QPointF) -> Pointer:
    return _at(place, event.modifiers())


def _at(place: QPointF, held: Qt.KeyboardModifier) -> Pointer:
    return Pointer(
        place.x(),
        place.y(),
        shift=bool(held & Qt.KeyboardModifier.ShiftModifier),
        alt=bool(held & Qt.KeyboardModifier.AltModifier),
        ctrl=bool(held & Qt.KeyboardModifier.ControlModifier),
    )
