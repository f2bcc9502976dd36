"""Tables of probabilities as they stand in a project file: 16-bit floats, deflated, as base64."""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from typing import Any

import numpy as np
from numpy.typing import NDArray


def table_values(table: NDArray[np.float16]) -> dict[str, Any]:
    """A table of any shape as plain JSON values; zeros take hardly any room."""
    data = zlib.compress(np.ascontiguousarray(table, "<f2").tobytes(), level=1)
    return {"shape": list(table.shape), "data": b64encode(data).decode("ascii")}


def table_of(values: dict[str, Any]) -> NDArray[np.float16]:
    """The table that `values`, which the schema has checked, describe; read-only."""
    table = np.frombuffer(zlib.decompress(b64decode(values["data"])), "<f2").reshape(values["shape"])
    return table.astype(np.float16, copy=False)
