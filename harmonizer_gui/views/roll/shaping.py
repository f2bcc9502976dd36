"""What keys and menus do to the shape of the selected notes: pure functions from a score to an `Edit`."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from harmonizer_gui.score import Score, VoiceName
from harmonizer_gui.score.edits import (
    Clip,
    NoteRef,
    Quantising,
    Selection,
    exchange_voices,
    join_notes,
    move_to_voice,
    pasted,
    quantise,
    set_fermata,
    shift_velocities,
    split_notes,
)
from harmonizer_gui.views.roll.edit import Edit, notes_label, voice_label
from harmonizer_gui.views.roll.grid import Grid

LOUDNESS_STEP: Final = 8


def join(score: Score, selection: Selection) -> Edit:
    """Make one note of selected neighbours, or of a note selected alone and the next."""
    joined, chosen = join_notes(score, selection)
    text = QCoreApplication.translate("Roll", "Join {notes}").format(notes=notes_label(selection))
    return Edit(text, joined, chosen)


def split(score: Score, selection: Selection, tick: int) -> Edit:
    """Cut at `tick` what sounds there: of the selected notes, or of all voices with none selected."""
    met = selection or frozenset(
        NoteRef(voice, note) for voice in VoiceName if (note := score.voice(voice).at(tick)) is not None
    )
    cut = frozenset(ref for ref in met if ref.note.start < tick < ref.note.end)
    after, halves = split_notes(score, met, tick)
    text = QCoreApplication.translate("Roll", "Split {notes}").format(notes=notes_label(cut))
    return Edit(text, after, halves if cut else selection)


def change_voice(score: Score, selection: Selection, voice: VoiceName) -> Edit:
    """Put the selected notes into `voice`."""
    moved, chosen = move_to_voice(score, frozenset(ref for ref in selection if ref.voice != voice), voice)
    text = QCoreApplication.translate("Roll", "Move {notes} to the {voice}")
    staying = frozenset(ref for ref in selection if ref.voice == voice)
    text = text.format(notes=notes_label(selection - staying), voice=voice_label(voice))
    return Edit(text, moved, chosen | staying)


def exchange(score: Score, selection: Selection) -> Edit:
    """Give the selected notes of two voices each to the other; an edit that changes nothing for others."""
    voices = sorted({ref.voice for ref in selection})
    if len(voices) != 2:
        return Edit("", score, selection)
    after, chosen = exchange_voices(score, selection)
    text = QCoreApplication.translate("Roll", "Exchange notes of the {first} and the {second}")
    return Edit(text.format(first=voice_label(voices[0]), second=voice_label(voices[1])), after, chosen)


def to_grid(score: Score, selection: Selection, how: Quantising, grid: Grid) -> Edit:
    """Move the selected notes towards the lines of `grid`."""

    def nearest(tick: float) -> int:
        return grid.nearest(score, tick)

    moved, chosen = quantise(score, selection, how, nearest, shortest=grid.ticks)
    text = QCoreApplication.translate("Roll", "Quantise {notes}").format(notes=notes_label(selection))
    return Edit(text, moved, chosen)


def toggle_fermata(score: Score, selection: Selection) -> Edit:
    """Put a fermata on all selected notes; where all have one, take it away."""
    on = not has_fermatas(selection)
    marked, chosen = set_fermata(score, selection, on=on)
    words = QCoreApplication.translate("Roll", "Take the fermata off {notes}")
    if on:
        words = QCoreApplication.translate("Roll", "Put a fermata on {notes}")
    return Edit(words.format(notes=notes_label(selection)), marked, chosen)


def has_fermatas(selection: Selection) -> bool:
    """Whether all selected notes have a fermata, and there is one."""
    return bool(selection) and all(ref.note.fermata for ref in selection)


def change_loudness(score: Score, selection: Selection, direction: int) -> Edit:
    """Make the selected notes louder (1) or softer (−1) by a step."""
    changed, chosen = shift_velocities(score, selection, direction * LOUDNESS_STEP)
    text = QCoreApplication.translate("Roll", "Change the loudness of {notes}").format(
        notes=notes_label(selection)
    )
    return Edit(text, changed, chosen)


def paste(score: Score, clip: Clip, tick: int, target: VoiceName) -> Edit:
    """Lay what was copied from one voice into `target`, from several into each its own, from `tick` on."""
    laid, fresh = pasted(score, clip, tick, voice=target if len(clip.voices) == 1 else None)
    text = QCoreApplication.translate("Roll", "Paste {notes}").format(notes=notes_label(fresh))
    return Edit(text, laid, fresh)


def duplicate(score: Score, clip: Clip, selection: Selection) -> Edit:
    """Lay `clip`, which is a copy of the selected notes, right behind them."""
    end = max((ref.note.end for ref in selection), default=0)
    laid, fresh = pasted(score, clip, end)
    text = QCoreApplication.translate("Roll", "Duplicate {notes}").format(notes=notes_label(selection))
    return Edit(text, laid, fresh)
