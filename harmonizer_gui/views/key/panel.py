"""The dock “Key and chords”: choose or detect a key, write chords, and see what is locked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from harmonizer_gui.score import KeySignature
from harmonizer_gui.session.harmonies import Scope
from harmonizer_gui.views.key_names import key_name
from harmonizer_gui.views.theme import UNIT
from harmonizer_gui.views.tight_bar import TightBar, hiding

_COMMON: Final = (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6)
"""Accidentals of the keys that are offered, the usual ones first."""


@dataclass(frozen=True, slots=True)
class LockRow:
    """One lock as words: where, its name, its notes."""

    where: str
    label: str
    notes: str


class LockList(QTreeWidget):
    """What is locked, in rows; the delete key lets go of the chosen ones."""

    remove_asked = Signal()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(20 * line, 7 * line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.selectedItems():
            self.remove_asked.emit()
        else:
            super().keyPressEvent(event)


class KeyPanel(TightBar):
    """Shows what is locked, and asks for more or less.

    In little room the fields go without the words before them: what is in them says what they are.

    `key_asked` and `chords_asked` want the scale of the key, or what is written in the field, locked over
    `scope`; `detect_asked` wants the key found.
    """

    key_asked = Signal()
    chords_asked = Signal(str)
    detect_asked = Signal()
    remove_asked = Signal(object)
    """The places in the list, as a list of int."""
    clear_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.keys = QComboBox(self)
        self.detect = QPushButton(self.tr("&Detect"), self)
        self.lock_key = QPushButton(self.tr("Lock the &scale"), self)
        self.chords = QLineEdit(self)
        self.lock_chords = QPushButton(self.tr("&Lock"), self)
        self.scopes = QComboBox(self)
        self.told = QLabel(self)
        self.list = LockList(self)
        self.remove = QPushButton(self.tr("&Unlock"), self)
        self.clear = QPushButton(self.tr("Unlock &all"), self)
        self._fill()
        self._name()
        self._lay_out()
        self._connect()
        self.show_rows([])

    def _fill(self) -> None:
        for mode in ("major", "minor"):
            for fifths in _COMMON:
                key = KeySignature(0, fifths, "minor" if mode == "minor" else "major")
                self.keys.addItem(key_name(key), key)
        for scope, words in {
            Scope.PIECE: self.tr("the whole piece"),
            Scope.BARS: self.tr("the selected bars"),
            Scope.NOTES: self.tr("the selected notes"),
        }.items():
            self.scopes.addItem(words, scope)
        self.list.setHeaderLabels([self.tr("Where"), self.tr("Locked"), self.tr("Notes")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.told.setProperty("kind", "muted")
        self.told.setWordWrap(True)

    def _name(self) -> None:
        self.keys.setAccessibleName(self.tr("Key"))
        self.keys.setToolTip(self.tr("The key whose scale is locked, and that degrees such as V7 are of"))
        self.detect.setToolTip(self.tr("Find the key that fits best what is written there"))
        self.lock_key.setToolTip(self.tr("Allow only the notes of this key there"))
        self.chords.setAccessibleName(self.tr("Chord or scale"))
        self.chords.setPlaceholderText(self.tr("C, Am7, V7, D dorian – or bar by bar: I | IV V | I"))
        self.chords.setToolTip(
            self.tr("A chord or scale; degrees are of the key above. | begins the next bar.")
        )
        self.lock_chords.setToolTip(self.tr("Allow only these notes there (Enter)"))
        self.scopes.setAccessibleName(self.tr("Over what"))
        self.scopes.setToolTip(
            self.tr("Where it is locked. With nothing selected, the bar of the playhead is meant.")
        )
        self.list.setAccessibleName(self.tr("What is locked"))
        self.remove.setToolTip(self.tr("Let go of what is chosen in the list (Del)"))

    def _lay_out(self) -> None:
        form = QGridLayout()
        form.setHorizontalSpacing(UNIT)
        form.setVerticalSpacing(UNIT // 2)
        fields: list[tuple[str, QWidget, tuple[QPushButton, ...]]] = [
            (self.tr("Key"), self.keys, (self.detect, self.lock_key)),
            (self.tr("Chord or scale"), self.chords, (self.lock_chords,)),
            (self.tr("Over"), self.scopes, ()),
        ]
        labels = [QLabel(text, self) for text, _, _ in fields]
        for row, (_, field, buttons) in enumerate(fields):
            form.addWidget(labels[row], row, 0)
            form.addWidget(field, row, 1, 1, 3 - len(buttons))
            for place, button in enumerate(buttons):
                form.addWidget(button, row, 4 - len(buttons) + place)
        form.addWidget(self.told, 3, 1, 1, 3)
        form.setColumnStretch(1, 1)
        form.setRowStretch(4, 1)
        side = QVBoxLayout()
        side.setSpacing(UNIT // 2)
        for button in (self.remove, self.clear):
            side.addWidget(button)
        side.addStretch(1)
        halves = QHBoxLayout(self)
        halves.setContentsMargins(2 * UNIT, UNIT // 2, 2 * UNIT, UNIT)
        halves.setSpacing(2 * UNIT)
        halves.addLayout(form, 2)
        halves.addWidget(self.list, 1)
        halves.addLayout(side)
        self.give_way_by(hiding(*labels))

    def _connect(self) -> None:
        self.detect.clicked.connect(self.detect_asked)
        self.lock_key.clicked.connect(self.key_asked)
        self.lock_chords.clicked.connect(self._ask_chords)
        self.chords.returnPressed.connect(self._ask_chords)
        self.chords.textChanged.connect(lambda: self.tell(""))
        self.list.itemSelectionChanged.connect(self._show_buttons)
        self.list.remove_asked.connect(self._ask_removal)
        self.remove.clicked.connect(self._ask_removal)
        self.clear.clicked.connect(self.clear_asked)

    @property
    def key(self) -> KeySignature:
        """The key that is chosen, as from tick 0."""
        key: KeySignature = self.keys.currentData()
        return key

    @property
    def scope(self) -> Scope:
        scope: Scope = self.scopes.currentData()
        return scope

    def show_key(self, key: KeySignature) -> None:
        """Choose a key; one that is not offered by its other name."""
        for index in range(self.keys.count()):
            offered: KeySignature = self.keys.itemData(index)
            if (offered.tonic, offered.mode) == (key.tonic, key.mode):
                self.keys.setCurrentIndex(index)

    def tell(self, text: str, *, wrong: bool = False) -> None:
        """Say something about the key or the chord, in one sentence."""
        self.told.setText(text)
        self.told.setProperty("kind", "problem" if wrong else "muted")
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)

    def show_rows(self, rows: Sequence[LockRow]) -> None:
        self.list.clear()
        for row in rows:
            self.list.addTopLevelItem(QTreeWidgetItem([row.where, row.label, row.notes]))
        policy = Qt.ScrollBarPolicy
        self.list.setHorizontalScrollBarPolicy(
            policy.ScrollBarAsNeeded if rows else policy.ScrollBarAlwaysOff  # headings need no scrolling
        )
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.remove.setEnabled(bool(self.list.selectedItems()))
        self.clear.setEnabled(self.list.topLevelItemCount() > 0)

    def _ask_chords(self) -> None:
        self.chords_asked.emit(self.chords.text())

    def _ask_removal(self) -> None:
        items = self.list.selectedItems()
        self.remove_asked.emit(sorted(self.list.indexOfTopLevelItem(item) for item in items))
