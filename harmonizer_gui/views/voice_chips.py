"""Four chips, one for each voice; the checked one is the target. What is done with a voice is in its menu."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QWidget

from harmonizer_gui.score import VoiceName
from harmonizer_gui.session.sounds import Sound, Sounds
from harmonizer_gui.views.lock_mark import paint_lock
from harmonizer_gui.views.theme import DARK, UNIT, Theme, scaled_font

_FAINT = 0.42


class VoiceChip(QAbstractButton):
    """The letter of a voice on its colour; full and outlined while it is the target, else faint.

    One that is written together with the target has a thin outline, one that is locked a padlock, one that
    is muted is crossed out, one that is solo has a bar above, one that is hidden only an outline.
    """

    menu_asked = Signal(QPoint)
    """Where on the screen the menu of the voice shall open: a right click, or one on the small arrow."""

    def __init__(self, voice: VoiceName, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.voice = voice
        self._theme = DARK
        self._is_together = self._is_locked = False
        self._sound = Sound()
        self.setCheckable(True)
        self.setText(voice.letter)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def set_together(self, *, on: bool) -> None:
        self._is_together = on
        self.update()

    def set_locked(self, *, on: bool) -> None:
        self._is_locked = on
        self.update()

    def set_sound(self, sound: Sound, words: str) -> None:
        """Show whether the voice is muted, solo or hidden; `words` say it to those who do not see."""
        self._sound = sound
        self.setAccessibleDescription(words)
        self.update()

    @property
    def arrow(self) -> QRect:
        """The corner that opens the menu."""
        side = round(0.34 * self.width())
        return QRect(self.width() - side - 1, self.height() - side - 1, side, side)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.arrow.contains(event.position().toPoint()):
            self.menu_asked.emit(self.mapToGlobal(self.rect().bottomLeft()))
        else:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        self.menu_asked.emit(event.globalPos() if by_mouse else self.mapToGlobal(self.rect().bottomLeft()))

    def sizeHint(self) -> QSize:
        side = round(2.2 * self.fontMetrics().height())
        return QSize(side, side)

    def nextCheckState(self) -> None:
        """Leave the state alone: a view shows what is so, a click only asks."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  # Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, is_target = self._theme, self.isChecked()
        square = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        color = theme.voice(self.voice)
        edge = self._outline(is_target=is_target)
        if self._sound.hidden and not is_target:
            edge = QPen(color, 1.5, Qt.PenStyle.DashLine)
        if not is_target:
            color.setAlphaF(0.0 if self._sound.hidden else 0.7 if self.underMouse() else _FAINT)
        painter.setBrush(color)
        painter.setPen(edge)
        painter.drawRoundedRect(square, 5, 5)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 6, 6)
        painter.setPen(QColor(theme.note_text if is_target else theme.text))
        painter.setFont(scaled_font(self.font(), self.font().pointSizeF(), bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self._is_locked:
            side = 0.26 * self.width()
            place = QRectF(self.width() - side - 4, 4, side, side)
            paint_lock(painter, place, QColor(theme.note_text if is_target else theme.text))
        self._paint_sound(painter, QColor(theme.note_text if is_target else theme.text))
        self._paint_arrow(painter, QColor(theme.note_text if is_target else theme.text))
        painter.end()

    def _paint_sound(self, painter: QPainter, ink: QColor) -> None:
        """A stroke through the letter of a muted voice, a bar above that of one that is solo."""
        width, height = self.width(), self.height()
        painter.setPen(QPen(ink, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if self._sound.muted:
            painter.drawLine(QPointF(0.28 * width, 0.72 * height), QPointF(0.72 * width, 0.28 * height))
        if self._sound.soloed:
            painter.drawLine(QPointF(0.28 * width, 0.19 * height), QPointF(0.64 * width, 0.19 * height))

    def _paint_arrow(self, painter: QPainter, ink: QColor) -> None:
        """A small triangle in the corner that opens the menu."""
        ink.setAlphaF(1.0 if self.underMouse() else 0.55)
        corner = QPointF(self.width() - 5.0, self.height() - 5.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPolygon(QPolygonF([corner, corner - QPointF(5.0, 0.0), corner - QPointF(0.0, 5.0)]))

    def _outline(self, *, is_target: bool) -> QPen:
        if is_target:
            return QPen(QColor(self._theme.selection), 2)
        if self._is_together:
            return QPen(QColor(self._theme.selection), 1.5, Qt.PenStyle.DotLine)
        return QPen(Qt.PenStyle.NoPen)


class VoiceChips(QWidget):
    """`target_asked` carries the `VoiceName` that shall be edited.

    With Shift a click asks instead for the voice to be written together with the target, or no longer.
    """

    target_asked = Signal(object)
    together_asked = Signal(object)
    """`VoiceName`"""
    menu_asked = Signal(object, QPoint)
    """`VoiceName`, and where on the screen its menu shall open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        self.chips = {voice: self._chip(voice) for voice in VoiceName}
        for chip in self.chips.values():
            layout.addWidget(chip)
        self.set_target(VoiceName.ALTO)

    def _chip(self, voice: VoiceName) -> VoiceChip:
        chip = VoiceChip(voice, self)
        chip.setAccessibleName(self.tr("Edit the {}").format(voice.label))
        hint = self.tr("Edit the {} ({}); Shift+click: write it together with the voice being edited")
        chip.setToolTip(hint.format(voice.label, voice.letter))
        # No button group: its buttons share one tab stop.
        chip.clicked.connect(partial(self._ask, chip))
        chip.menu_asked.connect(partial(self.menu_asked.emit, voice))
        return chip

    def set_theme(self, theme: Theme) -> None:
        for chip in self.chips.values():
            chip.set_theme(theme)

    def set_target(self, target: VoiceName) -> None:
        """Show which voice is edited."""
        for voice, chip in self.chips.items():
            chip.setChecked(voice is target)

    def set_together(self, voices: Collection[VoiceName]) -> None:
        """Show which voices are written together with the target."""
        for voice, chip in self.chips.items():
            chip.set_together(on=voice in voices)

    def set_locked(self, voices: Collection[VoiceName]) -> None:
        """Show which voices are locked."""
        for voice, chip in self.chips.items():
            chip.set_locked(on=voice in voices)

    def set_sounds(self, sounds: Sounds) -> None:
        """Show which voices are muted, solo or hidden."""
        for voice, chip in self.chips.items():
            chip.set_sound(sounds.of(voice), self._state(sounds.of(voice)))

    def _state(self, sound: Sound) -> str:
        words = [
            text
            for is_on, text in (
                (sound.muted, self.tr("muted")),
                (sound.soloed, self.tr("solo")),
                (sound.hidden, self.tr("hidden")),
            )
            if is_on
        ]
        return ", ".join(words)

    def _ask(self, chip: VoiceChip) -> None:
        held = QApplication.keyboardModifiers()
        is_joining = bool(held & Qt.KeyboardModifier.ShiftModifier) and not chip.isChecked()
        (self.together_asked if is_joining else self.target_asked).emit(chip.voice)
