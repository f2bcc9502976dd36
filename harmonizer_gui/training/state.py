"""The state of a training run on disk: tensors as safetensors, the rest as JSON. Never pickle."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor


def save_state(
    folder: Path, tensors: Mapping[str, Tensor], values: Mapping[str, Any], *, name: str = "state"
) -> None:
    """Write both into one file that is replaced whole, so that a kill at any moment leaves a good one."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.safetensors"
    temporary = path.with_suffix(".part")
    contents = {key: tensor.detach().cpu().contiguous().clone() for key, tensor in tensors.items()}
    save_file(contents, temporary, metadata={"values": json.dumps(values)})
    temporary.replace(path)


def load_state(folder: Path, *, name: str = "state") -> tuple[dict[str, Tensor], dict[str, Any]] | None:
    """What `save_state` wrote; None where there is nothing or it is not readable."""
    path = folder / f"{name}.safetensors"
    if not path.exists():
        return None
    try:
        with safe_open(path, framework="pt") as file:
            tensors = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118  # no mapping
            values = json.loads(file.metadata()["values"])
    except (SafetensorError, OSError, KeyError, ValueError):
        return None
    return tensors, values
