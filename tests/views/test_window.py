from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu, QMenuBar

from harmonizer_gui.commands import COMMANDS
from harmonizer_gui.session.messages import Message, Severity
from harmonizer_gui.views.actions import Actions
from harmonizer_gui.views.catalogue import catalogue
from harmonizer_gui.views.keys_dialog import KeysDialog
from harmonizer_gui.views.main_window import MainWindow
from harmonizer_gui.views.theme import DARK, LIGHT, Theme, ThemeManager
from tests.qt import Collector


@pytest.fixture
def stack() -> QUndoStack:
    return QUndoStack()


@pytest.fixture
def window(themes: ThemeManager, show: Callable[..., None], stack: QUndoStack) -> MainWindow:
    window = MainWindow(stack)
    window.set_theme(themes.theme)
    show(window, 1280, 800)
    window.activateWindow()
    return window


def fired(window: MainWindow, name: str) -> Collector:
    return Collector(window.actions_[name].triggered)


def test_every_action_stands_in_a_menu(window: MainWindow) -> None:
    def entries(menu: object) -> set[object]:
        found: set[object] = set()
        for action in menu.actions():  # type: ignore[attr-defined]
            found.add(action)
            if action.menu() is not None:
                found |= entries(action.menu())
        return found

    in_menus = entries(window.menus)
    assert [name for name in window.actions_ if window.actions_[name] not in in_menus] == []


def test_no_key_has_two_meanings(window: MainWindow) -> None:
    keys = [key.toString() for name in window.actions_ for key in window.actions_[name].shortcuts()]
    assert sorted(keys) == sorted(set(keys))


def test_no_key_is_told_that_hardly_a_keyboard_has(window: MainWindow) -> None:
    keys = {key.toString() for name in window.actions_ for key in window.actions_[name].shortcuts()}
    assert {"F1", "F7", "Ctrl+Z", "Ctrl+X"} <= keys
    assert not keys & {f"F{number}" for number in range(13, 36)}


def test_letters_work_on_the_roll_only(window: MainWindow) -> None:
    generate, zoom = fired(window, "generate"), fired(window, "zoom-in")
    window.experts.presets.setFocus()
    QTest.keyClick(window.experts.presets, Qt.Key.Key_G)
    QTest.keyClick(window.experts.presets, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    assert (len(generate), len(zoom)) == (0, 1)
    window.roll.setFocus()
    QTest.keyClick(window.roll.canvas, Qt.Key.Key_G)
    assert len(generate) == 1


def test_an_open_menu_has_the_letters(window: MainWindow) -> None:
    soprano, save = fired(window, "voice-soprano"), fired(window, "save")
    window.roll.setFocus()
    menu = window.menus.actions()[0].menu()
    assert isinstance(menu, QMenu)
    menu.popup(window.mapToGlobal(QPoint(10, 10)))
    QTest.keyClick(menu, Qt.Key.Key_S)
    assert (len(soprano), len(save)) == (0, 1)
    QTest.keyClick(window.roll.canvas, Qt.Key.Key_S)
    assert (len(soprano), len(save)) == (1, 1)


def test_no_two_menus_open_by_one_letter(window: MainWindow) -> None:
    def letters(menu: QMenuBar | QMenu) -> list[str]:
        texts = [action.text() for action in menu.actions() if "&" in action.text()]
        return sorted(text[text.index("&") + 1].lower() for text in texts)

    opened = [action.menu() for action in window.menus.actions()]
    menus: list[QMenuBar | QMenu] = [window.menus, *(menu for menu in opened if isinstance(menu, QMenu))]
    for menu in menus:
        assert letters(menu) == sorted(set(letters(menu)))


def test_space_plays_but_for_fields_and_for_buttons_reached_by_tab(window: MainWindow) -> None:
    play = fired(window, "play")
    window.roll.setFocus()
    QTest.keyClick(window.roll.canvas, Qt.Key.Key_Space)
    assert len(play) == 1
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Space)
    assert (len(play), field.text()) == (1, " ")
    button = window.transport.to_start
    pressed = Collector(window.transport.to_start_asked)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert (len(play), len(pressed)) == (1, 1)


def test_a_click_on_a_button_leaves_the_keys_with_the_roll(window: MainWindow) -> None:
    window.roll.setFocus()
    QTest.mouseClick(window.transport.to_start, Qt.MouseButton.LeftButton)
    assert window.focusWidget() is window.roll.canvas


def test_f6_goes_round(window: MainWindow) -> None:
    window.roll.setFocus()
    seen = []
    for _ in range(4):
        window.actions_["next-area"].trigger()
        seen.append(window.focusWidget())
    assert seen == [
        window.toolbar.grid,
        window.experts.presets,
        window.transport.play,
        window.roll.canvas,
    ]


