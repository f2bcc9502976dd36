from __future__ import annotations

import wave
from pathlib import Path

import miniaudio
import numpy as np
import pytest

from harmonizer_gui.playback.rendering import TAIL_SECONDS, render_score, write_wav
from harmonizer_gui.playback.wavetables import SAMPLE_RATE, Timbre
from harmonizer_gui.score import Score, VoiceName
from tests.playback.scores import line, two_voices
from tests.playback.spectra import cents_off


@pytest.mark.parametrize("timbre", Timbre)
def test_a_score_becomes_its_notes_at_their_times(timbre: Timbre) -> None:
    audio = render_score(two_voices(), timbre, voices=[VoiceName.SOPRANO])
    assert audio.shape == (round((4 + TAIL_SECONDS) * SAMPLE_RATE), 2)
    assert audio.dtype == np.float32
    for second, pitch in enumerate((72, 74, 76, 77)):
        middle = audio[round((second + 0.25) * SAMPLE_RATE) : (second + 1) * SAMPLE_RATE].mean(axis=1)
        assert abs(cents_off(middle, pitch)) < 3
    assert np.abs(audio[-1000:]).max() == 0


def test_a_note_begins_on_its_frame() -> None:
    score = Score(tempos=two_voices().tempos).with_voice(VoiceName.ALTO, line(60, start=123))
    audio = render_score(score)
    first = np.flatnonzero(np.abs(audio).max(axis=1))[0]
    assert first == pytest.approx(score.seconds_at(123) * SAMPLE_RATE, abs=2)


def test_an_empty_piece_is_silence() -> None:
    assert np.abs(render_score(Score())).max() == 0


def test_a_wav_file_holds_the_sound(tmp_path: Path) -> None:
    audio = render_score(two_voices())
    path = tmp_path / "piece.wav"
    path.write_bytes(b"what was there before")
    write_wav(path, audio)
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, SAMPLE_RATE)
    read = miniaudio.wav_read_file_s16(str(path))
    samples = np.frombuffer(read.samples, np.int16).reshape(-1, 2) / 32767
    np.testing.assert_allclose(samples, audio, atol=1 / 32767)
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_there_stays_when_the_folder_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        write_wav(tmp_path / "missing" / "piece.wav", np.zeros((10, 2), np.float32))
