from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu, QScrollArea, QToolTip, QWidget

from harmonizer_gui.engine.mix import AS_LEARNED, Mix
from harmonizer_gui.session.heat import OFF, PRODUCT
from harmonizer_gui.views.experts import ExpertsPanel, Probe
from harmonizer_gui.views.experts.names import RULES
from harmonizer_gui.views.experts.picture import HeatPicture, ViewRange
from harmonizer_gui.views.experts.rule_row import RuleRow
from harmonizer_gui.views.theme import LIGHT, ThemeManager
from tests.qt import process_events

LEFT = Qt.MouseButton.LeftButton
WIDTH = 364
EXPERTS = ("simple", "spacing", "contour", "beat")
MIXED = Mix(
    factors=(("beat", 0.7), ("spacing", 1.5)),
    temperature=0.95,
    muted=frozenset({"contour"}),
    soloed=frozenset({"beat", "spacing"}),
)


class Asks:
    """Keeps the mixes, texts and gestures that the panel asks for."""

    def __init__(self, panel: ExpertsPanel) -> None:
        self.mixes: list[Mix] = []
        self.texts: list[str] = []
        self.gestures: list[object] = []
        panel.mix_asked.connect(self.keep)

    def keep(self, mix: Mix, text: str, gesture: object) -> None:
        self.mixes.append(mix)
        self.texts.append(text)
        self.gestures.append(gesture)


@pytest.fixture
def panel(themes: ThemeManager, show: Callable[..., None]) -> ExpertsPanel:
    panel = ExpertsPanel()
    panel.set_theme(themes.theme)
    panel.set_experts(EXPERTS)
    show(panel, WIDTH, 680)
    return panel


@pytest.fixture
def asks(panel: ExpertsPanel) -> Asks:
    return Asks(panel)


def choose_preset(panel: ExpertsPanel, label: str) -> None:
    """As the user does by key: without a list on the screen."""
    index = panel.presets.findText(label)
    panel.presets.setCurrentIndex(index)
    panel.presets.activated.emit(index)


def test_a_mix_is_shown(panel: ExpertsPanel, asks: Asks) -> None:
    panel.set_mix(MIXED)
    rows = panel.experts
    assert {name: row.exponent.number.value() for name, row in rows.items()} == {
        "simple": 1.0,
        "spacing": 1.5,
        "contour": 1.0,
        "beat": 0.7,
    }
    assert [name for name, row in rows.items() if row.mute.isChecked()] == ["contour"]
    assert [name for name, row in rows.items() if row.solo.isChecked()] == ["spacing", "beat"]
    assert panel.temperature.number.value() == 0.95
    assert not asks.mixes


@pytest.mark.parametrize("name", EXPERTS)
def test_a_factor_is_asked_for(panel: ExpertsPanel, asks: Asks, name: str) -> None:
    panel.set_mix(MIXED)
    gesture = object()
    panel.experts[name].exponent.value_asked.emit(2.25, gesture)
    assert asks.mixes == [MIXED.with_factor(name, 2.25)]
    assert asks.texts == [f"Set {name.capitalize()} to 2.25"]
    assert asks.gestures == [gesture]


@pytest.mark.parametrize(
    ("name", "switch", "mix", "text"),
    [
        ("simple", "mute", MIXED.with_muted("simple", on=True), "Mute Simple"),
        ("contour", "mute", MIXED.with_muted("contour", on=False), "Unmute Contour"),
        ("simple", "solo", MIXED.with_soloed("simple", on=True), "Solo Simple"),
        ("beat", "solo", MIXED.with_soloed("beat", on=False), "Unsolo Beat"),
    ],
)
def test_mute_and_solo_are_asked_for(
    panel: ExpertsPanel, asks: Asks, name: str, switch: str, mix: Mix, text: str
) -> None:
    panel.set_mix(MIXED)
    button: QAbstractButton = getattr(panel.experts[name], switch)
    before = button.isChecked()
    QTest.mouseClick(button, LEFT)
    assert asks.mixes == [mix]
    assert asks.texts == [text]
    assert button.isChecked() is before
    panel.set_mix(mix)
    assert button.isChecked() is not before


def test_a_temperature_is_asked_for(panel: ExpertsPanel, asks: Asks) -> None:
    QTest.mouseClick(panel.temperature.slider, LEFT, pos=panel.temperature.slider.rect().topRight())
    assert asks.mixes == [AS_LEARNED.with_temperature(2.0)]
    assert asks.texts == ["Set the temperature to 2.00"]


def test_everything_can_be_reset(panel: ExpertsPanel, asks: Asks) -> None:
    assert not panel.reset.isEnabled()
    panel.set_mix(MIXED)
    QTest.mouseClick(panel.reset, LEFT)
    assert asks.mixes == [AS_LEARNED]


