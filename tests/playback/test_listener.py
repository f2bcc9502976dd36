from __future__ import annotations

import pytest

from harmonizer_gui.playback.inputs import InputError, Pedal, Played, Released, Struck
from harmonizer_gui.playback.listener import CHECK_SECONDS, POLL_SECONDS, InputListener
from harmonizer_gui.playback.midi_input import Reader
from tests.playback.fakes import FakeClock, FakeInput, FakeKeyboards


class Listening:
    """A listener without a thread, and all it has told."""

    def __init__(self) -> None:
        self.clock, self.keyboards = FakeClock(), FakeKeyboards()
        self.listener = InputListener(open_input=self.keyboards.open, clock=self.clock, threaded=False)
        self.played: list[Played] = []
        self.problems: list[str] = []
        self.found: list[str] = []
        self.listener.on_played = self.played.append
        self.listener.on_problem = self.problems.append
        self.listener.on_found = self.found.append

    def pass_check(self) -> float:
        self.clock.now += CHECK_SECONDS
        return self.listener.advance()


@pytest.fixture
def listening() -> Listening:
    return Listening()


def test_nothing_is_opened_before_an_input_is_wanted(listening: Listening) -> None:
    assert listening.listener.advance() == float("inf")
    assert listening.keyboards.opened == []


def test_what_is_played_is_passed_on_in_order(listening: Listening) -> None:
    listening.listener.want("Piano")
    assert listening.listener.advance() == POLL_SECONDS
    assert listening.found == ["Piano"]
    listening.keyboards.last.waiting += [Struck(60, 90), Pedal(down=True), Released(60)]
    listening.listener.advance()
    assert listening.played == [Struck(60, 90), Pedal(down=True), Released(60)]


def test_a_missing_input_is_said_once_and_taken_up_when_it_comes(listening: Listening) -> None:
    listening.keyboards.missing.add("Piano")
    listening.listener.want("Piano")
    assert listening.listener.advance() == CHECK_SECONDS
    listening.pass_check()
    assert listening.problems == ["Piano is not there."]
    listening.keyboards.missing.clear()
    listening.pass_check()
    assert listening.found == ["Piano"]


def test_a_key_that_is_down_when_the_input_vanishes_comes_up(listening: Listening) -> None:
    listening.listener.want("Piano")
    listening.listener.advance()
    first = listening.keyboards.last
    first.waiting += [Struck(60, 90), Struck(64, 90), Released(60)]
    listening.listener.advance()
    first.alive = False
    listening.keyboards.missing.add("Piano")
    listening.pass_check()
    assert first.closed
    assert listening.played[-1] == Released(64)
    assert listening.problems == ["Piano is gone."]
    listening.keyboards.missing.clear()
    listening.pass_check()
    assert listening.found == ["Piano", "Piano"]


def test_an_input_that_refuses_to_be_read_is_lost(
    listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_input: FakeInput) -> list[Played]:
        raise InputError("It is gone.")

    listening.listener.want("Piano")
    listening.listener.advance()
    monkeypatch.setattr(FakeInput, "read", refuse)
    assert listening.listener.advance() == CHECK_SECONDS
    assert listening.problems == ["It is gone."]


@pytest.mark.parametrize("wanted", ["Organ", ""])
def test_another_choice_lets_go_of_the_input_and_its_keys(listening: Listening, wanted: str) -> None:
    listening.listener.want("Piano")
    listening.listener.advance()
    piano = listening.keyboards.last
    piano.waiting.append(Struck(60, 90))
    listening.listener.advance()
    listening.listener.want(wanted)
    listening.listener.advance()
    assert piano.closed
    assert listening.played[-1] == Released(60)
    assert listening.found == ["Piano", wanted] if wanted else listening.found == ["Piano"]


def test_close_releases_every_key(listening: Listening) -> None:
    listening.listener.want("Piano")
    listening.listener.advance()
    listening.keyboards.last.waiting.append(Struck(60, 90))
    listening.listener.advance()
    listening.listener.close()
    assert listening.played[-1] == Released(60)
    assert listening.keyboards.last.closed


@pytest.mark.parametrize(
    ("messages", "played"),
    [
        ([(0x90, 60, 64)], [Struck(60, 64)]),
        ([(0x9F, 60, 1)], [Struck(60, 1)]),
        ([(0x90, 60, 0)], [Released(60)]),
        ([(0x85, 60, 99)], [Released(60)]),
        ([(0xB0, 64, 127), (0xB0, 64, 80), (0xB0, 64, 0)], [Pedal(down=True), Pedal(down=False)]),
        (
            [(0x90, 60, 64), (0x90, 62, 64), (0x80, 60, 0), (0xB0, 123, 0)],
            [Struck(60, 64), Struck(62, 64), Released(60), Released(62)],
        ),
        ([(0xE0, 0, 64), (0xC0, 5), (0xF8,), (0xB0, 1, 80), (0xD0, 40)], []),
    ],
)
def test_bytes_are_read(messages: list[tuple[int, ...]], played: list[Played]) -> None:
    reader = Reader()
    assert [each for message in messages for each in reader.read(message)] == played
