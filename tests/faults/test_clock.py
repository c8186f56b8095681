"""Clocks that jump by years: what was kept last is still known to be the last."""

from __future__ import annotations

import contextlib
import datetime
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpers import everything, mark, numbered, paths_in, take_in
from paperterm.library import health
from paperterm.library.door import Library
from paperterm.library.feeds import FeedState, Problem
from paperterm.model.feeds import DAILY

Rounds = Callable[[int, int], int]
Told = Callable[[str], None]
REAL, REAL_TIME = datetime.datetime, time.time


@contextlib.contextmanager
def clock_ahead_by(days: int) -> Iterator[None]:
    """The system's clock is wrong by `days`, which may be below zero."""
    wrong = datetime.timedelta(days=days)

    class Wrong(REAL):
        @classmethod
        def now(cls, tz=None):
            return REAL.now(tz) + wrong

    datetime.datetime, time.time = Wrong, lambda: REAL_TIME() + wrong.total_seconds()
    try:
        yield
    finally:
        datetime.datetime, time.time = REAL, REAL_TIME


@pytest.mark.parametrize("seed", [1])
def test_the_newest_backup_is_the_one_made_last(
    tmp_path: Path, seed: int, rounds: Rounds, told: Told
) -> None:
    chance = random.Random(seed)
    paths = paths_in(tmp_path)
    jumps = [0, 3650, *(chance.choice((-9000, -400, -1, 0, 1, 30)) for _ in range(rounds(12, 60)))]
    for number, days in enumerate(jumps):
        with clock_ahead_by(days), Library(paths) as library:
            take_in(library, numbered(number))
            fresh = next(entry for entry in everything(library) if not entry.marks)
            mark(library, fresh, bookmarked=True)
    paths.marks.write_bytes(b"rubbish" * 999)
    list(health.repair(paths))
    with Library(paths) as library:
        lost = len(jumps) - library.shelves().bookmarks
        assert library.undo()
    told(f"{len(jumps)} jumps of the clock, a mark after each; lost by restoring: {lost}")
    assert not lost
    assert len(list((paths.data / "backups").glob("*.db"))) <= 8


def test_a_feed_that_was_fetched_in_the_future_is_due() -> None:
    now = REAL(2025, 11, 6, tzinfo=datetime.UTC)
    later = now + datetime.timedelta(days=4000)
    state = FeedState(DAILY, tried=later, succeeded=later, problem=Problem.BUSY, retry_at=later)
    assert state.due(now)
