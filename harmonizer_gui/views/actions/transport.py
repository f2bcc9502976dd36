"""Playing, and moving about in time."""

from __future__ import annotations

from harmonizer_gui.views.actions.spec import Spec, Where, tr
from harmonizer_gui.views.follow import Follow


def follow_action(how: Follow) -> str:
    """The name of the action that chooses how the roll goes along with the playhead."""
    return f"follow-{how.value}"


def specs() -> list[Spec]:
    follow = {
        Follow.PAGE: tr("Turn pa&ges"),
        Follow.SMOOTH: tr("Scroll s&moothly"),
        Follow.OFF: tr("Stay &where it is"),
    }
    return [
        Spec("play", tr("&Play or pause"), ("Space",)),
        Spec("loop", tr("&Loop"), ("L",), Where.ROLL, checkable=True),
        Spec("loop-selection", tr("Loop the s&election"), ("Ctrl+L",)),
        Spec("metronome", tr("&Metronome"), ("Shift+M",), Where.ROLL, checkable=True),
        Spec("count-in", tr("&Count in"), ("Shift+N",), Where.ROLL, checkable=True),
        Spec("stop", tr("&Stop and silence everything"), ("Ctrl+Shift+Esc",)),
        Spec("to-start", tr("To the st&art"), ("Home",), Where.ROLL),
        Spec("previous-bar", tr("Previous &bar"), (",",), Where.ROLL),
        Spec("next-bar", tr("&Next bar"), (".",), Where.ROLL),
        Spec("record", tr("&Record from the keyboard"), ("Ctrl+R",), checkable=True),
        Spec("step-entry", tr("Step &entry from the keyboard"), ("I",), Where.ROLL, checkable=True),
        Spec("step-rest", tr("Enter a rest b&y step"), ("0",), Where.ROLL),
        Spec("step-back", tr("Take the last step bac&k")),
        *(Spec(follow_action(how), text, checkable=True) for how, text in follow.items()),
    ]
