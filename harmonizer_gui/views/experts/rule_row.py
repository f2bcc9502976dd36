"""The row of an expert of rules: one line, and a picture only where there is room for it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from harmonizer_gui.views.experts.row import ExpertRow
from harmonizer_gui.views.icons import tinted
from harmonizer_gui.views.theme import UNIT, Theme


class RuleRow(ExpertRow):
    """A name, a slider, its number, mute and solo in one line, with an eye that lays its heat on the roll.

    Where it is not `set_compact` it looks like the row of any other expert. A button with a word or two
    tells what the expert goes by; `rules_asked` carries the name where one wants to see more of that.
    """

    rules_asked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.eye = QToolButton(self)
        self.eye.setProperty("kind", "eye")
        self.eye.setCheckable(True)
        self.eye.setAccessibleName(self.picture.accessibleName())
        self.eye.setToolTip(self.picture.toolTip())
        self.eye.clicked.connect(self._on_eye_clicked)
        self._head.insertWidget(0, self.eye)
        self.more = QToolButton(self)
        self.more.setProperty("kind", "small")
        self.more.clicked.connect(lambda: self.rules_asked.emit(self.name))
        self.more.ensurePolished()
        widest = self.more.fontMetrics().horizontalAdvance("000")
        # The sheet of the application has widths of its own for small buttons. Its tooltip is no button.
        self.more.setStyleSheet(
            f"QToolButton {{ min-width: {widest}px; max-width: {widest}px; padding: 0 2px; }}"
        )
        policy = self.more.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.more.setSizePolicy(policy)
        self.more.hide()
        self._head.insertWidget(self._head.indexOf(self._glasses), self.more)
        number = self.exponent.number
        number.setFixedWidth(number.fontMetrics().horizontalAdvance("0.00") + 2 * UNIT)
        self._slider_place = self._head.indexOf(self._glasses)
        self.set_compact(on=True)

    @property
    def is_compact(self) -> bool:
        return self.picture.isHidden()

    @property
    def compact_height(self) -> int:
        """Pixels the row takes in one line."""
        return max(self._head_height(), self.exponent.sizeHint().height())

    def set_compact(self, *, on: bool, title_width: int = 0) -> None:
        """Keep to one line, the name at least `title_width` pixels wide, or show the picture too."""
        if on:
            self._head.insertWidget(self._slider_place, self.exponent, 1)
        else:
            self._body.addWidget(self.exponent)
        missing = title_width - self.title.sizeHint().width() if on else 0
        self._gap.changeSize(max(0, missing) if on else UNIT // 2, 0)
        self._head.invalidate()
        self.eye.setVisible(on)
        for widget in (self._glasses, self._probe, self.picture):
            widget.setVisible(not on)

    def set_rules(self, text: str, hint: str) -> None:
        """Say in a word or two what the expert goes by; without words there is no button."""
        self.more.setText(text)
        self.more.setToolTip(hint)
        self.more.setAccessibleName(hint)
        self.more.setVisible(bool(text))

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._theme = theme
        size = self.fontMetrics().height()
        self.eye.setIconSize(QSize(size, size))
        self._show_eye()

    def set_chosen(self, *, on: bool) -> None:
        super().set_chosen(on=on)
        self.eye.setChecked(on)
        self._show_eye()

    def _show_eye(self) -> None:
        theme = self._theme
        self.eye.setIcon(tinted("eye", theme.on_accent if self.eye.isChecked() else theme.text_muted))

    def _on_eye_clicked(self) -> None:
        self.eye.setChecked(self.picture.isChecked())
        self._ask_source()

    def _exponent_hint(self) -> str:
        if self.exponent.usual:
            hint = self.tr("How much {} counts: 1 is usual. Double click resets it.")
        else:
            hint = self.tr("How much {} counts: 0, as usual, is not at all. Double click resets it.")
        return hint.format(self.label)

    def _reset_text(self) -> str:
        return self.tr("Reset to {:g}, as usual").format(self.exponent.usual)
