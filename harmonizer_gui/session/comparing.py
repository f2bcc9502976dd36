"""How a recovery copy differs from the file that it belongs to, in words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.score import Score, VoiceName
from harmonizer_gui.session.plan import voice_label


def difference_from_file(score: Score, original: Path | None) -> str:
    """Such as “12 notes more in the alto than in song.harmonizer”. Reads the file; for the file thread."""
    from harmonizer_gui.files.errors import FileError
    from harmonizer_gui.files.project import read_project

    if original is None:
        return _tr("it has no file of its own yet")
    try:
        saved = read_project(original).score
    except FileError:
        return _tr("its file {name} cannot be read").format(name=original.name)
    words = ", ".join(voice_differences(score, saved))
    if words:
        return _tr("{notes} than in {name}").format(notes=words, name=original.name)
    return _tr("its notes are those of {name}").format(name=original.name)


def voice_differences(score: Score, saved: Score) -> list[str]:
    """What each voice has more, fewer or other than the saved one, in words."""
    words = []
    for voice in VoiceName:
        new, old = Counter(score.voice(voice)), Counter(saved.voice(voice))
        more, fewer = (new - old).total(), (old - new).total()
        if more or fewer:
            words.append(_difference(more, fewer).format(voice=voice_label(voice)))
    return words


def _difference(more: int, fewer: int) -> str:
    """`more` notes are in the copy only, `fewer` in the file only."""
    if more > fewer:
        one, many = _tr("1 note more in the {voice}"), _tr("{count} notes more in the {voice}")
    elif fewer > more:
        one, many = _tr("1 note fewer in the {voice}"), _tr("{count} notes fewer in the {voice}")
    else:
        one, many = _tr("1 other note in the {voice}"), _tr("{count} other notes in the {voice}")
    count = abs(more - fewer) or more
    return one if count == 1 else many.replace("{count}", str(count))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Recovery", text)
