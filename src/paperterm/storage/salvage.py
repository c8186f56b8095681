"""Reading what can still be read of a damaged file of marks."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from paperterm.model.marks import Change
from paperterm.storage.feeds import Subscription

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
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "marks.db"
        for end in ("", "-wal"):
            source = damaged.with_name(damaged.name + end)
            if source.is_file():
                shutil.copyfile(source, copy.with_name(copy.name + end))
        try:
            with contextlib.closing(sqlite3.connect(copy)) as connection:
                subjects = dict(_subjects(connection))
                return Readable(_marks(connection), subjects, list(_feeds(connection)))
        except (sqlite3.Error, UnicodeDecodeError):
            return Readable()


def _marks(connection: sqlite3.Connection) -> list[Change]:
    states: dict[str, Change] = {}
    tags: dict[str, set[str]] = {}
    rows = list(_rows(connection, _STATES)) or _rows(connection, _OLD_STATES)
    for key, bookmarked, read, archived, later, removed in rows:
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
    for key, tag in _rows(connection, _TAGS):
        if isinstance(key, str) and isinstance(tag, str):
            tags.setdefault(key, set()).add(tag)
    notes = {
        key: text
        for key, text in _rows(connection, _NOTES)
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
    for key, paper in _rows(connection, _SUBJECTS):
        if isinstance(key, str) and isinstance(paper, str):
            yield key, paper


def _feeds(connection: sqlite3.Connection) -> Iterator[Subscription]:
    found: dict[str, Subscription] = {}
    rows = list(_rows(connection, _FEEDS)) or _rows(connection, _OLD_FEEDS)
    for name, added, *since, only in rows:
        if isinstance(name, str) and isinstance(added, str):
            paused, removed = (one if isinstance(one, str) else None for one in since)
            what = only if isinstance(only, str) else ""
            found.setdefault(name, Subscription(name, added, paused, removed, what))
    yield from sorted(found.values(), key=lambda one: one.added_at)


def _rows(connection: sqlite3.Connection, sql: str) -> Iterator[tuple[object, ...]]:
    """Rows from the front up to the damage, then from the back; some may come twice."""
    backwards = sql.replace("ORDER BY key, tag", "ORDER BY key DESC, tag DESC")
    for direction in (sql, backwards if backwards != sql else f"{sql} DESC"):
        with contextlib.suppress(sqlite3.Error, UnicodeDecodeError):
            yield from connection.execute(direction)
