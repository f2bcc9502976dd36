from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harmonizer_gui.files.formats import read, write
from harmonizer_gui.files.progress import OFTEN, Cancelled, part, reached, reported_to, told
from tests.files.chorales import chorale


def test_nobody_need_listen() -> None:
    reached(0.5)
    with part(0, 0.5):
        assert list(told([1, 2])) == [1, 2]


def test_parts_of_parts_add_up() -> None:
    shares: list[float] = []
    with reported_to(shares.append):
        with part(0.0, 0.5):
            reached(0.5)
            with part(0.5, 1.0):
                reached(0.5)
        reached(0.75)
        assert sum(told(range(2 * OFTEN))) == OFTEN * (2 * OFTEN - 1)
    assert shares == [0.25, 0.375, 0.75, 0.0, 0.5, 1.0]


@pytest.mark.parametrize("suffix", [".mid", ".musicxml", ".mxl"])
def test_readers_tell_and_can_be_stopped(tmp_path: Path, suffix: str) -> None:
    path, shares = tmp_path / f"a{suffix}", list[float]()
    write(chorale("bwv269"), path)
    with reported_to(shares.append):
        read(path)
    assert shares == sorted(shares)
    assert shares[-1] > 0.8
    with pytest.raises(Cancelled), reported_to(_stop_at(shares[len(shares) // 2])):
        read(path)


def _stop_at(share: float) -> Callable[[float], None]:
    def report(reached: float) -> None:
        if reached >= share:
            raise Cancelled

    return report
