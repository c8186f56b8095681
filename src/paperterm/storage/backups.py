"""Copies of the file of marks, made by SQLite's own backup and kept beside it."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sqlite3
from pathlib import Path

from paperterm.storage import seals
from paperterm.storage.files import settle

_STAMP = "%Y%m%dT%H%M%S%f"
KEPT = 7
"""Daily copies kept; those made before a migration are kept besides."""


def folder_of(path: Path) -> Path:
    """Where the backups of the file at `path` are."""
    return path.parent / "backups"


def make(connection: sqlite3.Connection, folder: Path, why: str = "daily") -> Path:
    """A whole, synced copy of the open file; returns its path. Raises OSError, sqlite3.Error."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return copy_to(connection, named(folder, why))


def named(folder: Path, why: str, what: str = "marks") -> Path:
    """The path of a backup that is made now."""
    return folder / f"{what}-{_next_stamp(folder)}-{why}.db"


def copy_to(connection: sqlite3.Connection, final: Path) -> Path:
    """The same at a path of the reader's choice; what is there is replaced whole."""
    temporary = final.with_name(f"{final.name}.part")
    os.close(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600))
    try:
        with contextlib.closing(sqlite3.connect(temporary)) as copy:
            connection.backup(copy)
            if (found := copy.execute("PRAGMA quick_check(1)").fetchone()) != ("ok",):
                raise sqlite3.DatabaseError(f"the copy is damaged: {found[0]}")
        settle(temporary, final)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return final


def make_daily(
    connection: sqlite3.Connection, folder: Path, *, refresh: bool = False, beside: bool = False
) -> Path | None:
    """A copy unless there is one of today (UTC); of the daily ones the last `KEPT` stay.

    With `refresh` a new copy takes the place of today's daily one, if all in it is as it was
    sealed. Made `beside`, it is not looked at, which takes long for a large file: then today's
    last one stays as well.
    """
    today = dt.datetime.now(dt.UTC).strftime("%Y%m%d")
    todays = sorted(path for path in folder.glob("marks-*.db") if path.name[6:14] == today)
    if todays and not refresh:
        return None
    made = make(connection, folder)
    replaced = [path for path in todays if path.match("*-daily.db")]
    if replaced and not beside and not is_sound(made):
        made.unlink()  # the file has been damaged since, unnoticed so far
        return None
    gone = replaced[:-1] if beside else replaced
    left = sorted({*folder.glob("marks-*-daily.db")} - {*gone})
    for old in [*gone, *left[: -(KEPT + beside)]]:
        old.unlink(missing_ok=True)
    return made


def is_behind(path: Path) -> bool:
    """Whether the file of marks was changed since its newest backup; also when there is none."""
    kept = newest(folder_of(path))
    # SQLite's log is there, and empty, while the file is only open.
    files = [path, path.with_name(f"{path.name}-wal")]
    written = [one.stat().st_mtime_ns for one in files if one.exists() and one.stat().st_size]
    return kept is None or kept.stat().st_mtime_ns <= max(written, default=0)


def _next_stamp(folder: Path) -> str:
    """Now, but later than every backup's: a clock that was set back must not turn their order."""
    now = dt.datetime.now(dt.UTC).strftime(_STAMP)
    last = newest(folder)
    if last is None or last.name[6:27] < now:
        return now
    try:
        after = dt.datetime.strptime(last.name[6:27], _STAMP) + dt.timedelta(microseconds=1)
    except (ValueError, OverflowError):  # somebody else's name
        return now
    return after.strftime(_STAMP)


def newest(folder: Path) -> Path | None:
    """The newest backup, or None."""
    return max(folder.glob("marks-*.db"), default=None, key=lambda path: path.name)


def all_of(folder: Path, what: str = "marks") -> list[Path]:
    """Every backup, newest first."""
    return sorted(folder.glob(f"{what}-*.db"), reverse=True)


def newest_sound(folder: Path, what: str = "marks") -> Path | None:
    """The newest backup that nothing is found wrong with, or None; no file is touched."""
    return next(filter(is_sound, all_of(folder, what)), None)


def is_sound(path: Path, how: str = "immutable=1", holds: str = "sqlite_master") -> bool:
    """Whether a file of marks is whole, `holds` a table, and all that is sealed in it is as it was.

    As a backup it is not touched; `how` else it may be opened.
    """
    try:
        where = f"{path.absolute().as_uri()}?{how}"
        with contextlib.closing(sqlite3.connect(where, uri=True)) as copy:
            copy.execute(f"SELECT 1 FROM {holds} LIMIT 1")
            is_whole = copy.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
            return is_whole and not (seals.are_there(copy) and seals.prove(copy))
    except (sqlite3.Error, UnicodeDecodeError):
        return False


def day_of(backup: Path) -> str:
    """The day (UTC) a backup is of, for messages."""
    stamp = backup.name.partition("-")[2][:8]
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}"


def why_of(backup: Path) -> str:
    """Why a backup was made: ``daily``, ``asked``, ``before-restore``, ``before-migration``."""
    return backup.stem.removeprefix("marks-").partition("-")[2]


def moment_of(backup: Path) -> dt.datetime | None:
    """When (UTC) a backup was made; None for a file whose name does not tell."""
    stamp = backup.stem.removeprefix("marks-").partition("-")[0]
    try:
        return dt.datetime.strptime(stamp, "%Y%m%dT%H%M%S%f").replace(tzinfo=dt.UTC)
    except ValueError:
        return None
