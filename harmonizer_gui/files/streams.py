"""From a music21 stream to a score. music21 is imported only where it is used: it takes half a second."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

from harmonizer_gui.files.bounds import check_end, check_note_count
from harmonizer_gui.files.changes import from_start, in_order
from harmonizer_gui.files.errors import ContentError
from harmonizer_gui.files.imported import Imported
from harmonizer_gui.files.material import Material
from harmonizer_gui.files.notices import counted
from harmonizer_gui.files.repeats import playing_order
from harmonizer_gui.files.stream_notes import PartContent, file_part, measures_of, read_part, ticks
from harmonizer_gui.files.stream_signs import measure_signs
from harmonizer_gui.score import KeySignature, Tempo, TimeSignature

DEFAULT_TEMPO = Tempo(0, 84.0)
_DEFAULT_METRE = TimeSignature(0, 4, 4)


def score_from_stream(stream: Any, parts: Sequence[int] | None = None) -> Imported:  # noqa: ANN401
    """The score in a music21 stream, repeats not written out, notes at sounding pitch.

    `parts` are the indices of soprano, alto, tenor and bass among `stream.parts`; without it they are
    found by name and pitch. Raises ContentError where no four voices can be found.
    """
    if parts is None:
        return stream_material(stream).imported()
    all_parts = _parts_of(stream)
    if len(parts) != 4 or not all(0 <= index < len(all_parts) for index in parts):
        raise ContentError(f"it has {len(all_parts)} parts, not those asked for")
    return _material(_title(stream), [all_parts[index] for index in parts]).imported_as_it_stands()


def stream_material(stream: Any) -> Material:  # noqa: ANN401
    """What is in a music21 stream, notes at sounding pitch. Raises ContentError where it is too much."""
    return _material(_title(stream), _parts_of(stream))


def _parts_of(stream: Any) -> list[Any]:  # noqa: ANN401
    return list(stream.parts) or [stream]


def _material(title: str, parts: list[Any]) -> Material:
    measures = [measures_of(part) for part in parts]
    starts = list(accumulate(_bar_lengths(measures), initial=0))
    check_end(starts[-1])
    contents = [read_part(part, own, starts[: len(own)]) for part, own in zip(parts, measures, strict=True)]
    check_note_count(sum(len(content.pieces) for content in contents))
    names = [getattr(part, "partName", None) or "" for part in parts]
    return Material(
        parts=tuple(file_part(name, content) for name, content in zip(names, contents, strict=True)),
        title=title,
        tempos=from_start([t for c in contents for t in c.tempos], DEFAULT_TEMPO),
        time_signatures=from_start([t for c in contents for t in c.time_signatures], _DEFAULT_METRE),
        key_signatures=in_order(_sounding_keys(contents)),
        starts=tuple(starts),
        order=_order(parts, measures),
        notices=tuple(_notices(contents)),
    )


def _order(parts: list[Any], measures: list[list[Any]]) -> tuple[int, ...]:
    """The order in which the measures are played; empty where it is the written one."""
    signs = measure_signs(parts, measures)
    order = playing_order(signs)
    return () if order == tuple(range(len(signs))) else order


def _title(stream: Any) -> str:  # noqa: ANN401
    """The title of the work or, without one, of the movement, for which music21 may put the file's name."""
    if stream.metadata is None:
        return ""
    title = str(stream.metadata.title or stream.metadata.movementName or "")
    return "" if title.endswith((".mxl", ".xml", ".musicxml", ".krn", ".abc")) else title


def _bar_lengths(measures: list[list[Any]]) -> list[int]:
    """The ticks of every measure: where parts disagree, the longest, so that they stay together."""
    count = max(len(own) for own in measures)
    return [
        max(ticks(own[index].highestTime) for own in measures if index < len(own)) for index in range(count)
    ]


def _sounding_keys(contents: list[PartContent]) -> list[KeySignature]:
    """Those of the first part that is written as it sounds; where none is, what those of the first mean."""
    first = next((content for content in contents if not content.transposition), contents[0])
    return [replace(key, fifths=_sounding(key.fifths, first.transposition)) for key in first.key_signatures]


def _sounding(fifths: int, semitones: int) -> int:
    """The fifths of a key that sounds so much higher, with as few signs as may be where it is another."""
    return (fifths + 7 * semitones + 5) % 12 - 5 if semitones % 12 else fifths


def _notices(contents: list[PartContent]) -> list[str]:
    notices = []
    grace = sum(content.grace_notes for content in contents)
    if grace:
        notices.append(f"{counted(grace, 'grace note was', 'grace notes were')} left out")
    pitches = sum(content.odd_pitches for content in contents)
    if pitches:
        notices.append(f"{counted(pitches, 'note was', 'notes were')} left out that no keyboard has")
    changes = sum(content.odd_changes for content in contents)
    if changes:
        what = counted(changes, "change", "changes")
        notices.append(f"{what} of tempo, metre or key passed over that no score can have")
    return notices
