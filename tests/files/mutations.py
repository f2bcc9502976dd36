"""Files with damage in them, the same in every run."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

Mutation = Callable[[random.Random, bytearray], None]


def mutated(data: bytes, count: int, *, seed: int = 0, first: int = 0) -> Iterator[bytes]:
    """`count` copies of `data`: by turns with one number changed, one kind of damage, and several.

    `first` says whose turn it is to begin with.
    """
    dice = random.Random(seed)
    for index in range(first, first + count):
        copy = bytearray(data)
        if index % 3 == 0:
            _change_number(dice, copy)
        for _ in range((0, 1, 4)[index % 3]):
            dice.choice(MUTATIONS)(dice, copy)
        yield bytes(copy)


def _flip_bytes(dice: random.Random, data: bytearray) -> None:
    for _ in range(dice.randint(1, 8)):
        if data:
            data[dice.randrange(len(data))] = dice.randrange(256)


def _cut_end(dice: random.Random, data: bytearray) -> None:
    del data[dice.randint(0, len(data)) :]


def _cut_middle(dice: random.Random, data: bytearray) -> None:
    start = dice.randint(0, len(data))
    del data[start : start + dice.randint(1, 60)]


def _repeat_middle(dice: random.Random, data: bytearray) -> None:
    start = dice.randint(0, len(data))
    data[start:start] = data[start : start + dice.randint(1, 200)]


def _change_number(dice: random.Random, data: bytearray) -> None:
    """Give one of the numbers in a text another value: huge, negative, broken, none."""
    digits = [place for place, byte in enumerate(data) if 48 <= byte <= 57]
    if digits:
        place = dice.choice(digits)
        data[place : place + 1] = dice.choice((b"0", b"-7", b"99999999999", b"1e9", b"x", b"", b"0.333"))


MUTATIONS: tuple[Mutation, ...] = (_flip_bytes, _cut_end, _cut_middle, _repeat_middle, _change_number)
