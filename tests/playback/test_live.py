from __future__ import annotations

from collections.abc import Callable

import pytest

from harmonizer_gui.playback.messages import NoteOff, NoteOn
from harmonizer_gui.playback.player import Player
from harmonizer_gui.score import VoiceName
from tests.playback.fakes import OTHER_PORT, PORT, FakeClock, FakeSystem
from tests.playback.scores import two_voices

S, A = VoiceName.SOPRANO, VoiceName.ALTO


@pytest.fixture
def system() -> FakeSystem:
    return FakeSystem()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def player(system: FakeSystem, clock: FakeClock) -> Player:
    return Player(output=PORT, open_output=system.open, clock=clock, threaded=False)


def test_a_key_is_heard_until_it_comes_up(player: Player, system: FakeSystem) -> None:
    player.strike(A, 60, 33)
    player.advance()
    player.release(60)
    player.advance()
    assert system.last.log[-2:] == [NoteOn(A, 60, 33), NoteOff(A, 60)]


def test_a_key_ends_in_the_voice_it_began_in(player: Player, system: FakeSystem) -> None:
    player.strike(A, 60, 80)
    player.strike(S, 60, 80)
    player.release(60)
    player.release(60)
    player.advance()
    assert system.last.sounding == set()
    assert system.last.log[-4:] == [NoteOn(A, 60, 80), NoteOff(A, 60), NoteOn(S, 60, 80), NoteOff(S, 60)]


@pytest.mark.parametrize("end", [Player.pause, Player.stop, Player.panic, lambda player: player.seek(0)])
def test_whatever_silences_ends_held_keys_too(
    player: Player, system: FakeSystem, end: Callable[[Player], None]
) -> None:
    player.strike(A, 60, 80)
    player.advance()
    end(player)
    player.advance()
    assert system.last.sounding == set()
    before = len(system.last.log)
    player.release(60)
    player.advance()
    assert len(system.last.log) == before


def test_going_to_a_place_lets_a_held_key_sound(player: Player, system: FakeSystem) -> None:
    player.strike(A, 60, 80)
    player.advance()
    player.place(960)
    player.advance()
    assert system.last.sounding == {(A, 60)}
    assert player.position_tick == 960


def test_a_key_let_go_leaves_the_same_note_to_the_piece(
    player: Player, system: FakeSystem, clock: FakeClock
) -> None:
    player.play(two_voices())
    player.advance()
    player.strike(S, 72, 80)
    player.release(72)
    clock.now += 0.01
    player.advance()
    assert (S, 72) in system.last.sounding


def test_another_output_is_left_without_a_sounding_key(player: Player, system: FakeSystem) -> None:
    player.strike(A, 60, 80)
    player.advance()
    first = system.last
    player.set_output(OTHER_PORT)
    player.advance()
    assert first.sounding == set()


def test_the_output_is_opened_ahead(player: Player, system: FakeSystem) -> None:
    player.advance()
    assert system.opened == []
    player.set_ready(on=True)
    player.advance()
    assert [output.name for output in system.opened] == [PORT.name]


def test_a_replaced_voice_is_silent_and_comes_back(
    player: Player, system: FakeSystem, clock: FakeClock
) -> None:
    player.set_replaced(frozenset({S}))
    player.play(two_voices())
    player.advance()
    clock.now += 0.01
    player.advance()
    assert {voice for voice, _ in system.last.sounding} == {VoiceName.BASS}
    player.set_replaced(frozenset())
    player.advance()
    assert {voice for voice, _ in system.last.sounding} == {S, VoiceName.BASS}
