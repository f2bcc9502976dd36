from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from harmonizer_gui.views.experts.scale import FACTORS, TEMPERATURES
from harmonizer_gui.views.experts.slider import MarkSlider
from harmonizer_gui.views.experts.value import ValueControl
from harmonizer_gui.views.theme import ThemeManager

LEFT = Qt.MouseButton.LeftButton


class Asks:
    """Keeps the values and gestures that were asked for."""

    def __init__(self, control: MarkSlider | ValueControl) -> None:
        self.values: list[float] = []
        self.gestures: list[object] = []
        control.value_asked.connect(self.keep)

    def keep(self, value: float, gesture: object) -> None:
        self.values.append(value)
        self.gestures.append(gesture)


@pytest.fixture
def slider(themes: ThemeManager, show: Callable[..., None]) -> MarkSlider:
    slider = MarkSlider(FACTORS)
    slider.set_theme(themes.theme)
    show(slider, 320, 20)
    return slider


@pytest.fixture
def control(themes: ThemeManager, show: Callable[..., None]) -> ValueControl:
    control = ValueControl(TEMPERATURES, 0.05, 5.0)
    control.set_theme(themes.theme)
    show(control, 320, 24)
    return control


def at(slider: MarkSlider, value: float) -> QPoint:
    return QPoint(round(slider._x(FACTORS.position(value))), slider.height() // 2)


def turn_wheel(widget: MarkSlider) -> QWheelEvent:
    event = QWheelEvent(
        QPointF(10, 10),
        QPointF(10, 10),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # not inverted
    )
    QApplication.sendEvent(widget, event)
    return event


def test_showing_a_value_asks_for_nothing(slider: MarkSlider) -> None:
    asks = Asks(slider)
    slider.show_value(2.0)
    assert slider.value() == FACTORS.position(2.0)
    assert not asks.values


def test_a_drag_is_one_gesture(slider: MarkSlider) -> None:
    asks = Asks(slider)
    QTest.mousePress(slider, LEFT, pos=at(slider, 1.0))
    for value in (1.4, 1.9, 2.5):
        QTest.mouseMove(slider, at(slider, value))
    QTest.mouseRelease(slider, LEFT, pos=at(slider, 2.5))
    assert asks.values == pytest.approx([1.4, 1.9, 2.5], abs=0.02)
    assert len(set(map(id, asks.gestures))) == 1
    assert asks.gestures[0] is not None


def test_the_next_drag_is_another_gesture(slider: MarkSlider) -> None:
    asks = Asks(slider)
    for value in (2.0, 0.5):
        QTest.mouseClick(slider, LEFT, pos=at(slider, value))
    assert asks.values == pytest.approx([2.0, 0.5], abs=0.02)
    assert asks.gestures[0] is not asks.gestures[1]


def test_taking_the_handle_does_not_move_it(slider: MarkSlider) -> None:
    asks = Asks(slider)
    QTest.mouseClick(slider, LEFT, pos=at(slider, 1.0) + QPoint(3, 0))
    assert not asks.values


def test_a_drag_comes_to_rest_on_the_mark(slider: MarkSlider) -> None:
    slider.show_value(2.0)
    asks = Asks(slider)
    QTest.mousePress(slider, LEFT, pos=at(slider, 2.0))
    QTest.mouseMove(slider, at(slider, 1.0) + QPoint(4, 0))
    QTest.mouseRelease(slider, LEFT, pos=at(slider, 1.0) + QPoint(4, 0))
    assert asks.values == [1.0]


@pytest.mark.parametrize(("beyond", "value"), [(QPoint(-100, 8), 0.0), (QPoint(999, 8), 3.0)])
def test_a_drag_stops_at_the_ends(slider: MarkSlider, beyond: QPoint, value: float) -> None:
    asks = Asks(slider)
    QTest.mousePress(slider, LEFT, pos=at(slider, 1.0))
    QTest.mouseMove(slider, beyond)
    QTest.mouseRelease(slider, LEFT, pos=beyond)
    assert asks.values == [value]


@pytest.mark.parametrize("value", [2.0, 1.0])
def test_a_double_click_resets_in_one_gesture(slider: MarkSlider, value: float) -> None:
    slider.show_value(2.0)
    asks = Asks(slider)
    QTest.mouseClick(slider, LEFT, pos=at(slider, value))
    QTest.mouseDClick(slider, LEFT, pos=at(slider, value))
    assert asks.values[-1] == 1.0
    assert len({id(gesture) for gesture in asks.gestures[-2:]}) == 1


@pytest.mark.parametrize(("key", "value"), [(Qt.Key.Key_Right, 1.05), (Qt.Key.Key_Left, 0.95)])
def test_keys_move_it_a_little(slider: MarkSlider, key: Qt.Key, value: float) -> None:
    asks = Asks(slider)
    QTest.keyClick(slider, key)
    assert asks.values == [value]
    assert asks.gestures != [None]


def test_the_wheel_is_left_to_the_panel(slider: MarkSlider) -> None:
    asks = Asks(slider)
    event = turn_wheel(slider)
    assert not event.isAccepted()
    assert not asks.values


def test_what_does_not_count_is_grey(slider: MarkSlider, themes: ThemeManager) -> None:
    slider.show_value(2.0)
    place = QPoint(round(slider._x(FACTORS.position(0.5))), slider.height() // 2)
    assert slider.grab().toImage().pixelColor(place).name() == themes.theme.accent
    slider.set_counting(on=False)
    assert slider.grab().toImage().pixelColor(place).name() == themes.theme.text_disabled


def test_slider_and_number_show_the_same(control: ValueControl) -> None:
    asks = Asks(control)
    control.show_value(1.41)
    assert control.number.value() == 1.41
    assert TEMPERATURES.value(control.slider.value()) == pytest.approx(1.41, abs=0.01)
    assert control.slider.accessibleDescription() == "1.41"
    assert not asks.values


def test_the_number_shows_what_lies_past_the_slider(control: ValueControl) -> None:
    control.show_value(4.0)
    assert control.number.value() == 4.0
    assert control.slider.value() == TEMPERATURES.positions


def test_a_typed_number_is_asked_for_once(control: ValueControl) -> None:
    asks = Asks(control)
    control.number.selectAll()
    QTest.keyClicks(control.number, "0.85")
    assert not asks.values
    QTest.keyClick(control.number, Qt.Key.Key_Return)
    assert asks.values == [0.85]


def test_arrow_keys_step_the_number(control: ValueControl) -> None:
    asks = Asks(control)
    QTest.keyClick(control.number, Qt.Key.Key_Up)
    QTest.keyClick(control.number, Qt.Key.Key_Up)
    assert asks.values == [1.05, 1.1]
    assert asks.gestures[0] is not asks.gestures[1]


def test_the_number_has_room(control: ValueControl) -> None:
    control.show_value(5.0)
    field = control.number.lineEdit()
    assert field.width() >= field.fontMetrics().horizontalAdvance("5.00")


def test_names_are_for_both(control: ValueControl) -> None:
    control.set_names("Temperature", "Divides all exponents")
    for widget in (control.slider, control.number):
        assert widget.accessibleName() == "Temperature"
        assert widget.toolTip() == "Divides all exponents"
