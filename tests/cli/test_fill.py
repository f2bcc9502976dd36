from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from harmonizer_gui.engine.mix import AS_LEARNED
from harmonizer_gui.engine.model import load_model
from harmonizer_gui.files.formats import read, write
from harmonizer_gui.files.project import Project, write_project
from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.session.locks import NO_LOCKS, lock_values
from harmonizer_gui.training.corpus import chorale_score, split_list
from tests.cli.conftest import Run, lines, read_lines
from tests.engine.toys import chorale

ALTO = VoiceName.ALTO
OTHERS = [VoiceName.SOPRANO, VoiceName.TENOR, VoiceName.BASS]
FORMATS = (".mid", ".musicxml", ".mxl", ".harmonizer")


def test_other_voices_come_out_as_they_went_in(run: Run, toy_model: Path, piece: Path) -> None:
    score = read(piece).score
    for suffix in FORMATS:
        source, out = piece.with_name(f"in{suffix}"), piece.with_name(f"out{suffix}")
        write(score, source)
        outcome = run("fill", source, "--voice", "alto", "-o", out, "--model", toy_model)
        assert (outcome.code, outcome.out) == (0, "")
        before, after = read(source).score, read(out).score
        assert [after.voice(name) for name in OTHERS] == [before.voice(name) for name in OTHERS], suffix
        assert after.voice(ALTO) != before.voice(ALTO)
        assert (after.tempos, after.time_signatures) == (before.tempos, before.time_signatures)


@pytest.mark.parametrize("suffix", [".mid", ".musicxml", ".harmonizer"])
def test_a_chorale_of_the_test_split_gets_an_alto_of_held_notes(
    run: Run, tmp_path: Path, suffix: str
) -> None:
    row = split_list()["test"][0]
    score = chorale_score(row["path"], row["parts"])
    source, out = tmp_path / f"in{suffix}", tmp_path / f"out{suffix}"
    write(score.with_voice(ALTO, Voice()), source)
    outcome = run("fill", source, "--voice", "alto", "-o", out, "--seed", 3)
    assert outcome.code == 0, outcome.err
    before, after = read(source).score, read(out).score
    assert [after.voice(name) for name in OTHERS] == [before.voice(name) for name in OTHERS]
    alto, bach = after.voice(ALTO), score.voice(ALTO)
    durations = Counter(note.duration for note in alto)
    assert durations[120] < len(alto) / 4
    assert sum(count for duration, count in durations.items() if duration >= 480) > len(alto) / 3
    assert 0.5 < len(alto) / len(bach) < 1.6
    assert all(50 <= note.pitch <= 78 for note in alto)
    assert alto.end <= before.end


def test_the_suffix_decides_the_format(run: Run, toy_model: Path, without_alto: Path) -> None:
    beginnings = {".mid": b"MThd", ".musicxml": b"<?xml", ".mxl": b"PK\x03\x04", ".HARMONIZER": b"{"}
    for suffix, beginning in beginnings.items():
        out = without_alto.with_name(f"out{suffix}")
        assert run("fill", without_alto, "--voice", "a", "-o", out, "--model", toy_model).code == 0
        assert out.read_bytes().startswith(beginning)


def test_takes_have_numbers_and_seeds_of_their_own(run: Run, toy_model: Path, without_alto: Path) -> None:
    out = without_alto.with_name("out.mid")
    common = ("fill", without_alto, "--voice", "alto", "--model", toy_model)
    outcome = run(*common, "-o", out, "--seed", 5, "--takes", 3)
    takes = [out.with_name(f"out-{number}.mid") for number in (1, 2, 3)]
    assert outcome.err.splitlines() == [
        f"{take.name}: wrote {len(read(take).score.voice(ALTO))} notes of the alto" for take in takes
    ]
    assert not out.exists()
    assert run(*common, "-o", out, "--seed", 7).code == 0
    assert read_lines(out) == read_lines(takes[2])
    assert len({tuple(read_lines(take)[ALTO]) for take in takes}) == 3


def test_one_take_asked_for_gets_a_number_too(run: Run, toy_model: Path, without_alto: Path) -> None:
    out = without_alto.with_name("out.mid")
    run("fill", without_alto, "--voice", "alto", "-o", out, "--takes", 1, "--model", toy_model)
    assert out.with_name("out-1.mid").exists()
    assert not out.exists()


def filled(run: Run, source: Path, model: Path, *words: object) -> list[list[tuple[int, int, int]]]:
    out = source.with_name("filled.harmonizer")
    outcome = run("fill", source, "-o", out, "--model", model, *words)
    assert outcome.code == 0, outcome.err
    return read_lines(out)


def test_the_seed_decides_what_is_written(run: Run, toy_model: Path, without_alto: Path) -> None:
    words = ("--voice", "alto", "--seed")
    first = filled(run, without_alto, toy_model, *words, 1)
    assert filled(run, without_alto, toy_model, *words, 1) == first
    assert filled(run, without_alto, toy_model, *words, 2) != first
    default = filled(run, without_alto, toy_model, "--voice", "alto")
    assert default == filled(run, without_alto, toy_model, *words, 0)


