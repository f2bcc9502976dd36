from __future__ import annotations

import wave
from pathlib import Path

import pytest

from harmonizer_gui.playback.wavetables import Timbre
from harmonizer_gui.score import Note, Score, Tempo, Voice
from harmonizer_gui.session.file_jobs import Clash, Conflict
from harmonizer_gui.session.sound_export import SoundExport
from harmonizer_gui.session.worker import Worker
from tests.fake_model import Gate
from tests.qt import Collector, process_events, wait_until


@pytest.fixture
def export(worker: Worker) -> SoundExport:
    return SoundExport(worker)


def test_a_piece_becomes_a_sound_file(export: SoundExport, score: Score, tmp_path: Path) -> None:
    writing, exported, messages = map(Collector, (export.writing, export.exported, export.messages))
    export.export(score, tmp_path / "piece.wav", Timbre.CHOIR)
    assert export.name == "piece.wav"
    wait_until(lambda: exported.items)
    assert exported.items == [tmp_path / "piece.wav"]
    assert writing.items == [True, False]
    assert messages.last.text == "Exported piece.wav."
    with wave.open(str(tmp_path / "piece.wav")) as file:
        assert file.getnframes() == round((score.seconds_at(score.length) + 0.5) * 48_000)


def test_cancelled_it_leaves_what_was_there(
    export: SoundExport, worker: Worker, score: Score, tmp_path: Path
) -> None:
    path, gate = tmp_path / "piece.wav", Gate()
    path.write_bytes(b"old")
    gate.close()
    writing, exported, messages = map(Collector, (export.writing, export.exported, export.messages))
    worker.run(gate.pass_through)
    export.export(score, path, Timbre.ORGAN)
    export.cancel()
    assert writing.items == [True, False]
    after = Collector(worker.run(lambda: None).done)
    gate.open()
    wait_until(lambda: after.items)
    process_events()
    assert (exported.items, messages.items) == ([], [])
    assert [(each.name, each.read_bytes()) for each in tmp_path.iterdir()] == [("piece.wav", b"old")]


def test_what_cannot_be_written_is_the_users_to_decide(
    export: SoundExport, score: Score, tmp_path: Path
) -> None:
    conflicts, messages = Collector(export.conflict), Collector(export.messages)
    path = tmp_path / "nowhere" / "piece.wav"
    export.export(score, path, Timbre.ORGAN)
    wait_until(lambda: conflicts.items)
    reason = "piece.wav: there is no such file or folder"
    assert conflicts.items == [Conflict(path, Clash.REFUSED, exporting=True, reason=reason)]
    assert (export.name, messages.items) == ("", [])


def test_a_day_of_music_is_refused(export: SoundExport, tmp_path: Path) -> None:
    day = Score((Voice((Note(480 * 7200, 480, 60),)), Voice(), Voice(), Voice()), tempos=(Tempo(0, 5),))
    conflicts = Collector(export.conflict)
    export.export(day, tmp_path / "day.wav", Timbre.ORGAN)
    wait_until(lambda: conflicts.items)
    assert conflicts.last.reason == "day.wav: it would last 24 hours, and a WAV file holds 6"
    assert not list(tmp_path.iterdir())
