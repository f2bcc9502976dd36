from __future__ import annotations

import time

import numpy as np
import pytest

from harmonizer_gui.playback.synth import Synth
from harmonizer_gui.playback.synth_output import BlockFeeder
from harmonizer_gui.playback.wavetables import SAMPLE_RATE, Samples, Timbre, pitch_hz, wavetable
from harmonizer_gui.score import VoiceName
from tests.playback.fakes import FakeClock
from tests.playback.spectra import cents_off, decibels_between_partials

CHORD = dict(zip(VoiceName, (72, 67, 64, 48), strict=True))
TIMBRES = pytest.mark.parametrize("timbre", Timbre, ids=lambda timbre: timbre.value)


def sounding(timbre: Timbre, chord: dict[VoiceName, int] = CHORD, *, velocity: int = 80) -> Synth:
    synth = Synth(timbre)
    for voice, pitch in chord.items():
        synth.note_on(voice, pitch, velocity)
    return synth


def steady(timbre: Timbre, voice: VoiceName, pitch: int, *, seconds: float) -> Samples:
    """A held note without its beginning, mono."""
    synth = sounding(timbre, {voice: pitch})
    synth.render(SAMPLE_RATE // 4)
    sound: Samples = synth.render(round(seconds * SAMPLE_RATE)).mean(axis=1)
    return sound


@TIMBRES
@pytest.mark.parametrize("pitch", range(36, 85, 3))
def test_notes_are_in_tune(timbre: Timbre, pitch: int) -> None:
    voice = VoiceName((84 - pitch) // 13)
    assert abs(cents_off(steady(timbre, voice, pitch, seconds=2), pitch)) < 3


@TIMBRES
@pytest.mark.parametrize("pitch", [36, 60, 84, 108])
def test_between_the_partials_and_above_them_is_nothing(timbre: Timbre, pitch: int) -> None:
    """Aliasing would show there; 90 dB below the loudest partial is below what 16 bits can say."""
    sound = steady(timbre, VoiceName.SOPRANO, pitch, seconds=3)
    spread = {Timbre.ORGAN: 0.0, Timbre.CHOIR: 0.02}[timbre]  # singers of a section lie apart
    between, above = decibels_between_partials(sound, pitch_hz(pitch), spread=spread)
    assert between < -90
    assert above < -90


@TIMBRES
def test_a_loop_has_no_seam(timbre: Timbre) -> None:
    table = wavetable(timbre, VoiceName.ALTO, 57)
    assert abs(table[0] - table[-1]) <= np.abs(np.diff(table)).max()


@TIMBRES
def test_no_click_when_notes_begin_end_and_are_struck_again(timbre: Timbre) -> None:
    synth = sounding(timbre)
    blocks = [synth.render(40_000)]
    steady_step = np.abs(np.diff(blocks[0][20_000:], axis=0)).max()
    synth.note_on(VoiceName.SOPRANO, CHORD[VoiceName.SOPRANO], 80)
    blocks.append(synth.render(777))
    synth.note_off(VoiceName.BASS, CHORD[VoiceName.BASS])
    blocks.append(synth.render(1234))
    synth.silence()
    blocks.append(synth.render(10_000))
    sound = np.concatenate([np.zeros((1, 2), np.float32), *blocks])
    assert np.abs(np.diff(sound, axis=0)).max() < 1.6 * steady_step
    assert np.abs(sound[-5000:]).max() == 0


@TIMBRES
def test_a_note_fades_out_and_takes_nothing_afterwards(timbre: Timbre) -> None:
    synth = sounding(timbre, {VoiceName.ALTO: 60})
    assert np.abs(synth.render(24_000)).max() > 0.02
    synth.note_off(VoiceName.ALTO, 60)
    assert np.abs(synth.render(24_000)[12_000:]).max() == 0
    assert np.abs(synth.render(512)).max() == 0


def test_blocks_of_any_size_give_the_same_sound() -> None:
    whole = sounding(Timbre.ORGAN).render(10_000)
    synth = sounding(Timbre.ORGAN)
    pieces = np.concatenate([synth.render(size) for size in (1, 511, 0, 4096, 5392)])
    np.testing.assert_allclose(pieces, whole, atol=1e-6)


def test_the_voices_stand_side_by_side_from_left_to_right() -> None:
    balance = []
    for voice in VoiceName:
        sound = sounding(Timbre.ORGAN, {voice: 60}).render(24_000)
        left, right = np.sqrt(np.mean(sound**2, axis=0))
        balance.append(right / left)
    assert balance == sorted(balance)
    assert 0.3 < balance[0] < 0.7 < 1.4 < balance[-1] < 3.3


def test_a_louder_velocity_sounds_louder() -> None:
    soft, loud = (
        np.abs(sounding(Timbre.ORGAN, {VoiceName.ALTO: 60}, velocity=velocity).render(24_000)).max()
        for velocity in (40, 80)
    )
    assert loud == pytest.approx(2 * soft, rel=1e-3)


@TIMBRES
def test_four_loud_voices_stay_below_the_knee_and_forty_below_one(timbre: Timbre) -> None:
    assert np.abs(sounding(timbre, velocity=127).render(SAMPLE_RATE)).max() < 0.7
    crowd = Synth(timbre)
    for pitch in range(40, 80):
        crowd.note_on(VoiceName.ALTO, pitch, 127)
    sound = crowd.render(SAMPLE_RATE)
    assert 0.7 < np.abs(sound).max() <= 1


@TIMBRES
def test_four_voices_sound_much_faster_than_they_last(timbre: Timbre) -> None:
    synth = sounding(timbre)
    synth.render(512)
    start = time.process_time()
    for _ in range(2000):
        synth.render(512)
    assert 50 * (time.process_time() - start) < 2000 * 512 / SAMPLE_RATE


def test_the_tables_of_all_sung_pitches_are_made_in_a_moment() -> None:
    wavetable.cache_clear()
    start = time.process_time()
    for pitch in range(36, 85):
        wavetable(Timbre.ORGAN, VoiceName.SOPRANO, pitch)
    assert time.process_time() - start < 0.4


class FeederStage:
    def __init__(self) -> None:
        self.clock = FakeClock()
        self.synth = Synth(Timbre.ORGAN)
        self.feeder = BlockFeeder(self.synth, self.clock)

    def strike_after(self, seconds: float) -> None:
        self.clock.now += seconds
        self.feeder.put(lambda: self.synth.note_on(VoiceName.ALTO, 60, 100))

    def block_after(self, seconds: float, frames: int = 1200) -> Samples:
        self.clock.now += seconds
        return self.feeder.block(frames)


def first_sound(block: Samples) -> int:
    return int(np.flatnonzero(np.abs(block).max(axis=1) > 0)[0])


def test_a_note_sounds_as_far_into_a_block_as_it_came_after_the_last() -> None:
    stage = FeederStage()
    stage.block_after(0.025)
    stage.strike_after(0.010)
    assert first_sound(stage.block_after(0.015)) == pytest.approx(480, abs=3)


def test_a_late_block_still_holds_all_its_notes_and_its_length() -> None:
    stage = FeederStage()
    stage.strike_after(3.0)
    block = stage.block_after(0.5)
    assert block.shape == (1200, 2)
    assert np.abs(stage.block_after(0.025)).max() > 0