def test_a_factor_changes_what_is_written_and_1_is_as_learned(
    run: Run, toy_model: Path, without_alto: Path
) -> None:
    words = ("--voice", "alto", "--exponent")
    learned = filled(run, without_alto, toy_model, "--voice", "alto")
    assert filled(run, without_alto, toy_model, *words, "contour=1", "--exponent", "Beat=1.0") == learned
    assert filled(run, without_alto, toy_model, *words, "simple=3", "--exponent", "spacing=0") != learned


def test_each_take_hears_noise_of_its_own(run: Run, toy_model: Path, without_alto: Path) -> None:
    out = without_alto.with_name("out.mid")
    words = ("fill", without_alto, "--voice", "alto", "--model", toy_model, "-o", out, "--noise", 0.5)
    assert run(*words, "--seed", 5, "--takes", 2).code == 0
    assert run(*words, "--seed", 6).code == 0
    assert read_lines(out) == read_lines(out.with_name("out-2.mid"))
    assert read_lines(out) != read_lines(out.with_name("out-1.mid"))
    clean = filled(run, without_alto, toy_model, "--voice", "alto", "--seed", 6)
    assert filled(run, without_alto, toy_model, "--voice", "alto", "--seed", 6, "--noise", 0.5) != clean


def test_temperature_is_one_factor_on_all_exponents(run: Run, toy_model: Path, without_alto: Path) -> None:
    cold = filled(run, without_alto, toy_model, "--voice", "alto", "--temperature", 0.5)
    factors = [
        word
        for name in load_model(toy_model).experts
        for word in ("--exponent", f"{name}={2 * AS_LEARNED.factor(name)}")
    ]
    assert filled(run, without_alto, toy_model, "--voice", "alto", *factors) == cold
    assert filled(run, without_alto, toy_model, "--voice", "alto") != cold


def test_several_voices_are_written_in_the_order_named(run: Run, toy_model: Path, piece: Path) -> None:
    before = read_lines(piece)
    both = filled(run, piece, toy_model, "--voice", "tenor", "--voice", "alto", "--voice", "T")
    assert [both[0], both[3]] == [before[0], before[3]]
    assert both[1] != before[1]
    assert both[2] != before[2]
    assert both != filled(run, piece, toy_model, "--voice", "alto", "--voice", "tenor")


def test_several_voices_are_rewritten_unless_told_otherwise(run: Run, toy_model: Path, piece: Path) -> None:
    voices = ("--voice", "tenor", "--voice", "alto")
    once = filled(run, piece, toy_model, *voices, "--sweeps", 0)
    default = filled(run, piece, toy_model, *voices)
    assert default != once
    assert filled(run, piece, toy_model, *voices, "--sweeps", 2) == default
    assert filled(run, piece, toy_model, "--voice", "alto") == filled(
        run, piece, toy_model, "--voice", "alto", "--sweeps", 0
    )


def test_all_four_voices_are_written_in_place_of_those_there(run: Run, toy_model: Path, piece: Path) -> None:
    before = read_lines(piece)
    words = [word for name in VoiceName for word in ("--voice", name.label)]
    after = filled(run, piece, toy_model, *words)
    assert all(after[name] and after[name] != before[name] for name in VoiceName)


def test_kept_notes_stay_and_silence_is_filled(run: Run, toy_model: Path, tmp_path: Path) -> None:
    alto = Voice((Note(480, 480, 64), Note(5760, 960, 62)))
    source = tmp_path / "piece.harmonizer"
    write(chorale().with_voice(ALTO, alto), source)
    voice = filled(run, source, toy_model, "--voice", "alto", "--keep")[ALTO]
    assert {(480, 480, 64), (5760, 960, 62)} <= set(voice)
    assert any(960 <= start < 5760 for start, _, _ in voice)


def test_without_keep_the_notes_give_way(run: Run, toy_model: Path, tmp_path: Path) -> None:
    source = tmp_path / "piece.harmonizer"
    write(chorale().with_voice(ALTO, Voice((Note(0, 7680, 64),))), source)
    assert (0, 7680, 64) not in filled(run, source, toy_model, "--voice", "alto")[ALTO]


def test_kept_takes_differ(run: Run, toy_model: Path, tmp_path: Path) -> None:
    source = tmp_path / "piece.harmonizer"
    write(chorale().with_voice(ALTO, Voice((Note(0, 480, 64),))), source)
    out = tmp_path / "out.mid"
    run("fill", source, "--voice", "alto", "-o", out, "--keep", "--takes", 2, "--model", toy_model)
    one, two = (read_lines(tmp_path / f"out-{take}.mid")[ALTO] for take in (1, 2))
    assert one[0] == two[0] == (0, 480, 64)
    assert one != two


def test_an_empty_piece_is_written_from_nothing(run: Run, toy_model: Path, tmp_path: Path) -> None:
    source = tmp_path / "empty.harmonizer"
    write(Score(title="Nothing yet"), source)
    words = [word for name in VoiceName for word in ("--voice", name.label)]
    after = filled(run, source, toy_model, *words)
    assert all(after)
    assert max(start + duration for line in after for start, duration, _ in line) <= 8 * 1920


