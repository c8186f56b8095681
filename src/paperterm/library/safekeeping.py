"""Backups that the reader asks for: made, listed, and put back."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from paperterm.errors import LibraryError, PapertermError, UsageError
from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.model.text import shown
from paperterm.storage import backups, restoring
from paperterm.storage.catalogue import open_catalogue
from paperterm.storage.database import Database, translated
from paperterm.storage.marks import open_marks
from paperterm.storage.marks_file import MARKS
from paperterm.storage.restoring import Comparison


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup of the marks."""

    path: Path
    at: dt.datetime | None
    """When it was made, in UTC."""
    why: str
    counts: tuple[tuple[str, int], ...] | None
    """How many bookmarks, tags and notes are in it; None when it can't be read."""


def back_up(paths: Paths, to: Path | None, *, everything: bool) -> list[Path]:
    """Make a backup of the marks now, and of the catalogue when `everything` is wanted.

    They go into the folder of backups, or `to` a file that is not there yet; the catalogue then
    stands beside it. Raises `PapertermError` when one can't be made; then nothing is left of it.
    """
    folder = backups.folder_of(paths.marks)
    marks = to or backups.named(folder, "asked")
    catalogue = (
        to.with_name(f"{to.stem}.catalogue{to.suffix}")
        if to
        else backups.named(folder, "asked", "catalogue")
    )
    wanted = [marks, catalogue] if everything else [marks]
    for path in wanted:
        if path.exists() or path.is_symlink():
            raise UsageError(f"{shown(str(path))} is there already; a backup replaces nothing.")
    with _written(marks.parent):
        if to is None:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        store = open_marks(paths.marks)
        with contextlib.closing(store.database):
            backups.copy_to(store.database.connection, marks)
        if everything:
            papers = open_catalogue(paths.catalogue)
            with contextlib.closing(papers.database):
                backups.copy_to(papers.database.connection, catalogue)
    return wanted


def all_backups(paths: Paths) -> Iterator[Backup]:
    """The backups there are, newest first."""
    for path in backups.all_of(backups.folder_of(paths.marks)):
        yield Backup(path, backups.moment_of(path), backups.why_of(path), _counts(path))


def _counts(path: Path) -> tuple[tuple[str, int], ...] | None:
    asked = {
        "bookmark": "SELECT count(*) FROM state WHERE bookmarked",
        "tag": "SELECT count(DISTINCT tag) FROM tag",
        "note": "SELECT count(*) FROM note",
    }
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
            return tuple(
                (kind, connection.execute(sql).fetchone()[0]) for kind, sql in asked.items()
            )
    except sqlite3.Error:
        return None


class Restoring:
    """The marks, about to be put back as a backup has them. Use it with `restoring`."""

    def __init__(self, paths: Paths, database: Database, backup: Path) -> None:
        self.backup = backup
        self.comparison: Comparison = restoring.compare(database)
        """What would change."""
        self._paths = paths
        self._database = database

    def carry_out(self) -> Path:
        """Do it; returns the backup of what was there. On `PapertermError` nothing was changed."""
        folder = backups.folder_of(self._paths.marks)
        with _written(folder):
            made = restoring.take_over(self._database, folder)
        with contextlib.suppress(OSError, sqlite3.Error):
            # The newest backup is of what there is now, whatever becomes of the file.
            backups.make_daily(self._database.connection, folder, refresh=True)
        return made


@contextlib.contextmanager
def restoring_from(paths: Paths, name: str | None, *, undo: bool = False) -> Iterator[Restoring]:
    """Look at a backup beside the marks: a file, a name that `all_backups` tells, or a day.

    Without a name it is the newest that is not as the marks are now; with `undo` the newest that
    was made before a restoring. Raises `UsageError` when there is none, `LibraryError` when it or
    the marks can't be used.
    """
    store = open_marks(paths.marks)
    with contextlib.closing(store.database), translated(MARKS.name, paths.marks):
        backup = _chosen(paths, store.database, name, undo=undo)
        with restoring.attached(store.database, backup):
            yield Restoring(paths, store.database, backup)


def reunite(paths: Paths) -> None:
    """Bring restored marks and papers together: some may have learnt their ids meanwhile."""
    Library(paths).close()


def _chosen(paths: Paths, database: Database, name: str | None, *, undo: bool) -> Path:
    kept = backups.all_of(backups.folder_of(paths.marks))
    if name is not None:
        return _named(kept, name)

    def is_wanted(path: Path) -> bool:
        return not undo or backups.why_of(path) == "before-restore"

    if found := restoring.until_different(database, kept, is_wanted):
        return found
    if undo:
        raise UsageError("Nothing was restored that could be undone.")
    raise UsageError("There is no backup that differs from the marks as they are.")


def _named(kept: list[Path], name: str) -> Path:
    day = name.replace("-", "")
    for path in kept:
        if name in (path.name, path.stem) or (len(day) == 8 and path.name[6:14] == day):
            return path
    path = Path(name)
    if path.is_file():
        return path
    raise UsageError(f"There is no backup {shown(name)}; `paperterm backup --list` tells them.")


@contextlib.contextmanager
def _written(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PapertermError(
            f"The backup can't be written to {shown(str(folder))} ({error.strerror}); "
            "nothing was changed."
        ) from error
    except sqlite3.Error as error:
        raise LibraryError(f"The backup could not be made ({error}); nothing was changed.") from (
            error
        )
