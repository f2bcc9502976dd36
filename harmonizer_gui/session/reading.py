"""What of a score the networks read."""

from __future__ import annotations

from harmonizer_gui.score import Score


def reads_alike(one: Score, other: Score) -> bool:
    """Whether both scores say the same to the networks: title and tempo do not count."""
    return one is other or (
        one.voices == other.voices
        and one.time_signatures == other.time_signatures
        and one.key_signatures == other.key_signatures
        and one.pickup == other.pickup
    )
