"""What MIDI files of ours look like to another program, here to mido alone."""

from __future__ import annotations

from pathlib import Path

import mido
import pytest

from harmonizer_gui.files.midi import read_midi, write_midi
from harmonizer_gui.files.midi_events import key_name
from harmonizer_gui.score import KeySignature, Note, Score, Tempo, TimeSignature, Voice

SCORE = Score(
    voices=(
        Voice((Note(0, 480, 72, 90), Note(480, 2880, 74))),
        Voice((Note(0, 480, 67), Note(480, 480, 67))),
        Voice(),
        Voice((Note(480, 960, 48),)),
    ),
    title="Größe ☃",
    tempos=(Tempo(0, 72.0), Tempo(1920, 60.0)),
    time_signatures=(TimeSignature(0, 3, 4), TimeSignature(1920, 2, 2)),
    key_signatures=(KeySignature(0, -2, "minor"),),
    pickup=480,
)


@pytest.fixture
def written(tmp_path: Path) -> mido.MidiFile:
    write_midi(SCORE, tmp_path / "piece.mid")
    return mido.MidiFile(tmp_path / "piece.mid")


def timed(track: mido.MidiTrack, *kinds: str) -> list[tuple[int, mido.Message]]:
    """Messages of these kinds with their ticks from the start."""
    tick, answer = 0, []
    for message in track:
        tick += message.time
        if message.type in kinds:
            answer.append((tick, message))
    return answer


def test_a_conductor_track_and_one_track_a_voice(written: mido.MidiFile) -> None:
    assert (written.type, written.ticks_per_beat) == (1, 480)
    names = [track.name for track in written.tracks]
    assert names == ["Größe ☃".encode().decode("latin1"), "Soprano", "Alto", "Tenor", "Bass"]
    assert len({sum(message.time for message in track) for track in written.tracks}) == 1


def test_every_voice_sings_on_a_channel_of_its_own(written: mido.MidiFile) -> None:
    for channel, track in enumerate(written.tracks[1:]):
        assert [message.program for _, message in timed(track, "program_change")] == [52]
        assert {m.channel for _, m in timed(track, "note_on", "note_off", "program_change")} == {channel}


def test_a_held_note_is_one_note(written: mido.MidiFile) -> None:
    events = [(tick, m.type, m.note) for tick, m in timed(written.tracks[1], "note_on", "note_off")]
    assert events == [
        (0, "note_on", 72),
        (480, "note_off", 72),
        (480, "note_on", 74),
        (3360, "note_off", 74),
    ]


def test_a_note_struck_again_is_let_go_first(written: mido.MidiFile) -> None:
    kinds = [message.type for _, message in timed(written.tracks[2], "note_on", "note_off")]
    assert kinds == ["note_on", "note_off", "note_on", "note_off"]


def test_the_conductor_says_tempo_metre_and_key(written: mido.MidiFile) -> None:
    conductor = written.tracks[0]
    metres = [(tick, m.numerator, m.denominator) for tick, m in timed(conductor, "time_signature")]
    assert metres == [(0, 1, 4), (480, 3, 4), (1920, 2, 2)]
    tempos = [(tick, mido.tempo2bpm(m.tempo)) for tick, m in timed(conductor, "set_tempo")]
    assert tempos == [(0, pytest.approx(72)), (1920, 60)]
    assert [(tick, m.key) for tick, m in timed(conductor, "key_signature")] == [(0, "Gm")]


def test_every_key_has_the_name_that_mido_knows() -> None:
    for fifths in range(-7, 8):
        for mode in ("major", "minor"):
            key = KeySignature(0, fifths, "minor" if mode == "minor" else "major")
            message = mido.MetaMessage("key_signature", key=key_name(key))
            assert message.bytes()[-2:] == [fifths % 256, mode == "minor"]


@pytest.mark.parametrize("pickup", [15, 60, 160, 480, 720, 1439])
def test_pickups_of_any_length_come_back(tmp_path: Path, pickup: int) -> None:
    score = Score(
        voices=(Voice((Note(0, 2880, 60),)), Voice(), Voice(), Voice()),
        time_signatures=(TimeSignature(0, 3, 4),),
        pickup=pickup,
    )
    write_midi(score, tmp_path / "upbeat.mid")
    assert read_midi(tmp_path / "upbeat.mid").score == score
