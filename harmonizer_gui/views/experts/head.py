"""The title of the experts panel: presets, the two mixes, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QInputDialog, QLabel, QMenu, QToolButton, QWidget

from harmonizer_gui.views.icons import icon
from harmonizer_gui.views.theme import UNIT, Theme

SLOTS: Final = ("A", "B")


class PanelHead(QWidget):
    """Shows which preset and which of two mixes counts, and asks for another.

    `save_asked` carries a name, `rename_asked` an old one and a new one, `delete_asked` a name.
    """

    switch_asked = Signal()
    copy_asked = Signal()
    save_asked = Signal(str)
    rename_asked = Signal(str, str)
    delete_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.presets = QComboBox(self)
        self.more = QToolButton(self)
        self.reset = QToolButton(self)
        self.slots = {slot: self._slot_button(slot) for slot in SLOTS}
        self._own = ""
        self._fill()
        self._lay_out()
        self.set_slot(SLOTS[0])

    def _slot_button(self, slot: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(slot)
        button.setCheckable(True)
        button.setProperty("kind", "small")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(self.tr("Mix {}").format(slot))
        button.setToolTip(self.tr("Mix {}: one of two to compare (Shift+X: the other)").format(slot))
        button.clicked.connect(partial(self._ask_slot, slot))
        return button

    def _fill(self) -> None:
        self.presets.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.presets.setAccessibleName(self.tr("Preset of the mix"))
        self.presets.setToolTip(self.tr("Mixes that have a name"))
        self.presets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.presets.setMinimumContentsLength(9)
        self.more.setProperty("kind", "eye")
        self.more.setText("…")
        self.more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more.setAccessibleName(self.tr("Presets and mixes"))
        self.more.setToolTip(self.tr("Save, rename and delete presets of your own; copy a mix"))
        self.more.clicked.connect(self._show_menu)
        self.reset.setProperty("kind", "flat")
        self.reset.setAccessibleName(self.tr("Reset all"))
        self.reset.setToolTip(self.tr("Reset everything: experts as learned, rules as usual"))

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("EXPERTS"), self)
        heading.setProperty("kind", "heading")
        head = QHBoxLayout(self)
        head.setContentsMargins(2 * UNIT, UNIT, 2 * UNIT, UNIT)
        head.setSpacing(UNIT // 2)
        head.addWidget(heading, 1)
        for button in self.slots.values():
            head.addWidget(button)
        for widget in (self.presets, self.more, self.reset):
            head.addWidget(widget)

    def set_theme(self, theme: Theme) -> None:
        size = self.fontMetrics().height()
        self.reset.setIcon(icon("reset", theme))
        self.reset.setIconSize(QSize(size, size))

    def set_presets(self, labels: Sequence[str]) -> None:
        """Offer these, and as the last, which cannot be chosen, that there is none."""
        self.presets.clear()
        self.presets.addItems([*labels, self.tr("Own mix")])
        self.presets.setItemData(len(labels), 0, Qt.ItemDataRole.UserRole - 1)

    def show_preset(self, index: int, own: str) -> None:
        """Show the preset at `index`, called `own` where it is one of the user's own, else an empty name."""
        self._own = own
        self.presets.setCurrentIndex(index)

    def set_slot(self, slot: str) -> None:
        """Show which of the two mixes counts."""
        self._slot = slot
        for name, button in self.slots.items():
            button.setChecked(name == slot)

    def menu(self) -> QMenu:
        """What can be done with presets and mixes."""
        menu = QMenu(self)
        menu.addAction(self.tr("Save this mix as …"), self._ask_name)
        rename = menu.addAction(self.tr("Rename “{}” …").format(self._own), self._ask_new_name)
        delete = menu.addAction(
            self.tr("Delete “{}”").format(self._own), partial(self.delete_asked.emit, self._own)
        )
        for action in (rename, delete):
            action.setVisible(bool(self._own))
        menu.addSeparator()
        here, other = self._slot, SLOTS[self._slot == SLOTS[0]]
        menu.addAction(self.tr("Copy mix {} to {}").format(here, other), self.copy_asked.emit)
        return menu

    def _show_menu(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _ask_slot(self, slot: str) -> None:
        wanted = slot != self._slot
        self.set_slot(self._slot)
        if wanted:
            self.switch_asked.emit()

    def _ask_name(self) -> None:
        dialog = self._name_dialog(self.tr("Save this mix as"), "")
        dialog.textValueSelected.connect(self.save_asked)

    def _ask_new_name(self) -> None:
        own = self._own
        dialog = self._name_dialog(self.tr("Another name for “{}”").format(own), own)
        dialog.textValueSelected.connect(partial(self.rename_asked.emit, own))

    def _name_dialog(self, question: str, name: str) -> QInputDialog:
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Preset"))
        dialog.setLabelText(question)
        dialog.setTextValue(name)
        dialog.open()
        return dialog
