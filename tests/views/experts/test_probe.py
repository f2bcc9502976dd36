from __future__ import annotations

import pytest

from harmonizer_gui.views.experts.probe import percent


@pytest.mark.parametrize(
    ("probability", "text"),
    [
        (1.0, "100 %"),
        (0.62, "62 %"),
        (0.0996, "10 %"),
        (0.0994, "9.9 %"),
        (0.004, "0.4 %"),
        (0.001, "0.1 %"),
        (0.0009, "< 0.1 %"),
        (0.0, "0 %"),
    ],
)
def test_a_probability_in_words(probability: float, text: str) -> None:
    assert percent(probability) == text
