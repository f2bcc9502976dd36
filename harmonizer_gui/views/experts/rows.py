"""The rows of the experts panel below one another: tall ones for what was learned, then the rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QToolButton, QVBoxLayout, QWidget

from harmonizer_gui.views.experts.row import ExpertRow, ProductRow
from harmonizer_gui.views.experts.rule_row import RuleRow
from harmonizer_gui.views.theme import UNIT

_ROOMY: Final = 3.5
_LEAST: Final = 2.0
"""Heights of pictures in lines of text: rules have some where all can be so tall; none is ever lower."""


class ExpertRows(QScrollArea):
    """All rows fit without scrolling where that is possible: the rules give up their pictures for it."""

    rearranged = Signal()
    """What lies in the rows lies elsewhere now."""

    def __init__(self, product: ProductRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._product = product
        self._learned: tuple[ExpertRow, ...] = ()
        self._rules: tuple[RuleRow, ...] = ()
        self.fold = self._make_fold()
        self._rows = QVBoxLayout()
        self._rule_rows = QVBoxLayout()
        self._build()

    def _build(self) -> None:
        content = QWidget(self)
        content.setLayout(self._rows)
        self._rows.setContentsMargins(0, 0, 2 * UNIT, 0)
        self._rows.setSpacing(UNIT)
        self._rows.addWidget(self._product)
        self._rows.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        self._rows.addLayout(self._rule_rows)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("Experts"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the roll
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)

    def show_rows(self, rows: Iterable[ExpertRow]) -> None:
        """Show these rows, the rules below the others; who takes a row away deletes it."""
        for row in (*self._learned, *self._rules):
            self._rows.removeWidget(row)
            self._rule_rows.removeWidget(row)
        shown = tuple(rows)
        self._rules = tuple(row for row in shown if isinstance(row, RuleRow))
        self._learned = tuple(row for row in shown if not isinstance(row, RuleRow))
        for index, row in enumerate(self._learned):
            self._rows.insertWidget(index + 1, row)
        for row in self._rules:
            self._rule_rows.addWidget(row)
        self.fold.setVisible(bool(self._rules))
        self._show_rules()

    def _make_fold(self) -> QToolButton:
        """The heading of the rules, which hides them and shows them again."""
        fold = QToolButton(self)
        fold.setText(self.tr("RULES"))
        fold.setProperty("kind", "fold")
        fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        fold.setCheckable(True)
        fold.setFixedHeight(self.fontMetrics().height())
        fold.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        fold.setAccessibleName(self.tr("Fold the rules"))
        fold.setToolTip(
            self.tr("Experts without training: they make less likely what breaks a rule. Click to fold them.")
        )
        fold.toggled.connect(self._show_rules)
        return fold

    def _show_rules(self) -> None:
        folded = self.fold.isChecked()
        self.fold.setArrowType(Qt.ArrowType.RightArrow if folded else Qt.ArrowType.DownArrow)
        for row in self._rules:
            row.setVisible(not folded)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def _fit(self) -> None:
        """Give all pictures the same height, as much as there is."""
        line = self.fontMetrics().height()
        is_compact = self._picture_height(with_rules=True) < _ROOMY * line
        height = max(round(_LEAST * line), self._picture_height(with_rules=not is_compact))
        self._rule_rows.setSpacing(UNIT // 2 if is_compact else UNIT)
        title = max((row.title.sizeHint().width() for row in self._rules), default=0)
        was_compact = [rule.is_compact for rule in self._rules]
        for rule in self._rules:
            rule.set_compact(on=is_compact, title_width=title)
        for row in (self._product, *self._learned, *self._rules):
            row.picture.setFixedHeight(height)
        if was_compact != [is_compact] * len(self._rules):
            self.rearranged.emit()

    def _picture_height(self, *, with_rules: bool) -> int:
        """Pixels that are left for each picture."""
        tall = (
            self._product,
            *self._learned,
            *(self._rules if with_rules and not self.fold.isChecked() else ()),
        )
        flat = () if with_rules or self.fold.isChecked() else self._rules
        taken = [row.height_with(0) + UNIT for row in tall]
        taken += [row.compact_height + UNIT // 2 for row in flat]
        heading = self.fold.maximumHeight() + UNIT if self._rules else 0
        return (self.viewport().height() - sum(taken) - heading) // len(tall)
