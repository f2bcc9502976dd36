"""Why this note, what surprises, and what proofreading finds, in the real window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from harmonizer_gui.engine.explaining import explain
from harmonizer_gui.engine.surprise import Measure, measured
from harmonizer_gui.score import Note, Score, Voice, VoiceName
from harmonizer_gui.session.explaining import Cell
from tests.qt import process_events, wait_until
from tests.stories.conftest import Story

SOPRANO, ALTO, TENOR = VoiceName.SOPRANO, VoiceName.ALTO, VoiceName.TENOR
LEFT = Qt.MouseButton.LeftButton


def ask(story: Story, tick: float, pitch: int) -> None:
    """Point at a cell and press W."""
    story.move(story.at(tick, pitch))
    story.key(Qt.Key.Key_W)


def is_pinned(story: Story) -> bool:
    pin = story.program.asking.pin
    return pin.question is not None and pin.isVisible()


def adds_up(story: Story) -> bool:
    *parts, total = story.program.asking.panel.bars.values
    return abs(sum(parts) - total) < 1e-6


@pytest.fixture
def written(story: Story) -> Story:
    """The same with an alto of quarters."""
    alto = Voice(tuple(Note(480 * index, 480, 64) for index in range(16)))
    program = story.program
    program.document.edit("Write", program.document.score.with_voice(ALTO, alto))
    story.wait_for_heat()
    return story


def test_w_pins_the_cell_under_the_mouse_and_opens_the_dock(written: Story) -> None:
    program = written.program
    panel = program.asking.panel
    assert not panel.isVisible()
    ask(written, 1000, 64)
    assert panel.isVisible()
    assert program.explaining.pinned == Cell(ALTO, 8, 64)
    assert panel.title.text() == "E4 in bar 1, beat 3 of the alto"
    assert panel.cell.text.endswith(", written")
    assert adds_up(written)
    assert program.asking.pin.isVisible()
    analysis = program.heat.analysis
    assert analysis is not None
    told = explain(analysis, program.document.mix, 8, 64)
    assert list(told.contributions.values()) == panel.bars.values[:-1]


def test_in_a_small_window_the_list_gives_way_to_the_bars_and_numbers(written: Story) -> None:
    panel, window = written.program.asking.panel, written.program.window
    ask(written, 1000, 64)
    for width, is_listed in ((1024, False), (1700, True), (1024, False)):
        window.resize(width, 700)
        process_events()
        assert panel.bars.width() >= panel.bars.minimumSizeHint().width()
        assert panel.bars.visibleRegion().boundingRect().width() == panel.bars.width()
        assert panel.candidates.isVisible() is is_listed


def test_the_runner_up_is_put_in_as_one_step_and_taken_back(written: Story) -> None:
    program, before = written.program, written.notes()
    steps = program.document.undo_stack.count()
    ask(written, 1000, 64)
    told = program.explaining.explanation
    assert told is not None
    pitch = told.other.pitch
    panel = program.asking.panel
    assert not panel.cell.put_in.isEnabled()
    QTest.mouseClick(panel.other.put_in, LEFT)
    assert written.notes()[2] == (960, 480, pitch)
    assert program.document.undo_stack.count() == steps + 1
    assert program.window.status.startswith("Put in ")
    written.wait_for_heat()
    assert program.explaining.written(8) == pitch
    assert adds_up(written)
    written.trigger("undo")
    assert written.notes() == before


def test_hearing_it(written: Story) -> None:
    ask(written, 1000, 64)
    heard: list[tuple[object, int]] = []
    written.program.window.roll.sound_asked.connect(lambda voice, pitch: heard.append((voice, pitch)))
    QTest.mouseClick(written.program.asking.panel.cell.hear, LEFT)
    assert heard == [(ALTO, 64)]


def test_another_cell_of_the_step_is_compared_by_a_click(written: Story) -> None:
    program = written.program
    ask(written, 1000, 64)
    written.click(written.at(1000, 67))
    told = program.explaining.explanation
    assert told is not None
    assert (told.cell.pitch, told.other.pitch) == (64, 67)
    assert adds_up(written)
    assert len(written.notes()) == 16
    written.move(written.at(3000, 62))
    written.key(Qt.Key.Key_W, Qt.KeyboardModifier.ShiftModifier)
    told = program.explaining.explanation
    assert told is not None
    assert told.other.pitch == 62
    candidates = program.asking.panel.candidates
    place = candidates.visualItemRect(candidates.item(3)).center()
    QTest.mouseClick(candidates.viewport(), LEFT, pos=place)
    told = program.explaining.explanation
    assert told is not None
    assert told.other.pitch == candidates.item(3).data(Qt.ItemDataRole.UserRole)
    assert candidates.currentRow() == 3


def test_on_the_note_itself_the_mouse_edits(written: Story) -> None:
    ask(written, 1230, 64)
    written.drag(written.at(1230, 64), written.at(1230, 66))
    assert (960, 480, 66) in written.notes()


def test_w_again_esc_and_closing_the_dock_let_go(written: Story) -> None:
    ways: list[Callable[[], None]] = [
        lambda: written.key(Qt.Key.Key_W),
        lambda: written.key(Qt.Key.Key_Escape),
        lambda: written.trigger("why-dock"),
    ]
    for let_go in ways:
        ask(written, 1000, 64)
        assert is_pinned(written)
        let_go()
        assert not is_pinned(written)


def test_a_written_note_of_another_voice_makes_that_voice_the_target(story: Story) -> None:
    program = story.program
    ask(story, 1000, 57)
    assert program.document.target is TENOR
    assert program.asking.panel.isVisible()
    wait_until(lambda: program.explaining.explanation)
    assert program.asking.panel.title.text() == "A3 in bar 1, beat 3 of the tenor"
    assert adds_up(story)


def test_by_keys_alone_the_selected_note_is_asked_about(story: Story) -> None:
    program = story.program
    program.document.set_target(SOPRANO)
    story.wait_for_heat()
    story.key(Qt.Key.Key_Tab)
    story.key(Qt.Key.Key_W)
    assert program.explaining.pinned == Cell(SOPRANO, 0, 72)
    story.key(Qt.Key.Key_Escape)
    program.document.select(frozenset())
    program.window.roll.set_playhead(1000.0)
    story.key(Qt.Key.Key_W)
    assert program.explaining.pinned == Cell(SOPRANO, 8, 72)


def test_a_slider_moves_the_bars_and_an_edit_dims_them_until_the_heat_is_there(written: Story) -> None:
    program = written.program
    ask(written, 1000, 64)
    before = list(program.asking.panel.bars.values)
    program.document.set_mix("Set", program.document.mix.with_factor("Beat", 3.0))
    assert program.asking.panel.bars.values != before
    assert adds_up(written)
    written.model.analysis_gate.close()
    program.document.edit("Cut", program.document.score.with_voice(SOPRANO, Voice()))
    bars = program.asking.panel.bars
    stale = [bars.is_stale]
    written.model.analysis_gate.open()
    written.wait_for_heat()
    assert [*stale, bars.is_stale] == [True, False]
    assert adds_up(written)


def test_the_unwritten_is_a_mean_over_sampled_lines(story: Story) -> None:
    ask(story, 1000, 64)
    assert adds_up(story)
    assert "sampled lines" in story.program.asking.panel.sentence.text()


def test_the_hover_line_tells_the_rank(story: Story) -> None:
    story.move(story.at(2500, 64))
    assert ", rank " in story.program.window.hover


def test_the_strip_shows_each_measure(written: Story) -> None:
    program = written.program
    strip = program.surprising.strip
    top = program.window.roll.notes_top
    written.trigger("surprise")
    assert program.window.roll.notes_top > top
    wait_until(lambda: program.window.color_bar.y() == program.window.roll.notes_top)
    analysis = program.heat.analysis
    assert analysis is not None
    for measure in Measure:
        written.trigger(f"surprise-{measure.value}")
        wait_until(lambda: len(strip.values))
        expected = measured(measure, analysis, program.document.mix, program.heat.rules)
        assert strip.values.tolist() == expected.tolist()
    assert strip.bars()


def test_f3_goes_from_surprise_to_surprise(written: Story) -> None:
    program = written.program
    starts = []
    for _ in range(3):
        program.document.select(frozenset())
        written.key(Qt.Key.Key_F3)
        wait_until(lambda: program.document.selection)
        (ref,) = program.document.selection
        starts.append(ref.note.start)
    assert len(set(starts)) == 3
    analysis = program.heat.analysis
    assert analysis is not None
    bits = measured(Measure.BITS, analysis, program.document.mix)
    prices = [float(bits[start // 120]) for start in starts]
    assert prices == sorted(prices, reverse=True)
    written.key(Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    wait_until(lambda: "most uncertain" in program.window.status)


def test_proofreading_lists_goes_there_and_marks(written: Story) -> None:
    program = written.program
    program.proofreader.set_threshold(1.0)
    alto = program.document.score.voice(ALTO).laid(Note(960, 480, 100))
    program.document.edit("Write", program.document.score.with_voice(ALTO, alto))
    written.key(Qt.Key.Key_F7)
    wait_until(lambda: not program.proofreader.stale)
    panel = program.proofreading.panel
    rows = [panel.list.topLevelItem(index) for index in range(panel.list.topLevelItemCount())]
    words = [(row.text(1), row.text(2)) for row in rows if row is not None]
    assert ("Out of range", "alto") in words
    assert ("Voices cross", "soprano and alto") in words
    assert any(what.startswith("Unlikely: ") and voice == "alto" for what, voice in words)
    row = next(row for row in rows if row is not None and row.text(1) == "Out of range")
    panel.list.itemClicked.emit(row, 0)
    (ref,) = program.document.selection
    assert (ref.voice, ref.note.pitch) == (ALTO, 100)
    assert not program.proofreading.marks.isVisible()
    written.trigger("proof-marks")
    assert program.proofreading.marks.isVisible()
    assert program.proofreading.marks.count == len(rows)
    unlikely = panel.list.topLevelItemCount()
    panel.threshold.setValue(20.0)
    assert panel.list.topLevelItemCount() < unlikely
    written.trigger("undo")
    wait_until(lambda: not program.proofreader.stale)
    assert not any("out of range" in f.rule for f in program.proofreader.findings)
    program.document.open(Score(), path=None)
    assert panel.list.topLevelItemCount() == 0


def test_a_click_on_the_strip_goes_there(written: Story) -> None:
    program = written.program
    written.trigger("surprise")
    wait_until(lambda: len(program.surprising.strip.values))
    strip, view = program.surprising.strip, program.window.roll.coordinates
    place = strip.mapToScene(view.x(1000), 10.0)
    seen = program.window.roll.canvas.mapFromScene(place)
    QTest.mouseClick(program.window.roll.canvas.viewport(), LEFT, pos=QPoint(seen))
    (ref,) = program.document.selection
    assert ref.note.start == 960


def test_the_strip_is_there_again_the_next_time(make_story: Callable[[], Story]) -> None:
    first = make_story()
    first.trigger("surprise-entropy")
    assert first.settings.surprise == "entropy"
    second = make_story()
    assert second.program.surprising.strip.isVisible()
    assert second.program.surprise.measure is Measure.ENTROPY
    second.trigger("surprise")
    assert second.settings.surprise == ""
