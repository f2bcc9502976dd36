"""MIDI files as sequencers, notation programs and LilyPond write them."""

from __future__ import annotations

from pathlib import Path

import mido
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harmonizer_gui.files.errors import FileError
from harmonizer_gui.files.midi import read_midi
from harmonizer_gui.score import KeySignature, Note, Score, Tempo, TimeSignature, Voice, VoiceName
from tests.files.chorales import NUMBERS, chorale, notes_alone
from tests.files.midi_files import conductor, played_track, rescaled, saved, track
from tests.strategies import voices

S, A, T, B = VoiceName
FOUR = {S: Note(0, 480, 72), A: Note(0, 480, 67), T: Note(0, 480, 60), B: Note(0, 480, 48)}


def one_note_each(score: Score) -> dict[VoiceName, Note]:
    return {name: score.voice(name).notes[0] for name in VoiceName if score.voice(name)}


@pytest.mark.parametrize(
    "names",
    [
        ("Bass", "Tenor", "Alto", "Soprano"),
        ("B.", "T.", "A.", "S."),
        ("men:bass", "men:tenor", "women:alto", "women:soprano"),
        ("Bassus", "Tenor 1", "Altus", "Cantus"),
        ("", "", "", ""),
        ("Flute", "Tenor Sax", "Piano", "Strings"),
    ],
)
def test_four_tracks_are_told_by_name_then_by_pitch(tmp_path: Path, names: tuple[str, ...]) -> None:
    tracks = [track([FOUR[voice]], name=name) for name, voice in zip(names, (B, T, A, S), strict=True)]
    imported = read_midi(saved(tmp_path / "four.mid", tracks))
    assert one_note_each(imported.score) == FOUR
    assert imported.notices == ()


def test_names_go_before_pitch(tmp_path: Path) -> None:
    tracks = [track([Note(0, 480, 50)], name="Soprano"), track([Note(0, 480, 80)], name="Bass")]
    score = read_midi(saved(tmp_path / "crossed.mid", tracks)).score
    assert one_note_each(score) == {S: Note(0, 480, 50), B: Note(0, 480, 80)}


def test_empty_tracks_beside_do_not_count(tmp_path: Path) -> None:
    tracks = [track([note], channel=voice) for voice, note in FOUR.items()]
    score = read_midi(saved(tmp_path / "gaps.mid", [track([]), *tracks, track([], name="Choir")])).score
    assert one_note_each(score) == FOUR


@pytest.mark.parametrize("kind", [0, 1])
def test_four_channels_on_one_track(tmp_path: Path, kind: int) -> None:
    notes = [(note, channel) for channel, note in zip((3, 2, 1, 0), FOUR.values(), strict=True)]
    path = saved(tmp_path / "channels.mid", [played_track(notes, name="Choral")], kind=kind)
    score = read_midi(path).score
    assert one_note_each(score) == FOUR
    assert score.title == "Choral"


@pytest.mark.parametrize("number", NUMBERS)
def test_closed_score_on_two_tracks(tmp_path: Path, number: str) -> None:
    score = notes_alone(chorale(number))
    upper = rescaled([*score.voice(S), *score.voice(A)], 384)
    lower = rescaled([*score.voice(T), *score.voice(B)], 384)
    tracks = [conductor(), track(upper, name="upper:"), track(lower, name="lower:")]
    read = read_midi(saved(tmp_path / "closed.mid", tracks, resolution=384)).score
    right = sum(len(set(read.voice(name)) & set(score.voice(name))) for name in VoiceName)
    assert right >= 0.95 * sum(map(len, score.voices))
    assert sorted(n for voice in read.voices for n in voice) == sorted(n for v in score.voices for n in v)


