"""The experts panel: what each expert believes, and how much it counts."""

from harmonizer_gui.views.experts.names import OFF, PRODUCT, source_label
from harmonizer_gui.views.experts.panel import ExpertsPanel
from harmonizer_gui.views.experts.probe import Probe

__all__ = ["OFF", "PRODUCT", "ExpertsPanel", "Probe", "source_label"]
