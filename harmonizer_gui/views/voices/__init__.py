"""The dock of the voices: a row for each, as it is heard and seen."""

from harmonizer_gui.views.voices.panel import VoicesPanel

__all__ = ["VoicesPanel"]
