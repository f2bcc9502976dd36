"""The notes that the user plays: they are heard as they are played."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from harmonizer_gui.playback.messages import NoteOff, NoteOn
from harmonizer_gui.playback.sequencer import Key
from harmonizer_gui.score import VoiceName


class Live:
    """Which keys are down and for which voice they sound; a key ends in the voice that it began in."""

    def __init__(self) -> None:
        self._queue: list[NoteOn | NoteOff] = []
        self._held: dict[int, VoiceName] = {}

    @property
    def is_idle(self) -> bool:
        return not self._queue and not self._held

    def strike(self, voice: VoiceName, pitch: int, velocity: int) -> None:
        self.release(pitch)
        self._held[pitch] = voice
        self._queue.append(NoteOn(voice, pitch, velocity))

    def release(self, pitch: int) -> None:
        voice = self._held.pop(pitch, None)
        if voice is not None:
            self._queue.append(NoteOff(voice, pitch))

    def clear(self) -> None:
        """Forget all, for when every note has been silenced."""
        self._queue.clear()
        self._held.clear()

    def due(self, sounding: AbstractSet[Key]) -> list[NoteOn | NoteOff]:
        """What is to be sent now; a note that the piece sounds, too, is left for the piece to end."""
        queue, self._queue = self._queue, []
        return [
            step for step in queue if isinstance(step, NoteOn) or (step.voice, step.pitch) not in sounding
        ]
