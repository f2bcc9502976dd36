"""The roll in the middle and the docks around it, which the user moves, closes and finds again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QMainWindow, QToolButton, QWidget

from harmonizer_gui.views.icons import icon
from harmonizer_gui.views.theme import DARK, UNIT, Theme

Area = Qt.DockWidgetArea


class Dock(QDockWidget):
    """One dock; `name` keeps its place from one day to the next.

    A widget with a head of its own (`head`, a QWidget) has that for a title; others get their name and a
    button that closes them.
    """

    def __init__(self, name: str, title: str, widget: QWidget, head: QWidget | None, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setObjectName(f"dock-{name}")
        self.setAllowedAreas(Area.LeftDockWidgetArea | Area.RightDockWidgetArea | Area.BottomDockWidgetArea)
        self._close = QToolButton(self)
        self._close.hide()
        self._frame = DARK.color("border_strong")
        self._title = self._make_title(title) if head is None else None
        self.setTitleBarWidget(head or self._title or QWidget(self))
        self.setWidget(widget)

    def _make_title(self, title: str) -> QWidget:
        bar = QWidget(self)
        bar.setProperty("kind", "top")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        heading = QLabel(title.upper(), bar)
        heading.setProperty("kind", "heading")
        self._close.setProperty("kind", "eye")
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.setAccessibleName(self.tr("Close {}").format(title))
        self._close.setToolTip(self.tr("Close {}").format(title))
        self._close.clicked.connect(self.close)
        self._close.show()
        row = QHBoxLayout(bar)
        row.setContentsMargins(2 * UNIT, UNIT // 4, UNIT, UNIT // 4)
        row.addWidget(heading, 1)
        row.addWidget(self._close)
        return bar

    def paintEvent(self, event: QPaintEvent) -> None:
        """While it floats, a line around it: Qt paints a frame only where it also paints the title."""
        super().paintEvent(event)
        if self.isFloating():
            painter = QPainter(self)
            painter.setPen(self._frame)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.end()

    def set_theme(self, theme: Theme) -> None:
        self._frame = theme.color("border_strong")
        self.update()
        size = self.fontMetrics().height() * 3 // 4
        self._close.setIcon(icon("close", theme))
        self._close.setIconSize(QSize(size, size))

    @property
    def is_seen(self) -> bool:
        """Whether it is open and not behind another tab."""
        return self.isVisible() and not self.visibleRegion().isEmpty()

    @property
    def first_field(self) -> QWidget:
        """Where the keys go when one comes here: the first field or button that takes them."""
        parts = [part for part in (self.titleBarWidget(), self.widget()) if part is not self._title]
        fields = [child for part in parts for child in (part, *part.findChildren(QWidget))]
        keyed = (field for field in fields if field.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return next((field for field in keyed if field.isVisible() and field.isEnabled()), self.widget())

    def show_on_top(self) -> None:
        """Open it, and bring it before those it shares its place with."""
        self.show()
        self.raise_()


class Workspace(QMainWindow):
    """A main window within the window, so that toolbar, transport and status line keep their full width."""

    def __init__(self, centre: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Widget)
        self._docks: dict[str, Dock] = {}
        self.setCentralWidget(centre)
        self.setDockNestingEnabled(True)
        self.setTabPosition(Area.AllDockWidgetAreas, self.tabPosition(Area.TopDockWidgetArea).North)
        # What stands at the side is tall: pictures of the experts. What lies below is wide.
        self.setCorner(Qt.Corner.BottomRightCorner, Area.RightDockWidgetArea)
        self.setCorner(Qt.Corner.BottomLeftCorner, Area.LeftDockWidgetArea)

    @property
    def docks(self) -> tuple[Dock, ...]:
        return tuple(self._docks.values())

    def add_dock(
        self,
        name: str,
        title: str,
        widget: QWidget,
        action: QAction,
        *,
        area: Area = Area.BottomDockWidgetArea,
        shown: bool = False,
        head: QWidget | None = None,
    ) -> Dock:
        """A dock that `action` (checkable) opens and closes; several below share their place as tabs."""
        dock = Dock(name, title, widget, head, self)
        neighbour = next((other for other in self.docks if self.dockWidgetArea(other) == area), None)
        self.addDockWidget(area, dock)
        if neighbour is not None:
            self.tabifyDockWidget(neighbour, dock)
        dock.setVisible(shown)
        action.setChecked(shown)
        action.triggered.connect(partial(_toggle, dock, action))
        dock.toggleViewAction().toggled.connect(action.setChecked)
        self._docks[name] = dock
        return dock

    def showEvent(self, event: QShowEvent) -> None:
        """Docks that float were put up before the window they belong to, which would hide them."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._raise_floating)

    def _raise_floating(self) -> None:
        for dock in self.docks:
            if dock.isFloating() and dock.isVisible():
                dock.raise_()

    def set_theme(self, theme: Theme) -> None:
        for dock in self.docks:
            dock.set_theme(theme)


def _toggle(dock: Dock, action: QAction) -> None:
    """Open the dock or close it; one that is open behind another tab comes to the front instead."""
    if dock.is_seen:
        dock.hide()
    else:
        dock.show_on_top()
        action.setChecked(True)
