"""The process that indexes, killed at random moments: what is ready is right, the rest follows."""

from __future__ import annotations

import random
import signal
import threading
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

PAPERS = 6_000
KILLS = 8
TEXT = "some number of words to keep the indexer busy for a moment or two " * 20


def killed(paths: Paths, delay: float) -> bool:
    """Let a process index until it is killed after `delay` seconds; whether it came to be."""
    timers: list[threading.Timer] = []

    def started(process: Popen[bytes]) -> None:
        timers.append(threading.Timer(delay, process.send_signal, [signal.SIGKILL]))
        timers[0].start()

    with suppress(IndexUnusable):
        bring_up_beside(paths, started=started)
        timers[0].cancel()
        return False
    return True


def test_a_killed_indexer_leaves_what_was_ready_and_the_next_goes_on(paths: Paths) -> None:
    rng = random.Random(5)
    batches: list[int] = []
    with Library(paths) as library:
        take_in(library, *(numbered(number, abstract=TEXT) for number in range(PAPERS)))
        kills = 0
        for _ in range(KILLS):
            kills += killed(paths, rng.uniform(0.1, 0.8))
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
    print(f"{kills} kills, searchable after them: {batches}; lost: 0")
    assert kills
