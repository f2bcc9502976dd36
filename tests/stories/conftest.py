"""The real window with a model that needs no network, a player without sound, and a mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from harmonizer_gui.app import Program
from harmonizer_gui.playback.listener import InputListener
from harmonizer_gui.playback.player import Player
from harmonizer_gui.score import KeySignature, Note, Score, Voice, VoiceName
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.views.dialogs import Leaving
from harmonizer_gui.views.theme import ThemeManager
from tests.fake_model import FakeModel
from tests.playback.fakes import FakeClock, FakeKeyboards, FakeSystem
from tests.qt import process_events, wait_until
from tests.views.conftest import themes as themes

BAR = 1920
NO_KEY = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def quarters(pitch: int, count: int = 16) -> Voice:
    return Voice(tuple(Note(480 * index, 480, pitch) for index in range(count)))


SCORE = Score(
    (quarters(72), Voice(), quarters(57), quarters(48)),
    title="Four bars",
    key_signatures=(KeySignature(0, 0),),
)


class Answers:
    """Answers in the user's place, and keeps what it was asked."""

    def __init__(self) -> None:
        self.leaving = Leaving.CANCEL
        self.path: Path | None = None
        self.asked: list[str | Path] = []

    def ask_leaving(self, name: str) -> Leaving:
        self.asked.append(name)
        return self.leaving

    def open_path(self, folder: Path) -> Path | None:
        self.asked.append(folder)
        return self.path

    def save_path(self, suggested: Path) -> Path | None:
        self.asked.append(suggested)
        return self.path

    def export_path(self, suggested: Path) -> Path | None:
        self.asked.append(suggested)
        return self.path

    def sound_path(self, suggested: Path) -> Path | None:
        self.asked.append(suggested)
        return self.path

    def picture_path(self, suggested: Path, suffixes: Sequence[str]) -> Path | None:
        self.asked += [suggested, *suffixes]
        return self.path


@dataclass
class Story:
    """A running program, and hands to use it with."""

    program: Program
    model: FakeModel
    dialogs: Answers
    clock: FakeClock
    sound: FakeSystem
    settings: Settings
    keyboards: FakeKeyboards
    _pressed: Qt.MouseButton = field(default=Qt.MouseButton.NoButton)

    @property
    def score(self) -> Score:
        return self.program.document.score

    def notes(self, voice: VoiceName = VoiceName.ALTO) -> list[tuple[int, int, int]]:
        return [(note.start, note.duration, note.pitch) for note in self.score.voice(voice)]

    @property
    def roll(self) -> QWidget:
        canvas: QWidget = self.program.window.roll.canvas
        return canvas

    def at(self, tick: float, pitch: int) -> QPoint:
        """Where in the roll's widget a tick and a pitch are seen."""
        view = self.program.window.roll.coordinates
        place = QPointF(view.x(tick), view.y(pitch) + view.row_height / 2)
        field = self.program.window.roll.canvas.field
        seen: QPoint = self.program.window.roll.canvas.mapFromScene(field.mapToScene(place))
        return seen

    @property
    def _port(self) -> QWidget:
        viewport: QWidget = self.program.window.roll.canvas.viewport()
        return viewport

    def press(self, place: QPoint, button: Qt.MouseButton = LEFT, held: Qt.KeyboardModifier = NO_KEY) -> None:
        QTest.mouseMove(self._port, place)
        QTest.mousePress(self._port, button, held, place)
        self._pressed = button

    def move(self, place: QPoint, held: Qt.KeyboardModifier = NO_KEY) -> None:
        """QTest moves the pointer without its buttons; a drag needs them."""
        where = QPointF(place)
        event = QMouseEvent(
            QMouseEvent.Type.MouseMove,
            where,
            QPointF(self._port.mapToGlobal(place)),
            Qt.MouseButton.NoButton,
            self._pressed,
            held,
        )
        QApplication.sendEvent(self._port, event)

    def release(self, place: QPoint, held: Qt.KeyboardModifier = NO_KEY) -> None:
        QTest.mouseRelease(self._port, self._pressed, held, place)
        self._pressed = Qt.MouseButton.NoButton

    def click(self, place: QPoint, button: Qt.MouseButton = LEFT, held: Qt.KeyboardModifier = NO_KEY) -> None:
        self.press(place, button, held)
        self.release(place, held)
        # The next click shall be a click, not the second half of a double click.
        QTest.mouseMove(self._port, place + QPoint(40, 40))

    def drag(
        self,
        start: QPoint,
        end: QPoint,
        button: Qt.MouseButton = LEFT,
        held: Qt.KeyboardModifier = NO_KEY,
    ) -> None:
        self.press(start, button, held)
        self.move((start + end) / 2, held)
        self.move(end, held)
        self.release(end, held)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = NO_KEY) -> None:
        """A key to whatever has the focus."""
        target = self.program.window.focusWidget() or self.program.window
        QTest.keyClick(target, key, held)

    def wheel(self, place: QPoint, notches: float, held: Qt.KeyboardModifier = NO_KEY) -> None:
        turn = QPoint(0, round(120 * notches))
        where = QPointF(place)
        event = QWheelEvent(
            where,
            QPointF(self._port.mapToGlobal(place)),
            QPoint(),
            turn,
            Qt.MouseButton.NoButton,
            held,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self._port, event)

    def trigger(self, name: str) -> None:
        """Choose a menu entry."""
        self.program.window.actions_[name].trigger()

    def wait_for_heat(self) -> None:
        wait_until(lambda: not self.program.heat.stale)


@pytest.fixture
def make_story(qapp: QApplication, themes: ThemeManager, tmp_path: Path) -> Iterator[Callable[[], Story]]:
    """Starts programs, all with the same settings and recovery folder; all end with the test."""
    stories: list[Story] = []

    def make() -> Story:
        model, clock, sound, keyboards = FakeModel(), FakeClock(), FakeSystem(), FakeKeyboards()
        settings = Settings(tmp_path / "settings.ini")
        dialogs = Answers()
        program = Program(
            themes,
            settings,
            lambda: model,
            player=Player(open_output=sound.open, clock=clock, threaded=False),
            listener=InputListener(open_input=keyboards.open, clock=clock, threaded=False),
            dialogs=dialogs,
            recovery_folder=tmp_path / "recovery",
        )
        stories.append(Story(program, model, dialogs, clock, sound, settings, keyboards))
        return stories[-1]

    yield make
    said = [text for story in stories for text in story.program.window.messages.texts]
    for story in stories:
        story.model.analysis_gate.open()
        story.model.fill_gate.open()
        story.program.window.may_close = lambda: True
        story.program.window.close()
        story.program.stop()
        story.program.window.deleteLater()
        story.program.deleteLater()
    QApplication.clipboard().clear()  # what lies in it would outlive Python, and end the process badly
    process_events()
    assert not [text for text in said if "unexpected" in text]


@pytest.fixture
def story(make_story: Callable[[], Story]) -> Story:
    """The window at 1280 × 800 with four bars, the alto empty; the model is there, the heat too."""
    story = make_story()
    program = story.program
    program.worker.start()
    program._is_running = True
    program.window.resize(1280, 800)
    program.window.show()
    assert QTest.qWaitForWindowExposed(program.window)
    program.document.open(SCORE, path=None)
    program.window.activateWindow()
    program.window.roll.setFocus()
    wait_until(lambda: program.worker.model is not None and not program.heat.stale)
    return story
