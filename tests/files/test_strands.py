"""Taking chords and closed score apart, and the names of parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonizer_gui.files.manner import Order, order_of
from harmonizer_gui.files.names import claimed_voices, is_plain
from harmonizer_gui.files.splitting import split_strands
from harmonizer_gui.files.strands import Dropped, Found, Kept, Unsure, single_strand, width
from harmonizer_gui.score import Note, Voice
from tests.strategies import voices

STEPS = st.integers(0, 12).map(lambda number: 120 * number)
LENGTHS = st.integers(1, 8).map(lambda number: 120 * number)
ANY_NOTES = st.lists(st.builds(Note, STEPS, LENGTHS, st.integers(40, 80)), max_size=20)
RANKED = ANY_NOTES.flatmap(
    lambda notes: st.lists(
        st.none() | st.integers(0, 3), min_size=len(notes), max_size=len(notes)
    ).map(lambda ranks: [Found(note, rank) for note, rank in zip(notes, ranks, strict=True)])
)  # fmt: skip


@given(found=RANKED, count=st.integers(1, 4))
def test_lines_never_sound_twice_and_account_for_every_note(found: list[Found], count: int) -> None:
    strands = split_strands(found, count)
    assert len(strands) == count
    sung = [note for strand in strands for note in Voice(tuple(strand.notes))]
    assert {note.start for note in sung} <= {item.note.start for item in found}
    dropped = sum(len(strand.dropped) for strand in strands)
    assert len(sung) - sum(strand.unisons for strand in strands) + dropped == len(found)


@given(found=RANKED)
def test_a_single_line_accounts_for_every_note(found: list[Found]) -> None:
    strand = single_strand(found)
    assert len(Voice(tuple(strand.notes))) + len(strand.dropped) == len(found)


@given(soprano=voices(grid=120), count=st.integers(1, 4))
def test_a_line_among_lines_stays_as_it_is(soprano: Voice, count: int) -> None:
    strands = split_strands([Found(note) for note in soprano], count)
    assert sorted(n for strand in strands for n in strand.notes) == sorted(soprano)
    assert width([Found(note) for note in soprano]) == 1


def test_ranks_of_the_staff_decide_even_against_pitch() -> None:
    found = [Found(Note(0, 480, 60), 0), Found(Note(0, 480, 67), 1)]
    assert [strand.notes[0].pitch for strand in split_strands(found, 2)] == [60, 67]


def test_of_a_unison_the_voice_that_moves_up_is_the_upper() -> None:
    rising = [Note(0, 240, 60), Note(0, 480, 60), Note(240, 240, 62)]
    falling = [Note(0, 240, 60), Note(0, 480, 60), Note(240, 240, 59)]
    upper, lower = split_strands([Found(note) for note in rising], 2)
    assert (upper.notes, lower.notes) == ([rising[0], rising[2]], [rising[1]])
    upper, lower = split_strands([Found(note) for note in falling], 2)
    assert (upper.notes, lower.notes) == ([falling[1]], [falling[0], falling[2]])


def test_three_notes_for_two_lines_keep_the_outer_ones() -> None:
    strands = split_strands([Found(Note(480, 480, pitch)) for pitch in (60, 64, 67)], 2)
    assert [strand.notes[0].pitch for strand in strands] == [67, 60]
    assert [place for strand in strands for place in strand.dropped] == [Dropped(480, 3, Kept.OUTER)]


def test_a_note_played_a_little_long_does_not_block_its_line() -> None:
    played = [Note(0, 490, 67), Note(0, 490, 60), Note(480, 480, 69), Note(480, 480, 62)]
    upper, lower = split_strands([Found(note) for note in played], 2)
    assert [note.pitch for note in upper.notes] == [67, 69]
    assert [(note.start, note.end) for note in lower.notes] == [(0, 480), (480, 960)]
    assert (upper.trimmed, lower.trimmed) == ([480], [480])


def test_chords_are_as_wide_as_they_mostly_are() -> None:
    chords = [Note(480 * beat, 480, pitch) for beat in range(40) for pitch in (60, 64, 67)]
    assert width([Found(note) for note in chords]) == 3
    assert width([Found(note) for note in [*chords, Note(0, 480, 72)]]) == 3
    legato = [Note(480 * beat, 600, 60 + beat) for beat in range(20)]
    assert width([Found(note) for note in legato]) == 1


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Soprano", "S"), ("soprano 2", "S"), ("S.", "S"), ("S1", "S"), ("Sopran", "S"), ("Cantus", "S"),
        ("Superius", "S"), ("Discant", "S"), ("Alto", "A"), ("Altus", "A"), ("Contralto", "A"),
        ("Tenore", "T"), ("TENOR", "T"), ("Bassus", "B"), ("Basso continuo", "B"), ("Bass\rContinuo", "B"),
        ("S.A.", "SA"), ("Soprano / Alto", "SA"), ("SA", "SA"), ("Frauen", "SA"), ("T + B", "TB"),
        ("men:tenor", "T"), ("women:", "SA"), ("upper:one", ""), ("", ""), ("Piano", ""), ("Track 1", ""),
        ("Alto Sax", ""), ("Bass Guitar", ""), ("Bass drum", ""), ("Altitude", ""), ("Tenor Trombone", ""),
        ("Part A melody", ""), ("Bass Clef", ""),
    ],
)  # fmt: skip
def test_what_names_say(name: str, letters: str) -> None:
    assert "".join(voice.letter for voice in sorted(claimed_voices(name))) == letters


def test_plain_names_are_voices_alone() -> None:
    assert [name for name in ("Bass", "Bass 2", "Bass Continuo", "S. A.", "") if is_plain(name)] == [
        "Bass",
        "Bass 2",
        "S. A.",
    ]


def test_a_note_that_another_holds_is_touched_and_left() -> None:
    held, touched = Note(0, 1920, 64), Note(480, 480, 64)
    around = [Note(0, 480, 62), Note(960, 960, 62)]
    first_ends_first = [Note(0, 960, 64), Note(480, 1440, 64)]
    upper, lower = split_strands([Found(note) for note in (*first_ends_first, *around)], 2)
    assert upper.notes == [held]
    assert lower.notes == [around[0], touched, around[1]]


def test_a_shared_note_is_left_early_without_a_word() -> None:
    upper, lower = [Note(0, 480, 67), Note(480, 480, 64)], [Note(0, 480, 62), Note(720, 240, 62)]
    found = split_strands([Found(note) for note in (*upper, *lower)], 2)
    assert [note.pitch for note in found[1].notes] == [62, 64, 62]
    assert found[1].notes[1] == Note(480, 240, 64)
    assert (found[1].unisons, found[1].trimmed) == (1, [])


def test_the_order_of_the_ends_says_who_held() -> None:
    """Where the file has the voices in order, the one that stands first at the end is the upper."""
    notes = [
        (Note(0, 480, 60), 0, 5), (Note(0, 240, 60), 1, 2), (Note(240, 240, 62), 3, 6),
        (Note(480, 480, 64), 7, 9), (Note(480, 480, 57), 8, 10),
    ]  # fmt: skip
    found = [Found(note, place=place, leaving=leaving) for note, place, leaving in notes]
    upper, lower = split_strands(found, 2, Order(struck=1, left=1))
    assert [note.pitch for note in upper.notes] == [60, 64]
    assert [note.pitch for note in lower.notes] == [60, 62, 57]


def test_an_order_without_exception_says_nothing() -> None:
    sorted_by_height = [
        Found(Note(0, 480, 64), place=0, leaving=2),
        Found(Note(0, 480, 60), place=1, leaving=3),
    ]
    assert order_of([sorted_by_height]) == Order()


def test_what_is_as_likely_is_doubted() -> None:
    """The two that leave the unison go as far, and nothing tells who holds."""
    pitches = [(0, 480, 60), (0, 480, 60), (480, 240, 60), (480, 480, 60), (720, 240, 60)]
    strands = split_strands([Found(Note(*numbers)) for numbers in pitches], 2)
    doubts = [doubt for doubt in strands[0].doubts if doubt.what is Unsure.HOLDS]
    assert [doubt.start for doubt in doubts] == [480]
    assert doubts[0] in strands[1].doubts


def test_plain_lines_leave_no_doubt() -> None:
    chords = [Note(480 * beat, 480, pitch + beat % 2) for beat in range(8) for pitch in (74, 52)]
    assert all(not strand.doubts for strand in split_strands([Found(note) for note in chords], 2))
