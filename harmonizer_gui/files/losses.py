"""What a format cannot carry of a score."""

from __future__ import annotations

from harmonizer_gui.files.changes import joined_pickup, split_pickup
from harmonizer_gui.files.notation import GRID_TICKS
from harmonizer_gui.files.notices import count_notes, counted
from harmonizer_gui.score import Score

MIDI_SUFFIXES = (".mid", ".midi")
MUSICXML_SUFFIXES = (".musicxml", ".xml", ".mxl")


def losses(score: Score, suffix: str) -> tuple[str, ...]:
    """What of the music a file of this suffix does not carry, one sentence each; nothing for a project."""
    suffix = suffix.lower()
    if suffix in MIDI_SUFFIXES:
        return tuple(_midi_losses(score))
    if suffix in MUSICXML_SUFFIXES:
        return tuple(_musicxml_losses(score))
    return ()


def marks_lost(score: Score, suffix: str) -> tuple[str, ...]:
    """What becomes of the marks of generated notes, where the file is all that stays of the piece."""
    generated = count_notes(score, lambda note: note.generated)
    if not generated or suffix.lower() not in (*MIDI_SUFFIXES, *MUSICXML_SUFFIXES):
        return ()
    return (f"{counted(generated, 'note is', 'notes are')} no longer marked as generated",)


def _midi_losses(score: Score) -> list[str]:
    answer = []
    fermatas = count_notes(score, lambda note: note.fermata)
    if fermatas:
        answer.append(f"MIDI has no fermatas: {counted(fermatas, 'is', 'are')} lost")
    verses = count_notes(score, lambda note: "\n" in note.lyric)
    if verses:
        answer.append(f"MIDI has one verse: {counted(verses, 'note loses', 'notes lose')} the others")
    if not score.pickup and split_pickup(joined_pickup(score))[1]:
        answer.append("MIDI has no pickups: the short first bar will be read as one")
    return answer


def _musicxml_losses(score: Score) -> list[str]:
    answer = []
    between = count_notes(score, lambda note: bool(note.start % GRID_TICKS or note.end % GRID_TICKS))
    if between:
        what, moved = counted(between, "note lies", "notes lie"), "is" if between == 1 else "are"
        answer.append(f"{what} where notation has no place and {moved} moved by up to 2 ticks")
    if score.tempos[-1].tick >= score.length or any(
        key.tick >= score.length for key in score.key_signatures[-1:]
    ):
        answer.append("changes of tempo or key after the last bar are lost")
    return answer
