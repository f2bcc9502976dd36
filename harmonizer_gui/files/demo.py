"""The piece that is there at the first start."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from harmonizer_gui.files.musicxml import read_musicxml
from harmonizer_gui.score import Score, VoiceName
from harmonizer_gui.score.edits import clear_voice

_TITLE = "Aus meines Herzens Grunde (BWV 269)"


def demo_score() -> Score:
    """Bach's BWV 269 from music21's corpus, its alto left to the user. Slow: imports music21.

    Raises FileError where the installed music21 has no corpus.
    """
    from music21 import corpus

    chorale = read_musicxml(Path(corpus.getWork("bach/bwv269"))).score
    return replace(clear_voice(chorale, VoiceName.ALTO), title=_TITLE)
