"""The feeds a reader has chosen, in the file of marks: like marks, nobody else knows them.

Choosing is an entry of the journal; the table is derived from it, but for the feed that everybody
begins with.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from paperterm.model.feeds import DAILY
from paperterm.model.journal import FEED, FEED_FIELDS, Kind, Op
from paperterm.storage.database import Database
from paperterm.storage.journal import Journal

MIGRATION = (
    # What is removed stays, so that a reader who takes it up again finds it as it was.
    """CREATE TABLE feed (
        name TEXT PRIMARY KEY,
        added_at TEXT NOT NULL,
        paused_at TEXT,
        removed_at TEXT
    )""",
    "INSERT INTO feed (name, added_at) VALUES"
    " ('daily-papers', strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now'))",
)
ONLY = ("ALTER TABLE feed ADD COLUMN only_what TEXT NOT NULL DEFAULT ''",)


@dataclass(frozen=True, slots=True)
class Subscription:
    """A feed as it was chosen; times are ISO with zone, `added_at` none once that is taken back."""

    name: str
    added_at: str
    paused_at: str | None = None
    removed_at: str | None = None
    only: str = ""
    """The name of the saved search that says which new papers are taken in; empty for all."""

    @property
    def is_there(self) -> bool:
        """Whether it is one of the reader's feeds."""
        return bool(self.added_at) and not self.removed_at


_COLUMNS = "SELECT name, added_at, paused_at, removed_at, only_what FROM feed"


class FeedStore:
    """Feeds by name, in the order in which they were first chosen."""

    def __init__(self, database: Database) -> None:
        """`database` is the file of marks."""
        self.database = database
        self._connection: sqlite3.Connection = database.connection
        self._journal = Journal(database.connection)

    def all(self) -> list[Subscription]:
        """Every feed that is there."""
        rows = self._connection.execute(f"{_COLUMNS} ORDER BY rowid").fetchall()
        return [one for row in rows if (one := Subscription(*row)).is_there]

    def get(self, name: str) -> Subscription | None:
        """A feed, removed or not; None when there has never been one of this name."""
        row = self._connection.execute(f"{_COLUMNS} WHERE name = ?", (name,)).fetchone()
        return Subscription(*row) if row else None

    def change(self, feed: Subscription, label: str, kind: Kind = Kind.DO) -> int:
        """Let a feed be as `feed` says; the number of the entry, 0 where nothing changes.

        It belongs inside `database.transaction()`.
        """
        ops = _ops(self.get(feed.name) or Subscription(feed.name, ""), feed)
        if not ops:
            return 0
        number = self._journal.begin(kind, label)
        self._journal.write(number, self._journal.rooted(ops))
        return number


def _ops(before: Subscription, after: Subscription) -> list[Op]:
    """The writes that make `after` of `before`."""
    fields = zip(FEED_FIELDS, _values(before), _values(after), strict=True)
    return [Op(FEED + after.name, name, now, was) for name, was, now in fields if was != now]


def _values(feed: Subscription) -> tuple[str, ...]:
    """In the order of `FEED_FIELDS`."""
    return feed.added_at, feed.paused_at or "", feed.removed_at or "", feed.only


def to_journal(connection: sqlite3.Connection) -> None:
    """Let what was chosen before there was a journal of it be an entry, if anything was."""
    rows = connection.execute(f"{_COLUMNS} ORDER BY rowid").fetchall()
    ops = [op for row in rows for op in _chosen(Subscription(*row))]
    if ops:
        journal = Journal(connection)
        journal.write(journal.begin(Kind.OTHER, "feeds of an older file"), ops)


def _chosen(feed: Subscription) -> list[Op]:
    given = feed.added_at if feed.name == DAILY.name else ""
    return _ops(Subscription(feed.name, given), feed)
