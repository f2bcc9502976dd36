"""`plot`: the heat of each expert and of the product, one panel each, with one colour scale."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from harmonizer_gui.cli.asking import asked_mix, check_output, loaded_model, read_score
from harmonizer_gui.engine.alphabet import STEP_TICKS
from harmonizer_gui.engine.analysis import Analysis, expert_heat, product_heat
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.engine.requests import AnalysisRequest
from harmonizer_gui.score import LOWEST_PITCH, Score, VoiceName, pitch_name

SUFFIXES = (".png", ".svg", ".pdf")
_MARGIN = 4
_GAMMA = 0.5


def run(arguments: argparse.Namespace) -> None:
    check_output(arguments.output, SUFFIXES)
    score = read_score(arguments.file)
    model = loaded_model(arguments)
    mix = asked_mix(arguments, model.experts)
    analysis = model.analyse(AnalysisRequest(score, arguments.voice, mix=mix, seed=arguments.seed))
    draw(score, arguments.voice, analysis, mix, arguments.output)


def draw(score: Score, voice: VoiceName, analysis: Analysis, mix: Mix, path: Path) -> None:
    """Write the panels as a picture: time in bars across, pitch upwards, colour the probability."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt
    from matplotlib.colors import PowerNorm

    panels = [(name.capitalize(), expert_heat(analysis, name, mix)) for name in analysis.experts]
    panels.append(("Product", product_heat(analysis, mix)))
    low, high = _pitch_range(panels[-1][1])
    width = min(40.0, max(10.0, analysis.steps / 16))
    figure, axes = plt.subplots(
        len(panels), 1, sharex=True, figsize=(width, 2.1 * len(panels)), layout="constrained"
    )
    for axis, (name, heat) in zip(axes, panels, strict=True):
        image = axis.imshow(
            heat.T[low : high + 1],
            origin="lower",
            aspect="auto",
            interpolation="nearest",
            extent=(0, analysis.steps, low - 0.5, high + 0.5),
            norm=PowerNorm(_GAMMA, 0.0, 1.0),
            cmap="viridis",
        )
        octaves = [pitch for pitch in range(low, high + 1) if (pitch + LOWEST_PITCH) % 12 == 0]
        axis.set_yticks(octaves, [pitch_name(pitch + LOWEST_PITCH) for pitch in octaves])
        axis.set_title(name, loc="left", fontsize=10)
    bars = [bar for bar in score.bars if bar.start < analysis.steps * STEP_TICKS]
    axes[-1].set_xticks([bar.start / STEP_TICKS for bar in bars], [str(bar.number) for bar in bars])
    axes[-1].set_xlabel("bar")
    figure.suptitle(_title(score, voice, analysis))
    figure.colorbar(image, ax=axes, label="probability that the pitch sounds", fraction=0.02, pad=0.01)
    figure.savefig(path, dpi=120)
    plt.close(figure)


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
