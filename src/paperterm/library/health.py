"""What `doctor` knows: whether each part of the library is whole, and how to mend it."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from paperterm.errors import LibraryDamaged
from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.model.journal import Kind
from paperterm.model.query import Is, Query, State
from paperterm.model.wording import counted
from paperterm.storage import backups, rescue
from paperterm.storage.catalogue import CATALOGUE, Catalogue
from paperterm.storage.database import open_database
from paperterm.storage.feeds import FeedStore
from paperterm.storage.files import settle, sync_folder
from paperterm.storage.marks import MarkStore, is_damaged
from paperterm.storage.marks_file import MARKS
from paperterm.storage.salvage import Readable, readable


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    well: bool
    told: str
    """A sentence."""


def examine(paths: Paths) -> Iterator[Finding]:
    """Look at marks, catalogue and index, in that order; changes nothing that is there."""
    marks = is_damaged(paths.marks)
    kept = backups.all_of(backups.folder_of(paths.marks))
    copies = counted(len(kept), "backup")
    yield Finding("marks", not marks, marks or f"{paths.marks}: sound, {copies}.")
    catalogue = catalogue_damage(paths.catalogue)
    yield Finding(
        "catalogue",
        not catalogue,
        catalogue or f"{paths.catalogue}: sound, as far as SQLite can tell.",
    )
    if marks or catalogue:
        return
    with Library(paths) as library:
        shelves = library.shelves()
        papers, tags = counted(shelves.all, "paper"), counted(len(shelves.tags), "tag")
        counts = f"{papers}, {shelves.bookmarks} bookmarked, {tags}"
        if notes := len(library.find(Query(Is(State.NOTED))).ids):
            counts += f", {notes} with a note"
        yield Finding("library", not library.read_only, library.read_only or f"{counts}.")
        yield _examine_index(library)


def _examine_index(library: Library) -> Finding:
    from paperterm.search import store

    index = library.paths.index
    late = library.index_behind()
    if not index.exists():
        return Finding("index", True, "There is no search index yet; the first search builds it.")
    if late is None:
        return Finding("index", False, "The search index can't be used, or is another library's.")
    if problems := store.verify(index):
        return Finding("index", False, f"The search index is damaged: {problems[0]}")
    if late:
        return Finding(
            "index", True, f"{index}: sound; the next search takes in {counted(late, 'change')}."
        )
    return Finding("index", True, f"{index}: sound and up to date.")


def catalogue_damage(path: Path) -> str:
    """What is wrong with the catalogue, as a sentence; empty when nothing is.

    Raises `LibraryError` when it can't be looked at just now, which says nothing of damage.
    """
    try:
        database = open_database(path, CATALOGUE)
    except LibraryDamaged as error:
        return str(error)
    with contextlib.closing(database):
        problems = database.read_through()
        if not problems:
            try:
                Catalogue(database).revision  # noqa: B018
            except LibraryDamaged as error:
                return str(error)
    return f"The catalogue ({path}) is damaged: {problems[0]}" if problems else ""


def repair(paths: Paths) -> Iterator[str]:
    """Mend what can be mended; says what was done, a sentence each. Nothing is deleted."""
    if is_damaged(paths.marks):
        yield from _restore_marks(paths.marks)
    if catalogue_damage(paths.catalogue):
        yield _restore_catalogue(paths.catalogue)
    with Library(paths) as library:
        finding = _examine_index(library)
        if not finding.well:
            outcome = library.bring_up_index(anew=True)
            yield f"The search index: {outcome.value}."


def _restore_catalogue(path: Path) -> str:
    aside = set_aside(path)
    told = f"The damaged catalogue was set aside as {aside.name}."
    backup = _put_back(path, "catalogue", lambda copy: bool(catalogue_damage(copy)))
    if backup is None:
        return (
            f"{told} Marked papers come back from the marks; others, when they are imported again."
        )
    with contextlib.closing(open_database(path, CATALOGUE)) as database, database.transaction():
        Catalogue(database).become_another()
    return (
        f"{told} The papers of {backups.day_of(backup)} were restored from {backup.name}; newer "
        "ones come back from the marks, or when they are imported again."
    )


def _put_back(path: Path, what: str, is_bad: Callable[[Path], bool]) -> Path | None:
    """Put a copy of the newest good backup in the place of `path`; which one, if there is one."""
    for backup in backups.all_of(backups.folder_of(path), what):
        temporary = path.with_suffix(".restoring")
        try:
            temporary.write_bytes(backup.read_bytes())
            if is_bad(temporary):
                continue
            settle(temporary, path)
        finally:
            for companion in _companions(temporary):
                companion.unlink(missing_ok=True)
        return backup
    return None


def _restore_marks(path: Path) -> Iterator[str]:
    # Even where the file is gone, SQLite's log of it may be there, and would be played into
    # whatever takes its place.
    aside = set_aside(path) if any(one.exists() for one in _companions(path)) else None
    if aside:
        yield f"The damaged file of marks was set aside as {aside.name}."
    restored, told = _restore_backup(path)
    yield told
    if aside:
        found = rescue.rescued(aside)
        yield from _rescue_journal(path, found)
        if not found.whole:
            yield from _salvage_marks(path, readable(aside))
    # From the oldest on: what was chosen last counts.
    newer = [one for one in backups.all_of(backups.folder_of(path)) if _is_newer(one, restored)]
    if saved := _salvage_feeds(path, [*reversed(newer), *([aside] if aside else [])]):
        yield _of_feeds(saved)


def _of_feeds(count: int) -> str:
    return f"What you had chosen of {counted(count, 'feed')} was read from damaged files."


def _is_newer(backup: Path, than: Path | None) -> bool:
    return than is None or backup.name > than.name


def _restore_backup(path: Path) -> tuple[Path | None, str]:
    """The backup that was restored, if there was one, and what is to be said of it."""
    backup = _put_back(path, "marks", lambda copy: bool(is_damaged(copy)))
    if backup is not None:
        _be_another(path)
        day = backups.day_of(backup)
        return backup, f"The marks of {day} were restored from {backup.name}."
    open_database(path, MARKS).close()
    return None, "There is no sound backup of the marks; a new, empty file is begun."


def _be_another(path: Path) -> None:
    """What was done since the backup may be known elsewhere under the numbers that come next."""
    with contextlib.closing(open_database(path, MARKS)) as database, database.transaction():
        MarkStore(database).become_another()


def _rescue_journal(path: Path, found: rescue.Rescued) -> Iterator[str]:
    """Bring what was done since the backup into the restored file, as it was done."""
    with contextlib.closing(open_database(path, MARKS)) as database:
        brought = rescue.take_in(MarkStore(database), found)
    if saved := brought.papers:
        papers = counted(saved, "paper")
        yield f"Newer marks on {papers} were read from the damaged file, and the history of them."
    if chosen := brought.feeds:
        yield _of_feeds(chosen)
    if doubtful := brought.doubtful:
        actions = "1 action was" if doubtful == 1 else f"{doubtful:,} actions were"
        yield f"{actions} damaged in it and brought back as far as could be read; look at them."


def _salvage_marks(path: Path, told: Readable) -> Iterator[str]:
    """Bring marks that only a damaged file tells into the restored one."""
    store = MarkStore(open_database(path, MARKS))
    try:
        with store.database.transaction():
            saved = len(store.record(told.changes, "marks saved by repair", told.subjects))
    finally:
        store.database.close()
    if saved:
        papers = "1 paper" if saved == 1 else f"{saved} papers"
        yield f"Newer marks on {papers} were read from the damaged file; undo takes them back."


def _salvage_feeds(path: Path, damaged: list[Path]) -> int:
    """Let feeds be as damaged files tell of them, the last one last; how many are others now."""
    last = {feed.name: feed for one in damaged for feed in readable(one).feeds}
    database = open_database(path, MARKS)
    try:
        store = FeedStore(database)
        with database.transaction():
            return sum(
                bool(store.change(feed, "feeds mended", Kind.OTHER)) for feed in last.values()
            )
    finally:
        database.close()


def set_aside(path: Path) -> Path:
    """Rename a file of the library's, and SQLite's own files beside it; returns the new name."""
    moment = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%f")
    aside = path.with_name(f"{path.name}.damaged-{moment}")
    for companion in _companions(path):
        if companion.exists():
            companion.rename(aside.with_name(aside.name + companion.name[len(path.name) :]))
    sync_folder(path.parent)
    return aside


def _companions(path: Path) -> list[Path]:
    return [path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")]
