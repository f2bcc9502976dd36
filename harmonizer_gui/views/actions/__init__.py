"""Everything the user can do: a list of specs for each area, and the QActions made of them."""

from harmonizer_gui.views.actions.actions import Actions
from harmonizer_gui.views.actions.grid import grid_action
from harmonizer_gui.views.actions.spec import Spec, Where
from harmonizer_gui.views.actions.view import theme_action
from harmonizer_gui.views.actions.voices import to_voice_action, voice_action

__all__ = ["Actions", "Spec", "Where", "grid_action", "theme_action", "to_voice_action", "voice_action"]
