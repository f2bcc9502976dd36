"""Writing pictures that were painted, off the GUI thread."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

ROLL_SUFFIXES: Final = (".png", ".svg")


def write_image(image: QImage, path: Path) -> None:
    """As PNG. Raises FileError; a picture that was there before is then as it was."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # a format may be a text, says Qt itself
    write_bytes(bytes(buffer.data().data()), path)


def write_bytes(data: bytes, path: Path) -> None:
    """Raises FileError; a picture that was there before is then as it was."""
    from harmonizer_gui.files.atomic import write_atomically

    write_atomically(path, data)
