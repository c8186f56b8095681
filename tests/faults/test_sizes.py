"""Terminals of every size, and terminals that change theirs: nothing crashes."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from bench.places import Reader, starter_reader

from .ttys import PATIENCE, Tty

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


def back(tty: Tty) -> None:
    """Out of wherever it is; what follows an escape at once belongs to it."""
    for _ in range(3):
        tty.taken_in(0.15)
        tty.press("\x1b")
    until = time.monotonic() + PATIENCE
    columns = 119
    while not tty.screen.shows(THERE) and time.monotonic() < until:
        # A size that it has seen last already, while it was busy, is no reason to paint.
        columns = 239 - columns
        tty.resize(columns, 36)
        tty.watch(lambda _: tty.screen.shows(THERE), time.monotonic() + 1)
    assert tty.screen.shows(THERE), tty.picture
    tty.taken_in(0.15)


def whole(tty: Tty) -> None:
    """It is there still, as it was, and can be left."""
    back(tty)
    until = time.monotonic() + PATIENCE
    while tty.alive() and time.monotonic() < until:
        tty.press("q")  # which an escape just before may have swallowed
        tty.watch(lambda _: not tty.alive(), time.monotonic() + 1)
    assert tty.ended() == 0, tty.picture
    assert not tty.taken


def test_it_fits_itself_into_any_size(reader: Reader, rounds: Rounds, told: Told) -> None:
    chance = random.Random(5)
    corners = [(1, 1), (250, 60), (1, 60), (250, 1), (4, 4), (2, 3), (60, 7)]
    tried = 0
    with Tty(reader) as tty:
        tty.wait_for_text(THERE)
        for room, keys in ROOMS.items():
            tty.press(keys)
            tty.taken_in(0.3)
            more = [(chance.randint(1, 250), chance.randint(1, 60)) for _ in range(300)]
            sizes = [*chance.sample(corners, rounds(3, 7)), *more[: rounds(2, 300)]]
            for columns, rows in sizes:
                tty.resize(columns, rows)
                tty.taken_in(0.05)
                assert tty.alive(), f"{room}: {columns} x {rows}"
            tried += len(sizes)
            back(tty)
        whole(tty)
    told(f"{len(ROOMS)} screens in {tried} sizes; crashes: 0")


@pytest.mark.parametrize("size", [(1, 1), (20, 5)])
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
    count = rounds(100, 2000)
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
