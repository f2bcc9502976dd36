"""The repeats, endings and jumps of a music21 score, measure by measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from harmonizer_gui.files.repeats import MOST_TIMES, Signs

_MOST_ENDINGS = 64


def measure_signs(parts: Sequence[Any], measures: Sequence[Sequence[Any]]) -> list[Signs]:
    """What stands at the barlines; what one part has holds for all."""
    count = max(map(len, measures))
    endings: list[set[int]] = [set() for _ in range(count)]
    for part, own in zip(parts, measures, strict=True):
        _add_endings(part, own, endings)
    signs = [
        _signs([own[index] for own in measures if index < len(own)], frozenset(endings[index]))
        for index in range(count)
    ]
    return _with_first_coda_left(signs)


def _add_endings(part: Any, measures: Sequence[Any], endings: list[set[int]]) -> None:  # noqa: ANN401
    from music21 import spanner

    places = {id(measure): index for index, measure in enumerate(measures)}
    for bracket in part.getElementsByClass(spanner.RepeatBracket):
        numbers = {number for number in bracket.numberRange if 0 < number <= _MOST_ENDINGS}
        for measure in bracket.getSpannedElements():
            if id(measure) in places:
                endings[places[id(measure)]] |= numbers


def _signs(measures: Sequence[Any], endings: frozenset[int]) -> Signs:
    """The signs of one measure, taken from all parts."""
    from music21 import repeat

    marks = [mark for measure in measures for mark in measure.getElementsByClass(repeat.RepeatExpression)]
    da_capos = (repeat.DaCapo, repeat.DaCapoAlFine, repeat.DaCapoAlCoda)
    dal_segnos = (repeat.DalSegno, repeat.DalSegnoAlFine, repeat.DalSegnoAlCoda, repeat.AlSegno)
    codas = {_goes_to_coda(mark) for mark in marks if isinstance(mark, repeat.Coda)}
    return Signs(
        opens=any(_repeat_at(measure, "leftBarline", "start") for measure in measures),
        times=max((_times(measure) for measure in measures), default=0),
        endings=endings,
        segno=any(isinstance(mark, repeat.Segno) for mark in marks),
        coda=False in codas,
        to_coda=True in codas,
        fine=any(isinstance(mark, repeat.Fine) for mark in marks),
        da_capo=any(isinstance(mark, da_capos) for mark in marks),
        dal_segno=any(isinstance(mark, dal_segnos) for mark in marks),
    )


def _with_first_coda_left(signs: list[Signs]) -> list[Signs]:
    """Of two signs for a coda without words the first says where to leave, the second where to go on."""
    codas = [index for index, sign in enumerate(signs) if sign.coda]
    if len(codas) > 1 and not any(sign.to_coda for sign in signs):
        signs[codas[0]] = replace(signs[codas[0]], coda=False, to_coda=True)
    return signs


def _goes_to_coda(mark: Any) -> bool:  # noqa: ANN401
    return str(mark.getText() or "").strip().lower().startswith(("to ", "al "))


def _repeat_at(measure: Any, side: str, direction: str) -> Any:  # noqa: ANN401
    """The repeat sign at a barline, None where there is none; a part without barlines has none either."""
    from music21 import bar

    line = getattr(measure, side, None)
    return line if isinstance(line, bar.Repeat) and line.direction == direction else None


def _times(measure: Any) -> int:  # noqa: ANN401
    sign = _repeat_at(measure, "rightBarline", "end")
    return 0 if sign is None else max(2, min(MOST_TIMES, sign.times or 2))
