"""Opening what is not plain, choosing a chorale, writing sound."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from harmonizer_gui.files.chorales import Chorale
from harmonizer_gui.playback.player import Player
from harmonizer_gui.score import Note, VoiceName
from harmonizer_gui.views.import_dialog import ImportDialog
from tests.fake_model import Gate
from tests.files.midi_files import saved, track
from tests.playback.fakes import FakeClock, FakeSystem
from tests.qt import wait_until
from tests.stories.conftest import SCORE, Story


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    """Two tracks of two voices each."""
    upper = [Note(480 * beat, 480, pitch) for beat in range(4) for pitch in (72 + beat, 67)]
    lower = [Note(480 * beat, 480, pitch) for beat in range(4) for pitch in (60, 48 + beat)]
    return saved(tmp_path / "closed.mid", [track(upper), track(lower)])


@pytest.fixture
def hearing(story: Story) -> Iterator[tuple[Player, FakeSystem]]:
    """The player of the strands, without sound and without a thread."""
    sound, clock = FakeSystem(), FakeClock()
    player = Player(open_output=sound.open, clock=clock, threaded=False)
    story.program.importing._hearing = player
    yield player, sound
    player.close()


def opened(story: Story, path: Path) -> ImportDialog:
    story.dialogs.path = path
    story.trigger("open")
    wait_until(lambda: story.program.importing.dialog is not None)
    dialog = story.program.importing.dialog
    assert dialog is not None
    return dialog


def pitches(story: Story, voice: VoiceName) -> list[int]:
    return [pitch for _, _, pitch in story.notes(voice)]


def test_the_guess_is_opened_by_the_enter_key(story: Story, closed: Path) -> None:
    dialog = opened(story, closed)
    assert story.score is SCORE
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    wait_until(lambda: story.score is not SCORE)
    assert pitches(story, VoiceName.SOPRANO) == [72, 73, 74, 75]
    assert pitches(story, VoiceName.BASS) == [48, 49, 50, 51]
    assert story.program.importing.dialog is None


def test_cancelled_the_open_piece_stays(story: Story, closed: Path) -> None:
    dialog = opened(story, closed)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert story.program.importing.dialog is None
    assert (story.score, story.program.files.is_opening) == (SCORE, False)
    assert story.program.window.messages.texts == []


def test_what_the_user_chooses_is_opened(story: Story, closed: Path) -> None:
    dialog = opened(story, closed)
    box = dialog.rows[0].voice
    box.setCurrentIndex(int(VoiceName.BASS) + 1)
    box.activated.emit(box.currentIndex())
    dialog.accept()
    wait_until(lambda: story.score is not SCORE)
    assert pitches(story, VoiceName.BASS) == [72, 73, 74, 75]
    assert pitches(story, VoiceName.SOPRANO) == [48, 49, 50, 51]


def test_a_plain_file_is_asked_about_when_the_user_wants_to(story: Story, tmp_path: Path) -> None:
    story.dialogs.path = saved(tmp_path / "tune.mid", [track([Note(0, 480, 60)])])
    story.trigger("open-choosing")
    wait_until(lambda: story.program.importing.dialog is not None)
    assert story.score is SCORE


def test_the_thread_is_free_while_the_question_stands(story: Story, closed: Path) -> None:
    opened(story, closed)
    story.dialogs.path = closed.with_name("kept.harmonizer")
    story.trigger("save-as")
    wait_until(story.dialogs.path.is_file)


def test_strands_are_heard_apart_from_the_piece(
    story: Story, closed: Path, hearing: tuple[Player, FakeSystem]
) -> None:
    player, _ = hearing
    dialog = opened(story, closed)
    story.trigger("play")
    dialog.rows[1].hear.click()
    assert player.is_playing
    assert not story.program.player.is_playing
    dialog.reject()
    assert not player.is_playing


CHORALES = (
    Chorale("bwv269.mxl", "269", (1,), "Aus meines Herzens Grunde", 1, "major"),
    Chorale("bwv66.6.mxl", "66.6", (), "", 3, "minor"),
)


def test_a_chorale_is_found_and_opened(story: Story) -> None:
    chorales = story.program.chorales
    chorales._found, chorales._has_begun, chorales._is_whole = CHORALES, True, True
    story.trigger("chorales")
    browser = story.program.browsing.browser
    assert browser is not None
    assert [chorale.bwv for chorale in browser.shown] == ["66.6", "269"]
    QTest.keyClicks(browser.search, "herzens")
    QTest.keyClick(browser.search, Qt.Key.Key_Return)
    wait_until(lambda: story.score is not SCORE, timeout=20)
    assert story.score.title == "Aus meines Herzens Grunde (BWV 269)"
    assert story.program.document.path is None
    assert story.program.files.suggested_path.name == "Aus meines Herzens Grunde (BWV 269).harmonizer"
    assert story.program.browsing.browser is None


def test_sound_is_written_beside_the_work(story: Story, tmp_path: Path) -> None:
    story.dialogs.path = tmp_path / "song.wav"
    story.trigger("export-sound")
    wait_until(story.dialogs.path.is_file, timeout=20)
    wait_until(lambda: story.program.window.status == "Exported song.wav.")
    with wave.open(str(story.dialogs.path)) as file:
        assert file.getnframes() > 48_000
    assert story.settings.folder == tmp_path


def test_escape_stops_the_writing_of_sound(story: Story, tmp_path: Path) -> None:
    gate = Gate()
    gate.close()
    story.program.worker.run(gate.pass_through)
    story.program.sounding._timer.setInterval(0)
    story.dialogs.path = tmp_path / "song.wav"
    story.trigger("export-sound")
    wait_until(lambda: story.program.window.messages.texts == ["Writing “song.wav” … 0 % (Esc stops)"])
    story.trigger("escape")
    assert story.program.window.messages.texts == []
    gate.open()
    done: list[object] = []
    story.program.worker.run(lambda: None).done.connect(done.append)
    wait_until(lambda: done)
    assert not story.dialogs.path.exists()


def test_silence_makes_no_sound_file(story: Story) -> None:
    story.trigger("new")
    story.dialogs.asked.clear()
    story.trigger("export-sound")
    assert story.dialogs.asked == []
    assert story.program.window.messages.texts == ["There are no notes yet that could sound."]
