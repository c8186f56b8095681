"""Opening a SQLite file of ours: identity, migrations, and when only reading is possible."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from paperterm.errors import LibraryBusy, LibraryDamaged, LibraryError, LibraryReadOnly

BUSY_TIMEOUT_MS = 5_000
"""How long a writer waits for another copy before it gives up."""

Step = Callable[[sqlite3.Connection], None]
"""A part of a migration, done within its transaction."""

_SMALLEST = 512
"""Bytes of SQLite's smallest page: a file of any database is at least one."""
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_UNDECODABLE = "Could not decode to UTF-8"
"""What Python's sqlite3 says of text that is none; no code of SQLite's goes with it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file of ours is, and how it came to its present shape."""

    name: str
    """For messages: "catalogue"."""
    application_id: int
    """Stands in the file's header, so that a foreign file is never taken for ours."""
    migrations: Sequence[Sequence[str | Step]]
    """Ordered; each is a list of statements, or of what takes more. Never edited once released."""
    synchronous: Literal["NORMAL", "FULL"]
    """NORMAL may lose the last commits in a power cut (never the file); FULL loses none."""
    before_commit: Step | None = None
    """What is done last in each transaction."""

    @property
    def version(self) -> int:
        """The `user_version` of a file in the shape this program knows."""
        return len(self.migrations)


@dataclass(slots=True)
class Database:
    """An open file of ours. Use it in the thread that opened it."""

    kind: Kind
    path: Path
    connection: sqlite3.Connection
    read_only: str = ""
    """Why it can only be read, as a sentence; empty when it can be written."""
    frozen: bool = False
    """Whether it is read as a file that nobody changes: SQLite can't make its own beside it."""

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One change, whole or not at all.

        Raises `LibraryReadOnly`, `LibraryBusy`, `LibraryDamaged` or `LibraryError`; then nothing
        of it was kept.
        """
        if self.read_only:
            raise LibraryReadOnly(self.read_only)
        with translated(self.kind.name, self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                if self.kind.before_commit:
                    self.kind.before_commit(self.connection)
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Several reads of one moment."""
        with translated(self.kind.name, self.path):
            self.connection.execute("BEGIN")
            try:
                yield self.connection
            finally:
                if self.connection.in_transaction:
                    self.connection.execute("COMMIT")

    def check(self, how: Literal["quick_check", "integrity_check"] = "quick_check") -> list[str]:
        """What SQLite's own check finds wrong; empty when all is well."""
        try:
            rows = self.connection.execute(f"PRAGMA {how}(20)").fetchall()
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            return [str(error)]
        return [] if rows == [("ok",)] else [str(row[0]) for row in rows]

    def read_through(self) -> list[str]:
        """What is wrong, found by reading every row and every index: seconds for 200 MB.

        The quick check passes over text that is none, and over indexes that do not fit.
        """
        try:
            if problems := self.check("integrity_check"):
                return problems
            tables = "SELECT name FROM sqlite_master WHERE type = 'table'"
            for (name,) in self.connection.execute(tables).fetchall():
                for _ in self.connection.execute(f'SELECT * FROM "{name}"'):
                    pass
        except (sqlite3.Error, UnicodeDecodeError) as error:
            return [str(error)]
        return []

    def close(self) -> None:
        """Give the file back; safe to call twice."""
        self.connection.close()


@contextlib.contextmanager
def translated(name: str, path: Path) -> Iterator[None]:
    """SQLite's errors as ours, each a sentence."""
    try:
        yield
    except UnicodeDecodeError as error:  # SQLite repeats what it has met in its messages
        raise LibraryDamaged(
            f"The {name} ({path}) is damaged: it holds text that is none. "
            "It was left as it is; `paperterm doctor --repair` can mend it."
        ) from error
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _DAMAGE or _UNDECODABLE in str(error):
            raise LibraryDamaged(
                f"The {name} ({path}) is damaged: {error}. "
                "It was left as it is; `paperterm doctor --repair` can mend it."
            ) from error
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise LibraryBusy(
                f"Another paperterm is writing to the {name}; nothing was changed. Try again."
            ) from error
        if code == sqlite3.SQLITE_READONLY:
            raise LibraryReadOnly(f"The {name} ({path}) can't be written to.") from error
        raise LibraryError(
            f"The {name} ({path}) could not be used: {error}. Nothing was changed."
        ) from error


@contextlib.contextmanager
def _system_translated(name: str, path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        raise LibraryError(
            f"The {name} ({path}) could not be used: {why}. Nothing was changed."
        ) from error
    except UnicodeDecodeError as error:  # SQLite's own message quotes what it has found
        raise LibraryDamaged(
            f"The {name} ({path}) is damaged: it holds text that is none. "
            "It was left as it is; `paperterm doctor --repair` can mend it."
        ) from error


def open_database(
    path: Path, kind: Kind, before_migration: Callable[[sqlite3.Connection], None] | None = None
) -> Database:
    """Open `path`, creating or migrating it as needed.

    `before_migration` is called with the open file before an older one is changed. A file that a
    newer paperterm has written, or that can't be written to, is opened for reading only.
    Raises `LibraryDamaged` for a file that is not (or no longer) ours, else `LibraryError`.
    """
    with translated(kind.name, path), _system_translated(kind.name, path):
        _make_folder(path.parent)
        if path.is_dir():
            raise LibraryDamaged(
                f"The {kind.name} could not be used: {path} is a folder; it was left as it is."
            )
        # SQLite takes the rest of a file that was cut off for a new one, and writes over it.
        if path.exists() and 0 < path.stat().st_size < _SMALLEST:
            raise LibraryDamaged(_foreign(path, kind))
        if path.exists() and not os.access(path, os.W_OK):
            return _open_reading(path, kind, f"The {kind.name} ({path}) can't be written to.")
        if not os.access(path.parent, os.W_OK):
            return _open_reading(path, kind, f"The folder {path.parent} can't be written to.")
        try:
            return _open_writing(path, kind, before_migration)
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) != sqlite3.SQLITE_IOERR_SHMSIZE:
                raise
            if (found := _open_without_room(path, kind)) is None:
                raise
            return found