@pytest.mark.parametrize(
    ("label", "mix"),
    [
        ("Only harmony", Mix(muted=frozenset({"contour", "beat"}))),
        ("Only line", Mix(muted=frozenset({"simple", "spacing"}))),
        ("As learned", AS_LEARNED),
    ],
)
def test_a_preset_is_asked_for(panel: ExpertsPanel, asks: Asks, label: str, mix: Mix) -> None:
    panel.set_mix(MIXED)
    assert panel.presets.currentText() == "Own mix"
    choose_preset(panel, label)
    assert asks.mixes == [mix]
    assert asks.texts == [f"Mix “{label}”"]
    assert panel.presets.currentText() == "Own mix"
    panel.set_mix(mix)
    assert panel.presets.currentText() == label


def test_ones_own_mix_cannot_be_chosen(panel: ExpertsPanel, asks: Asks) -> None:
    choose_preset(panel, "Own mix")
    assert not asks.mixes
    assert panel.presets.currentText() == "As learned"


@pytest.mark.parametrize("name", [PRODUCT, *EXPERTS])
def test_a_source_is_shown_and_asked_for(panel: ExpertsPanel, name: str) -> None:
    panel.set_source(OFF)
    asked: list[str] = []
    panel.source_asked.connect(asked.append)
    rows = {PRODUCT: panel.product, **panel.experts}
    QTest.mouseClick(rows[name].picture, LEFT)
    assert asked == [name]
    assert not any(row.picture.isChecked() for row in rows.values())
    panel.set_source(name)
    assert [n for n, row in rows.items() if row.picture.isChecked()] == [name]


def test_what_everyone_says_of_the_cell_is_shown(panel: ExpertsPanel) -> None:
    panel.set_probe(Probe(4, 69, {PRODUCT: 0.62, "simple": 0.31, "beat": 0.0001}))
    rows = [panel.product, *panel.experts.values()]
    assert [row.probe_text for row in rows] == ["62 %", "31 %", "", "", "< 0.1 %"]
    panel.set_probe(None)
    assert [row.probe_text for row in rows] == [""] * 5


def test_all_pictures_show_the_range_of_the_roll(panel: ExpertsPanel) -> None:
    panel.set_view_range(480.0, 9600.0, 40.5, 76.5)
    panel.set_experts((*EXPERTS, "painted"))
    ranges = {picture._range for picture in panel.findChildren(HeatPicture)}
    assert ranges == {ViewRange(480.0, 9600.0, 40.5, 76.5)}


def test_rows_come_and_go_with_the_experts(panel: ExpertsPanel) -> None:
    kept = panel.experts["contour"]
    panel.set_mix(MIXED)
    panel.set_experts(("contour", "voice_leading"))
    process_events()
    assert list(panel.experts) == ["contour", "voice_leading"]
    assert panel.experts["contour"] is kept
    assert len(panel.findChildren(HeatPicture)) == 3
    assert panel.experts["voice_leading"].label == "Voice leading"
    assert kept.mute.isChecked()


def test_heat_without_a_row_is_passed_over(panel: ExpertsPanel) -> None:
    heat = np.full((32, 88), 0.3, np.float32)
    before = panel.grab().toImage()
    panel.set_heat("painted", heat)
    assert panel.grab().toImage() == before
    panel.set_heat("simple", heat)
    assert panel.grab().toImage() != before


def test_stale_heat_is_faint(panel: ExpertsPanel) -> None:
    panel.set_heat(PRODUCT, np.full((64, 88), 0.5, np.float32))
    fresh = panel.product.picture.grab().toImage()
    panel.set_stale(on=True)
    assert panel.product.picture.grab().toImage() != fresh
    panel.set_stale(on=False)
    assert panel.product.picture.grab().toImage() == fresh


def test_an_expert_that_does_not_count_is_faint(panel: ExpertsPanel) -> None:
    panel.set_heat("simple", np.full((64, 88), 0.5, np.float32))
    counts = panel.experts["simple"].picture.grab().toImage()
    for mix in (
        AS_LEARNED.with_muted("simple", on=True),
        AS_LEARNED.with_soloed("beat", on=True),
        AS_LEARNED.with_factor("simple", 0.0),
    ):
        panel.set_mix(mix)
        assert panel.experts["simple"].picture.grab().toImage() != counts
    panel.set_mix(AS_LEARNED)
    assert panel.experts["simple"].picture.grab().toImage() == counts


@pytest.mark.parametrize("on_picture", [True, False])
def test_a_right_click_offers_what_can_be_done(panel: ExpertsPanel, asks: Asks, *, on_picture: bool) -> None:
    row = panel.experts["spacing"]
    widget: QWidget = row.picture if on_picture else row
    place = widget.rect().center()
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(widget, QContextMenuEvent(reason, place, widget.mapToGlobal(place)))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    actions = {action.text(): action for action in menu.actions()}
    menu.close()
    assert set(actions) == {"Show on the roll", "", "Reset to 1, as learned", "Mute", "Solo"}


