"""The alphabet of the networks: what one voice does in one step (a sixteenth).

Tokens 0–87 are the onsets of the pitches 21–108, then HOLD and REST.
"""

from __future__ import annotations

from harmonizer_gui.score import HIGHEST_PITCH, LOWEST_PITCH, TICKS_PER_QUARTER, KeySignature, pitch_name

STEPS_PER_QUARTER = 4
STEP_TICKS = TICKS_PER_QUARTER // STEPS_PER_QUARTER
PITCHES = HIGHEST_PITCH - LOWEST_PITCH + 1
HOLD = PITCHES
REST = PITCHES + 1
TOKENS = PITCHES + 2

IMPOSSIBLE = -1.0e4
"""The log-probability of what cannot be: finite, so that an exponent of 0 makes it 0 and not NaN."""


def token_name(token: int, key: KeySignature | None = None) -> str:
    """A pitch name as it is written in `key`, `hold` or `rest`."""
    if token == HOLD:
        return "hold"
    return "rest" if token == REST else pitch_name(token + LOWEST_PITCH, key)