def test_the_experts_can_be_hidden_and_the_roll_gets_their_room(window: MainWindow) -> None:
    width = window.roll.width()
    window.actions_["experts"].trigger()
    QTest.qWait(1)
    assert not window.experts.isVisible()
    assert window.roll.width() > width


def test_the_title_marks_what_is_not_saved(window: MainWindow) -> None:
    window.set_title("Song", changed=True)
    assert window.windowTitle() == "Song[*] – Harmonizer"
    assert window.isWindowModified()


def test_what_was_done_goes_to_the_status_line_and_problems_to_the_bar(window: MainWindow) -> None:
    window.say(Message("Saved."))
    window.say(Message("No.", Severity.PROBLEM))
    assert (window.status, window.messages.texts) == ("Saved.", ["No."])


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_themes_reach_the_roll(window: MainWindow, theme: Theme) -> None:
    window.set_theme(theme)
    image = window.roll.canvas.grab().toImage()
    ratio = image.devicePixelRatio()
    ground = image.pixelColor(int(ratio * (image.width() / ratio - 30)), int(ratio * 4))
    assert ground.name() == theme.panel


@pytest.mark.parametrize(
    ("width", "height"), [(800, 450), (853, 533), (1024, 640), (1280, 800), (1920, 1080)]
)
def test_nothing_is_cut_off(window: MainWindow, width: int, height: int) -> None:
    window.resize(width, height)
    QTest.qWait(1)
    assert window.size().toTuple() == (width, height)
    for part in (window.toolbar, window.transport, window.experts):
        assert part.width() >= part.minimumSizeHint().width()
    assert window.roll.canvas.field.height() > 0.5 * height


def test_the_keys_are_told(window: MainWindow, show: Callable[..., None]) -> None:
    dialog = KeysDialog(catalogue(window.actions_, window.menus), window)
    show(dialog)
    text = dialog.text
    assert all(word in text for word in ("Edit", "Undo", "Ctrl+Z", "Generate", "Transport", "Space", "Del"))
    named = [name for name in window.actions_ if not window.actions_[name].shortcut().isEmpty()]
    assert all(window.actions_.words(name) in text for name in named)


def test_actions_are_found_by_name(qapp: object, stack: QUndoStack) -> None:
    actions = Actions(stack, stack)
    with pytest.raises(KeyError):
        actions["fly"]


COMPILE = "import harmonizer_gui.app"
"""Python compiles a module when it is first loaded; that is no part of the next start."""

START = """
import sys, time
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from harmonizer_gui import app
from harmonizer_gui.session.settings import Settings
from harmonizer_gui.views.theme import ThemeManager
from pathlib import Path
LATE = ("torch", "music21", "matplotlib", "pydantic", "mido")
folder = Path(sys.argv[1])
application = QApplication([])
settings = Settings(folder / "settings.ini")
program = app.Program(ThemeManager(application), settings, app.load_model, recovery_folder=folder)
class FirstPaint(QObject):
    shown = None

    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint and self.shown is None:
            self.shown = time.process_time()
            self.early = [name for name in LATE if name in sys.modules]
        return False

seen = FirstPaint()
program.window.installEventFilter(seen)
program.start()
program.worker.loaded.connect(lambda _model: None)
deadline = time.perf_counter() + 60
while time.perf_counter() < deadline:
    application.processEvents()
    if program.worker.model is not None and program.document.score.end and not program.heat.stale:
        break
    time.sleep(0.005)
late = [name for name in ("torch", "music21") if name in sys.modules]
print(seen.shown, seen.early, late, program.document.score.title, len(program.document.score.voices[1]))
program.stop()
"""


def test_the_window_comes_first_and_torch_and_music21_after_it(tmp_path: Path) -> None:
    environment = dict(os.environ)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    compiled = subprocess.run([sys.executable, "-c", COMPILE], timeout=120, check=False, env=environment)
    assert compiled.returncode == 0
    done = subprocess.run(
        [sys.executable, "-c", START, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    shown, rest = done.stdout.split(" ", 1)
    assert rest.strip() == "[] ['torch', 'music21'] Aus meines Herzens Grunde (BWV 269) 0"
    # Seconds of work, not of the clock: other programs may hold up the machine that runs the tests.
    assert float(shown) < 1.2


def test_without_a_display_it_says_so_and_names_the_commands() -> None:
    environment = {"PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from harmonizer_gui.__main__ import main; sys.exit(main([]))"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=environment,
    )
    assert done.returncode == 2
    assert "no display" in done.stderr
    assert done.stderr.count("\n") == 1
    assert all(name in done.stderr for name in COMMANDS)


def test_more_than_one_file_is_refused() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from harmonizer_gui.__main__ import main; sys.exit(main(['one.mid', 'two.mid']))",
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={"PATH": "/usr/bin:/bin", "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 2
    assert "one file" in done.stderr
