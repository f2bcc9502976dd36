"""`plot`: the heat of each expert and of the product, one panel each, with one colour scale."""

from __future__ import annotations

import argparse
import warnings
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from harmonizer_gui.cli.asking import asked_mix, check_output, loaded_model, piece_in
from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.engine.analysis import Analysis, expert_heat, product_heat
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.engine.requests import AnalysisRequest
from harmonizer_gui.files.atomic import write_atomically
from harmonizer_gui.score import LOWEST_PITCH, Score, VoiceName, pitch_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.image import AxesImage

SUFFIXES = (".png", ".svg", ".pdf")
_MARGIN = 4
_GAMMA = 0.5


def run(arguments: argparse.Namespace) -> None:
    check_output(arguments.output, SUFFIXES)
    with piece_in(arguments.file) as score:
        model = loaded_model(arguments)
        mix = asked_mix(arguments, model.experts)
        analysis = model.analyse(AnalysisRequest(score, arguments.voice, mix=mix, seed=arguments.seed))
        draw(score, arguments.voice, analysis, mix, arguments.output)


def draw(score: Score, voice: VoiceName, analysis: Analysis, mix: Mix, path: Path) -> None:
    """Write the panels as a picture: time in bars across, pitch upwards, colour the probability.

    Raises FileError; a picture that was there before is then as it was.
    """
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    panels = [(name.capitalize(), expert_heat(analysis, name, mix)) for name in analysis.experts]
    panels.append(("Product", product_heat(analysis, mix)))
    low, high = _pitch_range(panels[-1][1])
    width = min(40.0, max(10.0, analysis.steps / 16))
    figure, axes = plt.subplots(
        len(panels), 1, sharex=True, figsize=(width, 2.1 * len(panels)), layout="constrained"
    )
    for axis, (name, heat) in zip(axes, panels, strict=True):
        image = _draw_panel(axis, name, heat, low, high)
    bars = [bar for bar in score.bars if bar.start < analysis.steps * STEP_TICKS]
    axes[-1].set_xticks([bar.start / STEP_TICKS for bar in bars], [str(bar.number) for bar in bars])
    axes[-1].set_xlabel("bar")
    figure.suptitle(_title(score, voice, analysis), parse_math=False)
    figure.colorbar(image, ax=axes, label="probability that the pitch sounds", fraction=0.02, pad=0.01)
    picture = BytesIO()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # of the title: it gets a box
        figure.savefig(picture, dpi=120, format=path.suffix[1:].lower())
    plt.close(figure)
    write_atomically(path, picture.getvalue())


def _draw_panel(axis: Axes, name: str, heat: NDArray[np.float32], low: int, high: int) -> AxesImage:
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


def _pitch_range(heat: NDArray[np.float32]) -> tuple[int, int]:
    """The pitches that matter to the product, with some room."""
    likely = np.flatnonzero(heat.max(axis=0) > 0.02)
    if not likely.size:
        return 0, heat.shape[1] - 1
    return max(0, int(likely[0]) - _MARGIN), min(heat.shape[1] - 1, int(likely[-1]) + _MARGIN)


def _title(score: Score, voice: VoiceName, analysis: Analysis) -> str:
    title = f"{score.title or 'Untitled'} – {voice.label}"
    lines = analysis.tokens.shape[0]
    return f"{title} (average over {lines} sampled lines where it is silent)" if analysis.averaged else title
