from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmonizer_gui.views.menu_letters import with_own_letters


def letters(texts: list[str]) -> list[str]:
    return [text[text.index("&") + 1].lower() for text in texts if "&" in text]


@pytest.mark.parametrize(
    ("texts", "meant"),
    [
        (["&Open", "&Save"], ["&Open", "&Save"]),
        (["&Save", "&Select all"], ["&Save", "Select &all"]),
        (["&Save", "&Stop", "&Top"], ["&Save", "St&op", "&Top"]),
        (["&Up", "Undo", "&Up"], ["&Up", "Undo", "U&p"]),
        (["&A", "&A"], ["&A", "A"]),
        ([], []),
    ],
)
def test_the_first_keeps_its_letter_and_others_take_their_next(texts: list[str], meant: list[str]) -> None:
    assert with_own_letters(texts) == meant


@given(st.lists(st.text(alphabet="abAB cd1", max_size=5).map(lambda text: f"{text[:1]}&{text[1:]}x")))
def test_no_two_share_one_and_the_words_stay(texts: list[str]) -> None:
    given_letters = with_own_letters(texts)
    assert len(set(letters(given_letters))) == len(letters(given_letters))
    assert [text.replace("&", "") for text in given_letters] == [text.replace("&", "") for text in texts]


@given(st.lists(st.sampled_from(["&New", "&Open", "S&ave", "Quit"]), unique=True))
def test_letters_that_differ_stay(texts: list[str]) -> None:
    assert with_own_letters(texts) == texts
