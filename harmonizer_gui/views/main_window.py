"""The main window: puts its parts together and shows what it is told. What they do is wired elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence, QUndoStack
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QSpacerItem,
    QStatusBar,
    QVBoxLayout,
    QWidget,
)

from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.views.actions import Actions, Where
from harmonizer_gui.views.color_bar import ColorBar
from harmonizer_gui.views.experts import ExpertsPanel
from harmonizer_gui.views.menus import Menus
from harmonizer_gui.views.message_bar import MessageBar
from harmonizer_gui.views.roll.roll import PianoRoll
from harmonizer_gui.views.theme import UNIT, Theme
from harmonizer_gui.views.toolbar import Toolbar
from harmonizer_gui.views.transport import Transport
from harmonizer_gui.views.workspace import Area, Dock, Workspace


@runtime_checkable
class Themed(Protocol):
    """Something that shows another theme when it is told."""

    def set_theme(self, theme: Theme) -> None: ...


class MainWindow(QMainWindow):
    """Toolbar, messages, roll and docks, transport, status line.

    `may_close` is asked before the window closes; it answers False where the user is still to be asked.
    """

    file_dropped = Signal(object)
    """The path of a file dropped on the window."""
    closing = Signal()
    """The window closes now."""

    def __init__(self, undo_stack: QUndoStack) -> None:
        super().__init__()
        self.may_close: Callable[[], bool] = lambda: True
        self.actions_ = Actions(undo_stack, self)
        self.menus = Menus(self.actions_, self)
        self.toolbar = Toolbar(self)
        self.messages = MessageBar(self)
        self.roll = PianoRoll(self)
        self.color_bar = ColorBar(self)
        self.experts = ExpertsPanel(self)
        self.transport = Transport(self)
        self._said = QLabel(self)
        self._hover = QLabel(self)
        self._model = QLabel(self)
        self._lay_out()
        self._build_status_line()
        self._attach_keys()
        self.setAcceptDrops(True)

    def _lay_out(self) -> None:
        self.setMenuBar(self.menus)
        self.workspace = Workspace(self._make_music(), self)
        self._themed: list[Themed] = []
        centre = QWidget(self)
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.toolbar, self.messages):
            column.addWidget(part)
        column.addWidget(self.workspace, 1)
        column.addWidget(self.transport)
        self.setCentralWidget(centre)
        self.add_dock(
            "experts",
            self.tr("Experts"),
            self.experts,
            area=Area.RightDockWidgetArea,
            shown=True,
            head=self.experts.head,
        )

    def add_dock(
        self,
        name: str,
        title: str,
        widget: QWidget,
        *,
        area: Area = Area.BottomDockWidgetArea,
        shown: bool = False,
        head: QWidget | None = None,
    ) -> Dock:
        """A dock that the action called `name` opens and closes; see `Workspace.add_dock`.

        A widget with `set_theme` is told of the theme from now on.
        """
        if isinstance(widget, Themed):
            self.add_themed(widget)
        action = self.actions_[name]
        return self.workspace.add_dock(name, title, widget, action, area=area, shown=shown, head=head)

    def add_themed(self, part: Themed) -> None:
        """Tell `part` of the theme from now on."""
        self._themed.append(part)

    def _make_music(self) -> QWidget:
        """The roll and, beside its notes, the scale of the heat."""
        scale = QVBoxLayout()
        self._beside_roll = scale
        self._over_scale = QSpacerItem(0, self.roll.notes_top)
        scale.addItem(self._over_scale)
        scale.addWidget(self.color_bar)
        self.roll.notes_moved.connect(self._align_scale)
        music = QWidget(self)
        music.setProperty("kind", "panel")
        music.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._around_roll = row = QHBoxLayout(music)
        row.setContentsMargins(0, 0, UNIT, 0)
        row.setSpacing(0)
        row.addWidget(self.roll, 1)
        row.addLayout(scale)
        return music

    def _align_scale(self) -> None:
        """The scale of the heat begins where the notes do."""
        self._over_scale.changeSize(0, self.roll.notes_top)
        for layout in (self._beside_roll, self._around_roll):
            layout.invalidate()
        self._around_roll.update()

    def _build_status_line(self) -> None:
        line = QStatusBar(self)
        line.setSizeGripEnabled(False)
        line.setContentsMargins(UNIT, 0, UNIT, 0)
        line.addWidget(self._said, 1)
        line.addPermanentWidget(self._hover)
        line.addPermanentWidget(self._model)
        self.setStatusBar(line)

    def _attach_keys(self) -> None:
        self.actions_.attach(self, Where.WINDOW)
        self.actions_.attach(self.roll, Where.ROLL)
        self.actions_["next-area"].triggered.connect(self._go_to_next_area)
        self.actions_["quit"].triggered.connect(self.close)
        # A click on a button leaves the keys with the roll; the tab key still reaches all of them.
        bars = (self.toolbar, self.transport)
        for kind in (QAbstractButton, QComboBox):
            for widget in chain.from_iterable(bar.findChildren(kind) for bar in bars):
                widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.roll.setFocus()

    def set_theme(self, theme: Theme) -> None:
        bars: list[Themed] = [self.toolbar, self.messages, self.roll, self.color_bar, self.transport]
        for part in (*bars, self.workspace, *self._themed):
            part.set_theme(theme)

    def set_title(self, name: str, *, changed: bool) -> None:
        """Show the name of the piece, and whether it differs from what is on disk."""
        self.setWindowTitle(f"{name}[*] – Harmonizer")
        self.setWindowModified(changed)

    def say(self, message: Message) -> None:
        """What was done goes to the status line, what needs attention to the message bar."""
        if message.severity is Severity.INFO:
            self.set_status(message.text)
        else:
            self.messages.say(message)

    def set_status(self, text: str) -> None:
        """Say what just happened."""
        self._said.setText(text)

    @property
    def status(self) -> str:
        return self._said.text()

    def set_hover(self, text: str) -> None:
        """Say what lies under the mouse."""
        self._hover.setText(text)

    @property
    def hover(self) -> str:
        return self._hover.text()

    def set_model(self, text: str) -> None:
        """Say which model answers, where, and how quickly."""
        self._model.setText(text)

    def event(self, event: QEvent) -> bool:
        """Space plays, but for a button that was reached by the tab key: there it presses.

        While a menu or a list is open, all keys are for that.
        """
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            focus = self.focusWidget()
            presses = event.key() == Qt.Key.Key_Space and isinstance(focus, QAbstractButton | QComboBox)
            if presses or QApplication.activePopupWidget() is not None:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The enter key, where nobody else takes it, gives the keys back to the roll.

        One whose action is grey tells why.
        """
        where = Where.ROLL if self.roll.canvas.hasFocus() else Where.WINDOW
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.roll.setFocus()
        elif refusal := self.actions_.refusal(QKeySequence(event.keyCombination()), where):
            self.set_status(refusal)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.may_close():
            self.closing.emit()
            event.accept()
        else:
            event.ignore()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.file_dropped.emit(path)

    def _go_to_next_area(self) -> None:
        """Roll, toolbar, docks, transport, and round again."""
        docks = [dock for dock in self.workspace.docks if dock.is_seen]
        areas: list[tuple[QWidget, QWidget]] = [
            (self.roll, self.roll.canvas),
            (self.toolbar, self.toolbar.grid),
            *((dock, dock.first_field) for dock in docks),
            (self.transport, self.transport.play),
        ]
        focus = self.focusWidget()
        here = next((i for i, (owner, _) in enumerate(areas) if focus and owner.isAncestorOf(focus)), -1)
        areas[(here + 1) % len(areas)][1].setFocus(Qt.FocusReason.TabFocusReason)


def _dropped_file(event: QDropEvent) -> Path | None:
    """The first local file of what is dragged."""
    files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(files[0]) if files else None