def test_what_reading_had_to_decide_is_said(run: Run, toy_model: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "triplets.harmonizer", tmp_path / "out.harmonizer"
    triplets = Voice(tuple(Note(160 * index, 160, 72) for index in range(6)))
    write(Score().with_voice(VoiceName.SOPRANO, triplets), source)
    outcome = run("fill", source, "--voice", "alto", "-o", out, "--model", toy_model)
    assert "triplets.harmonizer: 6 notes lie off the sixteenth grid" in outcome.err
    assert lines(read(out).score)[0] == [(160 * index, 160, 72) for index in range(6)]


def test_a_locked_key_is_kept_to(run: Run, toy_model: Path, without_alto: Path) -> None:
    def outside(*words: object) -> int:
        alto = filled(run, without_alto, toy_model, "--voice", "alto", *words)[1]
        return sum(pitch % 12 not in {2, 4, 6, 7, 9, 11, 1} for _, _, pitch in alto)

    free = outside()
    assert outside("--key-lock", "D") < 0.2 * free
    assert outside("--key-lock", "D", "--keep") < 0.2 * free
    assert outside("--key-lock", "D", "--exponent", "key=3") == 0


def test_the_guidance_of_a_project_counts(run: Run, toy_model: Path, without_alto: Path) -> None:
    plain = filled(run, without_alto, toy_model, "--voice", "alto")[1]
    favoured = {"voice": "alto", "pitch": 62, "strength": 10.0}
    project = json.loads(without_alto.read_text("utf-8"))
    project["guidance"] = {"painted": [{**favoured, "step": step} for step in range(64)]}
    without_alto.write_text(json.dumps(project), "utf-8")
    guided = filled(run, without_alto, toy_model, "--voice", "alto")[1]
    assert sum(pitch == 62 for _, _, pitch in guided) > 2 * sum(pitch == 62 for _, _, pitch in plain)


def test_the_gaps_of_several_voices_are_filled_together_and_rewritten(
    run: Run, toy_model: Path, tmp_path: Path
) -> None:
    source = tmp_path / "piece.harmonizer"
    score = chorale()
    for name in (ALTO, VoiceName.TENOR):
        score = score.with_voice(name, score.voice(name).cut(1920, 5760))
    write(score, source)
    words = ("--voice", "alto", "--voice", "tenor", "--keep")
    once = filled(run, source, toy_model, *words, "--sweeps", 0)
    default = filled(run, source, toy_model, *words)
    assert filled(run, source, toy_model, *words, "--sweeps", 2) == default != once
    for name in (ALTO, VoiceName.TENOR):
        kept = [(note.start, note.duration, note.pitch) for note in score.voice(name)]
        assert set(kept) <= set(default[name])


def test_a_voice_without_a_gap_is_refused(run: Run, toy_model: Path, tmp_path: Path) -> None:
    source = tmp_path / "piece.harmonizer"
    write(chorale(), source)
    words = ("fill", source, "--voice", "alto", "--keep", "--model", toy_model, "-o", tmp_path / "out.mid")
    outcome = run(*words)
    assert (outcome.code, outcome.out) == (2, "")
    assert "the alto is silent nowhere" in outcome.err
    alto = chorale().voice(ALTO)
    write(chorale().with_voice(ALTO, alto.cut(460, 480)), source)
    assert "less than a sixteenth" in run(*words).err
    assert not (tmp_path / "out.mid").exists()


def test_notes_that_were_there_are_not_counted_as_written(run: Run, toy_model: Path, tmp_path: Path) -> None:
    source, out = tmp_path / "piece.harmonizer", tmp_path / "out.harmonizer"
    before = chorale().with_voice(ALTO, chorale().voice(ALTO).cut(3840, 5760))
    write(before, source)  # the notes of this piece count as generated
    outcome = run("fill", source, "--voice", "alto", "--keep", "--model", toy_model, "-o", out)
    fresh = len(set(read(out).score.voice(ALTO)) - set(before.voice(ALTO)))
    assert f"wrote {fresh} note" in outcome.err
    assert fresh < len(read(out).score.voice(ALTO))


def test_what_a_project_locks_stays(run: Run, toy_model: Path, tmp_path: Path) -> None:
    source = tmp_path / "piece.harmonizer"
    locks = NO_LOCKS.with_place(((ALTO, ((0, 1920),)),), on=True).with_voice(VoiceName.TENOR, on=True)
    write_project(Project(chorale(), sections={"locked": lock_values(locks)}), source)
    before = read_lines(source)[ALTO]
    after = filled(run, source, toy_model, "--voice", "alto")[ALTO]
    assert after[:4] == before[:4]
    assert after != before
    words = ("fill", source, "--voice", "tenor", "--model", toy_model, "-o", tmp_path / "out.mid")
    outcome = run(*words)
    assert outcome.code == 2
    assert "the tenor is locked" in outcome.err
