"""The experts panel: what each expert believes, and how much it counts."""

from harmonizer_gui.views.experts.binder import ExpertsBinder
from harmonizer_gui.views.experts.names import source_label
from harmonizer_gui.views.experts.panel import ExpertsPanel
from harmonizer_gui.views.experts.probe import Probe

__all__ = ["ExpertsBinder", "ExpertsPanel", "Probe", "source_label"]
