"""What is known of fetching: when each feed was last tried, what came of it, which pages are in.

In the catalogue, since it is worth as much as the papers there: if those are lost, they are to be
fetched again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from paperterm.storage.database import Database

MIGRATION = (
    """CREATE TABLE fetch (
        feed TEXT PRIMARY KEY,
        tried_at TEXT NOT NULL,
        succeeded_at TEXT,
        through TEXT NOT NULL DEFAULT '',
        problem TEXT NOT NULL DEFAULT '',
        message TEXT NOT NULL DEFAULT '',
        retry_at TEXT
    ) WITHOUT ROWID""",
    # A page is a day, a week or a month of Daily Papers, by its ISO name.
    """CREATE TABLE page (
        feed TEXT NOT NULL,
        name TEXT NOT NULL,
        fetched_at TEXT NOT NULL,
        papers INTEGER NOT NULL,
        settled INTEGER NOT NULL,
        PRIMARY KEY (feed, name)
    ) WITHOUT ROWID""",
    # Papers known by their titles alone whose ids were looked for in vain.
    "CREATE TABLE sought (key TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID",
)


@dataclass(frozen=True, slots=True)
class Fetch:
    """What came of fetching a feed; times are ISO with zone."""

    tried_at: str
    succeeded_at: str | None = None
    through: str = ""
    """The last day (ISO) up to which nothing is missing; empty where a feed has no days."""
    problem: str = ""
    """What kind of thing went wrong at the last try; empty when nothing did."""
    message: str = ""
    """That, as a sentence."""
    retry_at: str | None = None
    """When the service wants to be asked again."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was fetched."""

    name: str
    fetched_at: str
    papers: int
    settled: bool
    """Whether it will not change any more."""


class FetchStore:
    """Fetches by the names of feeds."""

    def __init__(self, database: Database) -> None:
        """`database` is the catalogue."""
        self.database = database
        self._connection: sqlite3.Connection = database.connection

    def of(self, feed: str) -> Fetch | None:
        """What came of fetching `feed`; None when that was never tried."""
        row = self._connection.execute(
            "SELECT tried_at, succeeded_at, through, problem, message, retry_at"
            " FROM fetch WHERE feed = ?",
            (feed,),
        ).fetchone()
        return Fetch(*row) if row else None

    def papers(self, feed: str) -> int:
        """How many papers of the catalogue the feed has shown."""
        count: int = self._connection.execute(
            "SELECT count(DISTINCT id) FROM sighting WHERE source = ?", (feed,)
        ).fetchone()[0]
        return count

    def pages(self, feed: str, names: Iterable[str]) -> dict[str, Page]:
        """Those of `names` that were fetched."""
        found: dict[str, Page] = {}
        for name in names:
            row = self._connection.execute(
                "SELECT name, fetched_at, papers, settled FROM page WHERE feed = ? AND name = ?",
                (feed, name),
            ).fetchone()
            if row:
                found[name] = Page(row[0], row[1], row[2], bool(row[3]))
        return found

    def nameless(self, most: int, sought_before: str) -> list[int]:
        """Ids of papers that have neither arXiv id nor DOI, those never sought before first.

        Left out are those that were sought at or after `sought_before`, an ISO time in UTC.
        """
        rows = self._connection.execute(
            "SELECT id FROM paper LEFT JOIN sought USING (key)"
            " WHERE arxiv_id IS NULL AND doi IS NULL AND (at IS NULL OR at < ?)"
            " ORDER BY at IS NOT NULL, at, paper.id LIMIT ?",
            (sought_before, most),
        )
        return [row[0] for row in rows]

    # Each of these belongs inside `database.transaction()`.

    def write(self, feed: str, fetch: Fetch) -> None:
        """Note what came of fetching `feed`."""
        self._connection.execute(
            "INSERT OR REPLACE INTO fetch VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                feed,
                fetch.tried_at,
                fetch.succeeded_at,
                fetch.through,
                fetch.problem,
                fetch.message,
                fetch.retry_at,
            ),
        )

    def write_page(self, feed: str, page: Page) -> None:
        """Note that a page is in."""
        self._connection.execute(
            "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?)",
            (feed, page.name, page.fetched_at, page.papers, page.settled),
        )

    def write_sought(self, key: str, now: str) -> None:
        """Note that the id of a paper was looked for in vain."""
        self._connection.execute("INSERT OR REPLACE INTO sought VALUES (?, ?)", (key, now))
