from __future__ import annotations

import pytest

from harmonizer_gui.views.finding import distance


@pytest.mark.parametrize(
    ("searched", "near", "far"),
    [
        ("save", "Save File", "Save as File"),
        ("zoom", "Zoom in View", "Show what the zoomed roll"),
        ("next take", "Next take", "Next taken"),
        ("fav", "Favour these pitches", "Disfavoured"),
        ("gnrt", "Generate alto", "Go on and try"),
    ],
)
def test_what_fits_better_is_nearer(searched: str, near: str, far: str) -> None:
    best, other = distance(searched, near), distance(searched, far)
    assert best is not None
    assert other is None or best <= other


def test_every_word_must_be_found() -> None:
    assert distance("take next", "Next take") == 0
    assert distance("take trombone", "Next take") is None


def test_scattered_letters_count_in_its_own_words_only() -> None:
    assert distance("take", "Undo", "Edit Alt+Backspace") is None
    assert distance("edit", "Undo", "Edit Alt+Backspace") is not None


def test_two_letters_are_not_found_in_all_words() -> None:
    assert distance("qz", "Quantise towards zero") is None
    assert distance("", "anything") == 0
