"""kill -9 while a machine marks and syncs: what it had said is there, and on the other one too."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

from helpers import everything, numbered, paths_in, take_in
from paperterm.library.door import Library
from paperterm.library.syncing.round import sync_here
from paperterm.model.marks import Marks


def marks(library: Library) -> dict[str, Marks]:
    return {entry.paper.key: entry.marks for entry in everything(library) if entry.marks}


def numbers_on(library: Library) -> set[str]:
    return {tag.removeprefix("t") for one in marks(library).values() for tag in one.tags}


def numbers_in(said: list[str], what: str) -> set[str]:
    return {line.split()[1] for line in said if line.startswith(what)}


def test_what_was_synced_is_on_the_other_machine_and_nothing_is_lost(
    tmp_path: Path,
    said_until_killed: Callable[..., list[str]],
    rounds: Callable[[int, int], int],
    told: Callable[[str], None],
) -> None:
    carried = tmp_path / "carried"
    carried.mkdir()
    with Library(paths_in(tmp_path)) as killed:
        take_in(killed, *(numbered(number) for number in range(1, 41)))
    chance = random.Random("sync")
    times, marked = rounds(6, 250), set[str]()
    with Library(paths_in(tmp_path / "other")) as other:
        for _ in range(times):
            seconds = chance.uniform(0.0, 0.6)
            said = said_until_killed("sync_again_and_again", lambda wait=seconds: time.sleep(wait))
            marked |= numbers_in(said, "marked")
            report = sync_here(other, carried, threading.Event())
            assert report.problems == []
            assert numbers_in(said, "synced") <= numbers_on(other)
            with Library(paths_in(tmp_path)) as killed:
                assert marked <= numbers_on(killed)
                sync_here(killed, carried, threading.Event())
                report = sync_here(other, carried, threading.Event())
                assert (report.problems, report.missing) == ([], {})
                assert marks(other) == marks(killed)
    told(f"{times} kills during {len(marked)} marks that were synced: 0 lost, 0 different")
    assert len(marked) > times / 2
