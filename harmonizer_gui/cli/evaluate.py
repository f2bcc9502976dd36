"""`evaluate`: measure the model on chorales it has not learned from."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from tqdm import tqdm

from harmonizer_gui.cli.asking import loaded_model
from harmonizer_gui.training.corpus import bach_chorales, chorale_score, split_list
from harmonizer_gui.training.evaluation import as_rows, evaluate
from harmonizer_gui.training.voice_leading import compare


def run(arguments: argparse.Namespace) -> None:
    model = loaded_model(arguments)
    pieces = bach_chorales(arguments.split)
    tallies = evaluate(model.product, pieces, bach_chorales("train"))
    scores = (chorale_score(row["path"], row["parts"]) for row in split_list()[arguments.split])
    watched = tqdm(scores, total=len(pieces), desc="filling voices", disable=None, leave=False)
    answer: dict[str, Any] = {
        "split": arguments.split,
        "chorales": len(pieces),
        "steps": sum(4 * piece.grid.steps for piece in pieces),
        "rows": as_rows(tallies),
        "voice_leading": compare(model, watched, arguments.seed),
    }
    sys.stdout.write(json.dumps(answer) + "\n" if arguments.json else _table(answer))


def _table(answer: dict[str, Any]) -> str:
    lines = [
        f"{answer['chorales']} chorales of the split “{answer['split']}”, {answer['steps']} cells",
        f"{'':20}{'nats/step':>10}  {'95 %':^15}{'nats/note':>10}{'cells':>8}{'onsets':>8}",
    ]
    for row in answer["rows"]:
        low, high = row["ci95"] or (None, None)
        lines.append(
            f"{row['name']:20}{_number(row['nats_per_step'], 10)}  {_number(low, 7)}–{_number(high, 7)}"
            f"{_number(row['nats_per_note'], 10)}{row['cell_accuracy']:>8.1%}{row['onset_accuracy']:>8.1%}"
        )
    found = answer["voice_leading"]
    parallels = found["parallels_per_1000"]
    lines += [
        "Each voice filled in turn, against Bach's own:",
        f"  parallel fifths and octaves per 1000 pairs that move: {parallels['generated']:.1f}, "
        f"Bach {parallels['bach']:.1f}",
        f"  notes in range: {found['in_range']:.2%}; onset rate {found['onset_rate_ratio']:.3f} of Bach's",
    ]
    return "\n".join(lines) + "\n"


def _number(value: float | None, width: int) -> str:
    return f"{'–' if value is None else format(value, '.4f'):>{width}}"
