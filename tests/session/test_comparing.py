from __future__ import annotations

from pathlib import Path

import pytest

from harmonizer_gui.files.project import Project, write_project
from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.session.comparing import difference_from_file, voice_differences
from tests.session.conftest import line

SAVED = Score((line(72), Voice(), line(60), line(48)))


def with_notes(voice: VoiceName, *notes: Note) -> Score:
    return SAVED.with_voice(voice, Voice(notes))


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (SAVED, []),
        (with_notes(VoiceName.ALTO, Note(0, 480, 64)), ["1 note more in the alto"]),
        (SAVED.with_voice(VoiceName.ALTO, line(64)), ["8 notes more in the alto"]),
        (SAVED.with_voice(VoiceName.BASS, Voice()), ["8 notes fewer in the bass"]),
        (SAVED.with_voice(VoiceName.BASS, line(47)), ["8 other notes in the bass"]),
        (
            SAVED.with_voice(VoiceName.TENOR, line(60).cut(0, 480)).with_voice(VoiceName.ALTO, line(64)),
            ["8 notes more in the alto", "1 note fewer in the tenor"],
        ),
    ],
)
def test_differences_are_counted_by_voice(score: Score, words: list[str]) -> None:
    assert voice_differences(score, SAVED) == words


def test_the_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "song.harmonizer"
    assert difference_from_file(SAVED, None) == "it has no file of its own yet"
    assert difference_from_file(SAVED, path) == "its file song.harmonizer cannot be read"
    write_project(Project(SAVED), path)
    assert difference_from_file(SAVED, path) == "its notes are those of song.harmonizer"
    more = SAVED.with_voice(VoiceName.ALTO, line(64))
    assert difference_from_file(more, path) == "8 notes more in the alto than in song.harmonizer"
