from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from harmonizer_gui.engine.mix import AS_LEARNED
from harmonizer_gui.score import Note, Score, Voice
from harmonizer_gui.session.document import Document
from harmonizer_gui.session.heat import PRODUCT, HeatModel
from harmonizer_gui.session.worker import Worker
from harmonizer_gui.views.experts import ExpertsBinder, ExpertsPanel
from harmonizer_gui.views.experts.names import USUAL
from harmonizer_gui.views.theme import ThemeManager
from tests.fake_model import FakeModel
from tests.qt import wait_until

LEFT = Qt.MouseButton.LeftButton
LINE = Voice(tuple(Note(tick, 480, 67) for tick in range(0, 3840, 480)))


class House:
    """A panel tied to a real document, worker and heat over a model without a network."""

    def __init__(self) -> None:
        self.model = FakeModel()
        self.document = Document()
        self.document.open(Score((LINE, LINE, LINE, LINE)), path=None)
        self.worker = Worker(lambda: self.model)
        self.heat = HeatModel(self.document, self.worker)
        self.panel = ExpertsPanel()
        self.binder = ExpertsBinder(self.panel, self.document, self.heat)
        self.worker.start()

    def wait_for_heat(self) -> None:
        wait_until(lambda: self.heat.analysis is not None and not self.heat.stale)


@pytest.fixture
def house(themes: ThemeManager, show: Callable[..., None]) -> Iterator[House]:
    house = House()
    show(house.panel, 336, 680)
    house.wait_for_heat()
    yield house
    house.model.analysis_gate.open()
    assert house.worker.stop()


def drag(house: House, name: str, *steps: int) -> None:
    """Take the handle and move it by pixels from where it was."""
    slider = house.panel.experts[name].exponent.slider
    start = QPoint(round(slider._x(slider.value())), slider.height() // 2)
    QTest.mousePress(slider, LEFT, pos=start)
    for step in steps:
        QTest.mouseMove(slider, start + QPoint(step, 0))
    QTest.mouseRelease(slider, LEFT, pos=start + QPoint(steps[-1], 0))


def test_the_experts_of_the_model_have_rows_with_pictures(house: House) -> None:
    assert tuple(house.panel.experts) == house.model.experts
    for name in house.model.experts:
        assert house.panel.experts[name].picture._heat is house.heat.expert(name)
    assert house.panel.product.picture._heat is house.heat.product


def test_before_the_model_is_there_the_rows_stand_ready(
    themes: ThemeManager, show: Callable[..., None]
) -> None:
    document, worker = Document(), Worker(FakeModel)
    panel = ExpertsPanel()
    ExpertsBinder(panel, document, HeatModel(document, worker))
    show(panel, 336, 680)
    assert tuple(panel.experts) == USUAL
    assert panel.product.picture._note == "The heat appears when the model has loaded."


def test_a_drag_is_one_undo_step(house: House) -> None:
    drag(house, "Spacing", 20, 35, 50, 66)
    stack = house.document.undo_stack
    factor = house.document.mix.factor("Spacing")
    assert factor > 1.5
    assert stack.count() == 1
    assert stack.undoText() == f"Set Spacing to {factor:.2f}"
    house.document.undo()
    assert house.document.mix == AS_LEARNED
    assert house.panel.experts["Spacing"].exponent.number.value() == 1.0
    house.document.redo()
    assert house.panel.experts["Spacing"].exponent.number.value() == factor


def test_two_drags_are_two_undo_steps(house: House) -> None:
    drag(house, "Spacing", 30)
    drag(house, "Spacing", 30)
    assert house.document.undo_stack.count() == 2


def test_a_double_click_beside_the_handle_is_one_undo_step(house: House) -> None:
    drag(house, "Beat", -40)
    slider = house.panel.experts["Beat"].exponent.slider
    place = QPoint(slider.width() - 20, slider.height() // 2)
    QTest.mouseClick(slider, LEFT, pos=place)
    QTest.mouseDClick(slider, LEFT, pos=place)
    assert house.document.mix == AS_LEARNED
    assert house.document.undo_stack.count() == 2


def test_the_pictures_follow_a_slider_without_the_network(house: House) -> None:
    asked = len(house.model.analyses)
    product = house.panel.product.picture._heat
    spacing, contour = (house.panel.experts[name].picture._heat for name in ("Spacing", "Contour"))
    drag(house, "Spacing", 40)
    assert house.panel.product.picture._heat is not product
    assert house.panel.experts["Spacing"].picture._heat is not spacing
    assert house.panel.experts["Contour"].picture._heat is contour
    assert len(house.model.analyses) == asked


def test_mute_solo_and_reset_reach_the_document(house: House) -> None:
    row = house.panel.experts["Contour"]
    QTest.mouseClick(row.mute, LEFT)
    QTest.mouseClick(row.solo, LEFT)
    assert house.document.mix.muted == house.document.mix.soloed == {"Contour"}
    assert row.mute.isChecked()
    assert row.solo.isChecked()
    QTest.mouseClick(house.panel.reset, LEFT)
    assert house.document.mix == AS_LEARNED
    assert not row.mute.isChecked()
    assert house.document.undo_stack.count() == 3


def test_where_nothing_counts_the_product_has_no_picture(house: House) -> None:
    for name in house.model.experts:
        QTest.mouseClick(house.panel.experts[name].mute, LEFT)
    assert house.panel.product.picture._heat is None
    assert house.panel.product.picture._note == "No expert counts: all are muted or at 0."


def test_a_click_on_a_picture_lays_its_heat_on_the_roll(house: House) -> None:
    QTest.mouseClick(house.panel.experts["Beat"].picture, LEFT)
    assert house.heat.source == "Beat"
    assert house.panel.experts["Beat"].picture.isChecked()
    house.heat.set_source(PRODUCT)
    assert house.panel.product.picture.isChecked()


def test_pictures_are_faint_until_new_heat_lands(house: House) -> None:
    house.model.analysis_gate.close()
    house.document.edit("Erase", Score())
    assert house.panel.product.picture._is_dimmed
    house.model.analysis_gate.open()
    house.wait_for_heat()
    assert not house.panel.product.picture._is_dimmed
