"""A kill, or a disk that says no, at chosen operations of a reader's day: no mark is lost."""

from __future__ import annotations

import contextlib
import random
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from helpers import everything, numbered, paths_in, take_in
from library.arrivals.world import World, wrapper
from paperterm.library import health
from paperterm.library.door import Library
from paperterm.library.marking import subject_of
from paperterm.storage.database import open_database
from paperterm.storage.marks_file import MARKS
from storage.test_migrations import first_catalogue

from .injecting import WRITING, Ran, calls, environment, life, lost, traced
from .life import TAG

Rounds = Callable[[int, int], int]
Told = Callable[[str], None]


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with HTTPServer(threaded=True) as server:
        world = World(server)
        world.days["2025-11-06"] = [wrapper(number) for number in range(30)]
        yield world.base


@pytest.fixture(scope="module")
def total(base: str, tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many operations a day has that nothing disturbs."""
    return calls(tmp_path_factory.mktemp("whole") / "day", base)


def marks_of(folder: Path) -> set[str]:
    with Library(paths_in(folder)) as library:
        found = {entry.paper.key: entry.marks for entry in everything(library) if entry.marks}
    for marks in found.values():  # whole, or not at all
        assert marks.bookmarked
        assert marks.tags == (TAG,)
        assert marks.note
    return set(found)


def all_is_well(folder: Path) -> bool:
    with Library(paths_in(folder)) as library:
        take_in(library, numbered(9_000))
        library.bring_up_index()
    return all(finding.well for finding in health.examine(paths_in(folder)))


def checked(folder: Path, *runs: Ran) -> tuple[int, int]:
    """How many acknowledged marks are lost, and how many tracebacks were shown."""
    missing = lost(marks_of(folder), *runs)
    assert all_is_well(folder)
    return missing, sum("Traceback" in ran.told for ran in runs)


def chosen(count: int, total: int, seed: str) -> list[int]:
    """`count` of the operations 1 to `total`; all, where there are no more."""
    return sorted(random.Random(seed).sample(range(1, total + 1), min(count, total)))


def test_a_kill_at_an_operation_loses_no_mark(
    tmp_path: Path, base: str, total: int, rounds: Rounds, told: Told
) -> None:
    missing = tracebacks = acknowledged = 0
    places = chosen(rounds(3, 400), total, "kills")
    for place in places:
        folder = tmp_path / str(place)
        folder.mkdir()
        ran = traced(
            folder, "-e", f"trace={WRITING}", "-e", f"inject={WRITING}:signal=KILL:when={place}",
            base=base,
        )  # fmt: skip
        acknowledged += len(ran.keys("marked"))
        more, shown = checked(folder, ran)
        missing, tracebacks = missing + more, tracebacks + shown
    told(
        f"killed at {len(places)} of {total} writes, syncs and renames;"
        f" {acknowledged} acknowledged marks, lost: {missing}"
    )
    assert not missing
    assert not tracebacks


def test_an_operation_that_fails_is_told_and_loses_no_mark(
    tmp_path: Path, base: str, total: int, rounds: Rounds, told: Told
) -> None:
    ways = [(error, end) for error in ("ENOSPC", "EIO", "EROFS") for end in ("", "+")]
    chance = random.Random("errors")
    for error, end in chance.sample(ways, rounds(2, len(ways))):
        missing = tracebacks = refused = 0
        places = chosen(rounds(1, 80), total, error + end)
        for place in places:
            folder = tmp_path / f"{error} {place}{end}"
            folder.mkdir()
            inject = f"inject={WRITING}:error={error}:when={place}{end}"
            ran = traced(folder, "-e", f"trace={WRITING}", "-e", inject, base=base)
            assert "Traceback" not in ran.told, ran.told
            refused += sum(line.startswith("refused") for line in ran.said)
            more, shown = checked(folder, ran)
            missing, tracebacks = missing + more, tracebacks + shown
        told(
            f"{error} at {len(places)} of {total} operations{' and all after' if end else ''};"
            f" told {refused} times, acknowledged marks lost: {missing}, tracebacks: {tracebacks}"
        )
        assert not missing
        assert not tracebacks


def test_two_writers_that_are_killed_lose_no_mark(
    tmp_path: Path, rounds: Rounds, told: Told
) -> None:
    chance = random.Random(2)
    missing = acknowledged = 0
    times = rounds(2, 150)
    for number in range(times):
        folder = tmp_path / str(number)
        folder.mkdir()
        both = [
            subprocess.Popen(
                life(folder, first, ""), stdout=subprocess.PIPE, text=True, env=environment()
            )
            for first in (1, 1001)
        ]
        time.sleep(chance.uniform(0.2, 1.5))
        for process in both:
            process.kill()
        runs = [Ran(-9, process.communicate()[0].split("\n")[:-1], "") for process in both]
        acknowledged += sum(len(ran.keys("marked")) for ran in runs)
        missing += checked(folder, *runs)[0]
    told(f"killed two writers {times} times; {acknowledged} acknowledged marks, lost: {missing}")
    assert not missing


def first_release(folder: Path) -> set[str]:
    """Files as the first release has left them; the keys of what is marked there."""
    paths = paths_in(folder)
    paths.data.mkdir(parents=True)
    first_catalogue(paths.catalogue)
    key = numbered(1).key
    kind = replace(MARKS, migrations=MARKS.migrations[:1])
    with contextlib.closing(open_database(paths.marks, kind)) as database:
        with database.transaction() as connection:
            connection.execute("INSERT INTO state VALUES (?, 1, 0)", (key,))
            connection.execute("INSERT INTO subject VALUES (?, ?)", (key, subject_of(numbered(1))))
        database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return {key}


def test_a_migration_can_be_killed_and_refused_anywhere(
    tmp_path: Path, rounds: Rounds, told: Told
) -> None:
    missing = 0
    places = [*range(1, rounds(2, 60) * 3, 3)]
    for place in places:
        for how in ("signal=KILL", "error=ENOSPC"):
            folder = tmp_path / f"{place} {how}"
            folder.mkdir()
            before = first_release(folder)
            traced(folder, "-e", f"trace={WRITING}", "-e", f"inject={WRITING}:{how}:when={place}")
            with Library(paths_in(folder)) as library:
                kept = {entry.paper.key for entry in everything(library) if entry.marks}
            missing += len(before - kept)
            assert all_is_well(folder)
    told(f"{2 * len(places)} migrations killed or refused; marks lost: {missing}")
    assert not missing
