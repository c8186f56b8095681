"""The feeds a reader has chosen, in the file of marks: like marks, nobody else knows them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from paperterm.storage.database import Database

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
    """A feed as it was chosen; times are ISO with zone."""

    name: str
    added_at: str
    paused_at: str | None = None
    removed_at: str | None = None
    only: str = ""
    """The name of the saved search that says which new papers are taken in; empty for all."""


_COLUMNS = "SELECT name, added_at, paused_at, removed_at, only_what FROM feed"


class FeedStore:
    """Feeds by name, in the order in which they were first chosen."""

    def __init__(self, database: Database) -> None:
        """`database` is the file of marks."""
        self.database = database
        self._connection: sqlite3.Connection = database.connection

    def all(self) -> list[Subscription]:
        """Every feed that is not removed."""
        rows = self._connection.execute(f"{_COLUMNS} WHERE removed_at IS NULL ORDER BY rowid")
        return [Subscription(*row) for row in rows]

    def get(self, name: str) -> Subscription | None:
        """A feed, removed or not; None when there has never been one of this name."""
        row = self._connection.execute(f"{_COLUMNS} WHERE name = ?", (name,)).fetchone()
        return Subscription(*row) if row else None

    # Each of these belongs inside `database.transaction()`.

    def put(self, name: str, now: str) -> None:
        """Add a feed, or bring one back that was removed."""
        self._connection.execute(
            "INSERT INTO feed (name, added_at) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET removed_at = NULL",
            (name, now),
        )

    def restore(self, feed: Subscription) -> bool:
        """Let a feed be as it was chosen once; whether that changes anything."""
        if self.get(feed.name) == feed:
            return False
        self._connection.execute(
            "INSERT INTO feed (name, added_at, paused_at, removed_at, only_what)"
            " VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (name) DO UPDATE SET added_at = excluded.added_at,"
            " paused_at = excluded.paused_at, removed_at = excluded.removed_at,"
            " only_what = excluded.only_what",
            (feed.name, feed.added_at, feed.paused_at, feed.removed_at, feed.only),
        )
        return True

    def remove(self, name: str, now: str) -> None:
        """Let a feed count as removed."""
        self._connection.execute("UPDATE feed SET removed_at = ? WHERE name = ?", (now, name))

    def pause(self, name: str, now: str | None) -> None:
        """Let a feed count as paused from `now` on; None lets it go on."""
        self._connection.execute("UPDATE feed SET paused_at = ? WHERE name = ?", (now, name))

    def take_only(self, name: str, what: str) -> None:
        """Let a feed take only new papers that a saved search finds; empty lets it take all."""
        self._connection.execute("UPDATE feed SET only_what = ? WHERE name = ?", (what, name))