def test_closed_score_without_crossings_comes_back_exactly(tmp_path: Path) -> None:
    score = notes_alone(chorale("bwv66.6"))
    notes = [(note, voice // 2) for voice in VoiceName for note in score.voice(voice)]
    read = read_midi(saved(tmp_path / "two_channels.mid", [played_track(notes)], kind=0)).score
    assert read.voices == score.voices


def test_a_crossing_voice_keeps_its_line_while_it_is_held(tmp_path: Path) -> None:
    soprano = [Note(0, 480, 67), Note(480, 960, 64), Note(1440, 480, 69)]
    alto = [Note(0, 960, 62), Note(960, 960, 66)]
    tracks = [track([*soprano, *alto]), track([Note(0, 1920, 55), Note(0, 1920, 48)])]
    score = read_midi(saved(tmp_path / "crossing.mid", tracks)).score
    assert score.voice(S).notes == tuple(soprano)
    assert score.voice(A).notes == tuple(alto)


def test_chords_on_one_track_are_four_voices(tmp_path: Path) -> None:
    score = notes_alone(chorale("bwv66.6"))
    path = saved(tmp_path / "piano.mid", [track([n for voice in score.voices for n in voice], name="Piano")])
    read = read_midi(path).score
    right = sum(len(set(read.voice(name)) & set(score.voice(name))) for name in VoiceName)
    assert right >= 0.96 * sum(map(len, score.voices))


def test_a_melody_over_chords(tmp_path: Path) -> None:
    melody = [Note(0, 480, 79), Note(480, 480, 77)]
    chords = [Note(480 * step, 480, pitch - step) for step in (0, 1) for pitch in (67, 60, 48)]
    score = read_midi(saved(tmp_path / "song.mid", [track(melody), track(chords)])).score
    assert [voice.notes[0].pitch for voice in score.voices] == [79, 67, 60, 48]


def test_a_unison_written_once_is_sung_by_both(tmp_path: Path) -> None:
    upper = [Note(0, 480, 67), Note(0, 480, 64), Note(480, 480, 65), Note(960, 480, 67), Note(960, 480, 62)]
    lower = [Note(480 * beat, 480, pitch) for beat in range(3) for pitch in (55, 48)]
    imported = read_midi(saved(tmp_path / "unison.mid", [track(upper), track(lower)]))
    assert [note.pitch for note in imported.score.voice(S)] == [67, 65, 67]
    assert [note.pitch for note in imported.score.voice(A)] == [64, 65, 62]
    assert imported.notices == ("alto: 1 note was taken for a unison with another voice",)


def test_a_long_solo_is_no_unison(tmp_path: Path) -> None:
    chord = [Note(0, 480, 67), Note(0, 480, 64)]
    solo = [Note(480 + 480 * beat, 480, 65 + beat) for beat in range(8)]
    lower = [Note(480 * beat, 480, pitch) for beat in range(3) for pitch in (55, 48)]
    score = read_midi(saved(tmp_path / "solo.mid", [track(chord + solo), track(lower)])).score
    assert len(score.voice(S)) == 9
    assert [note.pitch for note in score.voice(A)] == [64]


@given(voice=voices(grid=4, fermatas=False, generated=False), resolution=st.integers(24, 1920))
@settings(max_examples=50)
def test_any_resolution_keeps_neighbours_together(
    voice: Voice, resolution: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    notes = [*voice, Note(voice.end, 480, 60)]
    path = saved(tmp_path_factory.mktemp("r") / "r.mid", [track(notes, name="Alto")], resolution=resolution)
    read = read_midi(path).score.voice(A).notes
    assert [note.pitch for note in read] == [note.pitch for note in notes]
    for source, note in zip(notes, read, strict=True):
        assert abs(note.start * resolution - source.start * 480) * 2 <= resolution
        assert abs(note.end * resolution - source.end * 480) * 2 <= 2 * resolution


@pytest.mark.parametrize("resolution", [96, 384, 480, 960])
def test_positions_that_divide_are_exact(tmp_path: Path, resolution: int) -> None:
    notes = [Note(0, 240, 60), Note(240, 120, 62), Note(480, 960, 64)]
    path = saved(tmp_path / "r.mid", [track(rescaled(notes, resolution))], resolution=resolution)
    assert read_midi(path).score.voice(S).notes == tuple(notes)


def test_running_status_and_note_ons_without_velocity_as_note_offs(tmp_path: Path) -> None:
    events = bytes.fromhex("00 90 3C 50  83 60 3C 00  00 3E 51  83 60 3E 00  00 FF 2F 00")
    path = tmp_path / "running.mid"
    path.write_bytes(one_track(events))
    assert read_midi(path).score.voice(S).notes == (Note(0, 480, 60), Note(480, 480, 62, 81))


def test_a_note_without_its_end_lasts_to_the_next_of_its_pitch(tmp_path: Path) -> None:
    struck = [mido.Message("note_on", note=60, velocity=80, time=time) for time in (0, 480, 480)]
    path = saved(tmp_path / "hanging.mid", [[*struck, mido.Message("note_off", note=60, time=480)]])
    assert read_midi(path).score.voice(S).notes == tuple(Note(480 * beat, 480, 60) for beat in range(3))


def test_overlapping_notes_of_a_line_are_trimmed_and_reported(tmp_path: Path) -> None:
    notes = [Note(0, 720, 60), Note(480, 480, 62), Note(1920, 960, 64), Note(2400, 480, 65)]
    imported = read_midi(saved(tmp_path / "legato.mid", [track(notes, name="Tenor")]))
    assert [(note.start, note.end) for note in imported.score.voice(T)] == [
        (0, 480),
        (480, 960),
        (1920, 2400),
        (2400, 2880),
    ]
    assert imported.notices == ("tenor: 2 notes were shortened to end where the next begins, first in bar 1",)


@pytest.mark.parametrize(("name", "kept", "words"), [("Tenor", 64, "top"), ("Bass", 60, "bottom")])
def test_of_a_chord_in_one_line_the_outer_note_is_kept(
    tmp_path: Path, name: str, kept: int, words: str
) -> None:
    notes = [Note(1920, 480, pitch) for pitch in (60, 62, 64)]
    imported = read_midi(saved(tmp_path / "chord.mid", [track(notes, name=name)]))
    assert [note.pitch for note in imported.score.voice(VoiceName.parse(name))] == [kept]
    assert imported.notices == (f"bar 2, {name.lower()}: three notes at once, kept the {words} one",)


def test_of_many_chords_in_one_line_a_few_are_named(tmp_path: Path) -> None:
    chords = [Note(1920 * bar, 480, pitch) for bar in range(9) for pitch in (60, 62 + bar)]
    imported = read_midi(saved(tmp_path / "chords.mid", [track(chords, name="Alto")]))
    assert imported.notices == (
        "bar 1, alto: two notes at once, kept the top one",
        "bar 2, alto: two notes at once, kept the top one",
        "bar 3, alto: two notes at once, kept the top one",
        "alto: the same in 6 more places, the last in bar 9",
    )


def test_one_line_without_a_name_is_the_soprano(tmp_path: Path) -> None:
    score = read_midi(saved(tmp_path / "line.mid", [track([Note(0, 480, 45)])])).score
    assert one_note_each(score) == {S: Note(0, 480, 45)}


def test_two_lines_take_the_voices_that_lie_nearest(tmp_path: Path) -> None:
    score = read_midi(saved(tmp_path / "duet.mid", [track([FOUR[B]]), track([FOUR[S]])])).score
    assert one_note_each(score) == {S: FOUR[S], B: FOUR[B]}


def test_singers_among_twelve_tracks_are_found_by_name(tmp_path: Path) -> None:
    band = [track([Note(0, 480, 40 + index)], name=f"Horn {index}") for index in range(8)]
    choir = [track([note], name=voice.label) for voice, note in FOUR.items()]
    imported = read_midi(saved(tmp_path / "band.mid", band + choir))
    assert one_note_each(imported.score) == FOUR
    assert imported.notices[0].startswith("8 parts were left out: Horn 0, Horn 1")


def test_drums_are_left_out(tmp_path: Path) -> None:
    path = saved(tmp_path / "band.mid", [track([Note(0, 480, 60)]), track([Note(0, 120, 36)], channel=9)])
    imported = read_midi(path)
    assert one_note_each(imported.score) == {S: Note(0, 480, 60)}
    assert imported.notices == ("1 drum note was left out",)


def test_notes_beyond_the_piano_stay_and_are_counted(tmp_path: Path) -> None:
    imported = read_midi(saved(tmp_path / "high.mid", [track([Note(0, 480, 20), Note(480, 480, 120)])]))
    assert [note.pitch for note in imported.score.voice(S)] == [20, 120]
    assert imported.notices == ("2 notes lie outside A0–C8, where the model cannot read",)


def test_notes_off_the_grid_are_counted(tmp_path: Path) -> None:
    imported = read_midi(saved(tmp_path / "triplets.mid", [track([Note(0, 160, 60), Note(160, 320, 62)])]))
    assert imported.notices == ("2 notes lie off the sixteenth grid and are shown to the model rounded",)


def test_tempo_metre_key_and_title(tmp_path: Path) -> None:
    changes = conductor(
        mido.MetaMessage("track_name", name="Über".encode().decode("latin1")),
        mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(72)),
        mido.MetaMessage("time_signature", numerator=3, denominator=4),
        mido.MetaMessage("key_signature", key="F#m"),
        mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(72), time=1440),
        mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(90.5), time=1440),
        mido.MetaMessage("time_signature", numerator=6, denominator=8),
        mido.MetaMessage("key_signature", key="Bb"),
    )
    score = read_midi(saved(tmp_path / "song.mid", [changes, track([Note(0, 9600, 60)])])).score
    assert score.title == "Über"
    assert score.tempos == (Tempo(0, 72), Tempo(2880, 90.5))
    assert score.time_signatures == (TimeSignature(0, 3, 4), TimeSignature(2880, 6, 8))
    assert score.key_signatures == (KeySignature(0, 3, "minor"), KeySignature(2880, -2))


