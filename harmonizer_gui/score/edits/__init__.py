"""Every edit of a score, as a pure function. A voice stays one line: what a note covers is trimmed."""

from harmonizer_gui.score.edits.clip import Clip, copied, pasted
from harmonizer_gui.score.edits.cutting import join_notes, split_notes
from harmonizer_gui.score.edits.difference import ScoreDifference, VoiceDifference, changed_ticks
from harmonizer_gui.score.edits.laying import clear_voice, lay_notes, remove_notes, replace_span
from harmonizer_gui.score.edits.marking import set_fermata, set_velocities, shift_velocities
from harmonizer_gui.score.edits.moving import (
    exchange_voices,
    move_notes,
    move_to_voice,
    replace_notes,
    resize_notes,
)
from harmonizer_gui.score.edits.quantising import Quantising, quantise
from harmonizer_gui.score.edits.selection import NOTHING, NoteRef, Selection, existing, notes_by_voice
from harmonizer_gui.score.edits.signs import (
    Sign,
    SignKind,
    can_remove,
    move_sign,
    remove_sign,
    set_pickup,
    set_sign,
    sign_at,
    sign_tick,
    signs_of,
)

__all__ = [
    "NOTHING",
    "Clip",
    "NoteRef",
    "Quantising",
    "ScoreDifference",
    "Selection",
    "Sign",
    "SignKind",
    "VoiceDifference",
    "can_remove",
    "changed_ticks",
    "clear_voice",
    "copied",
    "exchange_voices",
    "existing",
    "join_notes",
    "lay_notes",
    "move_notes",
    "move_sign",
    "move_to_voice",
    "notes_by_voice",
    "pasted",
    "quantise",
    "remove_notes",
    "remove_sign",
    "replace_notes",
    "replace_span",
    "resize_notes",
    "set_fermata",
    "set_pickup",
    "set_sign",
    "set_velocities",
    "shift_velocities",
    "sign_at",
    "sign_tick",
    "signs_of",
    "split_notes",
]
