from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from harmonizer_gui.score import KeySignature, Score, Tempo, TimeSignature
from harmonizer_gui.views.theme import ThemeManager
from harmonizer_gui.views.transport import Transport
from tests.qt import Collector, assert_uncrowded


@pytest.fixture
def transport(themes: ThemeManager, show: Callable[..., None]) -> Transport:
    window = QWidget()
    transport = Transport(window)
    transport.set_theme(themes.theme)
    transport.resize(1280, 40)
    show(window, 1280, 40)
    return transport


def click(button: QToolButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("button", "signal"),
    [
        (lambda t: t.to_start, lambda t: t.to_start_asked),
        (lambda t: t.play, lambda t: t.play_asked),
        (lambda t: t.stop, lambda t: t.stop_asked),
    ],
    ids=["to start", "play", "stop"],
)
def test_buttons_ask(
    transport: Transport,
    button: Callable[[Transport], QToolButton],
    signal: Callable[[Transport], SignalInstance],
) -> None:
    asked = Collector(signal(transport))
    click(button(transport))
    assert len(asked) == 1


def test_while_it_plays_the_button_pauses(transport: Transport) -> None:
    play, pause = Collector(transport.play_asked), Collector(transport.pause_asked)
    transport.set_playing(on=True)
    assert transport.play.toolTip() == "Pause (Space)"
    click(transport.play)
    assert (len(play), len(pause)) == (0, 1)
    assert transport.play.isChecked()
    transport.set_playing(on=False)
    assert transport.play.toolTip() == "Play (Space)"
    assert not transport.play.isChecked()


@pytest.mark.parametrize(
    ("bars", "hint"),
    [
        ("", "Loop the selected notes, or the whole piece (L)"),
        ("bars 2–3", "Loops bars 2–3; click to end it (L)"),
    ],
)
def test_a_loop_is_shown_and_asked_for(transport: Transport, bars: str, hint: str) -> None:
    transport.set_loop(bars)
    asked = Collector(transport.loop_asked)
    click(transport.loop)
    assert transport.loop.isChecked() is bool(bars)
    assert transport.loop.toolTip() == transport.loop.accessibleName() == hint
    assert len(asked) == 1


# Upbeat of a quarter, bar 1 cut short by the change of metre.
SCORE = Score(
    tempos=(Tempo(0, 84.0), Tempo(4320, 60.5)),
    time_signatures=(TimeSignature(0, 4, 4), TimeSignature(2400, 6, 8)),
    key_signatures=(KeySignature(0, 1), KeySignature(2400, -3, "minor")),
    pickup=480,
)


@pytest.mark.parametrize(
    ("tick", "shown"),
    [
        (0, ("0 · 4", "♩ = 84", "4/4", "G major")),
        (480, ("1 · 1", "♩ = 84", "4/4", "G major")),
        (1919, ("1 · 3", "♩ = 84", "4/4", "G major")),
        (2400, ("2 · 1", "♩ = 84", "6/8", "C minor")),
        (3120, ("2 · 2", "♩ = 84", "6/8", "C minor")),
        (4320, ("3 · 1", "♩ = 60.5", "6/8", "C minor")),
        (60_480, ("42 · 1", "♩ = 60.5", "6/8", "C minor")),  # past the end the last metre goes on
    ],
)
def test_place_tempo_metre_and_key_are_those_of_the_tick(
    transport: Transport, tick: int, shown: tuple[str, str, str, str]
) -> None:
    transport.show_place(SCORE, tick)
    labels = (transport.position, transport.tempo, transport.metre, transport.key)
    assert tuple(label.text() for label in labels) == shown


def test_an_unknown_key_is_not_made_up(transport: Transport) -> None:
    transport.show_place(Score(), 0)
    assert transport.key.text() == ""


@pytest.mark.parametrize(
    ("fifths", "mode", "name"),
    [
        (-7, "major", "C♭ major"),
        (7, "major", "C♯ major"),
        (-7, "minor", "A♭ minor"),
        (3, "minor", "F♯ minor"),
    ],
)
def test_keys_have_their_names(transport: Transport, fifths: int, mode: str, name: str) -> None:
    key = KeySignature(0, fifths, "minor" if mode == "minor" else "major")
    assert transport.key_name(key) == name


def test_an_output_is_shown_and_asked_for(transport: Transport) -> None:
    transport.set_outputs(["Built-in organ", "FluidSynth"], "Built-in organ")
    asked: list[str] = []
    transport.output_asked.connect(asked.append)
    transport.output.setCurrentIndex(1)
    transport.output.activated.emit(1)
    assert asked == ["FluidSynth"]
    assert transport.output.currentText() == "Built-in organ"
    transport.set_outputs(["Built-in organ", "FluidSynth"], "FluidSynth")
    assert transport.output.currentText() == "FluidSynth"


def test_an_output_that_is_gone_is_still_named(transport: Transport) -> None:
    transport.set_outputs(["Built-in organ"], "Keyboard")
    assert transport.output.currentText() == "Keyboard (not there)"
    assert transport.output.count() == 2
    transport.set_outputs(["Built-in organ", "Keyboard"], "Keyboard")
    assert transport.output.currentText() == "Keyboard"


def test_opening_the_list_asks_for_a_fresh_one(transport: Transport) -> None:
    transport.set_outputs(["Built-in organ"], "Built-in organ")
    wanted = Collector(transport.outputs_wanted)
    transport.output.showPopup()
    transport.output.hidePopup()
    assert len(wanted) == 1


def test_a_fresh_list_arrives_while_the_list_is_open(transport: Transport) -> None:
    transport.set_outputs(["Built-in organ"], "Built-in organ")
    transport.output.showPopup()
    transport.set_outputs(["Built-in organ", "Keyboard"], "Built-in organ")
    view = transport.output.view()
    assert view.isVisible()
    assert view.model().rowCount() == 2
    transport.output.hidePopup()


@pytest.mark.parametrize("text", ["", "No MIDI system was found; the built-in sound plays."])
def test_a_problem_is_shown_in_words(transport: Transport, text: str) -> None:
    transport.set_problem(text)
    assert transport.problem.text() == transport.problem.toolTip() == text
    assert transport._warning.isVisible() is bool(text)


def test_a_narrow_bar_leaves_words_out(transport: Transport) -> None:
    transport.show_place(Score(key_signatures=(KeySignature(0, 7, "major"),)), 0.0)
    assert transport.minimumSizeHint().width() <= 800
    signs = [transport.tempo, transport.metre, transport.key]
    for width, has_signs, has_words in ((1280, True, True), (800, False, True), (0, False, False)):
        transport.resize(width or transport.minimumSizeHint().width(), 40)
        labels = [label for label in transport.findChildren(QLabel) if label.isVisible()]
        assert all((sign in labels) is has_signs for sign in signs)
        assert ({"Keyboard", "Output"} <= {label.text() for label in labels}) is has_words
        assert_uncrowded(transport)


def test_everything_has_a_name(transport: Transport) -> None:
    buttons = (transport.to_start, transport.play, transport.stop, transport.loop)
    for widget in (*buttons, transport.output):
        assert widget.accessibleName()
        assert widget.toolTip()
