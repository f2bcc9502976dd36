"""The figures of a card as tables of a Markdown page, put where the page says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from harmonizer_gui.cli.figures_table import FAULTS
from harmonizer_gui.errors import UserError

_PLACE = re.compile(
    r"(<!-- figures: (?P<kind>[\w ]+), (?P<split>\w+) -->\n).*?(?=<!-- end of figures -->)", re.DOTALL
)
"""`<!-- figures: likelihood, test -->`, and all up to `<!-- end of figures -->`."""
_NONE = "–"
_WRITTEN = {
    "voice_leading": "each voice in turn",
    "from_soprano": "alto, tenor and bass to the soprano",
    "composed": "from nothing",
}
Figures = Mapping[str, Any]


def filled_in(page: str, figures: Mapping[str, Figures]) -> str:
    """The page with its tables written anew from the figures of a card, by split.

    Raises UserError for a page with no place for them, a kind of table that there is not, or a split of which
    the card says nothing.
    """
    filled, count = _PLACE.subn(lambda place: _table(place, figures), page)
    if not count:
        raise UserError("there is no place for figures on the page: <!-- figures: likelihood, test -->")
    return filled


def _table(place: re.Match[str], figures: Mapping[str, Figures]) -> str:
    kind, split = place["kind"], place["split"]
    if kind not in _KINDS:
        raise UserError(f"“{kind}” is no table of figures: there are {', '.join(_KINDS)}")
    if split not in figures:
        raise UserError(
            f"the card has no figures of the split “{split}”: evaluate --split {split} --write-card"
        )
    return place[1] + "\n".join(_KINDS[kind](split, figures[split])) + "\n"


def _likelihood(split: str, figures: Figures) -> Iterator[str]:
    accuracies = ("cell_accuracy", "onset_accuracy")
    title = f"{split}, {figures['chorales']} chorales"
    yield from _head(title, "nats/step", "95 %", "cells", "onsets", "nats/eighth", "cells", "onsets")
    for name, row in _rows(figures):
        eighths = row.get("eighths", {})
        yield _line(
            name,
            _nats(row["nats_per_step"]),
            _interval(row["ci95"]),
            *(_share(row[key]) for key in accuracies),
            _nats(eighths.get("nats_per_eighth")),
            *(_share(eighths.get(key)) for key in accuracies),
        )


def _rows(figures: Figures) -> Iterator[tuple[str, Figures]]:
    """Title and figures of every row of the table."""
    yield "**product**", figures["product"]
    for half, text in (("tune_seen", "tune also in a training chorale"), ("tune_unseen", "tune in none")):
        if half in figures:
            yield f"… {figures[half]['chorales']} chorales, {text}", figures[half]
    yield "… one other voice known", figures["given_one"]
    yield "… no other voice known", figures["given_none"]
    for prefix, text in (("expert:", "{} alone"), ("without:", "product without {}")):
        for name in figures:
            if name.startswith(prefix):
                yield text.format(name.removeprefix(prefix).capitalize()), figures[name]
    named = {
        "baseline:monolith": "one network of the same size",
        "baseline:unigram": "token unigram",
        "baseline:repeat": "repeating the last pitch",
    }
    yield from ((text, figures[name]) for name, text in named.items() if name in figures)


def _writing(split: str, figures: Figures) -> Iterator[str]:
    columns = {title: figures[key] for key, title in _WRITTEN.items() if key in figures}
    yield from _head(f"{split}: written (Bach's own)", *columns)
    for key, text in FAULTS.items():
        yield _line(text, *(_both(column.get(key), 1) for column in columns.values()))
    yield _line("notes in the singer's range", *(_share(column["in_range"]) for column in columns.values()))
    rates = (f"{column['onset_rate_ratio']:.3f}" for column in columns.values())
    yield _line("onset rate against Bach's", *rates)
    yield _line("cells as Bach has them", *(_share(column.get("equal_cells")) for column in columns.values()))
    for key, text in (("bits_per_step", "bits per step"), ("entropy_bits_per_step", "… as it expects")):
        yield _line(f"{text} under the product", *(_both(column.get(key), 3) for column in columns.values()))


def _against(split: str, figures: Figures) -> Iterator[str]:
    yield from _head(f"{split}, paired over {figures['chorales']} chorales", "nats/step", "95 %")
    yield _line("product", _nats(figures["product"]["nats_per_step"]), "")
    found = figures.get("against")
    if found is not None:
        low, high = found["ci95"]
        change = f"{found['difference']:+.4f} ({found['relative']:+.1%})"
        yield _line(found["name"], _nats(found["nats_per_step"]), "")
        yield _line("difference", change, f"{low:+.4f} to {high:+.4f}")


_KINDS = {"likelihood": _likelihood, "writing": _writing, "against": _against}


def _head(*cells: str) -> Iterator[str]:
    yield _line(*cells)
    yield "|" + "---|" * len(cells)


def _line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _nats(value: float | None) -> str:
    return _NONE if value is None else f"{value:.4f}"


def _interval(bounds: list[float] | None) -> str:
    return _NONE if bounds is None else f"{_nats(bounds[0])}–{_nats(bounds[1])}"


def _both(counts: Mapping[str, float] | None, digits: int) -> str:
    """What was generated, and in brackets Bach's."""
    if counts is None:
        return _NONE
    return f"{counts['generated']:.{digits}f} ({counts['bach']:.{digits}f})"


def _share(value: float | None) -> str:
    return _NONE if value is None else f"{100.0 * value:.1f} %"
