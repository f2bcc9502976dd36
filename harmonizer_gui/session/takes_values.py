"""Takes as plain JSON values, for project files, and back."""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np

from harmonizer_gui.engine.records import SampledHeat
from harmonizer_gui.score import KeySignature, Note, Score, TimeSignature, Voice, VoiceName
from harmonizer_gui.session.guidance_values import guidance_of, guidance_values
from harmonizer_gui.session.locks import place_of_values, place_values
from harmonizer_gui.session.project import mix_of, mix_values
from harmonizer_gui.session.take import Music, Paper, Settings, Sheet, Take, TakeSet, Way


def takes_values(sets: tuple[TakeSet, ...]) -> dict[str, Any] | None:
    """None where there are no takes. Their heat is kept as they have it, see `take.HEAT_BUDGET`."""
    return {"sets": [_set_values(each) for each in sets]} if sets else None


def sets_of(values: dict[str, Any] | None) -> tuple[TakeSet, ...]:
    """The sets that `values`, as the schema has checked them, describe.

    A take that makes no sense, with notes over one another, say, is left out.
    """
    sets = (_set(each) for each in (values or {}).get("sets", ()))
    return tuple(each for each in sets if each is not None)


def _set_values(each: TakeSet) -> dict[str, Any]:
    return {
        "spans": place_values(each.place),
        "original": _lines_values(each.original),
        "paper": _paper_values(each.original.paper),
        "takes": [_take_values(take) for take in each.takes],
    }


def _set(values: dict[str, Any]) -> TakeSet | None:
    place = place_of_values(values.get("spans", {}))
    takes = [take for item in values.get("takes", ()) if (take := _take(item)) is not None]
    try:
        original = Music(_lines(values.get("original", {})), _paper(values.get("paper")))
    except ValueError:
        return None
    numbers = [take.number for take in takes]
    is_whole = all(set(dict(place)) <= set(dict(music.lines)) for music in (original, *_musics(takes)))
    if not place or not takes or not is_whole or len(set(numbers)) != len(numbers):
        return None
    return TakeSet(place, original, tuple(takes))


def _musics(takes: Iterable[Take]) -> Iterable[Music]:
    return (take.music for take in takes)


def _take_values(take: Take) -> dict[str, Any]:
    settings = take.settings
    return {
        "number": take.number,
        "seed": settings.seed,
        "way": settings.way.value,
        "bars": None if settings.sheet is None else settings.sheet.bars,
        "mix": mix_values(settings.mix),
        "guidance": guidance_values(settings.guidance),
        "voices": _lines_values(take.music),
        "paper": _paper_values(take.music.paper),
        "bits": take.bits,
        "faults": take.faults,
        "heats": [_heat_values(heat) for heat in take.heats],
        "made": take.made,
    }


def _take(values: dict[str, Any]) -> Take | None:
    try:
        music = Music(_lines(values["voices"]), _paper(values.get("paper")))
        settings = Settings(
            values["seed"],
            mix_of(values.get("mix", {})),
            guidance_of(values.get("guidance")),
            Way(values.get("way", "fill")),
            _sheet(values.get("bars"), music.paper),
        )
        heats = tuple(map(_heat, values.get("heats", ())))
    except ValueError:
        return None
    return Take(
        values["number"],
        settings,
        music,
        values.get("bits"),
        dict(values.get("faults", {})),
        heats,
        values.get("made", ""),
    )


def _sheet(bars: int | None, paper: Paper | None) -> Sheet | None:
    if bars is None or paper is None:
        return None
    return Sheet(bars, paper.time_signatures[0], paper.key_signatures[0] if paper.key_signatures else None)


def _lines_values(music: Music) -> dict[str, Any]:
    return {voice.label: _line_values(line) for voice, line in music.lines}


@lru_cache(maxsize=64)
def _line_values(line: Voice) -> dict[str, Any]:
    """Shared by what is written of the same line: not to be changed."""
    return {"notes": [_note_values(note) for note in line]}


def _note_values(note: Note) -> dict[str, Any]:
    values: dict[str, Any] = {"start": note.start, "duration": note.duration, "pitch": note.pitch}
    if note.velocity != 80:
        values["velocity"] = note.velocity
    for name in ("fermata", "generated", "lyric"):
        if getattr(note, name):
            values[name] = getattr(note, name)
    return values


def _lines(values: dict[str, Any]) -> tuple[tuple[VoiceName, Voice], ...]:
    lines = {VoiceName.parse(name): Voice(tuple(map(_note, line["notes"]))) for name, line in values.items()}
    return tuple(sorted(lines.items()))


def _note(values: dict[str, Any]) -> Note:
    return Note(
        values["start"],
        values["duration"],
        values["pitch"],
        values.get("velocity", 80),
        values.get("fermata", False),
        values.get("generated", False),
        values.get("lyric", ""),
    )


def _paper_values(paper: Paper | None) -> dict[str, Any] | None:
    if paper is None:
        return None
    return {
        "time_signatures": [
            {"tick": metre.tick, "numerator": metre.numerator, "denominator": metre.denominator}
            for metre in paper.time_signatures
        ],
        "key_signatures": [
            {"tick": key.tick, "fifths": key.fifths, "mode": key.mode} for key in paper.key_signatures
        ],
        "pickup": paper.pickup,
    }


def _paper(values: dict[str, Any] | None) -> Paper | None:
    """Raises ValueError for what cannot be the paper of a score."""
    if values is None:
        return None
    metres = tuple(
        TimeSignature(item["tick"], item["numerator"], item["denominator"])
        for item in values["time_signatures"]
    )
    keys = tuple(
        KeySignature(item["tick"], item["fifths"], item.get("mode", "major"))
        for item in values.get("key_signatures", ())
    )
    paper = Paper(metres, keys, values.get("pickup", 0))
    paper.under(Score())
    return paper


def _heat_values(heat: SampledHeat) -> dict[str, Any]:
    return {
        "voice": heat.voice.label,
        "first": heat.first,
        "experts": list(heat.experts),
        "heat": {"shape": list(heat.heat.shape), "data": _deflated(heat)},
    }


def _deflated(heat: SampledHeat) -> str:
    """Once for each heat, as long as it lives: the same are saved again and again."""
    known = _DEFLATED.get(heat)
    if known is None:
        known = b64encode(zlib.compress(heat.heat.astype("<f2").tobytes(), 6)).decode("ascii")
        _DEFLATED[heat] = known
    return known


_DEFLATED: Final[WeakKeyDictionary[SampledHeat, str]] = WeakKeyDictionary()


def _heat(values: dict[str, Any]) -> SampledHeat:
    table = values["heat"]
    data = zlib.decompress(b64decode(table["data"]))
    heat = np.frombuffer(data, "<f2").reshape(table["shape"]).astype(np.float16)
    if not np.isfinite(heat).all():
        raise ValueError("a heat holds what is no number")
    return SampledHeat(VoiceName.parse(values["voice"]), values["first"], tuple(values["experts"]), heat)
