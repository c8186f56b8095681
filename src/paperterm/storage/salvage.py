"""Reading what can still be read of a damaged file of marks."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from paperterm.model.marks import Change
from paperterm.storage import backups
from paperterm.storage.database import open_database
from paperterm.storage.feeds import Subscription
from paperterm.storage.files import has_log
from paperterm.storage.marks_file import MARKS
from paperterm.storage.working import working_folder

_STATES = "SELECT key, bookmarked, read, archived, later, removed FROM state ORDER BY key"
_OLD_STATES = "SELECT key, bookmarked, read, 0, NULL, 0 FROM state ORDER BY key"
"""The same, of a file of before there were the others."""
_TAGS = "SELECT key, tag FROM tag ORDER BY key, tag"
_NOTES = "SELECT key, text FROM note ORDER BY rowid"
_SUBJECTS = "SELECT key, paper FROM subject ORDER BY key"
_FEEDS = "SELECT name, added_at, paused_at, removed_at, only_what FROM feed ORDER BY rowid"
_OLD_FEEDS = "SELECT name, added_at, paused_at, removed_at, '' FROM feed ORDER BY rowid"


@dataclass(frozen=True, slots=True)
class Readable:
    """What a damaged file still tells."""

    changes: list[Change] = field(default_factory=list)
    """Its marks."""
    subjects: dict[str, str] = field(default_factory=dict)
    """What papers they are on (JSON, by key)."""
    feeds: list[Subscription] = field(default_factory=list)
    """The feeds that were chosen, removed ones among them."""


def readable(damaged: Path) -> Readable:
    """What `damaged` still tells.

    The file is read from both ends up to the damage; it is not touched. Nothing is raised: a
    file of which nothing can be read tells nothing.
    """
    try:
        with opened(damaged) as connection:
            subjects = dict(_subjects(connection))
            return Readable(_marks(connection), subjects, list(_feeds(connection)))
    except (sqlite3.Error, UnicodeDecodeError, OSError):
        return Readable()


@contextlib.contextmanager
def opened(damaged: Path) -> Iterator[sqlite3.Connection]:
    """A copy of what is left of a file of marks, with the log beside it played into it.

    Raises sqlite3.Error or OSError where there is nothing that can be opened.
    """
    with working_folder() as folder:
        copy, log = folder / damaged.name, damaged.with_name(f"{damaged.name}-wal")
        copy_log = copy.with_name(f"{copy.name}-wal")
        if damaged.is_file() and damaged.stat().st_size:
            shutil.copyfile(damaged, copy)
        elif has_log(damaged):
            _stand_in(copy, log)
        if log.is_file():
            shutil.copyfile(log, copy_log)
        with contextlib.closing(sqlite3.connect(copy)) as connection:
            yield connection


def _stand_in(copy: Path, log: Path) -> None:
    """Make a file for SQLite to play the log into; it throws away the log of an empty one.

    Where the log tells of every page, any file will do. Else what it lacks is as it was in the
    newest backup, or in a new file, which have the same pages in the same places.
    """
    trials = [_any_file(copy.with_name("any.db"), log)]
    if kept := backups.newest_sound(backups.folder_of(log)):
        trials.append(shutil.copyfile(kept, copy.with_name("kept.db")))
    new = copy.with_name("new.db")
    open_database(new, MARKS).close()
    trials.append(new)
    for trial in trials:
        played = copy.with_name(f"played-{trial.name}")
        shutil.copyfile(trial, played)
        shutil.copyfile(log, played.with_name(f"{played.name}-wal"))
        if backups.is_sound(played, "mode=rw", holds="state"):
            break
    else:
        trial = trials[1]
    shutil.copyfile(trial, copy)


def _any_file(path: Path, log: Path) -> Path:
    """The smallest file that has the log's size of pages."""
    page_size = int.from_bytes(log.read_bytes()[8:12], "big")
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA page_size = {page_size}")
        connection.execute("PRAGMA user_version = 1")
        connection.execute("PRAGMA journal_mode = WAL")
    return path


def _marks(connection: sqlite3.Connection) -> list[Change]:
    states: dict[str, Change] = {}
    tags: dict[str, set[str]] = {}
    found = list(rows(connection, _STATES)) or rows(connection, _OLD_STATES)
    for key, bookmarked, read, archived, later, removed in found:
        flags = (bookmarked, read, archived, removed)
        if isinstance(key, str) and all(flag in (0, 1) for flag in flags):
            states[key] = Change(
                key,
                bool(bookmarked),
                bool(read),
                archived=bool(archived),
                later=_day(later),
                removed=bool(removed),
            )
    for key, tag in rows(connection, _TAGS):
        if isinstance(key, str) and isinstance(tag, str):
            tags.setdefault(key, set()).add(tag)
    notes = {
        key: text
        for key, text in rows(connection, _NOTES)
        if isinstance(key, str) and isinstance(text, str)
    }
    changes: list[Change] = []
    for key in sorted({*states, *tags, *notes}):
        state = states.get(key, Change(key))
        changes.append(replace(state, add=tuple(sorted(tags.get(key, ()))), note=notes.get(key)))
    return changes


def _day(text: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None


def _subjects(connection: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    for key, paper in rows(connection, _SUBJECTS):
        if isinstance(key, str) and isinstance(paper, str):
            yield key, paper


def _feeds(connection: sqlite3.Connection) -> Iterator[Subscription]:
    found: dict[str, Subscription] = {}
    found_rows = list(rows(connection, _FEEDS)) or rows(connection, _OLD_FEEDS)
    for name, added, *since, only in found_rows:
        if isinstance(name, str) and isinstance(added, str):
            paused, removed = (one if isinstance(one, str) else None for one in since)
            what = only if isinstance(only, str) else ""
            found.setdefault(name, Subscription(name, added, paused, removed, what))
    yield from sorted(found.values(), key=lambda one: one.added_at)


def rows(connection: sqlite3.Connection, sql: str) -> Iterator[tuple[object, ...]]:
    """Rows from the front up to the damage, then from the back; some may come twice."""
    select, order = sql.split(" ORDER BY ")
    backwards = ", ".join(f"{column} DESC" for column in order.split(", "))
    for direction in (order, backwards):
        with contextlib.suppress(sqlite3.Error, UnicodeDecodeError):
            yield from connection.execute(f"{select} ORDER BY {direction}")
