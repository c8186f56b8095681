"""What is kept of tags beside the papers they are on: their colours, and when they were used.

Both are in the file of marks, by folded tag. A row of a tag that no paper carries any more stays,
so that a tag that comes back by an undo is as it was.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable

from paperterm.model.tags import SEPARATOR
from paperterm.model.whole import Colour
from paperterm.storage.database import Database

MIGRATION = (
    """CREATE TABLE tag_colour (
        folded TEXT PRIMARY KEY,
        colour TEXT NOT NULL,
        changed TEXT NOT NULL
    ) WITHOUT ROWID""",
    # `weight` is what the uses up to `at` came to at that time; see `library.frecency`.
    """CREATE TABLE tag_use (
        folded TEXT PRIMARY KEY,
        weight REAL NOT NULL,
        at TEXT NOT NULL
    ) WITHOUT ROWID""",
    # Tells whoever keeps a tree of the tags that it is the same still, whatever else was marked.
    "CREATE TABLE tag_version (version INTEGER NOT NULL)",
    "INSERT INTO tag_version VALUES (1)",
    """CREATE TRIGGER tag_put AFTER INSERT ON tag BEGIN
        UPDATE tag_version SET version = version + 1;
    END""",
    """CREATE TRIGGER tag_taken AFTER DELETE ON tag BEGIN
        UPDATE tag_version SET version = version + 1;
    END""",
)


class TagStore:
    """Colours and uses, by folded tag."""

    def __init__(self, database: Database) -> None:
        """`database` is the file of marks."""
        self.database = database
        self._connection: sqlite3.Connection = database.connection

    def colours(self) -> dict[str, str]:
        """The colours that were chosen."""
        rows = self._connection.execute("SELECT folded, colour FROM tag_colour WHERE colour <> ''")
        return dict(rows.fetchall())

    def uses(self) -> dict[str, tuple[float, dt.datetime]]:
        """The weight of each tag that was ever put on a paper, and of what time it is."""
        rows = self._connection.execute("SELECT folded, weight, at FROM tag_use")
        return {folded: (weight, dt.datetime.fromisoformat(at)) for folded, weight, at in rows}

    def use_of(self, folded: str) -> tuple[float, dt.datetime] | None:
        """The same of one tag; None when it was never used."""
        row = self._connection.execute(
            "SELECT weight, at FROM tag_use WHERE folded = ?", (folded,)
        ).fetchone()
        return (row[0], dt.datetime.fromisoformat(row[1])) if row else None

    def choices(self) -> list[Colour]:
        """Every choice of a colour, those that were taken back among them."""
        rows = self._connection.execute("SELECT folded, colour, changed FROM tag_colour")
        return [Colour(*row) for row in rows]

    # Each of these belongs inside `database.transaction()`.

    def set_colour(self, folded: str, colour: str, now: dt.datetime) -> None:
        """Choose a colour; an empty one takes the choice back, which is written down too."""
        self._connection.execute(
            "INSERT OR REPLACE INTO tag_colour VALUES (?, ?, ?)", (folded, colour, now.isoformat())
        )

    def take_choice(self, choice: Colour) -> None:
        """Take over a choice that was made elsewhere, unless there is a later one."""
        self._connection.execute(
            "INSERT INTO tag_colour VALUES (?, ?, ?) ON CONFLICT (folded) DO UPDATE"
            " SET colour = excluded.colour, changed = excluded.changed"
            " WHERE (julianday(excluded.changed), excluded.colour) > (julianday(changed), colour)",
            (choice.tag, choice.colour, choice.changed),
        )

    def put_uses(self, uses: Iterable[tuple[str, float]], now: dt.datetime) -> None:
        """Write down what the uses of some tags come to now."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO tag_use VALUES (?, ?, ?)",
            [(folded, weight, now.isoformat()) for folded, weight in uses],
        )


# Each of these takes the catalogue's connection with the reader's marks attached.


def tag_version(connection: sqlite3.Connection) -> int:
    """Grows whenever a tag is put on a paper or taken away, or its paper taken out, by whomever."""
    version: int = connection.execute("SELECT version FROM marks.tag_version").fetchone()[0]
    return version


def tag_sets(connection: sqlite3.Connection) -> list[str]:
    """The tags of each paper that has any, with `SEPARATOR` between them; of none taken out.

    One text a paper is read several times as fast as one row a tag.
    """
    rows = connection.execute(
        f"SELECT group_concat(tag, '{SEPARATOR}') FROM marks.tag NOT INDEXED GROUP BY key"
        " HAVING key IN (SELECT key FROM paper)"
        " AND key NOT IN (SELECT key FROM marks.state WHERE removed = 1)"
    )
    return [row[0] for row in rows]


def spellings(connection: sqlite3.Connection, folded: str) -> list[tuple[str, int]]:
    """How the tag `folded` and those below it are spelled, and how many papers carry each."""
    return connection.execute(
        "SELECT tag, count(*) FROM marks.tag WHERE folded = ? OR folded BETWEEN ? AND ?"
        " GROUP BY tag",
        (folded, f"{folded}/", f"{folded}/\U0010ffff"),
    ).fetchall()
