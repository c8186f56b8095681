"""Putting the marks back as a backup has them: one transaction, beside whoever else uses them.

The file of marks is never exchanged: a running copy would go on writing to the old one. Every row
of it is, in a single transaction, so that other copies, a kill and a power cut find either state.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from paperterm.errors import LibraryDamaged, LibraryError, LibraryReadOnly
from paperterm.storage import backups
from paperterm.storage.database import Database, open_database, translated
from paperterm.storage.machines import become_machine
from paperterm.storage.marks_file import MARKS
from paperterm.storage.working import working_folder

_KINDS = {
    "bookmark": "SELECT key FROM {0}.state WHERE bookmarked",
    "read mark": "SELECT key FROM {0}.state WHERE read",
    "tag": "SELECT key, tag FROM {0}.tag",
    "note": "SELECT key, text FROM {0}.note",
    "edited paper": "SELECT key, fields FROM {0}.edit",
    "archived paper": "SELECT key FROM {0}.state WHERE archived",
    "paper put off": "SELECT key, later FROM {0}.state WHERE later IS NOT NULL",
    "paper taken out": "SELECT key FROM {0}.state WHERE removed",
    "feed": "SELECT name, paused_at IS NULL, only_what FROM {0}.feed WHERE removed_at IS NULL",
}
"""What a reader would miss, each by what makes it another one."""
_OF_HERE = ("machine", "home", "tag_version")
"""Tables that are not exchanged: what machine this is, and counters."""
_COUNTERS = ("tag_version",)
"""Tables of a number that must only grow: running copies take the same one for the same tags."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How many things of one kind come and go; a note that has another text does both."""

    kind: str
    come: int
    go: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """What restoring would change."""

    counts: tuple[Difference, ...]
    """Of the kinds that change."""
    same: bool
    """Whether nothing at all would change, the journal included."""


@contextlib.contextmanager
def attached(database: Database, backup: Path) -> Iterator[None]:
    """Within, the schema ``wanted`` of the open file of marks is a copy of `backup` as it is today.

    The copy is checked and brought into today's shape. Raises `LibraryDamaged` for what is no
    sound file of marks, `LibraryReadOnly` for one that a newer paperterm has written.
    """
    with working_folder() as folder:
        copy = folder / "marks.db"
        with _told(backup):
            _copy(backup, copy)
            _make_ready(copy, backup)
        with translated(MARKS.name, database.path):
            address = f"{copy.as_uri()}?mode=ro&immutable=1"
            database.connection.execute("ATTACH ? AS wanted", (address,))
            try:
                yield
            finally:
                database.connection.execute("DETACH wanted")


def compare(database: Database) -> Comparison:
    """What taking over `attached` marks would change."""
    with database.reading() as connection:
        counts = [
            Difference(kind, _only_in(connection, rows, "wanted"), _only_in(connection, rows))
            for kind, rows in _KINDS.items()
        ]
        same = all(
            not _only_in(connection, rows, schema)
            for name in _tables(connection)
            for rows in [f"SELECT * FROM {{0}}.{name}"]
            for schema in ("wanted", "main")
        )
    return Comparison(tuple(one for one in counts if one.come or one.go), same)


def take_over(database: Database, folder: Path, why: str = "before-restore") -> Path:
    """Make the marks what `attached` ones are; returns the backup of what they were.

    Nobody can mark anything between that backup and the change. Raises as
    `Database.transaction`, or OSError when the backup can't be written; then nothing was changed.
    """
    with database.transaction() as connection:
        address = f"{database.path.absolute().as_uri()}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as other:
            made = backups.make(other, folder, why)
        connection.execute("PRAGMA defer_foreign_keys = ON")
        tables = _tables(connection)
        if tables != _tables(connection, "wanted"):
            raise LibraryDamaged(
                "The backup has another shape than the marks; nothing was changed."
            )
        for name, columns in tables.items():
            connection.execute(f"DELETE FROM main.{name}")
            connection.execute(
                f"INSERT INTO main.{name} ({columns}) SELECT {columns} FROM wanted.{name}"
            )
        for name in _COUNTERS:
            connection.execute(f"UPDATE main.{name} SET version = version + 1")
        connection.execute("INSERT OR IGNORE INTO main.machine SELECT * FROM wanted.machine")
        # What was done since the backup may be known elsewhere under the numbers that come next.
        become_machine(connection)
    return made


def _only_in(connection: sqlite3.Connection, rows: str, schema: str = "main") -> int:
    other = "main" if schema == "wanted" else "wanted"
    sql = f"SELECT count(*) FROM ({rows.format(schema)} EXCEPT {rows.format(other)})"
    count: int = connection.execute(sql).fetchone()[0]
    return count


def _tables(connection: sqlite3.Connection, schema: str = "main") -> dict[str, str]:
    """The columns of each table of the file; SQLite's own count of journal entries comes last."""
    names = [
        row[0]
        for row in connection.execute(
            f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table'"
            " AND (name = 'sqlite_sequence' OR name NOT LIKE 'sqlite@_%' ESCAPE '@')"
            " ORDER BY name = 'sqlite_sequence', name"
        )
    ]
    return {
        name: ", ".join(
            row[0]
            for row in connection.execute(
                "SELECT name FROM pragma_table_info(?, ?)", (name, schema)
            )
        )
        for name in names
        if name not in _OF_HERE
    }


def _copy(backup: Path, copy: Path) -> None:
    """By SQLite where a log of the backup's lies beside it, as at a file that is in use."""
    if not backup.with_name(f"{backup.name}-wal").exists():
        shutil.copyfile(backup, copy)
        return
    address = f"{backup.absolute().as_uri()}?mode=ro"
    with (
        contextlib.closing(sqlite3.connect(address, uri=True)) as source,
        contextlib.closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)


def _make_ready(copy: Path, backup: Path) -> None:
    if not copy.stat().st_size:
        raise LibraryDamaged(f"{backup} is empty; nothing was changed.")
    opened = open_database(copy, MARKS)
    try:
        if opened.read_only:
            raise LibraryReadOnly(
                f"{backup} was written by a newer paperterm; nothing was changed."
            )
        if opened.check():
            raise LibraryDamaged(f"{backup} is damaged; nothing was changed.")
    finally:
        opened.close()


@contextlib.contextmanager
def _told(backup: Path) -> Iterator[None]:
    """What is wrong with the copy is wrong with the backup."""
    try:
        yield
    except LibraryReadOnly:
        raise
    except (LibraryError, sqlite3.Error) as error:
        raise LibraryDamaged(f"{backup} is no sound backup of marks; nothing was changed.") from (
            error
        )


def until_different(
    database: Database, among: list[Path], wanted: Callable[[Path], bool]
) -> Path | None:
    """The first of some backups that is not just as the marks are now; damaged ones are passed."""
    for backup in filter(wanted, among):
        with contextlib.suppress(LibraryDamaged, LibraryReadOnly), attached(database, backup):
            if not compare(database).same:
                return backup
    return None
