"""How the four voices are played – mute, solo, program – and whether they are seen."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal

from harmonizer_gui.score import VoiceName

Switch = Literal["muted", "soloed", "hidden"]


@dataclass(frozen=True, slots=True)
class Sound:
    """One voice. `program` is a General MIDI program, 0–127, None for the usual one; `port` is only kept."""

    muted: bool = False
    soloed: bool = False
    hidden: bool = False
    program: int | None = None
    port: str | None = None

    def toggled(self, switch: Switch) -> Sound:
        """The same with one of its switches in the other position."""
        if switch == "muted":
            return replace(self, muted=not self.muted)
        if switch == "soloed":
            return replace(self, soloed=not self.soloed)
        return replace(self, hidden=not self.hidden)


@dataclass(frozen=True, slots=True)
class Sounds:
    """All four voices, soprano first."""

    voices: tuple[Sound, Sound, Sound, Sound] = (Sound(), Sound(), Sound(), Sound())

    def of(self, voice: VoiceName) -> Sound:
        return self.voices[voice]

    def with_voice(self, voice: VoiceName, sound: Sound) -> Sounds:
        sounds = list(self.voices)
        sounds[voice] = sound
        soprano, alto, tenor, bass = sounds
        return replace(self, voices=(soprano, alto, tenor, bass))

    @property
    def muted(self) -> frozenset[VoiceName]:
        return frozenset(voice for voice in VoiceName if self.of(voice).muted)

    @property
    def soloed(self) -> frozenset[VoiceName]:
        return frozenset(voice for voice in VoiceName if self.of(voice).soloed)

    @property
    def hidden(self) -> frozenset[VoiceName]:
        """The voices whose notes are not seen; they still sound."""
        return frozenset(voice for voice in VoiceName if self.of(voice).hidden)

    @property
    def silent(self) -> frozenset[VoiceName]:
        """The voices that are not heard: the muted ones, and where some are solo all others."""
        soloed = self.soloed
        return frozenset(
            voice for voice in VoiceName if self.of(voice).muted or (soloed and voice not in soloed)
        )


PLAIN: Final = Sounds()
"""Every voice is heard and seen, and sounds as usual."""


def sound_values(sounds: Sounds) -> dict[str, Any] | None:
    """As plain JSON values, without what is as usual; None where all is."""
    values: dict[str, Any] = {
        voice.label: kept for voice in VoiceName if (kept := _differing(sounds.of(voice)))
    }
    return values or None


def sounds_of(values: dict[str, Any] | None) -> Sounds:
    """What `values` of a project file describe."""
    if not values:
        return PLAIN
    sounds = PLAIN
    for voice in VoiceName:
        kept = values.get(voice.label, {})
        sounds = sounds.with_voice(voice, Sound(**{name: kept[name] for name in _FIELDS if name in kept}))
    return sounds


def _differing(sound: Sound) -> dict[str, Any]:
    usual = asdict(Sound())
    return {name: value for name, value in asdict(sound).items() if value != usual[name]}


_FIELDS: Final = tuple(asdict(Sound()))
