"""Writing one cell: what “put it in” does to a score. Pure functions."""

from __future__ import annotations

from dataclasses import replace

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.engine.grid import note_steps
from harmonizer_gui.score import Note, Score, VoiceName
from harmonizer_gui.score.edits import NOTHING, NoteRef, Selection


def written_at(score: Score, voice: VoiceName, step: int) -> Note | None:
    """The note that the networks see sounding at a step."""
    near = score.voice(voice).between(step * STEP_TICKS - STEP_TICKS // 2, (step + 1) * STEP_TICKS)
    sounding = [note for note in near if note_steps(note)[0] <= step < note_steps(note)[1]]
    return sounding[-1] if sounding else None


def with_cell(
    score: Score, voice: VoiceName, step: int, pitch: int | None, *, held: bool = False
) -> tuple[Score, Selection]:
    """The score with `pitch` (MIDI; None for silence) from `step` on, and what was written as a selection.

    It takes the place of the note that sounds there, from that step to the note's end; on empty paper it
    lasts to the next note, or the end of the beat. With `held` the note before goes on instead, where it
    has that pitch. All of it is then the user's.
    """
    note = written_at(score, voice, step)
    start, end = _place(score, voice, step, note)
    line = score.voice(voice)
    if pitch is None:
        return score.with_voice(voice, line.cut(start, end)), NOTHING
    before = line.at(start - 1) if start else None
    if held and before is not None and before.pitch == pitch:
        fresh = replace(before.at(before.start, end), generated=False)
    else:
        like = Note(start, end - start, pitch) if note is None else note.at(start, end)
        fresh = replace(like, pitch=pitch, generated=False)
    return score.with_voice(voice, line.laid(fresh)), frozenset({NoteRef(voice, fresh)})


def _place(score: Score, voice: VoiceName, step: int, note: Note | None) -> tuple[int, int]:
    """The ticks [start, end) that are written anew."""
    tick = step * STEP_TICKS
    if note is not None:
        return (note.start if note_steps(note)[0] == step else tick), note.end
    bar = score.bar_at(tick)
    beat = bar.time_signature.beat_ticks
    later = score.voice(voice).between(tick, tick + beat)
    end = tick + ((bar.end - tick) % beat or beat)
    return tick, min([end, *(following.start for following in later if following.start > tick)])
