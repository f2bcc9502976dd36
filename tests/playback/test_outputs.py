from __future__ import annotations

from pathlib import Path
from typing import Any

import mido
import miniaudio
import pytest

from harmonizer_gui.playback import outputs
from harmonizer_gui.playback.midi_port import NO_MIDI, matching_name, plain_name
from harmonizer_gui.playback.outputs import (
    BUILT_IN_CHOIR,
    BUILT_IN_ORGAN,
    OutputError,
    OutputInfo,
    OutputKind,
    list_outputs,
    midi_problem,
    open_output,
    output_named,
)
from harmonizer_gui.playback.player import Player
from harmonizer_gui.playback.synth_output import NO_DEVICE
from tests.playback.scores import two_voices


@pytest.fixture
def no_sound_server(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("PULSE_SERVER", "PULSE_RUNTIME_PATH"):
        monkeypatch.setenv(name, str(tmp_path / "nothing"))
    monkeypatch.setenv("JACK_DEFAULT_SERVER", "none-of-this-name")
    monkeypatch.setenv("JACK_NO_START_SERVER", "1")


def ports(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    monkeypatch.setattr(mido, "get_output_names", lambda: list(names))


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("Midi Through:Midi Through Port-0 14:0", "Midi Through:Midi Through Port-0"),
        (
            "FLUID Synth (2301):Synth input port (2301:0) 128:0",
            "FLUID Synth (2301):Synth input port (2301:0)",
        ),
        ("midi-monitor:input", "midi-monitor:input"),
        ("Microsoft GS Wavetable Synth 0", "Microsoft GS Wavetable Synth 0"),
    ],
)
def test_alsa_numbers_are_no_part_of_a_name(raw: str, plain: str) -> None:
    assert plain_name(raw) == plain


@pytest.mark.parametrize(
    ("wanted", "there", "found"),
    [
        ("Piano 20:0", ["Piano 20:0"], "Piano 20:0"),
        ("Piano", ["Organ 16:0", "Piano 24:0"], "Piano 24:0"),
        ("Piano 20:0", ["Piano 24:0"], "Piano 24:0"),
        ("Piano 1", ["Piano 0"], "Piano 0"),
        ("Piano 1", ["Piano 0", "Piano 1"], "Piano 1"),
        ("piano", ["Piano 0"], "Piano 0"),
        ("Piano", ["Grand Piano"], None),
        ("Piano", [], None),
    ],
)
def test_a_port_is_found_again_by_name(wanted: str, there: list[str], found: str | None) -> None:
    assert matching_name(wanted, there) == found


def test_built_in_sounds_come_first_then_each_port_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ports(monkeypatch, "Piano 20:0", "Organ 24:0", "Organ 24:1")
    assert list_outputs() == (
        BUILT_IN_ORGAN,
        BUILT_IN_CHOIR,
        OutputInfo(OutputKind.MIDI, "Piano"),
        OutputInfo(OutputKind.MIDI, "Organ"),
    )
    assert midi_problem() is None


def test_no_port_is_said_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    ports(monkeypatch)
    assert list_outputs() == (BUILT_IN_ORGAN, BUILT_IN_CHOIR)
    assert midi_problem() == "No MIDI port was found: connect an instrument or start a software synth."


def test_a_missing_port_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    ports(monkeypatch, "Piano 20:0")
    with pytest.raises(OutputError, match="“Organ” is not there"):
        open_output(OutputInfo(OutputKind.MIDI, "Organ"))


def test_a_port_that_another_program_holds_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> None:
        raise OSError(f"cannot open {name}")

    ports(monkeypatch, "Piano 20:0")
    monkeypatch.setattr(mido, "open_output", refuse)
    with pytest.raises(OutputError, match="“Piano” cannot be opened"):
        open_output(OutputInfo(OutputKind.MIDI, "Piano"))


@pytest.mark.skipif(Path("/dev/snd/seq").exists(), reason="there is a MIDI system here")
def test_a_system_without_midi_is_said_in_plain_words_and_quietly(
    no_sound_server: None, capfd: pytest.CaptureFixture[str]
) -> None:
    assert list_outputs() == (BUILT_IN_ORGAN, BUILT_IN_CHOIR)
    assert midi_problem() == NO_MIDI
    with pytest.raises(OutputError, match="No MIDI system"):
        open_output(OutputInfo(OutputKind.MIDI, "Organ"))
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("name", "info"),
    [
        ("Built-in organ", BUILT_IN_ORGAN),
        ("built-in choir", BUILT_IN_CHOIR),
        ("choir", BUILT_IN_CHOIR),
        ("Piano", OutputInfo(OutputKind.MIDI, "Piano")),
    ],
)
def test_outputs_are_named_by_the_user(name: str, info: OutputInfo) -> None:
    assert output_named(name) == info


@pytest.mark.parametrize(
    ("code", "sentence"),
    [(-401, NO_DEVICE), (-3, "could not be opened .code -3.: another program may hold it")],
)
def test_a_refusing_sound_system_becomes_a_sentence(
    monkeypatch: pytest.MonkeyPatch, code: int, sentence: str
) -> None:
    def refuse(**_options: Any) -> None:  # noqa: ANN401  # miniaudio's own
        raise miniaudio.MiniaudioError("failed to init device", code)

    monkeypatch.setattr(miniaudio, "PlaybackDevice", refuse)
    with pytest.raises(OutputError, match=sentence):
        open_output(BUILT_IN_ORGAN)


@pytest.mark.skipif(Path("/dev/snd").exists(), reason="there may be a sound device here")
def test_a_computer_without_sound_still_plays(
    no_sound_server: None, capfd: pytest.CaptureFixture[str]
) -> None:
    problems: list[str] = []
    player = Player(on_problem=problems.append, threaded=False)
    player.play(two_voices())
    player.advance()
    assert player.is_playing
    assert problems == [NO_DEVICE]
    assert capfd.readouterr().err == ""
    player.close()


def test_what_is_listed_can_be_asked_for_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    ports(monkeypatch, "Piano 20:0")
    assert tuple(outputs.output_named(info.name) for info in list_outputs()) == list_outputs()
