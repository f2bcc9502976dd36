from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import pytest

from harmonizer_gui.playback.messages import Message, NoteOff, NoteOn, ProgramChange
from harmonizer_gui.playback.outputs import OutputInfo
from harmonizer_gui.playback.player import Player
from harmonizer_gui.score import Score, VoiceName
from tests.playback.fakes import OTHER_PORT, PORT, FakeClock, FakeOutput, FakeSystem
from tests.playback.scores import line, two_voices

SOPRANO, ALTO, BASS = VoiceName.SOPRANO, VoiceName.ALTO, VoiceName.BASS


class Stage:
    """A player stepped by hand, its clock, its outputs and what it reported."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.system = FakeSystem()
        self.problems: list[str] = []
        self.finished = 0
        self.player = Player(
            on_problem=self.problems.append,
            on_finished=self._count_end,
            output=PORT,
            open_output=self.system.open,
            clock=self.clock,
            threaded=False,
        )

    def _count_end(self) -> None:
        self.finished += 1

    def run(self, seconds: float) -> None:
        """Let `seconds` pass in steps of ten milliseconds."""
        self.player.advance()
        for _ in range(round(seconds * 100)):
            self.clock.now += 0.01
            self.player.advance()

    def play(self, *, from_tick: float = 0, seconds: float = 0) -> None:
        self.player.play(two_voices(), from_tick)
        self.run(seconds)


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage()
    yield stage
    stage.player.close()


def test_a_piece_is_played_from_first_to_last_note(stage: Stage) -> None:
    stage.play(seconds=4.1)
    assert stage.system.last.onsets == [72, 48, 74, 76, 53, 77]
    assert stage.system.last.sounding == set()
    assert stage.finished == 1
    assert not stage.player.is_playing
    assert stage.player.position_tick == 1920


def test_it_plays_at_once_and_the_playhead_moves_between_steps(stage: Stage) -> None:
    stage.player.play(two_voices())
    assert stage.player.is_playing
    assert stage.player.position_tick == 0
    stage.run(0)
    stage.clock.now += 0.125
    assert stage.player.position_tick == pytest.approx(60)


def test_the_clock_starts_when_the_output_is_open(stage: Stage) -> None:
    stage.player.play(two_voices())
    stage.clock.now += 5  # a slow sound server
    stage.player.advance()
    assert stage.player.position_tick == 0


def test_programs_reach_the_output_before_the_first_note(stage: Stage) -> None:
    stage.player.set_programs((52, 53, 54, 19))
    stage.play(seconds=0.1)
    programs = [52, 53, 54, 19]
    expected = [ProgramChange(voice, programs[voice]) for voice in VoiceName]
    assert stage.system.last.log[1:5] == expected
    assert stage.system.last.log[5] == NoteOn(SOPRANO, 72, 80)


SILENCERS: dict[str, Callable[[Player], None]] = {
    "pause": lambda player: player.pause(),
    "stop": lambda player: player.stop(),
    "panic": lambda player: player.panic(),
    "close": lambda player: player.close(),
    "other output": lambda player: player.set_output(OTHER_PORT),
    "seek past the end": lambda player: player.seek(100_000),
    "all muted": lambda player: player.set_muted(frozenset(VoiceName)),
    "empty score": lambda player: player.set_score(Score()),
}


@pytest.mark.parametrize("silencer", SILENCERS.values(), ids=SILENCERS.keys())
def test_every_note_ends_with(stage: Stage, silencer: Callable[[Player], None]) -> None:
    stage.play(seconds=0.5)
    output = stage.system.last
    assert output.sounding == {(SOPRANO, 72), (BASS, 48)}
    silencer(stage.player)
    stage.player.advance()
    assert output.sounding == set()


def test_pause_keeps_the_place_to_the_moment(stage: Stage) -> None:
    stage.play(seconds=0.5)
    stage.clock.now += 0.125
    stage.player.pause()
    assert not stage.player.is_playing
    assert stage.player.position_tick == pytest.approx(300)
    stage.run(1)
    assert stage.player.position_tick == pytest.approx(300)


def test_stop_goes_back_to_where_play_began(stage: Stage) -> None:
    stage.play(from_tick=480, seconds=1.0)
    stage.player.stop()
    assert stage.player.position_tick == 480


def test_panic_asks_the_output_even_when_nothing_plays(stage: Stage) -> None:
    stage.player.panic()
    stage.run(0)
    assert "panic" in stage.system.last.log


def test_seek_is_heard_from_there(stage: Stage) -> None:
    stage.play(seconds=0.5)
    stage.player.seek(1440)
    stage.run(0.1)
    assert stage.system.last.sounding == {(SOPRANO, 77), (BASS, 53)}
    assert stage.player.position_tick == pytest.approx(1440 + 48)


def test_an_edit_while_playing_is_heard(stage: Stage) -> None:
    stage.play(seconds=0.5)
    stage.player.set_score(two_voices().with_voice(SOPRANO, line(79, 81)))
    stage.run(0.6)
    assert stage.system.last.onsets == [72, 48, 79, 81]
    assert stage.system.last.sounding == {(SOPRANO, 81), (BASS, 48)}


def test_a_loop_goes_round(stage: Stage) -> None:
    stage.player.set_loop(0, 480)
    stage.play(seconds=2.5)
    assert stage.system.last.onsets == [72, 48, 72, 48, 72, 48]
    stage.player.set_loop(0, None)
    stage.run(1)
    assert stage.system.last.onsets[-1] == 74


@pytest.mark.parametrize(("start", "end"), [(480, 480), (480, 0), (-1, 480)])
def test_a_loop_without_length_is_refused(stage: Stage, start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"from tick {start} to {end} has no length"):
        stage.player.set_loop(start, end)


def test_a_muted_voice_stays_silent_until_it_is_taken_back(stage: Stage) -> None:
    stage.player.set_muted(frozenset({BASS}))
    stage.play(seconds=0.5)
    assert stage.system.last.onsets == [72]
    stage.player.set_muted(frozenset())
    stage.run(0.1)
    assert stage.system.last.onsets == [72, 48]


def test_a_preview_is_short_and_needs_no_play(stage: Stage) -> None:
    stage.player.preview(64, ALTO)
    stage.run(0.3)
    assert stage.system.last.sounding == {(ALTO, 64)}
    stage.run(0.1)
    assert stage.system.last.log[-2:] == [NoteOn(ALTO, 64, 80), NoteOff(ALTO, 64)]
    assert stage.player.advance() == float("inf")


def test_the_next_preview_of_a_voice_ends_the_last(stage: Stage) -> None:
    stage.player.preview(64, ALTO)
    stage.run(0.1)
    stage.player.preview(65, ALTO)
    stage.run(0.1)
    assert stage.system.last.sounding == {(ALTO, 65)}


def test_a_preview_of_a_note_that_plays_leaves_it_alone(stage: Stage) -> None:
    stage.play(seconds=0.5)
    stage.player.preview(48, BASS)
    stage.run(0.45)
    assert stage.system.last.onsets == [72, 48]
    assert stage.system.last.sounding == {(SOPRANO, 72), (BASS, 48)}


def test_a_note_that_begins_under_a_preview_outlasts_it(stage: Stage) -> None:
    stage.play(seconds=0.9)
    stage.player.preview(74, SOPRANO)
    stage.run(0.6)
    assert (SOPRANO, 74) in stage.system.last.sounding


def test_without_a_device_the_playhead_moves_and_it_is_said_once(stage: Stage) -> None:
    stage.system.missing = {PORT.name}
    stage.play(seconds=3)
    assert stage.problems == ["Test port is not there."]
    assert stage.player.position_tick == pytest.approx(1440)
    stage.run(2)
    assert stage.finished == 1


def test_the_next_play_says_again_what_is_missing(stage: Stage) -> None:
    stage.system.missing = {PORT.name}
    stage.play(seconds=0.1)
    stage.play(seconds=0.1)
    assert len(stage.problems) == 2


def test_an_output_that_fails_is_reported_and_taken_up_when_it_is_back(stage: Stage) -> None:
    stage.play(seconds=0.5)
    first = stage.system.last
    first.refuses = True
    stage.system.missing = {PORT.name}
    stage.run(1.0)
    assert stage.problems == ["Test port is gone."]
    assert first.log[-1] == "close"
    stage.system.missing = set()
    stage.run(1.0)
    assert stage.system.last is not first
    assert stage.system.last.sounding == {(SOPRANO, 76), (BASS, 53)}
    assert len(stage.problems) == 1


def test_an_output_that_dies_without_a_word_is_noticed_within_a_second(stage: Stage) -> None:
    stage.play(seconds=0.5)
    stage.system.last.alive = False
    stage.system.missing = {PORT.name}
    stage.run(1.0)
    assert stage.problems == ["Test port is gone."]
    assert stage.player.is_playing


def test_a_new_output_goes_on_with_what_sounds(stage: Stage) -> None:
    stage.play(seconds=0.5)
    stage.player.set_output(OTHER_PORT)
    stage.run(0.1)
    assert [output.name for output in stage.system.opened] == [PORT.name, OTHER_PORT.name]
    assert stage.system.opened[0].log[-1] == "close"
    assert stage.system.last.sounding == {(SOPRANO, 72), (BASS, 48)}


def test_an_output_is_opened_when_it_is_needed_and_not_before(stage: Stage) -> None:
    stage.player.set_output(OTHER_PORT)
    stage.player.set_score(two_voices())
    stage.player.seek(480)
    stage.run(2)
    assert stage.system.opened == []


def test_a_stalled_computer_does_not_make_the_music_race(stage: Stage) -> None:
    stage.play(seconds=0.1)
    stage.clock.now += 3600
    stage.player.advance()
    assert stage.player.position_tick <= 0.36 * 480
    assert stage.system.last.onsets == [72, 48]


def test_the_thread_plays_to_the_end_and_goes_when_closed() -> None:
    system = FakeSystem()
    finished = threading.Event()
    player = Player(on_finished=finished.set, output=PORT, open_output=system.open)
    try:
        player.play(two_voices(quarters_per_minute=960))
        assert finished.wait(5)
    finally:
        player.close()
        player.close()
    assert system.last.onsets == [72, 48, 74, 76, 53, 77]
    assert system.last.log[-2:] == ["silence", "close"]
    assert "player" not in {thread.name for thread in threading.enumerate()}


class AnnouncingOutput(FakeOutput):
    """Lets a test wait for the first note."""

    def __init__(self, info: OutputInfo) -> None:
        super().__init__(info.name)
        self.heard = threading.Event()

    def send(self, message: Message) -> None:
        super().send(message)
        if isinstance(message, NoteOn):
            self.heard.set()


def test_closing_in_the_middle_silences_from_the_thread() -> None:
    output = AnnouncingOutput(PORT)
    player = Player(output=PORT, open_output=lambda _info: output)
    player.play(two_voices())
    assert output.heard.wait(5)
    player.close()
    player.play(two_voices())
    assert output.log[-2:] == ["silence", "close"]


FORGETFUL_PROGRAM = """
from harmonizer_gui.playback.player import Player
from tests.playback.fakes import PORT
from tests.playback.scores import two_voices
from tests.playback.test_player import AnnouncingOutput

class TellingOutput(AnnouncingOutput):
    def silence(self): print("silence")
    def close(self): print("close", flush=True)

output = TellingOutput(PORT)
Player(output=PORT, open_output=lambda _info: output).play(two_voices())
assert output.heard.wait(5)
print("leaving")
"""


def test_a_program_that_ends_while_playing_leaves_silence() -> None:
    told = subprocess.run(
        [sys.executable, "-c", FORGETFUL_PROGRAM], capture_output=True, text=True, timeout=20, check=True
    )
    assert told.stdout.split() == ["silence", "leaving", "silence", "close"]
    assert told.stderr == ""
