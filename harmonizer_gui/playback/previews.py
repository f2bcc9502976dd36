"""Short notes that answer a click."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from harmonizer_gui.playback.messages import NoteOff, NoteOn
from harmonizer_gui.playback.sequencer import Key
from harmonizer_gui.score import VoiceName

PREVIEW_SECONDS = 0.35
PREVIEW_VELOCITY = 80


class Previews:
    """At most one short note for each voice; one that the piece itself sounds is left to the piece."""

    def __init__(self) -> None:
        self._asked: dict[VoiceName, int] = {}
        self._ends: dict[Key, float] = {}

    @property
    def is_idle(self) -> bool:
        return not self._asked and not self._ends

    def ask(self, voice: VoiceName, pitch: int) -> None:
        self._asked[voice] = pitch

    def clear(self) -> None:
        """Forget all, for when every note has been silenced."""
        self._asked.clear()
        self._ends.clear()

    def due(self, now: float, sounding: AbstractSet[Key]) -> list[NoteOn | NoteOff]:
        """What is to be sent at `now` seconds, while the piece sounds `sounding`."""
        over = [key for key, end in self._ends.items() if end <= now or key[0] in self._asked]
        steps: list[NoteOn | NoteOff] = [NoteOff(*key) for key in over if key not in sounding]
        for key in over:
            del self._ends[key]
        for key in self._asked.items():
            if key not in sounding:
                self._ends[key] = now + PREVIEW_SECONDS
                steps.append(NoteOn(*key, PREVIEW_VELOCITY))
        self._asked.clear()
        return steps

    def seconds_to_next(self, now: float) -> float:
        """Seconds until `due` has something to say; infinite where nothing is on."""
        if self._asked:
            return 0.0
        return max(0.0, min(self._ends.values(), default=float("inf")) - now)
