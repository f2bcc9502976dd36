"""The style sheet of the application, written out from a theme."""

from __future__ import annotations

from collections.abc import Mapping
from string import Template
from typing import Final, Protocol

from harmonizer_gui.resources import resource

ARROW: Final = "icons/arrow-down.svg"
"""Grey, and so legible in both themes: a style sheet cannot tint a picture."""
_BLACK: Final = "#000000"


class Sizes(Protocol):
    """Letter sizes in points."""

    @property
    def small(self) -> float: ...

    @property
    def heading(self) -> float: ...

    @property
    def large(self) -> float: ...


def style_sheet(colors: Mapping[str, str], sizes: Sizes, unit: int) -> str:
    """The sheet for `colors` by name, letter sizes in points and distances in multiples of `unit` pixels.

    Widgets take part by the dynamic property `kind`: `heading`, `muted`, `problem`, `position` on labels,
    `bar` and `panel` on containers, `flat`, `worded`, `small`, `eye` on buttons.
    """
    lengths = {"half": unit // 2, "one": unit, "three_halves": unit * 3 // 2, "two": unit * 2}
    letters = {f"{name}_pt": f"{getattr(sizes, name):.2f}pt" for name in ("small", "heading", "large")}
    pixels = {name: f"{length}px" for name, length in lengths.items()}
    tick = resource(f"icons/tick-{'black' if colors['on_accent'] == _BLACK else 'white'}.svg").as_posix()
    return _SHEET.substitute(colors, arrow_down=resource(ARROW).as_posix(), tick=tick, **letters, **pixels)


_SHEET = Template("""
QMainWindow, QDialog, QStatusBar { background: $window; }
QStatusBar { color: $text_muted; border: none; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $text_muted; padding: 0 $half; }
QToolTip { background: $raised; color: $text; border: 1px solid $border_strong; padding: $half $one; }

QWidget[kind="bar"], QWidget[kind="panel"] { background: $panel; }
QLabel { background: transparent; }
QLabel[kind="heading"] {
    color: $text_muted; font-size: $heading_pt; font-weight: 600; letter-spacing: 1px;
}
QLabel[kind="name"] { font-weight: 600; }
QLabel[kind="muted"] { color: $text_muted; font-size: $small_pt; }
QWidget[kind="told"] { background: $notice_soft; border-bottom: 1px solid $border; }
QWidget[kind="wrong"] { background: $problem_soft; border-bottom: 1px solid $border; }
QWidget[kind="top"] { background: $panel; border-bottom: 1px solid $border; }
QWidget[kind="bottom"] { background: $panel; border-top: 1px solid $border; }
QWidget[kind="float"] { background: $panel; border: 1px solid $border_strong; border-radius: 6px; }
QLabel[kind="problem"] { color: $problem; }
QLabel[kind="position"] { font-size: $large_pt; font-weight: 600; }

QMenuBar { background: $panel; border-bottom: 1px solid $border; padding: 2px $half; }
QMenuBar::item { background: transparent; padding: $half $one; border-radius: 4px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $hover; }
QMenu { background: $raised; border: 1px solid $border; padding: $half; }
QMenu::item { padding: $half $two; border-radius: 4px; color: $text; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $text_disabled; }
QMenu::separator { height: 1px; background: $border; margin: $half $one; }

QToolButton, QPushButton {
    background: transparent; color: $text; border: 1px solid $border; border-radius: 5px;
    padding: $half $one; min-height: 18px;
}
QToolButton:hover, QPushButton:hover { background: $hover; border-color: $border_strong; }
QToolButton:pressed, QPushButton:pressed { background: $pressed; }
QToolButton:checked, QPushButton:checked { background: $accent_soft; border-color: $accent; }
QToolButton:focus, QPushButton:focus { border-color: $accent; }
QToolButton:checked:focus, QPushButton:checked:focus { border-color: $text; }
QToolButton:disabled, QPushButton:disabled { color: $text_disabled; border-color: $border; }
QToolButton[kind="flat"], QPushButton[kind="flat"] { border-color: transparent; }
QToolButton[kind="flat"]:hover, QPushButton[kind="flat"]:hover { background: $hover; }
QToolButton[kind="flat"]:focus, QPushButton[kind="flat"]:focus { border-color: $accent; }
QToolButton[kind="worded"] { padding-right: 2px; }
QToolButton[kind="fold"] {
    border-color: transparent; padding: 0px 4px 0px 0px; min-height: 16px; color: $text_muted;
    font-size: $heading_pt; font-weight: 600; letter-spacing: 1px;
}
QToolButton[kind="fold"]:hover { color: $text; }
QToolButton[kind="fold"]:focus { border-color: $accent; }
QToolButton[kind="small"] {
    font-size: $small_pt; color: $text_muted; padding: 0px 5px; min-height: 16px; min-width: 10px;
    border-radius: 4px;
}
QToolButton[kind="small"]:checked {
    color: $on_accent; background: $accent_fill; border-color: $accent_fill; font-weight: 600;
}
QToolButton[kind="small"]:checked:focus { border-color: $text; }
QToolButton[kind="eye"] { border-color: transparent; padding: 0px 3px; min-height: 16px; border-radius: 4px; }
QToolButton[kind="eye"]:hover { background: $hover; }
QToolButton[kind="eye"]:focus { border-color: $accent; }
QToolButton[kind="eye"]:checked { background: $accent_fill; border-color: $accent_fill; }
QToolButton[kind="eye"]:checked:focus { border-color: $text; }
QPushButton:default { border-color: $accent; }

QComboBox {
    background: transparent; color: $text; border: 1px solid $border; border-radius: 5px;
    padding: $half $one; min-height: 18px;
}
QComboBox:hover { background: $hover; border-color: $border_strong; }
QComboBox:focus, QComboBox:on { border-color: $accent; }
QComboBox:disabled { color: $text_disabled; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url("$arrow_down"); width: 10px; height: 10px; }
QComboBox QAbstractItemView {
    background: $raised; color: $text; border: 1px solid $border_strong; outline: none;
    selection-background-color: $accent_soft; selection-color: $text;
}

QLineEdit, QSpinBox, QDoubleSpinBox, QPlainTextEdit, QTextEdit {
    background: $raised; color: $text; border: 1px solid $border; border-radius: 5px; padding: $half;
    selection-background-color: $accent_fill; selection-color: $on_accent;
}
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QPlainTextEdit:focus { border-color: $accent; }
QAbstractSpinBox QLineEdit { background: transparent; border: none; padding: 0 3px; }
/* No arrows by width: with NoButtons a style sheet leaves the text no room (Qt 6.11). */
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: none; }
QDoubleSpinBox::up-button, QDoubleSpinBox::down-button { width: 0; border: none; }
QDoubleSpinBox[kind="number"] { background: transparent; border-color: transparent; padding: 0 2px; }
QDoubleSpinBox[kind="number"]:hover { background: $raised; border-color: $border; }
QDoubleSpinBox[kind="number"]:focus { background: $raised; border-color: $accent; }

QUndoView { background: $panel; border: 1px solid $panel; padding: $half; outline: none; }
QUndoView:focus { border-color: $accent; }
QUndoView::item { color: $text; padding: $half $one; border-radius: 4px; }
QUndoView::item:selected { background: $accent_soft; color: $text; }

QListView[kind="list"], QTreeView[kind="list"], QTableView[kind="list"] {
    background: transparent; color: $text; border: 1px solid transparent; outline: none;
}
QListView[kind="list"]:focus, QTreeView[kind="list"]:focus, QTableView[kind="list"]:focus {
    border-color: $accent;
}
QListView[kind="list"]::item, QTreeView[kind="list"]::item { padding: 2px $half; }
QListView[kind="list"]::item:hover, QTreeView[kind="list"]::item:hover { background: $hover; }
QListView[kind="list"]::item:selected, QTreeView[kind="list"]::item:selected {
    background: $accent_soft; color: $text;
}
QTableView[kind="list"]::item { padding: 0 $one; }
QTableView[kind="list"]::item:selected { background: $accent_soft; color: $text; }
QTableView[kind="list"]::indicator {
    width: 12px; height: 12px; border: 1px solid $border_strong; border-radius: 3px; background: $raised;
}
QTableView[kind="list"]::indicator:checked { background: $accent_fill; border: 3px solid $raised; }
QTableView[kind="list"]::item:focus { border: 1px solid $accent; }
QTreeView[kind="list"]:disabled { color: $text_disabled; }

QCheckBox { spacing: $one; }
QCheckBox:disabled { color: $text_disabled; }
QCheckBox::indicator {
    width: 14px; height: 14px; border: 1px solid $border_strong; border-radius: 3px; background: $raised;
}
QCheckBox::indicator:checked { background: $accent_fill; border-color: $accent_fill; image: url("$tick"); }
QCheckBox::indicator:focus { border-color: $accent; }
QCheckBox::indicator:checked:focus { border-color: $text; }
QCheckBox::indicator:disabled { background: transparent; border-color: $border; }
QCheckBox::indicator:checked:disabled { background: $text_disabled; border-color: $text_disabled; }

QScrollArea { background: transparent; border: 1px solid transparent; }
QScrollArea:focus { border-color: $accent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border_strong; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $text_muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $border; }
QSlider::sub-page:horizontal { border-radius: 2px; background: $accent_fill; }
QSlider::handle:horizontal {
    width: 10px; margin: -4px 0; border: 1px solid $panel; border-radius: 6px; background: $text;
}
QSlider::handle:horizontal:focus { border-color: $accent; }
QSlider::handle:horizontal:disabled { background: $text_disabled; }

QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QProgressBar { border: 1px solid $border; border-radius: 5px; text-align: center; }
QProgressBar::chunk { background: $accent_fill; border-radius: 4px; }
QMainWindow::separator { background: $border; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $accent; }
QTabBar { background: $panel; }
QTabBar::tab { background: transparent; color: $text_muted; padding: $half $two; border: none; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; }
QTabBar::tab:hover { color: $text; }
QHeaderView::section { background: $panel; color: $text_muted; border: none; padding: $half; }
/* What stands below in the table keeps $one, and Qt's three pixels. */
QTableView[kind="list"] QHeaderView::section { padding: $half 11px; }
""")
