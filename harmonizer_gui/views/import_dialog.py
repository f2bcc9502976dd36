"""Asks which strand of a file is which voice, with the guess chosen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from harmonizer_gui.files.assignment import StrandRef
from harmonizer_gui.files.material import FoundStrand, Material
from harmonizer_gui.score import Note, Score, Voice, VoiceName, pitch_name
from harmonizer_gui.session.file_jobs import Unclear
from harmonizer_gui.views.icons import tinted
from harmonizer_gui.views.strand_picture import StrandPicture
from harmonizer_gui.views.theme import UNIT, Theme

FIRST_NOTES: Final = 6
MOST_ROWS_SEEN: Final = 8


class StrandRow:
    """One strand: what it is called, what it looks like, and the voice it is taken for."""

    def __init__(self, strand: FoundStrand, material: Material, theme: Theme, parent: QWidget) -> None:
        self.strand = strand
        self._theme = theme
        end = max((note.end for found in material.strands for note in found.notes), default=1)
        self.name = QLabel(f"{strand.ref}  {strand.name}".strip(), parent)
        self.name.setProperty("kind", "name")
        self.picture = StrandPicture(strand.notes, end, theme, parent)
        self.facts = QLabel(_facts(strand.notes), parent)
        self.facts.setProperty("kind", "muted")
        self.hear = QToolButton(parent)
        self.hear.setCheckable(True)
        self.voice = QComboBox(parent)
        self._fill()

    def _fill(self) -> None:
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setMaximumWidth(22 * UNIT)
        self.name.setToolTip(self.name.text())
        self.hear.setText(_tr("Hear"))
        self.hear.setIcon(tinted("play", self._theme.text))
        self.hear.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.hear.setAccessibleName(_tr("Hear strand {name}").format(name=self.name.text()))
        self.voice.setAccessibleName(_tr("Voice of strand {name}").format(name=self.name.text()))
        self.voice.addItem(_tr("left out"), None)
        for voice in VoiceName:
            self.voice.addItem(_tr(voice.label.capitalize()), voice)
        self.set_voice(self.strand.guess)

    @property
    def chosen(self) -> VoiceName | None:
        voice: VoiceName | None = self.voice.currentData()
        return voice

    def set_voice(self, voice: VoiceName | None) -> None:
        self.voice.setCurrentIndex(0 if voice is None else int(voice) + 1)
        color = self._theme.color("text_muted") if voice is None else self._theme.voice(voice)
        self.picture.set_color(color)


class ImportDialog(QDialog):
    """Modal to the window, but stops no thread. `accepted` with what `assignment` and `repeats` then say."""

    hear_asked = Signal(object)
    """A `Score` that shall be heard now."""
    silence_asked = Signal()

    def __init__(self, unclear: Unclear, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unclear = unclear
        self.setWindowTitle(self.tr("Open {name}").format(name=unclear.path.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.rows = [StrandRow(strand, unclear.material, theme, self) for strand in unclear.material.strands]
        self.repeats = QCheckBox(self._repeats_text(), self)
        self.repeats.setVisible(unclear.material.has_repeats)
        self.doubts = QLabel(self)
        self.hear_all = QPushButton(self.tr("&Hear all voices"), self)
        self.hear_all.setCheckable(True)
        self.hear_all.setIcon(tinted("play", theme.text))
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Open | kinds.Cancel, self)
        self._lay_out()
        self._connect()
        self._chosen = [row.chosen for row in self.rows]
        self._show_what_is_chosen()

    def _repeats_text(self) -> str:
        material = self.unclear.material
        text = self.tr("&Write out repeats: {played} bars instead of {written}")
        return text.format(played=len(material.order), written=max(0, len(material.starts) - 1))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * UNIT, 2 * UNIT, 3 * UNIT, 2 * UNIT)
        column.setSpacing(2 * UNIT)
        told = QLabel(self.tr("Which strand of notes is which voice? The guess is chosen already."), self)
        column.addWidget(told)
        column.addWidget(self._table())
        self.doubts.setTextFormat(Qt.TextFormat.PlainText)
        self.doubts.setWordWrap(True)
        self.doubts.setProperty("kind", "muted")
        column.addWidget(self.doubts)
        column.addWidget(self.repeats)
        for button in self.buttons.buttons():
            button.setIcon(QIcon())  # the style's own belong to another family
        last = QHBoxLayout()
        last.addWidget(self.hear_all)
        last.addStretch(1)
        last.addWidget(self.buttons)
        column.addLayout(last)
        self.buttons.button(QDialogButtonBox.StandardButton.Open).setFocus()

    def _table(self) -> QScrollArea:
        inside = QWidget(self)
        grid = QGridLayout(inside)
        grid.setContentsMargins(UNIT, UNIT, UNIT, UNIT)
        grid.setHorizontalSpacing(2 * UNIT)
        grid.setVerticalSpacing(UNIT)
        for index, row in enumerate(self.rows):
            parts: Sequence[QWidget] = (row.name, row.picture, row.facts, row.hear, row.voice)
            for place, part in enumerate(parts):
                grid.addWidget(part, index, place)
        grid.setColumnStretch(1, 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        hint = inside.sizeHint()
        seen = hint.height() * min(len(self.rows), MOST_ROWS_SEEN) // max(1, len(self.rows))
        area.setMinimumSize(hint.width() + 2 * UNIT, seen)
        return area

    def _connect(self) -> None:
        for index, row in enumerate(self.rows):
            row.voice.activated.connect(partial(self._on_chosen, index))
            row.hear.toggled.connect(partial(self._on_hear, row.hear))
        self.hear_all.toggled.connect(partial(self._on_hear, self.hear_all))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self.silence_asked)

    @property
    def assignment(self) -> dict[VoiceName, StrandRef]:
        """What is chosen."""
        chosen = {row.chosen: row.strand.ref for row in self.rows}
        return {voice: chosen[voice] for voice in VoiceName if voice in chosen}

    @property
    def score(self) -> Score:
        """The voices as chosen, to be heard."""
        lines = {row.chosen: Voice(row.strand.notes) for row in self.rows}
        soprano, alto, tenor, bass = (lines.get(voice, Voice()) for voice in VoiceName)
        return Score((soprano, alto, tenor, bass), tempos=self.unclear.material.tempos)

    def show_silent(self) -> None:
        """Nothing is heard any more."""
        for button in self._hearing:
            button.setChecked(False)

    @property
    def _hearing(self) -> list[QToolButton | QPushButton]:
        return [self.hear_all, *(row.hear for row in self.rows)]

    def _on_hear(self, source: QToolButton | QPushButton, on: bool) -> None:  # noqa: FBT001  # Qt's toggled
        if not on:
            if not any(button.isChecked() for button in self._hearing):
                self.silence_asked.emit()
            return
        for button in self._hearing:
            if button is not source:
                button.setChecked(False)
        row = next((row for row in self.rows if row.hear is source), None)
        self.hear_asked.emit(self.score if row is None else self._alone(row))

    def _alone(self, row: StrandRow) -> Score:
        voice = VoiceName.SOPRANO if row.chosen is None else row.chosen
        first = row.strand.notes[0].start if row.strand.notes else 0
        notes = tuple(_earlier(note, first) for note in row.strand.notes)
        tempos = self.unclear.material.tempos[:1]
        return Score(tempos=tempos).with_voice(voice, Voice(notes))

    def _on_chosen(self, index: int, _choice: int) -> None:
        """Two strands that would be one voice change places."""
        voice, before = self.rows[index].chosen, self._chosen[index]
        for other, row in enumerate(self.rows):
            if other != index and voice is not None and row.chosen is voice:
                row.set_voice(before)
        self.rows[index].set_voice(voice)
        self._chosen = [row.chosen for row in self.rows]
        self._show_what_is_chosen()

    def _show_what_is_chosen(self) -> None:
        """Where these voices are unsure, and whether they can be opened."""
        doubts = self.unclear.material.doubts(self.assignment) if self.assignment else ()
        self.doubts.setText(self.tr("Please check:") + "\n" + "\n".join(doubts) if doubts else "")
        self.doubts.setVisible(bool(doubts))
        button = self.buttons.button(QDialogButtonBox.StandardButton.Open)
        button.setEnabled(bool(self.assignment))
        button.setToolTip("" if self.assignment else self.tr("No strand is a voice yet"))


def _earlier(note: Note, ticks: int) -> Note:
    return note.at(note.start - ticks, note.end - ticks)


def _facts(notes: Sequence[Note]) -> str:
    """The range, how many notes there are, and the first of them."""
    if not notes:
        return _tr("no notes")
    pitches = [note.pitch for note in notes]
    begins = " ".join(pitch_name(pitch) for pitch in pitches[:FIRST_NOTES])
    more = " …" if len(pitches) > FIRST_NOTES else ""
    between = f"{pitch_name(min(pitches))}–{pitch_name(max(pitches))}"
    count = _tr("1 note") if len(notes) == 1 else _tr("{count} notes").format(count=f"{len(notes):,}")
    return f"{between}, {count}\n{begins}{more}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImportDialog", text)
