"""A kind of file to try things on, and its next version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from paperterm.storage.database import Database, Kind, open_database

OLD = Kind("box", 0x626F7821, (("CREATE TABLE thing (name TEXT)",),), "NORMAL")
NEW = replace(OLD, migrations=(*OLD.migrations, ("ALTER TABLE thing ADD COLUMN colour TEXT",)))


@contextmanager
def opened(path: Path, kind: Kind = OLD, **how) -> Iterator[Database]:
    database = open_database(path, kind, **how)
    try:
        yield database
    finally:
        database.close()


def fill(path: Path, *names: str) -> None:
    with opened(path) as box, box.transaction() as connection:
        connection.executemany("INSERT INTO thing VALUES (?)", [(name,) for name in names])


def names(box: Database) -> list[str]:
    return [row[0] for row in box.connection.execute("SELECT name FROM thing ORDER BY name")]


def pragma(box: Database, name: str) -> object:
    return box.connection.execute(f"PRAGMA {name}").fetchone()[0]
