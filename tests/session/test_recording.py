from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonizer_gui.score import Note, Score, Tempo, Voice, VoiceName
from harmonizer_gui.session.locks import NO_LOCKS, Locks
from harmonizer_gui.session.recording import (
    Recorder,
    entered,
    is_locked_ahead,
    recorded,
    rested,
    shown_while_recording,
)

ALTO = VoiceName.ALTO
QUARTERS = Voice(tuple(Note(480 * index, 480, 60) for index in range(8)))
SCORE = Score((Voice(), QUARTERS, Voice(), Voice()), tempos=(Tempo(0, 60.0),))


def to_quarter(tick: float) -> int:
    return round(tick / 480) * 480


def recorder(start: int = 480, *, delay: float = 0.0) -> Recorder:
    return Recorder(SCORE, ALTO, start, delay_seconds=delay, early=240)


def plain(notes: tuple[Note, ...]) -> list[tuple[int, int, int]]:
    return [(note.start, note.end, note.pitch) for note in notes]


def test_keys_become_notes() -> None:
    hand = recorder()
    hand.strike(490, 62, 70)
    hand.release(900, 62)
    hand.strike(970, 64, 90)
    assert hand.line(1100) == (Note(490, 410, 62, 70), Note(970, 130, 64, 90))


def test_of_held_keys_the_last_one_counts() -> None:
    hand = recorder()
    hand.strike(480, 62, 70)
    hand.strike(960, 64, 70)
    hand.release(1000, 62)
    hand.release(1440, 64)
    assert plain(hand.line(2000)) == [(480, 960, 62), (960, 1440, 64)]


@pytest.mark.parametrize("order", [(60, 64, 67), (67, 60, 64), (64, 67, 60)])
def test_of_a_chord_the_top_note_counts(order: tuple[int, ...]) -> None:
    hand = recorder()
    for index, pitch in enumerate(order):
        hand.strike(480 + 5 * index, pitch, 70)
    for pitch in order:
        hand.release(900, pitch)
    assert plain(hand.line(2000)) == [(480, 900, 67)]
    assert hand.had_chord


def test_what_is_played_while_a_bar_is_counted_is_practice() -> None:
    hand = recorder(0)
    hand.strike(-900, 60, 70)
    hand.release(-500, 60)
    hand.strike(-100, 62, 70)
    hand.release(400, 62)
    assert plain(hand.line(500)) == [(0, 400, 62)]


def test_the_delay_of_the_sound_is_taken_off() -> None:
    hand = recorder(0, delay=0.05)
    hand.strike(480 + 24, 60, 70)
    hand.release(960 + 24, 60)
    assert plain(hand.line(2000)) == [(480, 960, 60)]


def test_a_key_let_go_at_once_is_still_a_note() -> None:
    hand = recorder()
    hand.strike(500, 60, 70)
    hand.release(500, 60)
    assert plain(hand.line(600)) == [(500, 501, 60)]


def test_a_recording_takes_the_place_of_what_it_covers() -> None:
    line = (Note(500, 300, 67), Note(1900, 500, 69))
    score, chosen = recorded(SCORE, ALTO, line, strength=1.0, nearest=to_quarter, shortest=480)
    assert plain(score.voice(ALTO).notes) == [
        (0, 480, 60),
        (480, 960, 67),
        (1920, 2400, 69),
        *((480 * index, 480 * index + 480, 60) for index in range(5, 8)),
    ]
    assert {ref.note.pitch for ref in chosen} == {67, 69}
    assert not any(note.generated for note in score.voice(ALTO))


def test_without_strength_it_stays_as_it_was_played() -> None:
    line = (Note(501, 303, 67),)
    score, _ = recorded(SCORE, ALTO, line, strength=0.0, nearest=to_quarter, shortest=480)
    assert (501, 804, 67) in plain(score.voice(ALTO).notes)


def test_nothing_played_changes_nothing() -> None:
    score, chosen = recorded(SCORE, ALTO, (), strength=1.0, nearest=to_quarter, shortest=480)
    assert score is SCORE
    assert chosen == frozenset()


hits = st.tuples(st.floats(-2000, 9000), st.integers(40, 80), st.booleans())


@given(st.lists(hits, max_size=40), st.floats(0, 1))
def test_whatever_is_played_stays_one_line(played: list[tuple[float, int, bool]], strength: float) -> None:
    hand = recorder(0)
    for tick, pitch, down in sorted(played):
        if down:
            hand.strike(tick, pitch, 80)
        else:
            hand.release(tick, pitch)
    line = hand.line(9500.0)
    Voice(line)
    score, _ = recorded(SCORE, ALTO, line, strength=strength, nearest=to_quarter, shortest=120)
    Voice(score.voice(ALTO).notes)
    Voice(shown_while_recording(QUARTERS, line).notes)


def test_steps_are_laid_and_silenced() -> None:
    assert plain(entered(SCORE, ALTO, Note(240, 480, 70)).voice(ALTO).notes)[:3] == [
        (0, 240, 60),
        (240, 720, 70),
        (720, 960, 60),
    ]
    assert plain(rested(SCORE, ALTO, 0, 480).voice(ALTO).notes)[0] == (480, 960, 60)


def test_what_is_locked_ahead_is_known() -> None:
    locks = NO_LOCKS.with_place(((ALTO, ((960, 1920),)),), on=True)
    assert is_locked_ahead(locks, ALTO, 0)
    assert not is_locked_ahead(locks, ALTO, 1920)
    assert is_locked_ahead(Locks(frozenset({ALTO})), ALTO, 1920)
    assert not is_locked_ahead(locks, VoiceName.TENOR, 0)