@pytest.mark.parametrize(
    ("label", "mix"),
    [
        ("Reset to 1, as learned", MIXED.with_factor("spacing", 1.0)),
        ("Mute", MIXED.with_muted("spacing", on=True)),
        ("Unsolo", MIXED.with_soloed("spacing", on=False)),
    ],
)
def test_the_menu_does_what_it_says(panel: ExpertsPanel, asks: Asks, label: str, mix: Mix) -> None:
    panel.set_mix(MIXED)
    menu = panel.experts["spacing"].menu()
    next(action for action in menu.actions() if action.text() == label).trigger()
    menu.deleteLater()
    assert asks.mixes == [mix]


def test_four_experts_fit_without_scrolling(panel: ExpertsPanel) -> None:
    panel.resize(WIDTH, 600)
    process_events()
    bar = panel.findChildren(QScrollArea)[0].verticalScrollBar()
    assert not bar.isVisible()
    assert all(row.picture.height() >= 40 for row in panel.experts.values())


def test_short_of_height_it_scrolls(panel: ExpertsPanel) -> None:
    panel.resize(WIDTH, 300)
    process_events()
    bar = panel.findChildren(QScrollArea)[0].verticalScrollBar()
    assert bar.isVisible()
    assert panel.temperature.geometry().bottom() < 300


def test_pictures_grow_with_the_panel(panel: ExpertsPanel) -> None:
    panel.resize(420, 900)
    process_events()
    assert all(row.picture.height() >= 90 for row in panel.experts.values())


def test_another_theme_reaches_every_picture(panel: ExpertsPanel) -> None:
    panel.set_theme(LIGHT)
    for picture in panel.findChildren(HeatPicture):
        middle = picture.rect().center()
        assert picture.grab().toImage().pixelColor(middle).name() == LIGHT.roll_row


def test_everything_that_can_be_operated_has_a_name_and_a_hint(panel: ExpertsPanel) -> None:
    widgets: list[QWidget] = [panel.presets, panel.reset]
    for row in panel.experts.values():
        widgets += [row.picture, row.mute, row.solo, row.exponent.slider, row.exponent.number]
    for widget in widgets:
        assert widget.accessibleName()
        assert widget.toolTip()


@pytest.fixture
def ruled(panel: ExpertsPanel) -> ExpertsPanel:
    """With the rules, as high as in a window of 1280 × 800."""
    panel.set_experts((*EXPERTS, *RULES))
    process_events()
    return panel


def test_rules_take_one_line_each_and_everything_fits(ruled: ExpertsPanel) -> None:
    rows = ruled.experts
    assert not ruled.findChildren(QScrollArea)[0].verticalScrollBar().isVisible()
    assert all(rows[name].picture.height() >= 44 for name in EXPERTS)
    assert ruled.product.picture.height() >= 44
    for name in RULES:
        row = rows[name]
        assert not row.picture.isVisible()
        assert row.height() < 2 * row.mute.height()
        assert row.title.width() >= row.title.sizeHint().width()
        assert row.exponent.slider.width() >= 60
    assert len({rows[name].exponent.mapTo(ruled, QPoint()).x() for name in RULES}) == 1


def test_where_there_is_room_rules_have_pictures_too(ruled: ExpertsPanel) -> None:
    ruled.resize(WIDTH, 1080)
    process_events()
    heights = {row.picture.height() for row in ruled.experts.values() if row.picture.isVisible()}
    assert all(ruled.experts[name].picture.isVisible() for name in RULES)
    assert len(heights) == 1
    assert heights.pop() >= 44
    assert not ruled.findChildren(QScrollArea)[0].verticalScrollBar().isVisible()
    ruled.resize(WIDTH, 680)
    process_events()
    assert not any(ruled.experts[name].picture.isVisible() for name in RULES)


def test_without_rules_no_heading_stands_there(ruled: ExpertsPanel) -> None:
    assert ruled.fold.isVisible()
    ruled.set_experts(EXPERTS)
    assert not ruled.fold.isVisible()


def test_the_rules_are_folded_away_and_their_room_is_for_the_others(ruled: ExpertsPanel) -> None:
    before = ruled.product.picture.height()
    QTest.mouseClick(ruled.fold, LEFT)
    process_events()
    assert not any(ruled.experts[name].isVisible() for name in RULES)
    assert all(ruled.experts[name].isVisible() for name in EXPERTS)
    assert ruled.product.picture.height() > before
    QTest.mouseClick(ruled.fold, LEFT)
    assert all(ruled.experts[name].isVisible() for name in RULES)


