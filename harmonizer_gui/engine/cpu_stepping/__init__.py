"""The product on the CPU, in numpy: step by step, or along lines that are known.

Small arrays cost several times less there than in torch. Nothing of an expert is written twice: its frame and
its network are tabulated once for the voice at hand – which rows of the embedding tables every value of the
past selects (`lookups`), what each row adds to the gates and to the head (`weights`), and how the window of
intervals lies on the alphabet for every origin. What is left for a step is to look up, to add, and to
multiply with the recurrent weights (`walking`); the distributions of all experts are then worked out at once
(`stepper`).
"""

from harmonizer_gui.engine.cpu_stepping.state import LineState
from harmonizer_gui.engine.cpu_stepping.stepper import CpuStepper

__all__ = ["CpuStepper", "LineState"]
