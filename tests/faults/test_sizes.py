"""Terminals of every size, and terminals that change theirs: nothing crashes."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from bench.places import Reader, starter_reader

from .ttys import Tty

Rounds = Callable[[int, int], int]
Told = Callable[[str], None]
THERE = "LongWriter-Zero: Mastering"
ROOMS = {
    "the list": "",
    "help": "?",
    "tags": "t",
    "the palette": "\x1c",
    "feeds": "F",
    "a search": "/mamba -survey",
    "an explanation": "/mamba\re",
    "adding": "A",
}
"""What may be on the screen, and the keys that bring it there."""


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return starter_reader(tmp_path_factory.mktemp("reader"))


def whole(tty: Tty) -> None:
    """It is there still, as it was, and can be left."""
    tty.resize(120, 36)
    for _ in range(4):  # out of wherever it is; what follows an escape at once belongs to it
        tty.taken_in(0.2)
        tty.press("\x1b")
    tty.wait_for_text(THERE)
    tty.taken_in(0.3)
    tty.press("q")
    assert tty.ended() == 0, tty.picture
    assert not tty.taken


@pytest.mark.parametrize("room", ROOMS)
def test_it_fits_itself_into_any_size(
    reader: Reader, room: str, rounds: Rounds, told: Told
) -> None:
    chance = random.Random(room)
    corners = [(1, 1), (250, 60), (1, 60), (250, 1), (4, 4), (2, 3), (60, 7)]
    count = rounds(6, 300)
    sizes = [(chance.randint(1, 250), chance.randint(1, 60)) for _ in range(count)]
    with Tty(reader) as tty:
        tty.wait_for_text(THERE)
        tty.press(ROOMS[room])
        tty.taken_in(0.5)
        for columns, rows in (*corners, *sizes):
            tty.resize(columns, rows)
            tty.taken_in(0.06)
            assert tty.alive(), f"{columns} x {rows}"
        whole(tty)
    told(f"{room}: {len(corners) + len(sizes)} sizes; crashes: 0")


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (20, 5), (250, 60)])
def test_it_starts_in_any_size(reader: Reader, size: tuple[int, int]) -> None:
    with Tty(reader) as tty:
        tty.resize(*size)
        tty.wait_for(lambda _: b"1049" in tty.on, "the app")
        tty.taken_in(1)
        for keys in ("?", "\x1b", "t", "\x1b", "/a b", "\r", "e", "\x1b", "F", "\x1b"):
            tty.press(keys)
            tty.taken_in(0.05)
        assert tty.alive()
        whole(tty)


def test_a_storm_of_sizes_passes(reader: Reader, rounds: Rounds, told: Told) -> None:
    chance = random.Random(3)
    count = rounds(300, 2000)
    with Tty(reader) as tty:
        tty.wait_for_text(THERE)
        for number in range(count):
            tty.resize(chance.randint(1, 250), chance.randint(1, 60))
            if number % 3 == 0:
                tty.press(chance.choice("jkG?th"))
            if number % 5 == 0:
                tty.press("\x1b")
            tty.taken_in(0.003)
        assert tty.alive()
        whole(tty)
    told(f"a storm of {count} sizes with keys between; crashes: 0")
