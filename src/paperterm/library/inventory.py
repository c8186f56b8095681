"""What there is of a library: its files, backups, numbers and feeds. Looks, and changes nothing.

Nothing here tells what the reader reads or thinks: no title, tag, note, query or feed's name.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.model.query import Is, Query, State
from paperterm.storage import backups, salvage


@dataclass(frozen=True, slots=True)
class Kept:
    """A file or a folder of the library's."""

    name: str
    path: Path
    size: int
    """In bytes, with all that is in it and SQLite's own files beside it; 0 where it is not."""
    version: int | None = None
    """The `user_version` of a SQLite file that can be read."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the file of marks."""

    path: Path
    day: str
    size: int
    papers: int
    """How many papers it has marks on; what can't be read is not counted."""


def kept(paths: Paths) -> list[Kept]:
    """Everything paperterm writes, whether it is there or not."""
    return [
        Kept("marks", paths.marks, _size(paths.marks), _version(paths.marks)),
        Kept("catalogue", paths.catalogue, _size(paths.catalogue), _version(paths.catalogue)),
        Kept("index", paths.index, _size(paths.index)),
        Kept("cache", paths.cache, _size(paths.cache)),
        Kept("settings", paths.settings, _size(paths.settings)),
        Kept("state", paths.state, _size(paths.state)),
    ]


def set_aside(paths: Paths) -> list[Path]:
    """Damaged files that were kept under another name."""
    found = paths.data.glob("*.damaged-*")
    return sorted(path for path in found if not path.name.endswith(("-wal", "-shm")))


def crashes(paths: Paths) -> list[Path]:
    """The reports of crashes, oldest first."""
    return sorted(paths.state.glob("crash-*.txt"))


def copies(paths: Paths) -> Iterator[Backup]:
    """The backups of the marks, newest first."""
    for path in backups.all_of(backups.folder_of(paths.marks)):
        papers = len(salvage.readable(path).changes)
        yield Backup(path, backups.day_of(path), _size(path), papers)


def counts(library: Library) -> dict[str, int]:
    """How much there is of what."""
    shelves = library.shelves()
    return {
        "papers": shelves.all,
        "bookmarked": shelves.bookmarks,
        "unread": len(library.find(Query(Is(State.UNREAD))).ids),
        "tags": len(shelves.tags),
        "noted": len(library.find(Query(Is(State.NOTED))).ids),
    }


def feeds(library: Library) -> tuple[dict[str, int], dict[str, int]]:
    """How many feeds of each kind there are, and how many have which problem."""
    states = library.feeds.all()
    kinds = Counter(state.feed.kind.value for state in states)
    problems = Counter(state.problem.value for state in states if state.problem)
    problems.update("paused" for state in states if state.paused)
    return dict(kinds), dict(problems)


def _size(path: Path) -> int:
    with contextlib.suppress(OSError):
        if path.is_dir():
            return sum(one.lstat().st_size for one in path.rglob("*") if one.is_file())
        beside = [path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))]
        return sum(one.lstat().st_size for one in beside if one.is_file())
    return 0


def _version(path: Path) -> int | None:
    try:
        where = f"{path.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(where, uri=True)) as connection:
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
    except (sqlite3.Error, UnicodeDecodeError):
        return None
