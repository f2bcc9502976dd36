"""The heat of each expert and of the product as a picture: one panel each, with one colour scale.

Matplotlib is loaded when the first picture is drawn; that is slow, and not for the GUI thread.
"""

from __future__ import annotations

import warnings
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.engine.analysis import Analysis, Floats, expert_heat, product_heat
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.score import LOWEST_PITCH, Score, VoiceName, pitch_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.image import AxesImage

SUFFIXES: Final = (".png", ".svg", ".pdf")
_MARGIN: Final = 4
_GAMMA: Final = 0.5


@dataclass(frozen=True)
class Panels:
    """What is to be drawn. `left_out` names experts that get no panel of their own."""

    score: Score
    voice: VoiceName
    analysis: Analysis
    mix: Mix
    left_out: Collection[str] = ()

    @property
    def heats(self) -> list[tuple[str, Floats]]:
        """Name and heat [T, 88] of each panel, the product last."""
        experts = [name for name in self.analysis.experts if name not in self.left_out]
        drawn = [(name.capitalize(), expert_heat(self.analysis, name, self.mix)) for name in experts]
        return [*drawn, ("Product", product_heat(self.analysis, self.mix))]

    @property
    def title(self) -> str:
        title = f"{self.score.title or 'Untitled'} – {self.voice.label}"
        lines = self.analysis.tokens.shape[0]
        average = f" (average over {lines} sampled lines where it is silent)"
        return title + average if self.analysis.averaged else title


def write_panels(panels: Panels, path: Path) -> None:
    """Write a picture in the format that the suffix of `path` names, one of SUFFIXES.

    Raises FileError; a picture that was there before is then as it was.
    """
    from harmonizer_gui.files.atomic import write_atomically

    write_atomically(path, drawn(panels, path.suffix[1:].lower()))


def drawn(panels: Panels, kind: str) -> bytes:
    """The picture as `png`, `svg` or `pdf`: time in bars across, pitch upwards, colour the probability."""
    from matplotlib.figure import Figure

    heats = panels.heats
    low, high = _pitch_range(heats[-1][1])
    steps = panels.analysis.steps
    width = min(40.0, max(10.0, steps / 16))
    figure = Figure(figsize=(width, 2.1 * len(heats)), layout="constrained")
    axes = figure.subplots(len(heats), 1, sharex=True)
    for axis, (name, heat) in zip(axes, heats, strict=True):
        image = _draw_panel(axis, name, heat, low, high)
    bars = [bar for bar in panels.score.bars if bar.start < steps * STEP_TICKS]
    axes[-1].set_xticks([bar.start / STEP_TICKS for bar in bars], [str(bar.number) for bar in bars])
    axes[-1].set_xlabel("bar")
    figure.suptitle(panels.title, parse_math=False)
    figure.colorbar(image, ax=axes, label="probability that the pitch sounds", fraction=0.02, pad=0.01)
    picture = BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # of the title: it gets a box
        figure.savefig(picture, dpi=120, format=kind)
    return picture.getvalue()


def _draw_panel(axis: Axes, name: str, heat: Floats, low: int, high: int) -> AxesImage:
    """One heat [T, 88], from the pitch index `low` to `high`."""
    from matplotlib.colors import PowerNorm

    octaves = [pitch for pitch in range(low, high + 1) if (pitch + LOWEST_PITCH) % 12 == 0]
    axis.set_yticks(octaves, [pitch_name(pitch + LOWEST_PITCH) for pitch in octaves])
    axis.set_title(name, loc="left", fontsize=10)
    return axis.imshow(
        heat.T[low : high + 1],
        origin="lower",
        aspect="auto",
        interpolation="nearest",
        extent=(0, len(heat), low - 0.5, high + 0.5),
        norm=PowerNorm(_GAMMA, 0.0, 1.0),
        cmap="viridis",
    )


def _pitch_range(heat: Floats) -> tuple[int, int]:
    """The pitches that matter to the product, with some room."""
    likely = np.flatnonzero(heat.max(axis=0) > 0.02)
    if not likely.size:
        return 0, heat.shape[1] - 1
    return max(0, int(likely[0]) - _MARGIN), min(heat.shape[1] - 1, int(likely[-1]) + _MARGIN)
