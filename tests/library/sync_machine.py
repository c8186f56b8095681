"""Three machines that sync by folders of which something carries the files, badly.

`python -m tests.library.sync_machine RUNS [SEED]` has any number of such lives, each with actions,
clocks and carrying of its own, and holds the three libraries against each other at the end.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.library.syncing.round import Report, sync_here
from paperterm.library.view import Entry
from paperterm.model.edits import Edit
from paperterm.model.marks import NOT_LATER, Change, Marks
from paperterm.model.paper import Paper, Sighting
from paperterm.model.parse import parse
from paperterm.model.query import Query
from paperterm.model.record import Record
from paperterm.storage.marks import open_marks

_SEEN = (Sighting("page", dt.date(2025, 11, 6)),)
PAPERS = [
    *(Paper(f"Paper number {n}", arxiv_id=f"2401.{n:05}", sightings=_SEEN) for n in range(1, 8)),
    *(Paper(f"Known by its title {n}", abstract="Words.", sightings=_SEEN) for n in range(3)),
]
TAGS = ("a", "a/b", "c", "état")
_REAL = time.time_ns


class Machine:
    """One library, the folder it syncs with, and a clock that is wrong."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self._paths = Paths(*(folder / name for name in ("data", "config", "cache", "state")))
        self.shared = folder / "shared"
        self.shared.mkdir(parents=True)
        self._skew = chance.randint(-6 * 3600, 6 * 3600) * 10**9
        self._chance = chance
        self.library = Library(self._paths)
        with self.clock():
            self.library.add(Record(one) for one in PAPERS if chance.random() < 0.7)

    def clock(self) -> patch:  # type: ignore[type-arg]
        """Within, it is as late as this machine believes."""
        return patch("time.time_ns", lambda: _REAL() + self._skew)

    def entries(self) -> list[Entry]:
        return self.library.entries(self.library.find(Query()).ids)

    def mark(self, label: str, *changes: Change) -> None:
        self.library.mark(changes, label)

    def _any(self) -> str:
        there = self.entries()
        return self._chance.choice(there).paper.key if there else "arxiv:2401.00001"

    def bookmark(self) -> None:
        self.mark("bookmark", Change(self._any(), bookmarked=self._chance.random() < 0.7))

    def tag(self) -> None:
        tag = self._chance.choice(TAGS)
        on = self._chance.random() < 0.7
        change = Change(self._any(), add=(tag,)) if on else Change(self._any(), remove=(tag,))
        self.mark("tag", change)

    def note(self) -> None:
        words = self._chance.choice(("", "one", "two\n\nlines", str(self._chance.random())))
        self.mark("note", Change(self._any(), note=words))

    def later(self) -> None:
        day = self._chance.choice((NOT_LATER, dt.date(2999, 1, 1), dt.date(2999, 1, 2)))
        self.mark("later", Change(self._any(), later=day))

    def remove(self) -> None:
        self.mark("remove", Change(self._any(), removed=True))

    def bulk(self) -> None:
        read = self._chance.random() < 0.7
        some = [one.paper.key for one in self.entries() if self._chance.random() < 0.6]
        self.mark("bulk", *(Change(key, read=read, add=("bulk",)) for key in some))

    def edit(self) -> None:
        if there := self.entries():
            title = self._chance.choice((None, "Corrected", "Corrected once more"))
            abstract = self._chance.choice((None, "Corrected."))
            self.library.edit(self._chance.choice(there).paper, Edit(title, abstract=abstract))

    def feed(self) -> None:
        name = self._chance.choice(("daily-papers", "arxiv:cs.CL", "hf-search:mamba"))
        if name not in self.feeds():
            self.library.feeds.add(name)
        elif self._chance.random() < 0.5:
            self.library.feeds.remove(name)
        else:
            self.library.feeds.pause(name, paused=self._chance.random() < 0.5)

    def feeds(self) -> dict[str, bool]:
        return {one.feed.name: one.paused for one in self.library.feeds.all()}

    def undo(self) -> None:
        self.library.undo()

    def redo(self) -> None:
        self.library.redo()

    def learn(self) -> None:
        """A paper that was known by its title alone gets an id."""
        number = self._chance.randrange(3)
        known = Paper(f"Known by its title {number}", arxiv_id=f"2402.0000{number}")
        self.library.add([Record(known)])

    def restart(self) -> None:
        self.library.close()
        self.library = Library(self._paths)

    def sync(self) -> Report:
        return sync_here(self.library, self.shared, threading.Event())

    def marks(self) -> dict[str, Marks]:
        """All that is said, as it is on the disk."""
        store = open_marks(self._paths.marks)
        with closing(store.database):
            return store.of(store.keys())

    def seen(self) -> dict[str, tuple[str, Marks]]:
        """The papers that bear any mark, as they are listed."""
        both = [*self.entries(), *self._listed("is:removed")]
        said = [one for one in both if one.marks or one.paper.told]
        return {one.paper.key: (one.paper.title, one.marks) for one in said}

    def _listed(self, query: str) -> list[Entry]:
        return self.library.entries(self.library.find(parse(query)).ids)


