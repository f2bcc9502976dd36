"""Everything the user can do, each as one QAction for menu, button and key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoStack
from PySide6.QtWidgets import QWidget

from harmonizer_gui.score import VoiceName
from harmonizer_gui.views.theme import ThemeChoice

Keys = QKeySequence.StandardKey


class Where(Enum):
    """Where a key works."""

    WINDOW = "window"
    ROLL = "roll"
    """Only while the roll has the focus, so that letters can be typed elsewhere."""


@dataclass(frozen=True)
class Spec:
    """One action: its name in the code, its words, its keys."""

    name: str
    text: str
    keys: tuple[str | Keys, ...] = ()
    where: Where = Where.WINDOW
    checkable: bool = False


def voice_action(voice: VoiceName) -> str:
    """The name of the action that makes `voice` the target."""
    return f"voice-{voice.label}"


def theme_action(choice: ThemeChoice) -> str:
    """The name of the action that chooses a theme."""
    return f"theme-{choice.value}"


class Actions(QObject):
    """`actions["save"]` is the QAction of that name; raises KeyError for one that is not there.

    Keys of the whole window work once its actions are added to it, those of the roll likewise.
    """

    def __init__(self, undo_stack: QUndoStack, parent: QObject) -> None:
        super().__init__(parent)
        self._actions: dict[str, QAction] = {}
        self._where: dict[str, Where] = {}
        self._add_history(undo_stack)
        for spec in (*self._file(), *self._edit(), *self._notes(), *self._view(), *self._rest()):
            self._add(spec)
        for names in (
            ("draw", "select", "erase"),
            tuple(map(voice_action, VoiceName)),
            tuple(map(theme_action, ThemeChoice)),
        ):
            self._group(names)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._actions)

    def attach(self, widget: QWidget, where: Where) -> None:
        """Let the keys of this kind work in `widget`."""
        widget.addActions([self._actions[name] for name in self if self._where[name] is where])

    def _add_history(self, stack: QUndoStack) -> None:
        """Undo and redo name what they will do."""
        undo = stack.createUndoAction(self, self.tr("Undo"))
        redo = stack.createRedoAction(self, self.tr("Redo"))
        undo.setShortcuts(_sequences((Keys.Undo,)))
        redo.setShortcuts(_sequences((Keys.Redo, "Ctrl+Y")))
        for name, action in (("undo", undo), ("redo", redo)):
            self._actions[name], self._where[name] = action, Where.WINDOW

    def _add(self, spec: Spec) -> None:
        action = QAction(spec.text, self)
        action.setObjectName(spec.name)
        action.setCheckable(spec.checkable)
        action.setShortcuts(_sequences(spec.keys))
        if spec.where is Where.ROLL:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._actions[spec.name], self._where[spec.name] = action, spec.where

    def _group(self, names: tuple[str, ...]) -> None:
        group = QActionGroup(self)
        for name in names:
            group.addAction(self[name])

    def _file(self) -> list[Spec]:
        return [
            Spec("new", self.tr("&New"), (Keys.New,)),
            Spec("open", self.tr("&Open…"), (Keys.Open,)),
            Spec("demo", self.tr("Open the &chorale of the first start")),
            Spec("save", self.tr("&Save"), (Keys.Save,)),
            Spec("save-as", self.tr("Save &as…"), ("Ctrl+Shift+S",)),
            Spec("export", self.tr("&Export MIDI or MusicXML…"), ("Ctrl+E",)),
            Spec("quit", self.tr("&Quit"), ("Ctrl+Q",)),
        ]

    def _edit(self) -> list[Spec]:
        roll = Where.ROLL
        return [
            Spec("delete", self.tr("&Delete"), ("Del", "Backspace"), roll),
            Spec("select-all", self.tr("Select &all"), (Keys.SelectAll,), roll),
            Spec("select-voice", self.tr("Select all of the &voice"), ("Ctrl+Alt+A",), roll),
            Spec("select-none", self.tr("Select &nothing"), ("Ctrl+Shift+A",), roll),
            Spec("next-note", self.tr("Ne&xt note of the voice"), ("Tab",), roll),
            Spec("previous-note", self.tr("P&revious note of the voice"), ("Shift+Tab",), roll),
            Spec("draw", self.tr("Dra&w"), ("D",), roll, checkable=True),
            Spec("select", self.tr("Selec&t"), ("V",), roll, checkable=True),
            Spec("erase", self.tr("&Erase"), ("E",), roll, checkable=True),
            Spec("escape", self.tr("Cancel or select nothing"), ("Esc",)),
        ]

    def _notes(self) -> list[Spec]:
        roll = Where.ROLL
        return [
            Spec("up", self.tr("Up a semitone"), ("Up",), roll),
            Spec("down", self.tr("Down a semitone"), ("Down",), roll),
            Spec("scale-up", self.tr("Up a step of the scale"), ("Alt+Up",), roll),
            Spec("scale-down", self.tr("Down a step of the scale"), ("Alt+Down",), roll),
            Spec("octave-up", self.tr("Up an octave"), ("Shift+Up",), roll),
            Spec("octave-down", self.tr("Down an octave"), ("Shift+Down",), roll),
            Spec("later", self.tr("Later by a grid step"), ("Right",), roll),
            Spec("earlier", self.tr("Earlier by a grid step"), ("Left",), roll),
            Spec("longer", self.tr("Longer by a grid step"), ("Shift+Right",), roll),
            Spec("shorter", self.tr("Shorter by a grid step"), ("Shift+Left",), roll),
        ]

    def _view(self) -> list[Spec]:
        themes = {
            ThemeChoice.SYSTEM: self.tr("As the &system"),
            ThemeChoice.LIGHT: self.tr("&Light"),
            ThemeChoice.DARK: self.tr("&Dark"),
        }
        return [
            Spec("zoom-in", self.tr("Zoom &in"), ("Ctrl+=", "Ctrl++")),
            Spec("zoom-out", self.tr("Zoom &out"), ("Ctrl+-",)),
            Spec("zoom-fit", self.tr("Zoom to &fit"), ("Ctrl+0",)),
            Spec("next-heat", self.tr("Next &heat on the roll"), ("H",), Where.ROLL),
            Spec("experts", self.tr("E&xperts"), ("Ctrl+B",), checkable=True),
            Spec("next-area", self.tr("Next part of the &window"), ("F6",)),
            *(Spec(theme_action(choice), text, checkable=True) for choice, text in themes.items()),
        ]

    def _rest(self) -> list[Spec]:
        voices = {
            VoiceName.SOPRANO: self.tr("&Soprano"),
            VoiceName.ALTO: self.tr("&Alto"),
            VoiceName.TENOR: self.tr("&Tenor"),
            VoiceName.BASS: self.tr("&Bass"),
        }
        return [
            *(
                Spec(voice_action(voice), text, (voice.letter,), Where.ROLL, checkable=True)
                for voice, text in voices.items()
            ),
            Spec("clear-voice", self.tr("&Clear the voice")),
            Spec("generate", self.tr("&Generate"), ("G",), Where.ROLL),
            Spec("play", self.tr("&Play or pause"), ("Space",)),
            Spec("loop", self.tr("&Loop"), ("L",), Where.ROLL, checkable=True),
            Spec("stop", self.tr("&Stop and silence everything"), ("Ctrl+Shift+Esc",)),
            Spec("to-start", self.tr("To the st&art"), ("Home",), Where.ROLL),
            Spec("previous-bar", self.tr("Previous &bar"), (",",), Where.ROLL),
            Spec("next-bar", self.tr("&Next bar"), (".",), Where.ROLL),
            Spec("keys", self.tr("&Keys"), ("?", "F1")),
            Spec("about", self.tr("&About Harmonizer")),
        ]


def _sequences(keys: tuple[str | Keys, ...]) -> list[QKeySequence]:
    """Each once: what the platform calls Redo may be Ctrl+Y already."""
    found: dict[str, QKeySequence] = {}
    for key in keys:
        for sequence in [QKeySequence(key)] if isinstance(key, str) else QKeySequence.keyBindings(key):
            found.setdefault(sequence.toString(), sequence)
    return list(found.values())
