"""The gestures of the mouse, an object each, and which of them a press begins."""

from __future__ import annotations

from harmonizer_gui.score.edits import NoteRef
from harmonizer_gui.views.roll.gestures.band import RubberBand
from harmonizer_gui.views.roll.gestures.base import Gesture, Outcome, Pointer, Scene
from harmonizer_gui.views.roll.gestures.brush import Brush, Stroke
from harmonizer_gui.views.roll.gestures.draw import DrawNote
from harmonizer_gui.views.roll.gestures.erase import EraseNotes
from harmonizer_gui.views.roll.gestures.grab import ClickNote, MoveNotes, ResizeNotes
from harmonizer_gui.views.roll.gestures.intent import Intent, Will, intent
from harmonizer_gui.views.roll.gestures.knife import CutNotes
from harmonizer_gui.views.roll.gestures.paint import PaintCells, brush_strength, is_painted
from harmonizer_gui.views.roll.gestures.tool import Tool

__all__ = [
    "Brush",
    "Gesture",
    "Intent",
    "Outcome",
    "Pointer",
    "Scene",
    "Stroke",
    "Tool",
    "Will",
    "double_click",
    "erase",
    "intent",
    "press",
    "right_press",
]


def press(scene: Scene, tool: Tool, pointer: Pointer) -> Gesture:
    """The gesture that a press of the left button begins."""
    wish = intent(scene, tool, pointer)
    if wish.ref is not None:
        return _on_note(scene, wish.will, wish.ref, pointer)
    if wish.will is Will.DRAW:
        return DrawNote(scene, pointer)
    if wish.will is Will.PAINT:
        return PaintCells(scene, pointer, brush_strength(scene.brush, pointer))
    if wish.will is Will.ERASE and is_painted(scene, pointer):
        return PaintCells(scene, pointer, 0.0)
    return EraseNotes(scene, pointer) if wish.will is Will.ERASE else RubberBand(scene, pointer)


def _on_note(scene: Scene, will: Will, ref: NoteRef, pointer: Pointer) -> Gesture:
    match will:
        case Will.ERASE:
            return EraseNotes(scene, pointer)
        case Will.CUT:
            return CutNotes(scene, ref, pointer)
        case Will.START:
            return ResizeNotes(scene, ref, pointer, "start")
        case Will.END:
            return ResizeNotes(scene, ref, pointer, "end")
        case Will.REFUSE:
            return ClickNote(scene, ref, pointer)
        case _:
            return MoveNotes(scene, ref, pointer)


def double_click(scene: Scene, tool: Tool, pointer: Pointer) -> Gesture:
    """As `press`, but adds a note on empty paper with the select tool too."""
    if tool is Tool.SELECT and intent(scene, tool, pointer).ref is None:
        return DrawNote(scene, pointer)
    return press(scene, tool, pointer)


def erase(scene: Scene, pointer: Pointer) -> Gesture:
    """The gesture of the right button with any tool but the brush."""
    return EraseNotes(scene, pointer)


def right_press(scene: Scene, tool: Tool, pointer: Pointer) -> Gesture:
    """The gesture of the right button."""
    if tool is Tool.PAINT:
        return PaintCells(scene, pointer, brush_strength(scene.brush, pointer, right=True))
    return erase(scene, pointer)
