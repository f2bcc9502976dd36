"""Takes and locks in a project file, and back."""

from __future__ import annotations

import gc
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from weakref import ref

import numpy as np

from harmonizer_gui.engine.guidance import Guidance, Lock
from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.engine.records import SampledHeat
from harmonizer_gui.files.project import Project, read_project, write_project
from harmonizer_gui.score import KeySignature, Note, TimeSignature, Voice, VoiceName
from harmonizer_gui.session.locks import NO_LOCKS, Locks, lock_values, locks_of
from harmonizer_gui.session.take import Music, Paper, Settings, Sheet, Take, TakeSet, Way, within_budget
from harmonizer_gui.session.takes_values import sets_of, takes_values
from tests.session.conftest import BAR, line

ALTO, BASS = VoiceName.ALTO, VoiceName.BASS


def heat(seed: int = 1, steps: int = 8) -> SampledHeat:
    values = np.random.default_rng(seed).random((3, steps, 88)).astype(np.float16)
    return SampledHeat(ALTO, 16, ("simple", "contour"), values)


def take(number: int, **changes: Any) -> Take:  # noqa: ANN401  # fields of several kinds
    written = Voice(tuple(replace(note, generated=True) for note in line(64)))
    plain = Take(
        number,
        Settings(
            70 + number,
            Mix((("contour", 2.0),), 0.9, frozenset({"beat"})),
            Guidance(locks=(Lock(0, 960, frozenset({0, 4, 7}), "C major"),)),
        ),
        Music(((ALTO, written),)),
        bits=0.94,
        faults={"parallels": 1},
        heats=(heat(number),),
        made=f"2026-11-22T22:00:{number:02d}",
    )
    return replace(plain, **changes)


def take_set(*takes: Take) -> TakeSet:
    return TakeSet(((ALTO, ((0, BAR), (2 * BAR, 3 * BAR))),), Music(((ALTO, Voice()),)), takes)


def through_a_file(sets: tuple[TakeSet, ...], path: Path) -> tuple[TakeSet, ...]:
    values = takes_values(sets)
    write_project(Project(sections={"takes": values}), path)
    return sets_of(read_project(path).sections.get("takes"))


def test_takes_come_back_as_they_went(tmp_path: Path) -> None:
    (back,) = through_a_file((take_set(take(1), take(2)),), tmp_path / "a.harmonizer")
    assert (back.place, back.original) == (take_set().place, take_set().original)
    for before, after in zip((take(1), take(2)), back.takes, strict=True):
        assert (after.number, after.settings, after.music) == (before.number, before.settings, before.music)
        assert (after.bits, after.faults, after.made) == (before.bits, before.faults, before.made)
        (was,), (now,) = before.heats, after.heats
        assert np.array_equal(was.heat, now.heat)
        assert (was.voice, was.first, was.experts) == (now.voice, now.first, now.experts)
        assert not now.heat.flags.writeable


def test_a_piece_from_nothing_keeps_its_paper(tmp_path: Path) -> None:
    paper = Paper((TimeSignature(0, 3, 4),), (KeySignature(0, -1, "minor"),))
    sheet = Sheet(8, TimeSignature(0, 3, 4), KeySignature(0, -1, "minor"))
    lines = tuple((voice, line(60)) for voice in VoiceName)
    composed = take(
        1, settings=Settings(3, way=Way.COMPOSE, sheet=sheet), music=Music(lines, paper), heats=()
    )
    place = tuple((voice, ((0, 8 * 1440),)) for voice in VoiceName)
    whole = TakeSet(place, Music(lines, Paper((TimeSignature(0, 4, 4),), (), 480)), (composed,))
    (back,) = through_a_file((whole,), tmp_path / "a.harmonizer")
    assert back.original == whole.original
    assert (back.takes[0].music, back.takes[0].settings) == (composed.music, composed.settings)


def test_no_takes_take_no_room(tmp_path: Path) -> None:
    assert takes_values(()) is None
    assert sets_of(None) == ()


def test_of_the_heat_the_newest_is_kept() -> None:
    sets = (take_set(take(3), take(1)), replace(take_set(take(2)), place=((ALTO, ((0, 480),)),)))
    assert within_budget(sets) is sets
    left = within_budget(sets, 2 * heat().heat.nbytes)
    assert [(each.number, bool(each.heats)) for one in left for each in one.takes] == [
        (3, True),
        (1, False),
        (2, True),
    ]
    assert left[0].takes[1].music == sets[0].takes[1].music
    assert left[1] is sets[1]


def test_what_was_saved_is_not_kept_for_it() -> None:
    kept = heat()
    assert takes_values((take_set(take(1, heats=(kept,))),)) is not None
    seen = ref(kept)
    del kept
    gc.collect()
    assert seen() is None


def test_takes_that_make_no_sense_are_left_out() -> None:
    values = json.loads(json.dumps(takes_values((take_set(take(1), take(2), take(3)),))))
    takes = values["sets"][0]["takes"]
    takes[0]["voices"]["alto"]["notes"][1]["start"] = 0  # over the first note
    takes[1]["heats"][0]["heat"]["shape"] = [3, 8, 87]
    (back,) = sets_of(values)
    assert [each.number for each in back.takes] == [3]
    takes[2]["voices"] = {}
    assert sets_of(values) == ()


def test_locks_come_back(tmp_path: Path) -> None:
    locks = Locks(frozenset({BASS})).with_place(((ALTO, ((0, 480), (960, BAR))),), on=True)
    write_project(Project(sections={"locked": lock_values(locks)}), tmp_path / "a.harmonizer")
    assert locks_of(read_project(tmp_path / "a.harmonizer").sections["locked"]) == locks
    assert lock_values(NO_LOCKS) is None
    assert locks_of(None) == NO_LOCKS


def test_locking_is_joined_and_taken_away() -> None:
    locks = NO_LOCKS.with_place(((ALTO, ((0, 480),)),), on=True).with_place(((ALTO, ((480, 960),)),), on=True)
    assert locks.spans[ALTO] == ((0, 960),)
    assert locks.holds_note(ALTO, Note(240, 480, 60))
    assert not locks.holds_note(ALTO, Note(720, 480, 60))
    assert locks.unlocked(ALTO, ((0, BAR),)) == ((960, BAR),)
    assert locks.with_voice(ALTO, on=True).unlocked(ALTO, ((0, BAR),)) == ()
    fewer = locks.with_place(((ALTO, ((240, 480),)),), on=False)
    assert fewer.spans[ALTO] == ((0, 240), (480, 960))
    assert not locks.holds_place(())