def test_the_eye_of_a_rule_lays_its_heat_on_the_roll(ruled: ExpertsPanel) -> None:
    asked: list[str] = []
    ruled.source_asked.connect(asked.append)
    row = ruled.experts["range"]
    assert isinstance(row, RuleRow)
    QTest.mouseClick(row.eye, LEFT)
    assert asked == ["range"]
    assert not row.eye.isChecked()
    ruled.set_source("range")
    assert row.eye.isChecked()
    assert (row.eye.accessibleName(), bool(row.eye.toolTip())) == ("Heat of Range", True)


def test_key_rests_until_it_is_asked_for(ruled: ExpertsPanel) -> None:
    asks, key = Asks(ruled), ruled.experts["key"]
    assert (key.exponent.number.value(), ruled.presets.currentText()) == (0.0, "As learned")
    assert not ruled.reset.isEnabled()
    ruled.set_mix(AS_LEARNED.with_factor("key", 1.0))
    assert (key.exponent.number.value(), ruled.presets.currentText()) == (1.0, "Own mix")
    QTest.mouseDClick(key.exponent.slider, LEFT)
    QTest.mouseClick(ruled.reset, LEFT)
    assert asks.mixes == [AS_LEARNED, AS_LEARNED]


@pytest.mark.parametrize(
    ("name", "text"), [("range", "Reset to 1, as usual"), ("key", "Reset to 0, as usual")]
)
def test_the_menu_of_a_rule_says_what_is_usual(ruled: ExpertsPanel, name: str, text: str) -> None:
    asks = Asks(ruled)
    ruled.set_mix(AS_LEARNED.with_factor(name, 2.0))
    menu = ruled.experts[name].menu()
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.deleteLater()
    assert asks.mixes == [AS_LEARNED]


def test_a_preset_leaves_the_rules_alone(ruled: ExpertsPanel) -> None:
    asks = Asks(ruled)
    ruled.set_mix(AS_LEARNED.with_factor("key", 1.0))
    choose_preset(ruled, "Only line")
    assert asks.mixes == [Mix((("key", 1.0),), muted=frozenset({"simple", "spacing"}))]


def tab_stops(panel: ExpertsPanel, first: QWidget, last: QWidget) -> list[QWidget]:
    """Where the Tab key stops from one widget to another."""
    found = [first]
    while found[-1] is not last:
        QTest.keyClick(found[-1], Qt.Key.Key_Tab)
        stop = panel.window().focusWidget()
        assert stop is not None
        assert stop not in found
        found.append(stop)
    return found


def test_tab_goes_through_the_panel_as_the_eye_does(panel: ExpertsPanel) -> None:
    panel.set_experts(("simple", *RULES))
    panel.set_rules("range", "1/1", "All rules hold")
    simple, rule = panel.experts["simple"], panel.experts["range"]
    assert isinstance(rule, RuleRow)
    panel.resize(WIDTH, 400)
    process_events()
    assert rule.is_compact
    compact = [rule.eye, rule.more, rule.exponent.slider, rule.exponent.number, rule.mute, rule.solo]
    rule.eye.setFocus()
    assert tab_stops(panel, rule.eye, rule.solo) == compact
    simple.mute.setFocus()
    assert tab_stops(panel, simple.mute, panel.fold) == [
        simple.mute,
        simple.solo,
        simple.picture,
        simple.exponent.slider,
        simple.exponent.number,
        panel.fold,
    ]
    panel.resize(WIDTH, 1600)
    process_events()
    assert rule.picture.isVisible()
    rule.more.setFocus()
    tall = [rule.more, rule.mute, rule.solo, rule.picture, rule.exponent.slider, rule.exponent.number]
    assert tab_stops(panel, rule.more, rule.exponent.number) == tall


def test_tab_comes_to_the_title_first_and_to_the_temperature_last(panel: ExpertsPanel) -> None:
    panel.set_mix(MIXED)
    slots = list(panel.head.slots.values())
    slots[0].setFocus()
    found = tab_stops(panel, slots[0], panel.temperature.number)
    assert found[:5] == [*slots, panel.presets, panel.head.more, panel.reset]
    assert found[6] is panel.product.picture
    assert found[-2:] == [panel.temperature.slider, panel.temperature.number]


def test_the_small_buttons_sheet_leaves_their_tooltips_alone(panel: ExpertsPanel) -> None:
    panel.set_experts(RULES)
    row = panel.experts["range"]
    assert isinstance(row, RuleRow)
    row.set_rules("8/8", "All eight rules of voice leading hold")
    QToolTip.showText(QPoint(50, 50), row.more.toolTip(), row.more)
    (tip,) = [each for each in QApplication.topLevelWidgets() if each.inherits("QTipLabel")]
    assert tip.width() > tip.fontMetrics().horizontalAdvance(row.more.toolTip())
    tip.close()