DEEDS: dict[str, Callable[[Machine], object]] = {
    name: getattr(Machine, name)
    for name in (
        *("bookmark", "tag", "note", "later", "remove", "bulk", "undo", "redo", "learn"),
        *("restart", "sync", "edit", "feed"),
    )
}
_WEIGHTS = (5, 5, 5, 2, 1, 2, 4, 2, 1, 1, 6, 3, 3)


def carry(source: Path, target: Path, chance: random.Random) -> None:
    """Bring what one machine wrote to another: late, cut short, twice, in any order."""
    files = sorted(file for file in source.glob("*/*.jsonl") if is_own(file))
    chance.shuffle(files)
    for file in files:
        if chance.random() < 0.3:
            continue
        content = file.read_bytes()
        upto = chance.randint(0, len(content)) if chance.random() < 0.4 else len(content)
        rest = bytes(len(content) - upto) if chance.random() < 0.2 else b""
        place(target, file, content[:upto] + rest)
        if chance.random() < 0.1:
            place(target, file.with_name(f"{file.stem}.sync-conflict.jsonl"), content)


def place(target: Path, file: Path, content: bytes) -> None:
    """Put another machine's file there, in place of what is there of it."""
    folder = target / file.parent.name
    folder.mkdir(exist_ok=True)
    (folder / file.name).write_bytes(content)


def deliver(machines: Sequence[Machine]) -> None:
    """Bring everybody's files to everybody, whole."""
    for one in machines:
        for file in one.shared.glob("*/*.jsonl"):
            if is_own(file):
                for other in machines:
                    if other is not one:
                        place(other.shared, file, file.read_bytes())


def is_own(file: Path) -> bool:
    """Whether the machine that a file is at has written it itself."""
    return (file.parent / ".own").exists()


def run(seed: int, folder: Path, steps: int = 30) -> Counter[str]:
    """One life of three machines; how often each thing was done. Raises `AssertionError`."""
    chance = random.Random(seed)
    machines = [Machine(folder / str(number), chance) for number in range(3)]
    counted: Counter[str] = Counter()
    try:
        for _ in range(steps):
            _step(machines, chance, counted)
        for _ in range(2):
            for one in machines:
                _sync(one)
            deliver(machines)
        for one in machines:
            report = _sync(one)
            assert not report.problems, report.problems
            assert not report.missing, report.missing
        feeds = [one.feeds() for one in machines]
        assert feeds[0] == feeds[1] == feeds[2]
        said = [one.marks() for one in machines]
        assert said[0] == said[1] == said[2]
        seen = [one.seen() for one in machines]
        for one in seen[1:]:
            differing = seen[0].keys() ^ one.keys() or {k for k in one if one[k] != seen[0][k]}
            assert one == seen[0], {key: (seen[0].get(key), one.get(key)) for key in differing}
        assert {key: marks for key, (_, marks) in seen[0].items() if marks} == said[0]
        again = [_sync(one) for one in machines]
        assert [(one.heard, one.told) for one in again] == [(0, 0)] * 3
        counted["marked papers at the end"] += len(said[0])
    except BaseException as error:
        error.add_note(f"seed {seed}")
        raise
    finally:
        for one in machines:
            one.library.close()
    return counted


def _sync(machine: Machine) -> Report:
    before = set(machine.shared.iterdir())
    with machine.clock():
        report = machine.sync()
    for made in set(machine.shared.iterdir()) - before:
        (made / ".own").touch()
    return report


def _step(machines: Sequence[Machine], chance: random.Random, counted: Counter[str]) -> None:
    one = chance.choice(machines)
    if chance.random() < 0.2:
        other = chance.choice([each for each in machines if each is not one])
        counted["carry"] += 1
        carry(one.shared, other.shared, chance)
        return
    name = chance.choices(tuple(DEEDS), _WEIGHTS)[0]
    counted[name] += 1
    if name == "sync":
        _sync(one)
    else:
        with one.clock():
            DEEDS[name](one)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=int)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    asked = parser.parse_args(arguments)
    begun = time.perf_counter()
    counted: Counter[str] = Counter()
    for seed in range(asked.seed, asked.seed + asked.runs):
        with tempfile.TemporaryDirectory() as folder:
            counted += run(seed, Path(folder))
    seconds = time.perf_counter() - begun
    print(f"{asked.runs} lives of three machines in {seconds:.0f} s, all equal in the end:")
    print(", ".join(f"{name} {count}" for name, count in sorted(counted.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
