"""One row of the experts panel."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QSpacerItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from harmonizer_gui.engine.mix import Mix
from harmonizer_gui.session.heat import PRODUCT
from harmonizer_gui.views.elided_label import ElidedLabel
from harmonizer_gui.views.experts.names import glasses, source_label
from harmonizer_gui.views.experts.picture import HeatPicture, ViewRange
from harmonizer_gui.views.experts.probe import Probe, percent
from harmonizer_gui.views.experts.scale import factors_of
from harmonizer_gui.views.experts.value import ValueControl
from harmonizer_gui.views.heat_image import Floats
from harmonizer_gui.views.heat_scale import HeatScale
from harmonizer_gui.views.theme import UNIT, Theme

MAX_TYPED_FACTOR = 10.0
"""The number field takes what a mix can hold, past the end of the slider."""


class SourceRow(QWidget):
    """Name, a few words, what it says of the cell under the mouse, and the picture of its heat.

    `source_asked` carries the name: its heat shall lie on the roll.
    """

    source_asked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.label = source_label(name)
        self.picture = HeatPicture(self)
        self.picture.setAccessibleName(self.tr("Heat of {}").format(self.label))
        self.picture.setToolTip(self.tr("Click to lay the heat of {} on the roll").format(self.label))
        self.picture.clicked.connect(self._ask_source)
        self.title = QLabel(self.label, self)
        self._glasses = ElidedLabel(glasses(name), self)
        self._gap = QSpacerItem(UNIT // 2, 0)
        self._probe = QLabel(self)
        self._probe.setAccessibleName(self.tr("What {} says of the cell").format(self.label))
        self._head = self._make_head()
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(UNIT // 4)
        self._body.addLayout(self._head)
        self._body.addWidget(self.picture, 1)

    def _make_head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(UNIT // 2)
        self.title.setProperty("kind", "name")
        self.title.setToolTip(self._glasses.text())
        head.addWidget(self.title)
        head.addItem(self._gap)
        head.addWidget(self._glasses, 1)
        head.addWidget(self._probe)
        return head

    def height_with(self, picture: int) -> int:
        """Pixels the row takes with a picture of so many."""
        return self._head_height() + self._body.spacing() + picture

    def _head_height(self) -> int:
        return self.title.sizeHint().height()

    def set_theme(self, theme: Theme) -> None:
        self.picture.set_theme(theme)

    def set_heat(self, heat: Floats | None) -> None:
        self.picture.set_heat(heat)

    def set_scale(self, scale: HeatScale) -> None:
        self.picture.set_scale(scale)

    def set_range(self, view: ViewRange) -> None:
        self.picture.set_range(view)

    def set_chosen(self, *, on: bool) -> None:
        """Show whether this heat lies on the roll."""
        self.picture.setChecked(on)

    def set_probe(self, probe: Probe | None) -> None:
        known = probe is not None and self.name in probe.values
        self._probe.setText(percent(probe.values[self.name]) if probe is not None and known else "")
        self.picture.set_probe(probe)

    @property
    def probe_text(self) -> str:
        """What the row says of the cell under the mouse."""
        return self._probe.text()

    def _ask_source(self) -> None:
        self.source_asked.emit(self.name)


class ProductRow(SourceRow):
    """The product: a picture, nothing to move."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(PRODUCT, parent)

    def set_stale(self, *, on: bool) -> None:
        self.picture.set_dimmed(on=on)

    def set_averaged(self, *, on: bool) -> None:
        """Say that the heat is an average over sampled lines: part of the voice is not written yet."""
        self._glasses.set_words(self.tr("average of sampled lines") if on else glasses(self.name))

    def set_sampled(self) -> None:
        """Say that the heat is what a take was drawn from."""
        self._glasses.set_words(self.tr("as the take was sampled"))


class ExpertRow(SourceRow):
    """An expert: picture, exponent, mute and solo.

    `factor_asked` carries name, factor and gesture; `mute_asked` and `solo_asked` name and state.
    """

    factor_asked = Signal(str, float, object)
    mute_asked = Signal(str, bool)
    solo_asked = Signal(str, bool)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._is_stale = False
        self._counts = True
        self.mute = self._switch(
            self.tr("M", "mute"), self.tr("Mute {}: the product goes on without it").format(self.label)
        )
        self.solo = self._switch(
            self.tr("S", "solo"), self.tr("Solo {}: only soloed experts count").format(self.label)
        )
        self.mute.setAccessibleName(self.tr("Mute {}").format(self.label))
        self.solo.setAccessibleName(self.tr("Solo {}").format(self.label))
        self.mute.clicked.connect(self._ask_mute)
        self.solo.clicked.connect(self._ask_solo)
        self.exponent = ValueControl(factors_of(name), 0.0, MAX_TYPED_FACTOR, self)
        self.exponent.set_names(self.tr("Exponent of {}").format(self.label), self._exponent_hint())
        self.exponent.value_asked.connect(self._ask_factor)
        self.picture.menu_asked.connect(self._show_menu)
        self._body.addWidget(self.exponent)

    def _exponent_hint(self) -> str:
        hint = self.tr("How much {} counts: 1 is as learned. Double click resets it.")
        return hint.format(self.label)

    def _reset_text(self) -> str:
        return self.tr("Reset to 1, as learned")

    def height_with(self, picture: int) -> int:
        return super().height_with(picture) + self._body.spacing() + self.exponent.sizeHint().height()

    def _head_height(self) -> int:
        return max(super()._head_height(), self.mute.sizeHint().height())

    def _switch(self, letter: str, hint: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(letter)
        button.setToolTip(hint)
        button.setCheckable(True)
        button.setProperty("kind", "small")
        self._head.addWidget(button)
        return button

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.exponent.set_theme(theme)

    def show_mix(self, mix: Mix) -> None:
        """Show what `mix` says of this expert."""
        self.exponent.show_value(mix.factor(self.name))
        self.mute.setChecked(self.name in mix.muted)
        self.solo.setChecked(self.name in mix.soloed)
        self._counts = mix.effective(self.name) > 0.0
        self.exponent.set_counting(on=self._counts)
        self._dim()

    def set_stale(self, *, on: bool) -> None:
        """Show that the heat is out of date."""
        self._is_stale = on
        self._dim()

    def _dim(self) -> None:
        self.picture.set_dimmed(on=self._is_stale or not self._counts)

    def menu(self) -> QMenu:
        """What can be done with the expert, for a right click."""
        menu = QMenu(self)
        menu.addAction(self.tr("Show on the roll"), self._ask_source)
        menu.addSeparator()
        menu.addAction(self._reset_text(), self.exponent.reset)
        menu.addAction(self.tr("Unmute") if self.mute.isChecked() else self.tr("Mute"), self.mute.click)
        menu.addAction(self.tr("Unsolo") if self.solo.isChecked() else self.tr("Solo"), self.solo.click)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._show_menu(event.globalPos())

    def _show_menu(self, place: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _ask_factor(self, factor: float, gesture: object) -> None:
        self.factor_asked.emit(self.name, factor, gesture)

    def _ask_mute(self, on: bool) -> None:  # noqa: FBT001  # Qt's signature
        self.mute.setChecked(not on)
        self.mute_asked.emit(self.name, on)

    def _ask_solo(self, on: bool) -> None:  # noqa: FBT001  # Qt's signature
        self.solo.setChecked(not on)
        self.solo_asked.emit(self.name, on)
