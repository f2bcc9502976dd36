"""Four chips, one for each voice; the checked one is the target."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup, QHBoxLayout, QWidget

from harmonizer_gui.score import VoiceName
from harmonizer_gui.views.lock_mark import paint_lock
from harmonizer_gui.views.theme import DARK, UNIT, Theme, scaled_font

_FAINT = 0.42


class VoiceChip(QAbstractButton):
    """The letter of a voice on its colour; full and outlined while it is the target, else faint.

    One that is written together with the target has a thin outline, one that is locked a padlock.
    """

    def __init__(self, voice: VoiceName, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.voice = voice
        self._theme = DARK
        self._is_together = self._is_locked = False
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
        if not is_target:
            color.setAlphaF(0.7 if self.underMouse() else _FAINT)
        painter.setBrush(color)
        painter.setPen(self._outline(is_target=is_target))
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
        painter.end()

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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        self.chips = {voice: self._chip(voice) for voice in VoiceName}
        for chip in self.chips.values():
            layout.addWidget(chip)
        self._group.buttonClicked.connect(self._ask)
        self.set_target(VoiceName.ALTO)

    def _chip(self, voice: VoiceName) -> VoiceChip:
        chip = VoiceChip(voice, self)
        chip.setAccessibleName(self.tr("Edit the {}").format(voice.label))
        hint = self.tr("Edit the {} ({}); Shift+click: write it together with the voice being edited")
        chip.setToolTip(hint.format(voice.label, voice.letter))
        self._group.addButton(chip)
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

    def _ask(self, chip: QAbstractButton) -> None:
        if not isinstance(chip, VoiceChip):
            return
        held = QApplication.keyboardModifiers()
        is_joining = bool(held & Qt.KeyboardModifier.ShiftModifier) and not chip.isChecked()
        (self.together_asked if is_joining else self.target_asked).emit(chip.voice)
