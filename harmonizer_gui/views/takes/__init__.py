"""The dock of takes: cards with small pictures, one of which is heard."""

from harmonizer_gui.views.takes.card import Card
from harmonizer_gui.views.takes.panel import TakesPanel

__all__ = ["Card", "TakesPanel"]