def test_midi_says_120_and_four_four_where_the_file_says_nothing(tmp_path: Path) -> None:
    score = read_midi(saved(tmp_path / "bare.mid", [track([Note(0, 480, 60)])])).score
    assert (score.tempos, score.time_signatures) == ((Tempo(0, 120),), (TimeSignature(0, 4, 4),))


def test_names_in_latin_1(tmp_path: Path) -> None:
    path = saved(tmp_path / "old.mid", [track([], name="Bär"), track([Note(0, 480, 60)])])
    assert read_midi(path).score.title == "Bär"


def test_a_short_first_bar_is_a_pickup(tmp_path: Path) -> None:
    changes = conductor(
        mido.MetaMessage("time_signature", numerator=1, denominator=4),
        mido.MetaMessage("time_signature", numerator=3, denominator=4, time=480),
    )
    score = read_midi(saved(tmp_path / "upbeat.mid", [changes, track([Note(0, 1920, 60)])])).score
    assert (score.pickup, score.time_signatures) == (480, (TimeSignature(0, 3, 4),))
    assert [(bar.number, bar.start) for bar in score.bars] == [(0, 0), (1, 480)]


def test_a_metre_that_no_score_has_is_passed_over(tmp_path: Path) -> None:
    odd = conductor(mido.MetaMessage("time_signature", numerator=4, denominator=64))
    imported = read_midi(saved(tmp_path / "odd.mid", [odd, track([Note(0, 480, 60)])]))
    assert imported.score.time_signatures == (TimeSignature(0, 4, 4),)
    assert imported.notices == ("1 time signature was passed over that no score can have",)


