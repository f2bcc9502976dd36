"""The bar at the bottom: playing, where in the piece, and where the sound goes."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QToolButton, QWidget

from harmonizer_gui.score import KeySignature, Score
from harmonizer_gui.views.elided_label import ElidedLabel
from harmonizer_gui.views.icons import icon, pixmap, tinted
from harmonizer_gui.views.input_chooser import InputChooser
from harmonizer_gui.views.roll.grid import bar_around, place_of
from harmonizer_gui.views.theme import DARK, UNIT, Theme
from harmonizer_gui.views.tight_bar import TightBar, hiding

_MAJOR = ("C♭", "G♭", "D♭", "A♭", "E♭", "B♭", "F", "C", "G", "D", "A", "E", "B", "F♯", "C♯")
_MINOR = ("A♭", "E♭", "B♭", "F", "C", "G", "D", "A", "E", "B", "F♯", "C♯", "G♯", "D♯", "A♯")


class OutputCombo(QComboBox):
    """Where the sound goes. `list_wanted` goes out when the list opens: the outputs may have changed."""

    list_wanted = Signal()

    def showPopup(self) -> None:
        self.list_wanted.emit()
        super().showPopup()


class Transport(TightBar):
    """Shows playing, position and output, and asks for others.

    Where there is little room it leaves tempo, metre and key to the ruler, and the lists do without words.

    `loop_asked` asks to loop, or to loop no more. `output_asked` carries the name of an output,
    `outputs_wanted` asks for a fresh list through `set_outputs`.
    """

    to_start_asked = Signal()
    play_asked = Signal()
    pause_asked = Signal()
    stop_asked = Signal()
    loop_asked = Signal()
    output_asked = Signal(str)
    outputs_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bottom")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = DARK
        self._is_playing = False
        self._output = ""
        self.to_start = self._button(self.tr("To the start (Home)"))
        self.play = self._button("", checkable=True)
        self.stop = self._button(self.tr("Stop and silence everything (Ctrl+Shift+Esc)"))
        self.loop = self._button("", checkable=True)
        self.record = self._button(self.tr("Record"), checkable=True)
        self.steps = self._button(self.tr("Step entry"), checkable=True)
        self.metronome = self._button(self.tr("Metronome"), checkable=True)
        self.position = self._label("position", self.tr("Position: bar and beat"))
        self.tempo = self._label("muted", self.tr("Tempo"))
        self.metre = self._label("muted", self.tr("Metre"))
        self.key = self._label("muted", self.tr("Key"))
        self.problem = ElidedLabel("", self, kind="problem")
        self.problem.setAccessibleName(self.tr("Problem of the sound output"))
        self._warning = QLabel(self)
        self.input = InputChooser(self)
        self.output = OutputCombo(self)
        self._build()
        self._connect()
        self.set_theme(DARK)
        self.set_problem("")
        self.set_loop("")
        self.show_place(Score(), 0.0)

    def _button(self, hint: str, *, checkable: bool = False) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(hint)
        button.setAccessibleName(hint)
        button.setCheckable(checkable)
        return button

    def _label(self, kind: str, name: str) -> QLabel:
        label = QLabel(self)
        label.setProperty("kind", kind)
        label.setAccessibleName(name)
        label.setToolTip(name)
        return label

    def _build(self) -> None:
        self.loop.setText(" " + self.tr("Loop"))  # the style sets icon and words too close
        self.loop.setProperty("kind", "worded")
        self.loop.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.output.setAccessibleName(self.tr("Sound output"))
        self.output.setToolTip(self.tr("Where the sound goes: the built-in sound or a MIDI output"))
        self.output.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * UNIT // 2, UNIT // 2, 3 * UNIT // 2, UNIT // 2)
        layout.setSpacing(UNIT // 2)
        for button in (self.to_start, self.play, self.stop, self.record, self.loop, self.metronome):
            layout.addWidget(button)
        for text in (self.position, self.tempo, self.metre, self.key):
            layout.addSpacing(UNIT)
            layout.addWidget(text)
        layout.addSpacing(2 * UNIT)
        layout.addWidget(self._warning)
        layout.addWidget(self.problem, 1)
        layout.addWidget(self.steps)
        layout.addSpacing(UNIT // 2)
        names = []
        for words, chooser in ((self.tr("Keyboard"), self.input), (self.tr("Output"), self.output)):
            names.append(QLabel(words, self))
            names[-1].setProperty("kind", "muted")
            layout.addWidget(names[-1])
            layout.addWidget(chooser)
            layout.addSpacing(UNIT // 2)
        self.give_way_by(hiding(self.tempo, self.metre, self.key), hiding(*names))

    def _connect(self) -> None:
        self.to_start.clicked.connect(self.to_start_asked)
        self.play.clicked.connect(self._ask_play)
        self.stop.clicked.connect(self.stop_asked)
        self.loop.clicked.connect(self._ask_loop)
        self.output.list_wanted.connect(self.outputs_wanted)
        self.output.activated.connect(self._ask_output)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        size = self.fontMetrics().height()
        for name, button in (
            ("to-start", self.to_start),
            ("stop", self.stop),
            ("loop", self.loop),
            ("metronome", self.metronome),
            ("step-entry", self.steps),
        ):
            button.setIcon(icon(name, theme))
            button.setIconSize(QSize(size, size))
        self.record.setIconSize(QSize(size, size))
        self.play.setIconSize(QSize(size, size))
        self._warning.setPixmap(pixmap("problem", theme.problem, size, self.devicePixelRatioF()))
        self.set_playing(on=self._is_playing)
        self.set_recording(on=self.record.isChecked())

    def adopt(self, button: QToolButton, action: QAction) -> None:
        """Let `button` do what `action` does, and be as it is: checked or not, grey or not, and why."""

        def show() -> None:
            button.setEnabled(action.isEnabled())
            button.setChecked(action.isChecked())
            button.setToolTip(action.toolTip())
            button.setAccessibleName(action.toolTip())

        action.changed.connect(show)
        button.clicked.connect(lambda _on: action.trigger())
        button.clicked.connect(show)
        show()

    def set_recording(self, *, on: bool) -> None:
        """Show whether what is played becomes notes now."""
        theme = self._theme
        self.record.setIcon(tinted("record", theme.problem) if on else icon("record", theme))

    def show_counting(self, beat: int) -> None:
        """Show, in the place of bar and beat, which beat of the bar before the start is counted."""
        self.position.setText(self.tr("In · {}").format(beat))

    def set_playing(self, *, on: bool) -> None:
        """Show whether it plays: the button then pauses."""
        self._is_playing = on
        hint = self.tr("Pause (Space)") if on else self.tr("Play (Space)")
        self.play.setIcon(icon("pause" if on else "play", self._theme))
        self.play.setChecked(on)
        self.play.setToolTip(hint)
        self.play.setAccessibleName(hint)

    def set_loop(self, bars: str) -> None:
        """Show what is looped, “bar 2”; empty: nothing is, and the button tells what would be."""
        self.loop.setChecked(bool(bars))
        hint = self.tr("Loop the selected notes, or the whole piece (L)")
        if bars:
            hint = self.tr("Loops {}; click to end it (L)").format(bars)
        self.loop.setToolTip(hint)
        self.loop.setAccessibleName(hint)

    def show_place(self, score: Score, tick: float) -> None:
        """Show the bar and beat of `tick`, and the tempo, metre and key that hold there."""
        place, signature = place_of(score, tick), bar_around(score, tick).time_signature
        tempo = next(tempo for tempo in reversed(score.tempos) if tempo.tick <= max(0.0, tick))
        self.position.setText(f"{place.bar} · {place.beat}")
        self.tempo.setText(f"♩ = {tempo.quarters_per_minute:.4g}")
        self.metre.setText(f"{signature.numerator}/{signature.denominator}")
        key = score.key_at(int(tick))
        self.key.setText("" if key is None else self.key_name(key))

    def key_name(self, key: KeySignature) -> str:
        """`G major`, `F♯ minor`."""
        if key.mode == "minor":
            return self.tr("{} minor").format(_MINOR[key.fifths + 7])
        return self.tr("{} major").format(_MAJOR[key.fifths + 7])

    def set_outputs(self, names: Iterable[str], current: str) -> None:
        """Offer `names`; `current` is where the sound goes, marked where it is not there at present."""
        offered = list(names)
        is_missing = bool(current) and current not in offered
        self._output = current
        self.output.clear()
        for name in offered:
            self.output.addItem(name, name)
        if is_missing:
            self.output.addItem(self.tr("{} (not there)").format(current), current)
        self.output.setCurrentIndex(self.output.findData(current))

    def set_problem(self, text: str) -> None:
        """Show in one sentence what is wrong with the sound; empty: all is well."""
        self.problem.set_words(text)
        self._warning.setVisible(bool(text))

    def _ask_play(self) -> None:
        self.play.setChecked(self._is_playing)
        (self.pause_asked if self._is_playing else self.play_asked).emit()

    def _ask_loop(self, on: bool) -> None:  # noqa: FBT001  # Qt's signature
        self.loop.setChecked(not on)
        self.loop_asked.emit()

    def _ask_output(self, index: int) -> None:
        asked = str(self.output.itemData(index))
        self.output.setCurrentIndex(self.output.findData(self._output))
        self.output_asked.emit(asked)