def _open_writing(
    path: Path, kind: Kind, before_migration: Callable[[sqlite3.Connection], None] | None
) -> Database:
    if path.exists() and _version_of(path, kind) > kind.version:
        why = f"The {kind.name} was written by a newer paperterm; this one only reads it."
        return _open_reading(path, kind, why)
    connection = _connect(path, "mode=rwc")
    try:
        return _prepare(connection, path, kind, before_migration)
    except BaseException:
        connection.close()
        raise


def _open_without_room(path: Path, kind: Kind) -> Database | None:
    """Open for reading where the disk has no room for SQLite's index of its log.

    None where there is something in the log, which can't be read without that.
    """
    log = path.with_name(f"{path.name}-wal")
    if not path.exists() or (log.exists() and log.stat().st_size):
        return None
    connection = _connect(path, "immutable=1")
    try:
        if _identify(connection, path, kind) >= kind.version:
            why = f"There is no room on the disk of the {kind.name} ({path}); it is only read."
            return Database(kind, path, connection, read_only=why, frozen=True)
    except BaseException:
        connection.close()
        raise
    connection.close()
    return None


def _prepare(
    connection: sqlite3.Connection,
    path: Path,
    kind: Kind,
    before_migration: Callable[[sqlite3.Connection], None] | None,
) -> Database:
    version = _identify(connection, path, kind)
    _write_ahead(connection)
    connection.execute(f"PRAGMA synchronous = {kind.synchronous}")
    connection.execute("PRAGMA foreign_keys = ON")
    if version < kind.version:
        if version and before_migration:
            before_migration(connection)
        _migrate(connection, path, kind)
    return Database(kind, path, connection)


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn write-ahead logging on; SQLite does not wait by itself for another that is at it."""
    patience = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code != sqlite3.SQLITE_BUSY or time.monotonic() > patience:
                raise
            time.sleep(0.01)
        else:
            return


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(
            f"The library's folder {folder} can't be made: {error.strerror}."
        ) from error


def _version_of(path: Path, kind: Kind) -> int:
    """The `user_version`, read through a connection that can't even write a checkpoint.

    Where a process was ended in the midst of a change, SQLite first takes that back, for which it
    has to write.
    """
    try:
        with contextlib.closing(_connect(path, "mode=ro")) as connection:
            return _identify(connection, path, kind)
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_READONLY:
            raise
        with contextlib.closing(_connect(path, "mode=rw")) as connection:
            return _identify(connection, path, kind)


def _connect(path: Path, how: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}",
        uri=True,
        isolation_level=None,
        timeout=BUSY_TIMEOUT_MS / 1000,
        check_same_thread=False,
    )
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
    except BaseException:
        connection.close()
        raise
    return connection


def _identify(connection: sqlite3.Connection, path: Path, kind: Kind) -> int:
    """The file's `user_version`; raises when the file is neither ours nor brand new."""
    # One moment: another copy may just be making the file.
    alone = not connection.in_transaction
    if alone:
        connection.execute("BEGIN")
    application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    try:
        anything = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    except UnicodeDecodeError as error:  # SQLite's own words on a schema that is damaged
        raise sqlite3.DatabaseError(_UNDECODABLE) from error
    if alone:
        connection.execute("COMMIT")
    if application_id == kind.application_id and version > 0:
        return version
    if application_id or version or anything:
        raise LibraryDamaged(_foreign(path, kind))
    return 0


def _foreign(path: Path, kind: Kind) -> str:
    return f"{path} is not a {kind.name} of paperterm's; it was left as it is."


def _migrate(connection: sqlite3.Connection, path: Path, kind: Kind) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _identify(connection, path, kind)  # another copy may have been quicker
        for steps in kind.migrations[version:]:
            for step in steps:
                if callable(step):
                    step(connection)
                else:
                    connection.execute(step)
        connection.execute(f"PRAGMA application_id = {kind.application_id}")
        connection.execute(f"PRAGMA user_version = {kind.version}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has already ended it
            connection.execute("ROLLBACK")
        raise


def _open_reading(path: Path, kind: Kind, why: str) -> Database:
    """Open without a single write; a WAL file in a locked folder only opens as immutable."""
    if not path.exists():
        raise LibraryError(f"There is no {kind.name} yet, and {path.parent} can't be written to.")
    frozen = not os.access(path.parent, os.W_OK)
    connection = _connect(path, "immutable=1" if frozen else "mode=ro")
    try:
        version = _identify(connection, path, kind)
        if 0 < version < kind.version:
            raise LibraryError(
                f"{why} It was written by an older paperterm and can't be brought up to date."
            )
    except BaseException:
        connection.close()
        raise
    return Database(kind, path, connection, read_only=why, frozen=frozen)