@pytest.mark.parametrize(
    "event",
    ["59 02 09 00", "59 02 01 FF", "59 01 01", "51 02 07 A1", "58 02 03 02", "54 05 FF 00 00 00 00"],
    ids=["nine sharps", "no mode", "half a key", "half a tempo", "half a metre", "no frame rate"],
)
def test_an_event_that_makes_no_sense_is_passed_over_and_keeps_its_time(tmp_path: Path, event: str) -> None:
    path = tmp_path / "odd.mid"
    path.write_bytes(one_track(bytes.fromhex(f"8360 FF {event} 8360 903C50 8360 803C00 00FF2F00")))
    imported = read_midi(path)
    assert imported.score.voice(S).notes == (Note(960, 480, 60),)
    assert imported.score.time_signatures == (TimeSignature(0, 4, 4),)
    assert imported.notices == ("1 MIDI event makes no sense and was passed over",)


def test_an_event_of_another_program_keeps_its_time(tmp_path: Path) -> None:
    path = tmp_path / "private.mid"
    path.write_bytes(one_track(bytes.fromhex("8360 FF6001AA 00903C50 8360 803C00 00FF2F00")))
    imported = read_midi(path)
    assert (imported.score.voice(S).notes, imported.notices) == ((Note(480, 480, 60),), ())


