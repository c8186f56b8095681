"""Restoring beside somebody who reads, and killed at any moment: one state or the other."""

from __future__ import annotations

import contextlib
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import everything, mark, numbered, take_in
from paperterm.library import health, safekeeping
from paperterm.library.door import Library
from paperterm.library.paths import Paths

from .conftest import Killed, Start

PAPERS = 400


def rows_of(path: Path) -> tuple[str, ...]:
    """All in a file of marks, as one moment has it, but for a count and what machine it is of."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        lines = sorted(connection.iterdump())
        other = ('INSERT INTO "tag_version"', 'INSERT INTO "machine"')
        return tuple(line for line in lines if not line.startswith(other))


@pytest.fixture
def both(paths) -> dict[str, tuple[str, ...]]:
    """Two backups that have nothing in common, by their names; and what they hold."""
    paths.state.mkdir()
    with Library(paths) as library:
        take_in(library, *(numbered(number) for number in range(PAPERS)))
        papers = everything(library)
        mark(library, papers[::2], bookmarked=True, read=True, add=("a", "b/c"))
        safekeeping.back_up(paths, paths.state / "one.db", everything=False)
        library.undo()
        mark(library, papers[1::2], note="some words", add=("d",))
        safekeeping.back_up(paths, paths.state / "other.db", everything=False)
    return {name: rows_of(paths.state / name) for name in ("one.db", "other.db")}


def test_a_reader_meanwhile_sees_either_state_and_never_a_torn_one(paths, start, both):
    process = start("restore_again_and_again")
    seen: list[tuple[str, ...]] = []
    until = time.monotonic() + 30
    while len(set(seen)) < 2 or len(seen) < 40:
        seen.append(rows_of(paths.marks))
        assert seen[-1] in both.values()
        assert time.monotonic() < until, "it was never restored"
    assert process.poll() is None


def test_it_can_be_killed_at_any_moment(
    paths: Paths,
    said_until_killed: Killed,
    both: dict[str, tuple[str, ...]],
    rounds: Callable[[int, int], int],
    told: Callable[[str], None],
) -> None:
    chance = random.Random("restoring")
    times, restored = rounds(5, 200), 0
    for _ in range(times):
        seconds = chance.uniform(0, 0.1)
        said = said_until_killed(
            "restore_again_and_again",
            lambda wait=seconds: time.sleep(wait),
            after=chance.randrange(3),
        )
        restored += len(said)
        assert rows_of(paths.marks) in both.values()
    assert next(iter(health.examine(paths))).well
    with safekeeping.restoring_from(paths, str(paths.state / "one.db")) as restoring:
        if not restoring.comparison.same:
            restoring.carry_out()
    assert rows_of(paths.marks) == both["one.db"]
    told(f"{times} kills during {restored} restores; torn: 0")


def test_a_restore_that_was_killed_leaves_no_copy_of_the_marks(
    paths: Paths, start: Start, both: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    process = start("restore_again_and_again")
    until = time.monotonic() + 30
    while not list(place.glob("*/marks.db")) and time.monotonic() < until:
        time.sleep(0.001)
    process.kill()
    process.wait()
    assert list(place.glob("*/marks.db"))
    with safekeeping.restoring_from(paths, str(paths.state / "one.db")):
        assert len(list(place.iterdir())) == 1
    assert not list(place.iterdir())
