"""The line of chords over the notes."""

from harmonizer_gui.views.chords.strip import ChordStrip

__all__ = ["ChordStrip"]