@pytest.mark.parametrize("kind", [0, 1])
@pytest.mark.parametrize("named", [0, 1, 3])
def test_a_header_that_names_too_few_tracks_costs_no_notes(tmp_path: Path, named: int, kind: int) -> None:
    path = saved(tmp_path / "few.mid", [track([note], name=voice.label) for voice, note in FOUR.items()])
    data = bytearray(path.read_bytes())
    data[8:12] = kind.to_bytes(2, "big") + named.to_bytes(2, "big")
    path.write_bytes(data)
    assert one_note_each(read_midi(path).score) == FOUR


def test_chunks_of_other_programs_are_passed_over(tmp_path: Path) -> None:
    path = saved(tmp_path / "own.mid", [track([note], name=voice.label) for voice, note in FOUR.items()])
    head, *tracks = path.read_bytes().split(b"MTrk")
    own = b"XFIH" + (12).to_bytes(4, "big") + b"MTrk in here"
    path.write_bytes(head + own + b"".join(b"MTrk" + each + own for each in tracks) + b"\0\0\0")
    imported = read_midi(path)
    assert (one_note_each(imported.score), imported.notices) == (FOUR, ())


def test_a_header_that_names_too_many_tracks_says_that_some_are_lost(tmp_path: Path) -> None:
    path = saved(tmp_path / "lost.mid", [track([Note(0, 480, 60)])])
    data = bytearray(path.read_bytes())
    data[11] = 2
    path.write_bytes(data)
    with pytest.raises(FileError, match="it is cut short"):
        read_midi(path)


def test_a_hundred_thousand_notes(tmp_path: Path) -> None:
    played = b"".join(bytes((0, 50 + index % 20, 80, 60, 50 + index % 20, 0)) for index in range(100_000))
    path = tmp_path / "long.mid"
    path.write_bytes(one_track(b"\x00\x90" + played[1:] + b"\x00\xff\x2f\x00"))
    notes = tuple(Note(60 * index, 60, 50 + index % 20) for index in range(100_000))
    assert read_midi(path).score.voice(S).notes == notes


def test_a_pile_of_notes_takes_no_longer(tmp_path: Path) -> None:
    notes = [Note(0, 480 + index % 7, index % 128) for index in range(5_000)]
    imported = read_midi(saved(tmp_path / "pile.mid", [track(notes), track([Note(0, 480, 40)])]))
    assert sum(map(len, imported.score.voices)) == 4


def one_track(events: bytes) -> bytes:
    """A file of type 0 with 480 ticks a quarter, its events written out."""
    header = b"MThd" + bytes.fromhex("00000006 0000 0001 01E0")
    return header + b"MTrk" + len(events).to_bytes(4, "big") + events
