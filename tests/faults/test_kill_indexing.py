"""The process that indexes, killed at random moments: what is ready is right, the rest follows."""

from __future__ import annotations

import random
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from subprocess import Popen

from helpers import numbered, take_in
from paperterm.errors import IndexUnusable
from paperterm.library.builder import bring_up_beside
from paperterm.library.door import Library
from paperterm.library.outcome import Outcome
from paperterm.library.paths import Paths
from paperterm.model.parse import parse
from paperterm.search import store

PAPERS = 3_000
TEXT = "some number of words to keep the indexer busy for a moment or two " * 20


def killed(paths: Paths, after: int, delay: float) -> bool:
    """Let a process index; kill it `delay` seconds after it has `after` papers. Whether it was."""
    timers: list[threading.Timer] = []
    processes: list[Popen[bytes]] = []

    def at(done: int, total: int = 0) -> None:
        if done >= after and not timers:
            timers.append(threading.Timer(delay, processes[0].send_signal, [signal.SIGKILL]))
            timers[0].start()

    def started(process: Popen[bytes]) -> None:
        processes.append(process)
        at(0)

    with suppress(IndexUnusable):
        bring_up_beside(paths, at, started)
        for timer in timers:
            timer.cancel()
        return False
    return True


def test_a_killed_indexer_leaves_what_was_ready_and_the_next_goes_on(
    paths: Paths, rounds: Callable[[int, int], int], told: Callable[[str], None]
) -> None:
    rng = random.Random(5)
    batches: list[int] = []
    with Library(paths) as library:
        take_in(library, *(numbered(number, abstract=TEXT) for number in range(PAPERS)))
        kills = 0
        times = rounds(4, 60)
        for number in range(times):
            # First before anything is ready, in the end when nearly everything is.
            kills += killed(paths, PAPERS * number // times, rng.uniform(0.05, 0.3))
            view = library.find(parse("number", typing=False))
            late = library.index_behind()
            if view.indexed:
                assert late is not None
                assert len(view.ids) + late == PAPERS
                assert store.verify(paths.index) == []
                batches.append(len(view.ids))
            else:
                assert len(view.ids) == PAPERS
        assert batches == sorted(batches)
        assert library.bring_up_index() in (Outcome.UPDATED, Outcome.BUILT, Outcome.FRESH)
        assert library.index_behind() == 0
        assert len(library.find(parse("number", typing=False)).ids) == PAPERS
    told(f"{kills} kills, searchable after them: {batches}; lost: 0")
    assert kills
