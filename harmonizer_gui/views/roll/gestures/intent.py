"""What a press would do, before it is done: for cursor, outline and press alike."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from harmonizer_gui.score import Note
from harmonizer_gui.score.edits import NoteRef
from harmonizer_gui.views.roll.gestures.base import Pointer, Scene
from harmonizer_gui.views.roll.gestures.draw import note_at
from harmonizer_gui.views.roll.gestures.knife import cut_at
from harmonizer_gui.views.roll.gestures.tool import Tool
from harmonizer_gui.views.roll.hit import Hit, Part, hit_test


class Will(Enum):
    """What the left button would do."""

    DRAW = "draw"
    MOVE = "move"
    COPY = "copy"
    START = "start"
    """Move the start of a note; `END` its end."""
    END = "end"
    CUT = "cut"
    ERASE = "erase"
    BOX = "box"
    PAINT = "paint"
    REFUSE = "refuse"
    """The note is locked."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What would be done, to which note; the note that would be drawn, or the place of the cut."""

    will: Will
    ref: NoteRef | None = None
    note: Note | None = None
    cut: int | None = None


def intent(scene: Scene, tool: Tool, pointer: Pointer) -> Intent:
    """What a press of the left button at `pointer` would do."""
    if tool is Tool.PAINT:
        return Intent(Will.PAINT)
    hit = hit_test(scene.score, scene.target, scene.coordinates, pointer.x, pointer.y, scene.unseen)
    if hit is None:
        return _on_paper(scene, tool, pointer)
    if tool in (Tool.KNIFE, Tool.ERASE) and scene.is_locked(hit.ref):
        return Intent(Will.REFUSE, hit.ref)
    if tool is Tool.ERASE:
        return Intent(Will.ERASE, hit.ref)
    if tool is Tool.KNIFE:
        return Intent(Will.CUT, hit.ref, cut=cut_at(scene, hit.ref.note, pointer))
    return _on_note(scene, hit, pointer)


def _on_paper(scene: Scene, tool: Tool, pointer: Pointer) -> Intent:
    if tool is Tool.ERASE:
        return Intent(Will.ERASE)
    if tool is Tool.DRAW and not pointer.ctrl:
        return Intent(Will.DRAW, note=note_at(scene, pointer))
    return Intent(Will.BOX)


def _on_note(scene: Scene, hit: Hit, pointer: Pointer) -> Intent:
    """Shift adds the note to what is selected, wherever it is met."""
    if scene.is_locked(hit.ref):
        return Intent(Will.COPY if pointer.ctrl else Will.REFUSE, hit.ref)
    if pointer.ctrl:
        return Intent(Will.COPY, hit.ref)
    if hit.part is Part.BODY or pointer.shift:
        return Intent(Will.MOVE, hit.ref)
    return Intent(Will.START if hit.part is Part.START else Will.END, hit.ref)
