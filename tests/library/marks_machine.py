"""Any number of random actions on a library, held against a plain model.

`python -m tests.library.marks_machine N [SEED]` does N and says how it went; the actions are the
same in every run for the same seed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from paperterm.library.door import Library
from paperterm.library.intake import Tally
from paperterm.library.marking import Marked
from paperterm.library.paths import Paths
from paperterm.model.marks import NOT_LATER, Change, Marks, archiving, putting_off
from paperterm.model.paper import Paper, Sighting
from paperterm.model.parse import parse
from paperterm.model.query import Query
from paperterm.model.record import Record

from .marks_model import Action, Held, MarksModel, Step

MOST = 200
TAGS = ("a", "a/b", "c", "A/B", "état")
NOTES = ("", "one", "two\n\nlines", "S4?")
FUTURE, PAST = dt.date(2999, 1, 1), dt.date(2020, 1, 1)
_SEEN = (Sighting("page", dt.date(2025, 11, 6)),)
PAPERS = [
    Paper(f"Paper number {number}", arxiv_id=f"2401.{number:05}", sightings=_SEEN)
    for number in range(1, MOST + 1)
]


class Model(MarksModel):
    """Marks, and the papers that came with imports."""

    def __init__(self) -> None:
        super().__init__()
        self.came: dict[str, str | None] = {}
        """For every paper that is there the import that it came with, unless met since."""
        self.told: list[Action] = []

    def act(self, changes: Sequence[Change], label: str = "") -> tuple[str, ...]:
        before = len(self.done)
        keys = super().act(changes, label)
        if keys:
            self.told.append(self.done[before])
        wanted = [change.key for change in changes if change.removed is False]
        if any(self.came.get(key) for key in wanted):
            self.came.update(dict.fromkeys(wanted, None))
            return tuple(dict.fromkeys((*keys, *wanted)))
        return keys

    def take_in(self, keys: Sequence[str], name: str, label: str) -> None:
        new = [key for key in keys if key not in self.came]
        self.came.update({key: None for key in keys if key in self.came})
        self.came.update(dict.fromkeys(new, name))
        if not new:
            return
        self.time += 1
        place = (f"import:{name}", "removed")
        count = "1 new paper" if len(new) == 1 else f"{len(new)} new papers"
        gone = Held(frozenset(), True, 0)
        action = Action(self.time, f"{label}: {count}", [Step(place, gone, False)])
        self.held[place] = [Held(frozenset({action.number}), False, self.time)]
        self.done.append(action)
        self.told.append(action)
        self.undone.clear()

    def is_hidden(self, key: str) -> bool:
        marks = self.of(key)
        name = self.came[key]
        gone = self.held.get((f"import:{name}", "removed")) if name else None
        return marks.removed or bool(gone and gone[-1].value and not marks)

    def hidden(self) -> set[str]:
        return {key for key in self.came if self.is_hidden(key)}


class World:
    """A library, another one open on the same files, and what they should hold."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.chance = chance
        self.paths = Paths(*(folder / name for name in ("data", "config", "cache", "state")))
        self.model = Model()
        self.libraries = [Library(self.paths), Library(self.paths)]
        self.counted: Counter[str] = Counter()
        self.steps = 0

    def close(self) -> None:
        for library in self.libraries:
            library.close()

    # Doing

    def step(self, name: str) -> None:
        """Do one of `DEEDS`."""
        self.steps += 1
        self.counted[name] += 1
        library = self.chance.choice(self.libraries)
        DEEDS[name](self, library)
        self.check(self.chance.choice(self.libraries))

    def some(self, most: int = 5) -> list[str]:
        there = sorted(self.model.came)
        return self.chance.sample(there, min(len(there), self.chance.randint(1, most)))

    def mark(self, library: Library, changes: list[Change], label: str) -> None:
        held = library.entries(library.ids_of([change.key for change in changes]))
        done = library.mark(changes, label, held)
        assert set(done.keys) == set(self.model.act(changes, label)), label

    def bookmark(self, library: Library) -> None:
        wanted = self.chance.random() < 0.6
        self.mark(library, [Change(key, bookmarked=wanted) for key in self.some()], "bookmark")

    def read(self, library: Library) -> None:
        wanted = self.chance.random() < 0.6
        self.mark(library, [Change(key, read=wanted) for key in self.some()], "read")

    def tag(self, library: Library) -> None:
        add, remove = (tuple(self.chance.sample(TAGS, self.chance.randint(0, 2))) for _ in "ab")
        self.mark(library, [Change(key, add=add, remove=remove) for key in self.some()], "tag")

    def note(self, library: Library) -> None:
        changes = [Change(key, note=self.chance.choice(NOTES)) for key in self.some(2)]
        self.mark(library, changes, "note")

    def archive(self, library: Library) -> None:
        if self.chance.random() < 0.6:
            self.mark(library, [archiving(key) for key in self.some()], "archive")
        else:
            self.mark(library, [Change(key, archived=False) for key in self.some()], "unarchive")

    def later(self, library: Library) -> None:
        day = self.chance.choice((FUTURE, PAST, NOT_LATER))
        if day == NOT_LATER:
            self.mark(library, [Change(key, later=day) for key in self.some()], "not later")
        else:
            self.mark(library, [putting_off(key, day) for key in self.some()], "later")

    def remove(self, library: Library) -> None:
        wanted = self.chance.random() < 0.5
        self.mark(library, [Change(key, removed=wanted) for key in self.some()], "remove")

    def bulk(self, library: Library) -> None:
        keys = self.some(MOST)
        asked = self.chance.choice(
            (
                {"bookmarked": True, "add": ("a",)},
                {"read": True},
                {"removed": True},
                {"removed": False, "archived": True},
                {"add": ("c", "état"), "remove": ("a",)},
                {"note": "bulk"},
            )
        )
        self.mark(library, [Change(key, **asked) for key in keys], "bulk")

    def rename_tag(self, library: Library) -> None:
        old, new = self.chance.sample(TAGS, 2)
        carrying = [key for key in sorted(self.model.came) if old in self.model.of(key).tags]
        changes = [Change(key, add=(new,), remove=(old,)) for key in carrying]
        self.mark(library, changes, f"rename {old}")

    def undo(self, library: Library) -> None:
        self._turn(library.undo, self.model.undo)

    def redo(self, library: Library) -> None:
        self._turn(library.redo, self.model.redo)

    def _turn(self, real: object, model: object) -> None:
        before = self.model.hidden()
        done: Marked | None = real()
        expected = model()
        assert (done is None) == (expected is None)
        if done and expected:
            action, keys = expected
            papers = {key for key in keys if not key.startswith("import:")}
            assert done.label == action.label
            assert set(done.keys) == papers | (before ^ self.model.hidden())
            assert done.left == 0

    def undo_much(self, library: Library) -> None:
        for _ in range(self.chance.randint(2, 12)):
            self.undo(library)

    def redo_much(self, library: Library) -> None:
        for _ in range(self.chance.randint(2, 12)):
            self.redo(library)

    def take_in(self, library: Library) -> None:
        start = self.chance.randrange(MOST)
        papers = PAPERS[start : start + self.chance.randint(1, 20)]
        tally = Tally(label="import")
        library.add(map(Record, papers), tally)
        library.book(tally)
        keys = [f"arxiv:{paper.arxiv_id}" for paper in papers]
        self.model.take_in(keys, tally.name, "import")

    def restart(self, library: Library) -> None:
        place = self.libraries.index(library)
        library.close()
        self.libraries[place] = Library(self.paths)

    # Looking

    def check(self, library: Library) -> None:
        """The counts, some papers whole, and the last of the journal; now and then everything."""
        model = self.model
        hidden = model.hidden()
        seen = {key: model.of(key) for key in model.came if key not in hidden}
        shelves = library.shelves()
        assert shelves.all == len(seen)
        assert shelves.removed == len(hidden)
        assert shelves.bookmarks == sum(one.bookmarked for one in seen.values())
        assert shelves.archived == sum(one.archived for one in seen.values())
        assert shelves.later == sum(_is_later(one) for one in seen.values())
        assert shelves.inbox == sum(_is_in_inbox(one) for one in seen.values())
        tagged = Counter(tag for one in seen.values() for tag in one.tags)
        assert dict(library.tags()) == dict(tagged)
        keys = sorted(model.came) if self.steps % 50 == 0 else self.some(8)
        for entry in library.entries(library.ids_of(keys)):
            key = entry.paper.key
            expected = model.of(key)
            assert (entry.marks.removed) == (key in hidden)
            assert _without_removed(entry.marks) == _without_removed(expected), key
        if self.steps % 50 == 0:
            found = library.entries(library.find(Query()).ids)
            assert {entry.paper.key for entry in found} == set(seen)
            view = library.find(parse("is:inbox", typing=False))
            assert len(view.ids) == shelves.inbox
        undone = {id(action) for action in model.told} - {id(action) for action in model.done}
        told = [(action.label, id(action) in undone) for action in model.told[-6:]]
        real = [(one.label, one.undone) for one in library.history(6)]
        assert real == told[::-1]


