from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from harmonizer_gui.views.elided_label import ElidedLabel


def test_it_gives_way_and_its_tooltip_tells_all(show: Callable[..., None]) -> None:
    window = QWidget()
    label = ElidedLabel("a sentence that is longer than its place", window)
    QHBoxLayout(window).addWidget(label)
    show(window, 80, 40)
    assert label.width() < label.sizeHint().width()
    assert label.toolTip() == label.text()
    assert label.property("kind") == "muted"


def test_only_what_has_no_room_is_shortened(show: Callable[..., None]) -> None:
    def ink(text: str, width: int) -> int:
        """The rightmost column that is painted on."""
        label = ElidedLabel(text)
        show(label, width, 20)
        image = label.grab().toImage()
        ground = image.pixel(image.width() - 1, 0)
        rows = range(image.height())
        dark = [x for x in range(image.width()) if any(image.pixel(x, y) != ground for y in rows)]
        return max(dark, default=0)

    long = "a sentence that is longer than its place"
    assert ink("a", 200) < ink("a sentence", 200) < 200
    assert ink(long, 60) < 59
