"""From a music21 stream to a score. music21 is imported only where it is used: it takes half a second."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Any

from harmonizer_gui.files.bounds import check_end, check_note_count
from harmonizer_gui.files.changes import from_start, in_order, without_repeated_metres, without_repeats
from harmonizer_gui.files.errors import ContentError
from harmonizer_gui.files.imported import Imported
from harmonizer_gui.files.notices import arrangement_notices, counted, score_notices
from harmonizer_gui.files.stream_notes import PartContent, file_part, measures_of, read_part, ticks
from harmonizer_gui.files.voices import arrange, arrange_as
from harmonizer_gui.score import Score, Tempo, TimeSignature

DEFAULT_TEMPO = Tempo(0, 84.0)
_DEFAULT_METRE = TimeSignature(0, 4, 4)


def score_from_stream(stream: Any, parts: Sequence[int] | None = None) -> Imported:  # noqa: ANN401
    """The score in a music21 stream, repeats not written out, notes at sounding pitch.

    `parts` are the indices of soprano, alto, tenor and bass among `stream.parts`; without it they are
    found by name and pitch. Raises ContentError where no four voices can be found.
    """
    all_parts = list(stream.parts) or [stream]
    if parts is not None:
        if len(parts) != 4 or not all(0 <= index < len(all_parts) for index in parts):
            raise ContentError(f"it has {len(all_parts)} parts, not those asked for")
        chosen = [all_parts[index] for index in parts]
    else:
        chosen = all_parts
    return _imported(_title(stream), chosen, forced=parts is not None)


def _imported(title: str, parts: list[Any], *, forced: bool) -> Imported:
    measures = [measures_of(part) for part in parts]
    lengths = _bar_lengths(measures)
    starts = list(accumulate(lengths, initial=0))
    check_end(starts[-1])
    contents = [read_part(part, own, starts[: len(own)]) for part, own in zip(parts, measures, strict=True)]
    check_note_count(sum(len(content.pieces) for content in contents))
    names = [getattr(part, "partName", None) or "" for part in parts]
    found = [file_part(name, content) for name, content in zip(names, contents, strict=True)]
    arrangement = arrange_as(found) if forced else arrange(found)
    metres, pickup = _metres(contents, starts)
    score = Score(
        voices=arrangement.voices(),
        title=title,
        tempos=without_repeats(from_start([t for c in contents for t in c.tempos], DEFAULT_TEMPO)),
        time_signatures=metres,
        key_signatures=without_repeats(in_order(_written_keys(contents))),
        pickup=pickup,
    )
    notices = [*_notices(contents), *arrangement_notices(arrangement, score), *score_notices(score)]
    return Imported(score, tuple(notices))


def _title(stream: Any) -> str:  # noqa: ANN401
    """The title of the work or, without one, of the movement, for which music21 may put the file's name."""
    if stream.metadata is None:
        return ""
    title = str(stream.metadata.title or stream.metadata.movementName or "")
    return "" if title.endswith((".mxl", ".xml", ".musicxml", ".krn")) else title


def _bar_lengths(measures: list[list[Any]]) -> list[int]:
    """The ticks of every measure: where parts disagree, the longest, so that they stay together."""
    count = max(len(own) for own in measures)
    return [
        max(ticks(own[index].highestTime) for own in measures if index < len(own)) for index in range(count)
    ]


def _written_keys(contents: list[PartContent]) -> list[Any]:
    """The keys of the first part that is written as it sounds."""
    written = [content for content in contents if not content.transposition]
    return written[0].key_signatures if written else []


def _metres(contents: list[PartContent], starts: list[int]) -> tuple[tuple[TimeSignature, ...], int]:
    """The time signatures and the pickup: a first bar shorter than its metre."""
    stated = from_start([t for c in contents for t in c.time_signatures], _DEFAULT_METRE)
    pickup = starts[1] if len(starts) > 2 and starts[1] < stated[0].bar_ticks else 0
    return without_repeated_metres(_with_odd_bars(stated, starts, pickup), pickup), pickup


def _with_odd_bars(
    stated: tuple[TimeSignature, ...], starts: list[int], pickup: int
) -> tuple[TimeSignature, ...]:
    """State the metre again where a bar is shorter or longer than it, so that the barlines stay true.

    A bar written in several measures, as a repeat in the middle of a bar makes it, is one bar.
    """
    by_tick = {metre.tick: metre for metre in stated}
    current, barline = stated[0], pickup
    index = 1 if pickup else 0
    while index < len(starts) - 1:
        if starts[index] in by_tick:
            current, barline = by_tick[starts[index]], starts[index]
        index = _end_of_bar(starts, index, barline + current.bar_ticks, by_tick)
        barline = starts[index]
        if index < len(starts) - 1:
            by_tick.setdefault(barline, replace(current, tick=barline))
    return tuple(by_tick[tick] for tick in sorted(by_tick))


def _end_of_bar(starts: list[int], index: int, due: int, stated: Container[int]) -> int:
    """The index of the start after the bar at `index`: several measures on if they end where it is due."""
    end = index + 1
    while starts[end] < due and end < len(starts) - 1 and starts[end] not in stated:
        end += 1
    return end if starts[end] == due else index + 1


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
    if any(content.repeats for content in contents):
        notices.append("repeats are not written out: every bar stands once, as in the notation")
    return notices
