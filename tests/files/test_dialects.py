"""MusicXML as MuseScore, Finale, Sibelius and Dorico each write it, and what music21 writes itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmonizer_gui.files.formats import gather, read
from harmonizer_gui.files.imported import Imported
from harmonizer_gui.files.material import Material
from harmonizer_gui.score import Note, Score, VoiceName, pitch_name
from tests.files.xml_files import BACKUP, document, note, rest, saved

S, A, T, B = VoiceName


def sung(score: Score, voice: VoiceName) -> list[tuple[int, int, str]]:
    """Start and end in sixteenths, and name, of the notes of a voice."""
    return [(n.start // 120, n.end // 120, pitch_name(n.pitch)) for n in score.voice(voice)]


def imported(tmp_path: Path, text: str, *, expand_repeats: bool = False) -> Imported:
    return read(saved(tmp_path / "piece.musicxml", text), expand_repeats=expand_repeats)


def material(tmp_path: Path, text: str) -> Material:
    found = gather(saved(tmp_path / "piece.musicxml", text))
    assert isinstance(found, Material)
    return found


def lyric(text: str, syllabic: str = "single", *, verse: int = 1) -> str:
    return f'<lyric number="{verse}"><syllabic>{syllabic}</syllabic><text>{text}</text></lyric>'


def with_inside(written: str, *elements: str) -> str:
    return written.replace("</note>", "".join(elements) + "</note>")


# MuseScore: forwards where a voice is silent, rests that are hidden, voices 5 and 6 on the second staff.
FORWARD = "<forward><duration>8</duration><voice>2</voice></forward>"
HIDDEN = '<note print-object="no"><rest/><duration>4</duration><voice>2</voice></note>'


def test_musescore_forwards_and_hidden_rests_are_silence(tmp_path: Path) -> None:
    upper = note("C5", 16) + BACKUP + FORWARD + note("G4", 4, voice=2) + HIDDEN
    lower = note("E4", 16) + BACKUP + HIDDEN + note("C3", 12, voice=2)
    second = note("D5", 16) + BACKUP + note("G4", 16, voice=2)
    fourth = note("F4", 16) + BACKUP + note("B3", 16, voice=2)
    found = material(tmp_path, document({"": [upper, second], " ": [lower, fourth]}))
    assert found.guess.is_plain
    score = found.imported().score
    assert sung(score, S) == [(0, 16, "C5"), (16, 32, "D5")]
    assert sung(score, A) == [(8, 12, "G4"), (16, 32, "G4")]
    assert sung(score, B) == [(4, 16, "C3"), (16, 32, "B3")]


def test_a_tempo_that_only_sounds(tmp_path: Path) -> None:
    sound = '<direction><direction-type><words>Adagio</words></direction-type><sound tempo="52"/></direction>'
    score = imported(tmp_path, document({"Alto": [sound + note("G4", 16)]})).score
    assert [tempo.quarters_per_minute for tempo in score.tempos] == [52]


# The tenor an octave below its clef: written as it sounds (most), or with a transposition (Finale).
OCTAVE_CLEF = "<clef><sign>G</sign><line>2</line><clef-octave-change>-1</clef-octave-change></clef>"
OCTAVE_BELOW = (
    "<transpose><diatonic>0</diatonic><chromatic>0</chromatic><octave-change>-1</octave-change></transpose>"
)


@pytest.mark.parametrize(
    ("extra", "written", "sounding"),
    [
        (OCTAVE_CLEF, "G3", "G3"),
        (OCTAVE_BELOW, "G4", "G3"),
        (OCTAVE_CLEF + OCTAVE_BELOW, "G4", "G3"),
        ("<clef><sign>C</sign><line>4</line></clef>", "G3", "G3"),
    ],
)
def test_clefs_that_transpose(tmp_path: Path, extra: str, written: str, sounding: str) -> None:
    score = imported(tmp_path, document({"Tenor": [note(written, 16)]}, extra=extra)).score
    assert sung(score, T) == [(0, 16, sounding)]


@pytest.mark.parametrize(
    ("written", "semitones", "sounding"), [(0, -2, -2), (2, -2, 0), (-1, -9, -4), (3, -12, 3), (7, 5, 6)]
)
def test_where_all_parts_transpose_the_key_is_the_sounding_one(
    tmp_path: Path, written: int, semitones: int, sounding: int
) -> None:
    transpose = f"<transpose><chromatic>{semitones}</chromatic></transpose>"
    text = document({"Alto": [note("G4", 16)]}, extra=transpose)
    score = imported(tmp_path, text.replace("<fifths>0<", f"<fifths>{written}<")).score
    assert [key.fifths for key in score.key_signatures] == [sounding]


# Finale: cue notes, speeds that are about right.
@pytest.mark.parametrize("speed", ["c. 72", "72-80", "72"])
def test_a_speed_with_words_or_a_second_number(tmp_path: Path, speed: str) -> None:
    metronome = f"<metronome><beat-unit>quarter</beat-unit><per-minute>{speed}</per-minute></metronome>"
    direction = f"<direction><direction-type>{metronome}</direction-type></direction>"
    score = imported(tmp_path, document({"Alto": [direction + note("G4", 16)]})).score
    assert [tempo.quarters_per_minute for tempo in score.tempos] == [72]


def test_cue_notes_are_silence_and_counted(tmp_path: Path) -> None:
    cue, chord = "<cue/>", "<cue/><chord/>"
    measures = [
        note("G4", 8) + note("C5", 4, inside=cue) + note("E5", 4, inside=chord) + note("A4", 4),
        note("B4", 16) + BACKUP + note("C6", 16, voice=2, inside=cue),
    ]
    found = imported(tmp_path, document({"Alto": measures}))
    assert sung(found.score, A) == [(0, 8, "G4"), (12, 16, "A4"), (16, 32, "B4")]
    assert found.notices == ("3 cue notes were left out",)


# Sibelius: fermatas on rests and barlines, ties as curves alone.
def test_fermatas_on_rests_and_barlines_belong_to_no_note(tmp_path: Path) -> None:
    fermata = "<notations><fermata/></notations>"
    barline = '<barline location="right"><bar-style>light-heavy</bar-style><fermata/></barline>'
    measures = [note("G4", 12) + with_inside(rest(4), fermata) + barline]
    score = imported(tmp_path, document({"Alto": measures})).score
    assert score.voice(A).notes == (Note(0, 1440, 67),)


def test_a_tie_that_is_only_drawn(tmp_path: Path) -> None:
    def drawn(*kinds: str) -> str:
        curves = "".join(f'<tied type="{kind}"/>' for kind in kinds)
        return with_inside(note("G4", 16), f"<notations>{curves}</notations>")

    measures = [drawn("start"), drawn("stop", "start"), drawn("stop"), drawn("let-ring")]
    score = imported(tmp_path, document({"Alto": measures})).score
    assert sung(score, A) == [(0, 48, "G4"), (48, 64, "G4")]


def test_a_fermata_on_a_tied_note_stays(tmp_path: Path) -> None:
    tie = '<tie type="{0}"/>'
    measures = [
        note("G4", 16).replace("</duration>", f"</duration>{tie.format('start')}"),
        with_inside(
            note("G4", 8).replace("</duration>", f"</duration>{tie.format('stop')}"),
            "<notations><tied type='stop'/><fermata type='upright'/></notations>",
        ),
    ]
    score = imported(tmp_path, document({"Alto": measures})).score
    assert score.voice(A).notes == (Note(0, 2880, 67, fermata=True),)


# Dorico: pickups numbered 0 and implicit, tuplets with their normal type, grace notes before the bar.
def test_an_implicit_first_bar_is_a_pickup(tmp_path: Path) -> None:
    text = document({"Alto": [note("D4", 4), note("G4", 16), note("A4", 12)]})
    text = text.replace('<measure number="1">', '<measure number="0" implicit="yes">')
    score = imported(tmp_path, text).score
    assert (score.pickup, [bar.number for bar in score.bars]) == (480, [0, 1, 2])


def test_a_quintuplet_is_kept_as_near_as_ticks_allow(tmp_path: Path) -> None:
    five = (
        "<time-modification><actual-notes>5</actual-notes><normal-notes>4</normal-notes>"
        "<normal-type>16th</normal-type></time-modification>"
    )
    body = "".join(with_inside(note("G4", 1), five) for _ in range(5)) + rest(15)
    text = document({"Alto": [body]}).replace("<divisions>4<", "<divisions>5<")
    score = imported(tmp_path, text).score
    assert [(n.start, n.duration) for n in score.voice(A)] == [(96 * index, 96) for index in range(5)]


def test_words_are_kept_with_their_hyphens_and_verses(tmp_path: Path) -> None:
    measure = (
        with_inside(note("G4", 4), lyric("Glo", "begin"), lyric("Lob", verse=2))
        + with_inside(note("A4", 4), lyric("ri", "middle"), lyric("sei", verse=2))
        + with_inside(note("B4", 4), lyric("a", "end"))
        + with_inside(note("C5", 4), lyric("Gott", verse=2))
    )
    score = imported(tmp_path, document({"Alto": [measure]})).score
    assert [n.lyric for n in score.voice(A)] == ["Glo-\nLob", "-ri-\nsei", "-a", "\nGott"]


REPEAT = '<barline location="{}"><repeat direction="{}"/></barline>'


def ending(number: str, kind: str, inside: str = "") -> str:
    side = "left" if kind == "start" else "right"
    return f'<barline location="{side}"><ending number="{number}" type="{kind}"/>{inside}</barline>'


BACKWARD = '<repeat direction="backward"/>'


def test_repeats_with_voltas_are_written_out_by_choice(tmp_path: Path) -> None:
    forward = REPEAT.format("left", "forward")
    measures = [
        forward + note("C4", 16),
        ending("1", "start") + note("D4", 16) + ending("1", "stop", BACKWARD),
        ending("2", "start") + note("E4", 16) + ending("2", "discontinue"),
        note("F4", 16),
    ]
    text = document({"Alto": measures})
    folded, played = imported(tmp_path, text), imported(tmp_path, text, expand_repeats=True)
    assert [name for *_, name in sung(folded.score, A)] == ["C4", "D4", "E4", "F4"]
    assert folded.notices == ("repeats are not written out: every bar stands once, as in the notation",)
    assert sung(played.score, A) == [
        (0, 16, "C4"), (16, 32, "D4"), (32, 48, "C4"), (48, 64, "E4"), (64, 80, "F4"),
    ]  # fmt: skip
    assert played.notices == ()


def test_a_pickup_that_is_repeated_keeps_the_barlines(tmp_path: Path) -> None:
    measures = [note("D4", 4), note("G4", 16), note("A4", 12) + REPEAT.format("right", "backward")]
    score = imported(tmp_path, document({"Alto": measures}), expand_repeats=True).score
    assert (score.pickup, score.end) == (480, 2 * 32 * 120)
    assert [bar.start // 120 for bar in score.bars] == [0, 4, 20, 36, 52]
    assert score.time_signatures == score.time_signatures[:1]


def test_words_send_back_to_the_start(tmp_path: Path) -> None:
    def words(text: str) -> str:
        return f"<direction><direction-type><words>{text}</words></direction-type></direction>"

    measures = [note("C4", 16), note("D4", 16) + words("Fine"), note("E4", 16) + words("D.C. al Fine")]
    score = imported(tmp_path, document({"Alto": measures}), expand_repeats=True).score
    assert [name for *_, name in sung(score, A)] == ["C4", "D4", "E4", "C4", "D4"]


def test_a_score_that_music21_writes(tmp_path: Path) -> None:
    from music21 import metadata, meter, stream
    from music21 import note as m21

    score = stream.Score()
    score.insert(0, metadata.Metadata(title="Two staves"))
    for name, pitches in (("Upper", ("C5", "G4")), ("Lower", ("E4", "C3"))):
        staff = stream.Part(id=name)
        measure = stream.Measure(number=1)
        measure.insert(0, meter.TimeSignature("4/4"))
        for pitch in pitches:
            voice = stream.Voice()
            for _ in range(4):
                voice.append(m21.Note(pitch, quarterLength=1.0))
            measure.insert(0, voice)
        staff.insert(0, measure)
        score.insert(0, staff)
    path = tmp_path / "written.musicxml"
    score.write("musicxml", fp=path)
    found = read(path).score
    assert found.title == "Two staves"
    assert [sung(found, voice)[0][2] for voice in VoiceName] == ["C5", "G4", "E4", "C3"]
    assert [len(voice) for voice in found.voices] == [4, 4, 4, 4]
