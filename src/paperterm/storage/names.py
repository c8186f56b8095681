"""The names in the file of marks, for who only wants those: a look that waits for nobody.

The file is not made, migrated, checked or locked, and may be of any version.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

_PATIENCE = 0.1
"""Seconds a shell may be kept waiting by another copy that writes."""


def tags(marks: Path) -> list[str]:
    """The tags that papers carry. Raises `sqlite3.Error`."""
    return _column(marks, "SELECT DISTINCT tag FROM tag")


def feeds(marks: Path) -> list[str]:
    """The feeds that are not removed, in the order they were chosen. Raises `sqlite3.Error`."""
    return _column(marks, "SELECT name FROM feed WHERE removed_at IS NULL ORDER BY rowid")


def _column(path: Path, query: str) -> list[str]:
    with _looking(path) as connection:
        return [str(row[0]) for row in connection.execute(query)]


@contextlib.contextmanager
def _looking(path: Path) -> Iterator[sqlite3.Connection]:
    log = path.with_name(f"{path.name}-wal")
    # Where nothing waits in the log, nothing is written beside the file by looking at it either.
    how = "mode=ro" if log.exists() and log.stat().st_size else "immutable=1"
    where = f"{path.absolute().as_uri()}?{how}"
    with contextlib.closing(sqlite3.connect(where, uri=True, timeout=_PATIENCE)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        yield connection
