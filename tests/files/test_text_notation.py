"""ABC and Humdrum **kern."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harmonizer_gui.files.abc_music import voice_of
from harmonizer_gui.files.abc_voices import tune_of
from harmonizer_gui.files.errors import FileError
from harmonizer_gui.files.formats import read
from harmonizer_gui.score import KeySignature, Score, TimeSignature, VoiceName, pitch_name
from tests.files.mutations import mutated

FOUR_VOICES = """X:1
T:Four voices
C:Anon.
M:3/4
L:1/4
Q:1/4=72
K:G
V:S name="Soprano"
V:A name="Alto"
V:T name="Tenor"
V:B name="Bass"
[V:S] G | G2 d | B3/2A/2 !fermata!G |]
[V:A] D | D E D | D2 D |]
[V:T] B, | B, C/B,/ A, | G, F, G, |]
[V:B] G,, | G, E, F, | G, D, E, |]
"""
KERN = """!!!COM: Bach, Johann Sebastian
!!!OTL: A test
**kern\t**kern\t**kern\t**kern
*Ibass\t*Itenor\t*Ialto\t*Isoprn
*clefF4\t*clefGv2\t*clefG2\t*clefG2
*k[f#]\t*k[f#]\t*k[f#]\t*k[f#]
*G:\t*G:\t*G:\t*G:
*M4/4\t*M4/4\t*M4/4\t*M4/4
4GG\t4B\t4d\t4g
=1\t=1\t=1\t=1
2G\t4B\t[2d\t2g;
.\t8c\t.\t.
.\t8B\t.\t.
2E\t2A\t2d]\t2dd
==\t==\t==\t==
*-\t*-\t*-\t*-
"""


def written(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def names(score: Score, voice: VoiceName) -> list[str]:
    return [pitch_name(note.pitch) for note in score.voice(voice)]


def test_abc_in_four_voices(tmp_path: Path) -> None:
    score = read(written(tmp_path, "piece.abc", FOUR_VOICES)).score
    assert score.title == "Four voices"
    assert score.time_signatures == (TimeSignature(0, 3, 4),)
    assert score.key_signatures == (KeySignature(0, 1),)
    assert [tempo.quarters_per_minute for tempo in score.tempos] == [72]
    assert score.pickup == 480
    assert names(score, VoiceName.SOPRANO) == ["G4", "G4", "D5", "B4", "A4", "G4"]
    assert names(score, VoiceName.BASS) == ["G2", "G3", "E3", "F♯3", "G3", "D3", "E3"]
    assert [note.duration for note in score.voice(VoiceName.TENOR)][:4] == [480, 480, 240, 240]


IN_SYSTEMS = """X:1
M:4/4
L:1/4
K:C
V:1 clef=treble nm="Soprano"
cdef|
V:2 name=Bass clef=bass
C,D,E,F,|
V:1
gggg|]
V:2
G,G,G,G,|]
"""


def test_abc_whose_voices_come_again_in_every_system(tmp_path: Path) -> None:
    score = read(written(tmp_path, "piece.abc", IN_SYSTEMS)).score
    assert names(score, VoiceName.SOPRANO) == ["C5", "D5", "E5", "F5", "G5", "G5", "G5", "G5"]
    assert names(score, VoiceName.BASS) == ["C3", "D3", "E3", "F3", "G3", "G3", "G3", "G3"]
    assert len(score.bars) == 2


HEAD = "X:1\nM:4/4\nL:1/4\nK:G\n"


def sung(score: Score, voice: VoiceName = VoiceName.SOPRANO) -> list[tuple[float, str, str]]:
    """Start in quarters, name and words of each note; a fermata is `!`."""
    return [(n.start / 480, pitch_name(n.pitch), n.lyric + "!" * n.fermata) for n in score.voice(voice)]


def words(tmp_path: Path, music: str) -> list[str]:
    return [lyric for *_, lyric in sung(read(written(tmp_path, "a.abc", HEAD + music)).score)]


@pytest.mark.parametrize(
    ("music", "pickup", "bars"),
    [
        ("D|GABc|]\n", 480, 2),
        ("D||GABc||dcBA|]\n", 480, 3),
        ("|:GABc|dcBA:|\n", 0, 2),
        ("GABc dcBA\n", 0, 2),
    ],
)
def test_barlines_of_every_kind_make_bars(tmp_path: Path, music: str, pickup: int, bars: int) -> None:
    score = read(written(tmp_path, "a.abc", HEAD + music)).score
    assert (score.pickup, len(score.bars)) == (pickup, bars)


@pytest.mark.parametrize("music", ["|:GA|1 B2:|2 c2|]\n", "|:GA| [1 B2 :| [2 c2 |]\n"])
def test_repeats_in_abc_are_written_out_by_choice(tmp_path: Path, music: str) -> None:
    path = written(tmp_path, "a.abc", HEAD.replace("4/4", "2/4") + music)
    played = read(path, expand_repeats=True).score
    assert names(played, VoiceName.SOPRANO) == ["G4", "A4", "B4", "G4", "A4", "C5"]
    assert len(read(path).score.voice(VoiceName.SOPRANO)) == 4


def test_words_in_abc(tmp_path: Path) -> None:
    music = "GABc|dcBA|]\nw: Glo-ri-a in | ex-cel~sis * De\nw: O_ wie | wohl\n"
    assert words(tmp_path, music) == [
        "Glo-\nO", "-ri-", "-a\nwie", "in", "ex-\nwohl", "-cel sis", "", "De",
    ]  # fmt: skip


def test_words_in_abc_go_on_and_begin_anew(tmp_path: Path) -> None:
    music = "GA \\\nBc|\nw: a b\n+: c d\nd4|\nw: e\nG4|]\nW: sung by nobody\n"
    assert words(tmp_path, music) == ["a", "b", "c", "d", "e", ""]


def test_words_in_abc_stay_with_their_voice(tmp_path: Path) -> None:
    text = FOUR_VOICES.replace("[V:A] D |", "w: Lo-\n[V:A] D |") + "w: tief\n"
    score = read(written(tmp_path, "a.abc", text)).score
    assert [voice.notes[0].lyric for voice in score.voices] == ["Lo-", "", "", "tief"]


def test_signs_over_notes_in_abc(tmp_path: Path) -> None:
    music = 'TG."^slow"A{cd}B!fermata!c|Hd>!trill!c["G"G!fermata!B]2|]\nw: a b c d e f g\n'
    score = read(written(tmp_path, "a.abc", HEAD + music)).score
    assert sung(score)[:6] == [
        (0, "G4", "a"), (1, "A4", "b"), (2, "B4", "c"), (3, "C5", "d!"), (4, "D5", "e!"), (5.5, "C5", "f"),
    ]  # fmt: skip
    assert sung(score)[6] == (6, "B4", "g!")


@pytest.mark.parametrize(
    ("music", "start"), [("x4|GABc|]\n", 4), ("Z2|GABc|]\n", 8), ("[M:3/4]Z|zGA|]\n", 4), ("Xz2GA|]\n", 6)]
)
def test_silence_in_abc_takes_its_time(tmp_path: Path, music: str, start: int) -> None:
    assert sung(read(written(tmp_path, "a.abc", HEAD + music)).score)[0][:2] == (start, "G4")


def test_changes_within_a_line_of_abc_hold_from_there_on(tmp_path: Path) -> None:
    score = read(written(tmp_path, "a.abc", HEAD + "GABc|[M:3/4][K:D]cBA|[L:1/8]c6|]\n")).score
    assert score.time_signatures == (TimeSignature(0, 4, 4), TimeSignature(1920, 3, 4))
    assert sung(score)[4:] == [(4, "C♯5", ""), (5, "B4", ""), (6, "A4", ""), (7, "C♯5", "")]
    assert score.end == 10 * 480


@pytest.mark.parametrize(
    "music", ["G0.330.333 A|", 'G3"x"3"x"3"x"333 A|', "G3!p!3!p!3!p!333 A|", "[G2.3333]3333 A|"]
)
def test_what_is_left_out_of_abc_makes_no_number_of_two(tmp_path: Path, music: str) -> None:
    """music21 would count up to it."""
    text = in_plain_abc(HEAD + music)
    assert not re.search(r"\d{5}", text)


def in_plain_abc(text: str) -> str:
    tune = tune_of(text)
    return "\n".join(line for _, lines in tune.voices for line in voice_of(tune.head, lines).lines)


def test_a_second_line_within_a_bar_of_abc_is_left_out_and_told(tmp_path: Path) -> None:
    found = read(written(tmp_path, "a.abc", HEAD + "GABc & D4|d4|]\n"))
    assert [start for start, *_ in sung(found.score)] == [0, 1, 2, 3, 4]
    assert found.notices == ("1 second line within a bar (&) was left out",)


def test_kern_in_four_voices(tmp_path: Path) -> None:
    score = read(written(tmp_path, "piece.krn", KERN)).score
    assert score.pickup == 480
    assert score.key_signatures == (KeySignature(0, 1),)
    assert names(score, VoiceName.SOPRANO) == ["G4", "G4", "D5"]
    assert names(score, VoiceName.TENOR) == ["B3", "B3", "C4", "B3", "A3"]
    assert names(score, VoiceName.ALTO) == ["D4", "D4"]
    assert [note.fermata for note in score.voice(VoiceName.SOPRANO)] == [False, True, False]


@pytest.mark.parametrize(("text", "first"), [(FOUR_VOICES, "G4"), (KERN, "G4")])
def test_both_are_known_by_what_is_in_them(tmp_path: Path, text: str, first: str) -> None:
    score = read(written(tmp_path, "piece.txt", text)).score
    assert names(score, VoiceName.SOPRANO)[0] == first


def test_of_many_tunes_the_first_is_read(tmp_path: Path) -> None:
    tunes = "".join(f"X:{n}\nT:Tune {n}\nM:4/4\nL:1/4\nK:C\nCDEF|\n\n" for n in range(1, 40))
    imported = read(written(tmp_path, "book.abc", tunes))
    assert imported.score.title == "Tune 1"
    assert imported.notices == ("it holds 39 tunes: the first was read",)


def test_a_tune_without_barlines_is_a_line_of_notes(tmp_path: Path) -> None:
    score = read(written(tmp_path, "free.abc", "X:1\nL:1/4\nM:none\nK:C\nCDEF GABc\n")).score
    assert len(score.voice(VoiceName.SOPRANO)) == 8
    assert score.end == 8 * 480


def test_what_cannot_be_read_of_kern_is_counted(tmp_path: Path) -> None:
    text = KERN.replace("2E\t2A", "2E\t2?")
    assert read(written(tmp_path, "a.krn", KERN)).notices == ()
    assert read(written(tmp_path, "b.krn", text)).notices == ("1 sign that makes no sense was left out",)


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("a.abc", "X:1\nK:C\nC99999\n", "the number 99999 in line 3 is no length of a note"),
        ("a.abc", "X:1\nM:4/4\nK:C\n" + "Z999|" * 6 + "C|]\n", "it has more than 5,000 bars of rests"),
        ("a.krn", "!! a comment\n", "there is no **kern in it"),
        ("a.krn", "**kern\t" * 70 + "\n", "it has more than 64 columns"),
        ("a.abc", "\n" * 30_001, "it has more than 30,000 lines"),
        ("a.abc", "X:1\nM:4/4\nL:1/4\nK:C\nz4|z4|]\n", "there are no notes in it"),
        ("a.abc", "C" * (1024 * 1024 + 1), "it is larger than 1 MB"),
    ],
)
def test_what_is_no_piece_is_refused(tmp_path: Path, name: str, text: str, sentence: str) -> None:
    with pytest.raises(FileError) as caught:
        read(written(tmp_path, name, text))
    assert str(caught.value) == f"{name}: {sentence}"


def complaint(path: Path, data: bytes) -> str:
    """What is said of a file with these bytes; nothing where it can be read."""
    path.write_bytes(data)
    try:
        read(path)
    except FileError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(("name", "text"), [("a.abc", FOUR_VOICES), ("a.krn", KERN)])
def test_damage_is_a_sentence_and_prints_nothing(
    tmp_path: Path, name: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    complaints = [complaint(tmp_path / name, data) for data in mutated(text.encode(), 60, seed=5)]
    assert 0 < sum(map(bool, complaints)) < 60
    assert all(sentence.startswith(f"{name}: ") for sentence in complaints if sentence)
    assert capsys.readouterr() == ("", "")


def test_changes_of_tempo_and_key_that_are_lost_are_told(tmp_path: Path) -> None:
    head = "X:1\nM:4/4\nL:1/4\nQ:1/4=80\nK:C\n"
    path = tmp_path / "tune.abc"
    path.write_text(f"{head}C D E F|\nQ:1/4=120\nG A B c|[Q:1/4=60][K:D] d e f g|\nK:G\nf g a b|]\n")
    material = read(path)
    assert [tempo.quarters_per_minute for tempo in material.score.tempos] == [80, 60]
    assert material.notices == ("1 change of tempo was left out", "1 change of key was left out")
    path.write_text(f"{head}C D E F|G A B c|]\n")
    assert read(path).notices == ()


def test_a_tempo_within_the_tune_does_not_change_the_length_of_notes() -> None:
    voice = voice_of(["M:4/4", "L:1/8", "K:C"], ["C D E F|[Q:1/4=60] Z|"])
    assert "z8" in voice.lines[0]
