"""Which import each paper came new with, as long as nothing else has shown it since."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

MIGRATION = (
    # `import` is the name that the import's entry in the journal of the marks goes by.
    """CREATE TABLE came (
        id INTEGER PRIMARY KEY REFERENCES paper (id) ON DELETE CASCADE,
        import TEXT NOT NULL
    )""",
    "CREATE INDEX came_by_import ON came (import)",
)


def note(connection: sqlite3.Connection, ids: Collection[int], name: str) -> None:
    """Papers came new with the import of this name."""
    connection.executemany("INSERT INTO came VALUES (?, ?)", [(one, name) for one in ids])


def meet(connection: sqlite3.Connection, ids: Collection[int], name: str = "") -> bool:
    """Papers were shown by the import of this name; whether another had brought any of them.

    Those stay in the library, whatever becomes of the import that brought them.
    """
    if not ids:
        return False
    found = connection.execute(
        "DELETE FROM came WHERE id IN (SELECT value FROM json_each(?)) AND import <> ?",
        (json.dumps(list(ids)), name),
    )
    return found.rowcount > 0
