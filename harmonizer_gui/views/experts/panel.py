"""The experts panel: one row for each expert, the product on top, the temperature below."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from harmonizer_gui.engine.mix import AS_LEARNED, Mix
from harmonizer_gui.session.heat import PRODUCT
from harmonizer_gui.views.experts.head import PanelHead
from harmonizer_gui.views.experts.names import RULES, USUAL, source_label
from harmonizer_gui.views.experts.picture import ViewRange
from harmonizer_gui.views.experts.presets import Preset, matching, offered
from harmonizer_gui.views.experts.probe import Probe
from harmonizer_gui.views.experts.row import ExpertRow, ProductRow, SourceRow
from harmonizer_gui.views.experts.rows import ExpertRows
from harmonizer_gui.views.experts.rule_row import RuleRow
from harmonizer_gui.views.experts.scale import TEMPERATURES
from harmonizer_gui.views.experts.tab_order import order_tabs
from harmonizer_gui.views.experts.value import ValueControl
from harmonizer_gui.views.heat_image import Floats
from harmonizer_gui.views.heat_scale import HeatScale
from harmonizer_gui.views.theme import DARK, UNIT, Theme

MIN_TEMPERATURE, MAX_TEMPERATURE = 0.05, 5.0


class ExpertsPanel(QWidget):
    """Shows the mix and every expert's heat, and asks for another mix or another heat on the roll.

    `mix_asked` carries the new `Mix`, the text of its undo step and the gesture (asks with the same
    gesture are one undo step). `source_asked` carries the name of an expert, or `PRODUCT`.
    """

    mix_asked = Signal(object, str, object)
    source_asked = Signal(str)
    rules_asked = Signal(str)
    """The name of an expert of rules: what it goes by is to be seen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = DARK
        self._mix = AS_LEARNED
        self._presets: tuple[Preset, ...] = ()
        self._own: dict[str, Mix] = {}
        self._rules: tuple[str, ...] = RULES
        self._range = ViewRange()
        self._scale = HeatScale()
        self._told: dict[str, tuple[str, str]] = {}
        self._source = PRODUCT
        self._is_stale = False
        self.product = ProductRow(self)
        self.product.source_asked.connect(self.source_asked)
        self.experts: dict[str, ExpertRow] = {}
        self.head = PanelHead(self)
        """The title of the dock the panel stands in."""
        self.presets, self.reset = self.head.presets, self.head.reset
        self.presets.activated.connect(self._ask_preset)
        self.reset.clicked.connect(self._ask_reset)
        self.temperature = ValueControl(TEMPERATURES, MIN_TEMPERATURE, MAX_TEMPERATURE, self)
        self._rows = ExpertRows(self.product, self)
        self._rows.rearranged.connect(self._order_tabs)
        self.fold = self._rows.fold
        """Hides the rules; `toggled` tells of it."""
        self._build()
        self.set_experts(USUAL)
        self.set_theme(self._theme)

    def _build(self) -> None:
        body = QVBoxLayout(self)
        body.setContentsMargins(2 * UNIT, 0, 0, UNIT)
        body.setSpacing(UNIT)
        body.addWidget(self._rows, 1)
        body.addLayout(self._make_foot())

    def _make_foot(self) -> QVBoxLayout:
        title = QLabel(self.tr("Temperature"), self)
        title.setProperty("kind", "name")
        words = QLabel(self.tr("below 1 safer, above 1 bolder"), self)
        words.setProperty("kind", "muted")
        self.temperature.set_names(
            self.tr("Temperature"),
            self.tr("Divides all exponents: below 1 safer, above 1 bolder. Double click resets it."),
        )
        self.temperature.value_asked.connect(self._ask_temperature)
        head = QHBoxLayout()
        head.setSpacing(UNIT)
        head.addWidget(title)
        head.addWidget(words, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(0, 0, 2 * UNIT, 0)
        foot.setSpacing(UNIT // 4)
        foot.addLayout(head)
        foot.addWidget(self.temperature)
        return foot

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Only where the title, which is laid into the dock, is in one window with the rest."""
        if self.head.window() is self.window():
            order_tabs(self.head, self)

    def sizeHint(self) -> QSize:
        return QSize(26 * self.fontMetrics().height(), super().sizeHint().height())

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.head.set_theme(theme)
        self.temperature.set_theme(theme)
        for row in self._all_rows():
            row.set_theme(theme)

    def set_experts(self, names: Iterable[str], rules: Collection[str] = RULES) -> None:
        """Show one row for each of `names`, in this order; the rows of experts that stay are kept.

        Those in `rules` need no training: their rows stand below the others.
        """
        wanted = tuple(names)
        self._rules = tuple(name for name in wanted if name in rules)
        for name in [name for name in self.experts if name not in wanted]:
            row = self.experts.pop(name)
            row.hide()
            row.deleteLater()
        self.experts = {name: self.experts.get(name) or self._make_row(name) for name in wanted}
        self._rows.show_rows(self.experts.values())
        self._order_tabs()
        self._show_presets()
        self.set_mix(self._mix)
        self.set_source(self._source)

    def _make_row(self, name: str) -> ExpertRow:
        row = self._make_rule_row(name) if name in self._rules else ExpertRow(name, self)
        row.set_theme(self._theme)
        row.set_range(self._range)
        row.set_scale(self._scale)
        row.set_stale(on=self._is_stale)
        row.factor_asked.connect(self._ask_factor)
        row.mute_asked.connect(self._ask_mute)
        row.solo_asked.connect(self._ask_solo)
        row.source_asked.connect(self.source_asked)
        return row

    def _make_rule_row(self, name: str) -> RuleRow:
        row = RuleRow(name, self)
        row.rules_asked.connect(self.rules_asked)
        row.set_rules(*self._told.get(name, ("", "")))
        return row

    def set_rules(self, name: str, text: str, hint: str) -> None:
        """Say in the row of an expert of rules what it goes by; `hint` is the whole sentence."""
        self._told[name] = text, hint
        row = self.experts.get(name)
        if isinstance(row, RuleRow):
            row.set_rules(text, hint)

    def _all_rows(self) -> list[SourceRow]:
        return [self.product, *self.experts.values()]

    def set_mix(self, mix: Mix) -> None:
        """Show the factors, mutes, solos and temperature of `mix`."""
        self._mix = mix
        for row in self.experts.values():
            row.show_mix(mix)
        self.temperature.show_value(mix.temperature)
        self.reset.setEnabled(mix != AS_LEARNED)
        self._show_preset()

    def set_heat(self, name: str, heat: Floats | None) -> None:
        """Show `heat` [T, 88] in the row of `name`; a name without a row is passed over."""
        row = self.product if name == PRODUCT else self.experts.get(name)
        if row is not None:
            row.set_heat(heat)

    def set_note(self, text: str) -> None:
        """Say in the place of the product's picture why there is none."""
        self.product.picture.set_note(text)

    def set_averaged(self, *, on: bool) -> None:
        """Say whether the heat is an average over sampled lines, because part of the voice is unwritten."""
        self.product.set_averaged(on=on)

    def set_sampled(self) -> None:
        """Say that the heat is what a take was drawn from."""
        self.product.set_sampled()

    def set_stale(self, *, on: bool) -> None:
        """Dim the pictures while newer heat is on its way."""
        self._is_stale = on
        self.product.set_stale(on=on)
        for row in self.experts.values():
            row.set_stale(on=on)

    def set_view_range(self, start_tick: float, end_tick: float, low_pitch: float, high_pitch: float) -> None:
        """Show what the roll shows: ticks [start, end), pitches `low` to `high`, p filling p ± 0.5."""
        self._range = ViewRange(start_tick, end_tick, low_pitch, high_pitch)
        for row in self._all_rows():
            row.set_range(self._range)

    def set_scale(self, scale: HeatScale) -> None:
        """Colour all pictures by `scale`."""
        self._scale = scale
        for row in self._all_rows():
            row.set_scale(scale)

    def set_source(self, name: str) -> None:
        """Mark whose heat lies on the roll: an expert's, the product's, or `OFF`."""
        self._source = name
        for row in self._all_rows():
            row.set_chosen(on=row.name == name)

    def set_probe(self, probe: Probe | None) -> None:
        """Show what everyone says of the cell under the mouse; None when there is none."""
        for row in self._all_rows():
            row.set_probe(probe)

    def _show_presets(self) -> None:
        self._presets = offered(self.experts)
        self.head.set_presets([*(preset.label for preset in self._presets), *self._own])

    def _show_preset(self) -> None:
        """The user's own first: it may be like one of the program's. Last comes what has no name."""
        own = next((name for name, mix in self._own.items() if mix == self._mix), "")
        preset = matching(self._mix, self._presets, self.experts, self._rules)
        index = len(self._presets) + len(self._own)
        if own:
            index = len(self._presets) + list(self._own).index(own)
        elif preset is not None:
            index = self._presets.index(preset)
        self.head.show_preset(index, own)

    def set_own(self, mixes: Mapping[str, Mix]) -> None:
        """Offer the user's own presets, by name, below those of the program."""
        self._own = dict(mixes)
        self._show_presets()
        self._show_preset()

    def _ask_factor(self, name: str, factor: float, gesture: object) -> None:
        text = self.tr("Set {} to {:.2f}").format(source_label(name), factor)
        self.mix_asked.emit(self._mix.with_factor(name, factor), text, gesture)

    def _ask_mute(self, name: str, on: bool) -> None:  # noqa: FBT001  # Qt's signature
        text = self.tr("Mute {}") if on else self.tr("Unmute {}")
        self.mix_asked.emit(self._mix.with_muted(name, on=on), text.format(source_label(name)), None)

    def _ask_solo(self, name: str, on: bool) -> None:  # noqa: FBT001  # Qt's signature
        text = self.tr("Solo {}") if on else self.tr("Unsolo {}")
        self.mix_asked.emit(self._mix.with_soloed(name, on=on), text.format(source_label(name)), None)

    def _ask_temperature(self, temperature: float, gesture: object) -> None:
        text = self.tr("Set the temperature to {:.2f}").format(temperature)
        self.mix_asked.emit(self._mix.with_temperature(temperature), text, gesture)

    def _ask_reset(self) -> None:
        self.mix_asked.emit(AS_LEARNED, self.tr("Reset the experts"), None)

    def _ask_preset(self, index: int) -> None:
        if index < len(self._presets):
            preset = self._presets[index]
            mix = preset.applied(self._mix, self.experts, self._rules)
            self.mix_asked.emit(mix, self.tr("Mix “{}”").format(preset.label), None)
        elif index < len(self._presets) + len(self._own):
            name = list(self._own)[index - len(self._presets)]
            self.mix_asked.emit(self._own[name], self.tr("Mix “{}”").format(name), None)
        self.set_mix(self._mix)
