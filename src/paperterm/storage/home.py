"""Where a file of marks is at home: a copy of it, carried elsewhere, is another machine's.

Two libraries that take themselves for one machine would give different things the same numbers.
"""

from __future__ import annotations

import hashlib
import platform
import sqlite3
from contextlib import suppress
from pathlib import Path

_IDS = ("/etc/machine-id", "/var/lib/dbus/machine-id")


def home_of(connection: sqlite3.Connection) -> str:
    """Tells this computer and this very file from others; the same as long as both are the same."""
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    number = Path(path).stat().st_ino if path else 0
    return hashlib.blake2b(f"{_computer()} {number}".encode(), digest_size=8).hexdigest()


def _computer() -> str:
    for path in _IDS:
        with suppress(OSError):
            if told := Path(path).read_bytes().strip():
                return told.hex()
    return platform.node()


def settle(connection: sqlite3.Connection) -> None:
    """From now on, the file is at home here."""
    connection.execute("INSERT OR REPLACE INTO home VALUES (1, ?)", (home_of(connection),))


def is_here(connection: sqlite3.Connection) -> bool:
    """Whether the file is still where it is at home."""
    row = connection.execute("SELECT place FROM home").fetchone()
    return bool(row) and row[0] == home_of(connection)


MIGRATION = (
    "CREATE TABLE home (id INTEGER PRIMARY KEY CHECK (id = 1), place TEXT NOT NULL)",
    settle,
)
