"""A bar that gets along with little room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLayout, QWidget


class TightBar(QWidget):
    """A bar with a layout, whose parts give way one after the other where there is no room for all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ways: tuple[Callable[[bool], None], ...] = ()
        self._level = 0
        self._needs: list[int] = []

    def give_way_by(self, *ways: Callable[[bool], None]) -> None:
        """Make room by the first of `ways`, then by the second too, and so on.

        Called with True, a way makes the bar narrower; with False, it takes that back.
        """
        self._ways = ways
        self._measure()

    def minimumSizeHint(self) -> QSize:
        """The width with all that can give way gone."""
        if not self.isVisible():
            self._measure_news()  # no event tells a bar that is not there yet
        usual = super().minimumSizeHint()
        return QSize(self._needs[-1], usual.height()) if self._needs else usual

    def event(self, event: QEvent) -> bool:
        """A part that has grown or shrunk may change what there is room for."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._measure_news()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def _narrowest(self) -> int:
        """The width that all parts need as they are now."""
        return super().minimumSizeHint().width()

    def _measure_news(self) -> None:
        if self._needs and self._needs[self._level] != self._narrowest:
            self._measure()

    def _measure(self) -> None:
        """Note how wide the bar must be with none, one, … of its parts gone; the focus stays where it is."""
        focus = next((part for part in self.findChildren(QWidget) if part.hasFocus()), None)
        needs = []
        for level in range(len(self._ways) + 1):
            self._give_way(level)
            for layout in self.findChildren(QLayout):
                layout.invalidate()  # Qt would tell those within others only once the event loop runs
            needs.append(self._narrowest)
        self._needs = needs
        self._fit()
        if focus is not None and focus.isVisible():
            focus.setFocus()

    def _fit(self) -> None:
        fitting = (level for level, need in enumerate(self._needs) if need <= self.width())
        self._give_way(next(fitting, len(self._ways)))

    def _give_way(self, level: int) -> None:
        self._level = level
        for index, way in enumerate(self._ways):
            way(index < level)


def hiding(*parts: QWidget) -> Callable[[bool], None]:
    """A way to make room: `parts` are not shown."""

    def hide(is_tight: bool) -> None:  # noqa: FBT001  # one way of several
        for part in parts:
            part.setVisible(not is_tight)

    return hide