def _without_removed(marks: Marks) -> tuple[object, ...]:
    return (marks.bookmarked, marks.read, marks.tags, marks.note, marks.archived, marks.later)


def _is_later(marks: Marks) -> bool:
    return marks.later == FUTURE


def _is_in_inbox(marks: Marks) -> bool:
    return not (marks.read or marks.archived or marks.removed or _is_later(marks))


DEEDS = {
    name: getattr(World, name)
    for name in (
        *("bookmark", "read", "tag", "note", "archive", "later", "remove", "bulk", "rename_tag"),
        *("undo", "redo", "undo_much", "redo_much", "take_in", "restart"),
    )
}
_WEIGHTS = (5, 3, 5, 4, 3, 3, 3, 2, 2, 8, 6, 1, 1, 2, 1)


def run(steps: int, seed: int, folder: Path) -> World:
    """Do so many random actions; the world as it is then. Raises `AssertionError`."""
    chance = random.Random(seed)
    world = World(folder, chance)
    try:
        world.take_in(world.libraries[0])
        for _ in range(steps):
            world.step(chance.choices(tuple(DEEDS), _WEIGHTS)[0])
    except BaseException as error:
        error.add_note(f"seed {seed}, step {world.steps}")
        raise
    finally:
        world.close()
    return world


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("steps", type=int)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    asked = parser.parse_args(arguments)
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        world = run(asked.steps, asked.seed, Path(folder))
    seconds = time.perf_counter() - begun
    print(f"{world.steps} actions in {seconds:.0f} s on {len(world.model.came)} papers, as meant:")
    print(", ".join(f"{name} {count}" for name, count in sorted(world.counted.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
