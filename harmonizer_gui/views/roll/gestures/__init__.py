"""The gestures of the mouse, an object each, and which of them a press begins."""

from __future__ import annotations

from enum import Enum

from harmonizer_gui.views.roll.gestures.band import RubberBand
from harmonizer_gui.views.roll.gestures.base import Gesture, Outcome, Pointer, Scene
from harmonizer_gui.views.roll.gestures.draw import DrawNote
from harmonizer_gui.views.roll.gestures.erase import EraseNotes
from harmonizer_gui.views.roll.gestures.grab import MoveNotes, ResizeNotes
from harmonizer_gui.views.roll.hit import Part, hit_test

__all__ = ["Gesture", "Outcome", "Pointer", "Scene", "Tool", "double_click", "erase", "press"]


class Tool(Enum):
    """What the left button does on the roll."""

    DRAW = "draw"
    SELECT = "select"
    ERASE = "erase"


def press(scene: Scene, tool: Tool, pointer: Pointer) -> Gesture:
    """The gesture that a press of the left button begins."""
    if tool is Tool.ERASE:
        return EraseNotes(scene, pointer)
    hit = hit_test(scene.score, scene.target, scene.coordinates, pointer.x, pointer.y)
    if hit is None:
        draws = tool is Tool.DRAW and not pointer.ctrl
        return DrawNote(scene, pointer) if draws else RubberBand(scene, pointer)
    if hit.part is Part.BODY or pointer.shift:
        return MoveNotes(scene, hit.ref, pointer)
    return ResizeNotes(scene, hit.ref, pointer, hit.part.value)


def double_click(scene: Scene, tool: Tool, pointer: Pointer) -> Gesture:
    """As `press`, but adds a note on empty paper with the select tool too."""
    on_note = hit_test(scene.score, scene.target, scene.coordinates, pointer.x, pointer.y)
    if tool is Tool.SELECT and on_note is None:
        return DrawNote(scene, pointer)
    return press(scene, tool, pointer)


def erase(scene: Scene, pointer: Pointer) -> Gesture:
    """The gesture of the right button, whatever the tool."""
    return EraseNotes(scene, pointer)
