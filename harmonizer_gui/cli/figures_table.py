"""The figures of `evaluate` as a table for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FAULTS = {
    "parallels_per_1000": "parallel fifths and octaves per 1000 pairs that move",
    "crossings_per_1000": "crossings per 1000 cells",
    "overlaps_per_1000": "overlaps per 1000 moves",
    "wide_spacings_per_1000": "upper voices over an octave apart, per 1000 cells",
    "hard_leaps_per_1000": "tritones, sevenths and leaps over an octave, per 1000 moves",
    "doubled_leading_notes_per_1000": "leading note doubled, per 1000 steps that have one",
}
_WRITTEN = {
    "voice_leading": "Each voice filled in turn, against Bach's own:",
    "from_soprano": "Alto, tenor and bass written to the soprano:",
    "composed": "Pieces from nothing, against Bach's chorales:",
}


def table(answer: Mapping[str, Any]) -> str:
    """What `evaluate --json` says, in lines."""
    lines = [
        f"{_chorales(answer['chorales'])} of the split “{answer['split']}”, {answer['steps']} cells",
        f"{'':20}{'nats/step':>10}  {'95 %':^15}{'nats/note':>10}{'cells':>8}{'onsets':>8}"
        f"{'nats/8th':>10}{'cells':>8}{'onsets':>8}",
        *(_line(row["name"], row) for row in answer["rows"]),
        "(The last three: on the grid of eighths.)",
        *_halves(answer),
        "The product where less than three other voices are known:",
        _line("given one", answer["given_one"]),
        _line("given none", answer["given_none"]),
        *_fitted(answer.get("two_fold")),
        *_comparison("The same model as it stands", answer.get("as_it_stands")),
        *_against(answer.get("against")),
        *(line for key, title in _WRITTEN.items() if key in answer for line in _written(title, answer[key])),
    ]
    return "\n".join(lines) + "\n"


def _chorales(count: int) -> str:
    return f"{count} {'chorale' if count == 1 else 'chorales'}"


def _halves(answer: Mapping[str, Any]) -> list[str]:
    halves = (("tune_seen", "tune seen"), ("tune_unseen", "tune not seen"))
    return [
        "The product on chorales whose tune stands in a training chorale, and on the others:",
        *(
            _line(f"{answer[half]['chorales']} {text}", answer[half])
            for half, text in halves
            if half in answer
        ),
    ]


def _line(name: str, row: Mapping[str, Any]) -> str:
    low, high = row["ci95"] or (None, None)
    eighths = row.get("eighths")
    return (
        f"{name:20}{_number(row['nats_per_step'], 10)}  {_number(low, 7)}–{_number(high, 7)}"
        f"{_number(row['nats_per_note'], 10)}{row['cell_accuracy']:>8.1%}{row['onset_accuracy']:>8.1%}"
        + ("" if eighths is None else _on_eighths(eighths))
    )


def _on_eighths(row: Mapping[str, Any]) -> str:
    return f"{_number(row['nats_per_eighth'], 10)}{row['cell_accuracy']:>8.1%}{row['onset_accuracy']:>8.1%}"


def _fitted(found: Mapping[str, Any] | None) -> list[str]:
    if found is None:
        return []
    return [
        "The product with its exponents fitted to one half of the chorales, judged on the other:",
        _line("two-fold", found),
        *_comparison("Its exponents as they were", found["change"]),
    ]


def _against(found: Mapping[str, Any] | None) -> list[str]:
    if found is None:
        return []
    fitted = found.get("two_fold")
    return [
        *_comparison(f"Against {found['name']}", found),
        *_comparison(f"Against {found['name']}, both fitted two-fold", fitted),
    ]


def _comparison(text: str, found: Mapping[str, Any] | None) -> list[str]:
    if found is None:
        return []
    low, high = found["ci95"]
    return [
        f"{text} ({found['nats_per_step']:.4f}), chorale by chorale: "
        f"{found['difference']:+.4f} nats per step, 95 % {low:+.4f} to {high:+.4f} ({found['relative']:+.1%})"
    ]


def _written(title: str, found: Mapping[str, Any]) -> list[str]:
    return [
        title,
        *(
            f"  {text}: {found[key]['generated']:.1f}, Bach {found[key]['bach']:.1f}"
            for key, text in FAULTS.items()
            if key in found
        ),
        f"  notes in range: {found['in_range']:.2%}; onset rate {found['onset_rate_ratio']:.3f} of Bach's"
        + (f"; cells as Bach has them: {found['equal_cells']:.1%}" if "equal_cells" in found else ""),
        *_bits(found),
    ]


def _bits(found: Mapping[str, Any]) -> list[str]:
    if "bits_per_step" not in found:
        return []
    sides = [
        f"{name} {found['bits_per_step'][side]:.3f}, expected {found['entropy_bits_per_step'][side]:.3f}"
        for name, side in (("generated", "generated"), ("Bach’s", "bach"))
    ]
    pieces = "1 piece" if found["pieces"] == 1 else f"{found['pieces']} pieces"
    return [f"  bits per step of {pieces} under the product: {'; '.join(sides)}"]


def _number(value: float | None, width: int) -> str:
    return f"{'–' if value is None else format(value, '.4f'):>{width}}"
