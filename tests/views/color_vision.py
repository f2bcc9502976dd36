"""How colours look to those who see colours otherwise, and how far apart two of them then are.

The matrices are those of Machado, Oliveira and Fernandes, “A Physiologically-based Model for Simulation of
Color Vision Deficiency” (IEEE TVCG 15, 2009), severity 1, for linear RGB.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

Floats = NDArray[np.float64]

VISIONS = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = _TO_XYZ.sum(axis=1)


def lab(color: QColor, vision: str) -> Floats:
    """[3] CIELAB (D65) of a colour as it is seen with `vision`, a name of VISIONS."""
    rgb = np.array([color.redF(), color.greenF(), color.blueF()])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = _TO_XYZ @ np.clip(VISIONS[vision] @ linear, 0.0, 1.0) / _WHITE
    bent = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * bent[1] - 16, 500 * (bent[0] - bent[1]), 200 * (bent[1] - bent[2])])


def distance(one: QColor, other: QColor, vision: str) -> float:
    """The Euclidean distance in CIELAB: about 2.3 is what one can just see side by side."""
    return float(np.linalg.norm(lab(one, vision) - lab(other, vision)))


def nearest(colors: dict[str, QColor], vision: str) -> tuple[float, str, str]:
    """The smallest distance among `colors`, and which two it is between."""
    return min(
        (distance(colors[one], colors[other], vision), one, other) for one, other in combinations(colors, 2)
    )
