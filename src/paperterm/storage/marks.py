"""The reader's marks: small, precious, in a file of their own.

Every commit is synced to the disk before it returns (`synchronous = FULL`), so a mark that the
screen has shown survives a kill and a power cut. A mark hangs on a paper's key; what it was put
on is written down beside it, so that marks still say what they mean if the catalogue is lost.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from paperterm.errors import LibraryDamaged
from paperterm.model.ids import normal_title
from paperterm.model.marks import Change, Marks, joined_notes
from paperterm.storage import backups, changes, feeds
from paperterm.storage.database import Database, Kind, open_database
from paperterm.storage.tags import MIGRATION as TAG_TABLES

_V1 = (
    # Who is meant: enough of a paper to find it again, as JSON.
    "CREATE TABLE subject (key TEXT PRIMARY KEY, paper TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE state (
        key TEXT PRIMARY KEY,
        bookmarked INTEGER NOT NULL,
        read INTEGER NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE tag (
        key TEXT NOT NULL,
        tag TEXT NOT NULL,
        folded TEXT NOT NULL,
        PRIMARY KEY (key, tag)
    ) WITHOUT ROWID""",
    "CREATE INDEX tag_by_folded ON tag (folded, tag, key)",
    # A paper first known by its title gets a better key when its id is learnt. What the journal
    # says of `old` up to its entry `until` is said of `new`; another paper may bear `old` later.
    """CREATE TABLE renamed (
        old TEXT NOT NULL,
        until INTEGER NOT NULL,
        new TEXT NOT NULL,
        PRIMARY KEY (old, until)
    ) WITHOUT ROWID""",
    """CREATE TABLE journal (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        label TEXT NOT NULL,
        changes TEXT NOT NULL,
        takes_back INTEGER REFERENCES journal (id)
    )""",
    "CREATE UNIQUE INDEX journal_by_takes_back ON journal (takes_back)"
    " WHERE takes_back IS NOT NULL",
)

_V2 = (
    """CREATE TABLE note (
        key TEXT NOT NULL UNIQUE,
        text TEXT NOT NULL,
        folded TEXT NOT NULL,
        changed TEXT NOT NULL
    )""",
)

_V3 = feeds.MIGRATION
_V4 = TAG_TABLES

_V5 = (
    "ALTER TABLE state ADD COLUMN archived INTEGER NOT NULL DEFAULT 0",
    # An ISO date: the day on which a paper that was put off is back.
    "ALTER TABLE state ADD COLUMN later TEXT",
    "ALTER TABLE state ADD COLUMN removed INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX state_by_removed ON state (key) WHERE removed = 1",
    # The tags of a paper that is taken out, or comes back, count another way.
    """CREATE TRIGGER state_removed AFTER INSERT ON state WHEN NEW.removed = 1 BEGIN
        UPDATE tag_version SET version = version + 1;
    END""",
    """CREATE TRIGGER state_brought_back BEFORE INSERT ON state
        WHEN EXISTS (SELECT 1 FROM state WHERE key = NEW.key AND removed = 1) BEGIN
        UPDATE tag_version SET version = version + 1;
    END""",
)

MARKS = Kind("file of marks", 0x70744D6B, (_V1, _V2, _V3, _V4, _V5), "FULL")


MARKED = "(bookmarked OR read OR archived OR removed OR later IS NOT NULL)"
"""What is true of a row of `state` that says anything."""
_State = Sequence[Any]
_NO_STATE: _State = (0, 0, 0, None, 0)
"""A row of `state` without its key: bookmarked, read, archived, later, removed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One action in the journal: its number, what it was, and the changes it made."""

    id: int
    label: str
    changes: tuple[Change, ...]


def open_marks(path: Path) -> MarkStore:
    """Open or create the file of marks, checking it first and backing it up when due.

    Raises `LibraryDamaged` when the check finds something, or when the file is gone or empty
    although there are backups of it: then nothing is created over it.
    """
    folder = backups.folder_of(path)
    size = path.stat().st_size if path.exists() else 0
    if not size and (kept := backups.newest(folder)):
        raise LibraryDamaged(
            f"The file of marks ({path}) is {'empty' if path.exists() else 'gone'}, but there is "
            f"a backup of {backups.day_of(kept)}; `paperterm doctor --repair` puts it back."
        )
    database = open_database(path, MARKS, before_migration=lambda c: _keep(c, folder))
    if problems := database.check():
        database.close()
        raise LibraryDamaged(
            f"The file of marks ({path}) is damaged ({problems[0]}). It was left as it is; "
            "`paperterm doctor --repair` sets it aside and restores the newest backup."
        )
    return MarkStore(database)


def _keep(connection: sqlite3.Connection, folder: Path) -> None:
    backups.make(connection, folder, "before-migration")


class MarkStore:
    """Marks by key, and the journal of how they came to be."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._connection = database.connection

    def of(self, keys: Sequence[str]) -> dict[str, Marks]:
        """The marks on each of `keys` that has any."""
        states: dict[str, _State] = {}
        tags: dict[str, list[str]] = {}
        notes: dict[str, str] = {}
        for start in range(0, len(keys), 500):
            chunk = tuple(keys[start : start + 500])
            places = ",".join("?" * len(chunk))
            for key, *state in self._connection.execute(
                "SELECT key, bookmarked, read, archived, later, removed FROM state"
                f" WHERE key IN ({places})",
                chunk,
            ):
                states[key] = state
            for key, tag in self._connection.execute(
                f"SELECT key, tag FROM tag WHERE key IN ({places})",
                chunk,
            ):
                tags.setdefault(key, []).append(tag)
            notes.update(
                self._connection.execute(
                    f"SELECT key, text FROM note WHERE key IN ({places})",
                    chunk,
                )
            )
        found = {
            key: _held(states.get(key, _NO_STATE), tags.get(key, ()), notes.get(key, ""))
            for key in {*states, *tags, *notes}
        }
        return {key: marks for key, marks in found.items() if marks}

    def keys(self) -> list[str]:
        """The keys of every marked paper, in order."""
        return [
            row[0]
            for row in self._connection.execute(
                f"SELECT key FROM state WHERE {MARKED}"
                " UNION SELECT key FROM tag UNION SELECT key FROM note ORDER BY key"
            )
        ]

    def subject(self, key: str) -> str:
        """What was written down of the paper `key` when it was marked (JSON), or empty."""
        row = self._connection.execute("SELECT paper FROM subject WHERE key = ?", (key,)).fetchone()
        return row[0] if row else ""

    def without_subject(self, keys: Sequence[str]) -> set[str]:
        """Those of `keys` of which nothing is written down."""
        known: set[str] = set()
        for start in range(0, len(keys), 500):
            chunk = tuple(keys[start : start + 500])
            places = ",".join("?" * len(chunk))
            found = self._connection.execute(
                f"SELECT key FROM subject WHERE key IN ({places})", chunk
            )
            known.update(row[0] for row in found)
        return set(keys) - known

    # Each of these belongs inside `database.transaction()`.

    def record(
        self,
        asked: Iterable[Change],
        label: str,
        subjects: dict[str, str],
        takes_back: int | None = None,
    ) -> tuple[Change, ...]:
        """Carry out what of `asked` makes a difference, as one entry of the journal.

        `subjects` tells for each key what paper it is (JSON). Returns the effective changes;
        when there are none, the journal stays as it is unless an entry is being taken back.
        """
        asked = list(asked)
        held = self.of([change.key for change in asked])
        effective: list[Change] = []
        for change in asked:
            before = held.get(change.key, Marks())
            if real := change.upon(before):
                held[change.key] = real.apply(before)
                self._write(real, held[change.key])
                effective.append(real)
        if effective or takes_back is not None:
            self._connection.executemany(
                "INSERT OR REPLACE INTO subject VALUES (?, ?)",
                [(c.key, subjects[c.key]) for c in effective if c.key in subjects],
            )
            self._connection.execute(
                "INSERT INTO journal (at, label, changes, takes_back) VALUES (?, ?, ?, ?)",
                (
                    _now(),
                    label,
                    changes.written(effective),
                    takes_back,
                ),
            )
        return tuple(effective)

    def _write(self, change: Change, after: Marks) -> None:
        flags = (change.bookmarked, change.read, change.archived, change.later, change.removed)
        if any(flag is not None for flag in flags):
            day = after.later.isoformat() if after.later else None
            self._connection.execute(
                "INSERT OR REPLACE INTO state (key, bookmarked, read, archived, later, removed)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (change.key, after.bookmarked, after.read, after.archived, day, after.removed),
            )
        for tag in change.add:
            self._connection.execute(
                "INSERT OR IGNORE INTO tag VALUES (?, ?, ?)", (change.key, tag, tag.casefold())
            )
        for tag in change.remove:
            self._connection.execute("DELETE FROM tag WHERE key = ? AND tag = ?", (change.key, tag))
        if change.note is not None:
            self._connection.execute("DELETE FROM note WHERE key = ?", (change.key,))
        if change.note:
            self._connection.execute(
                "INSERT INTO note VALUES (?, ?, ?, ?)",
                (change.key, change.note, normal_title(change.note), _now()),
            )

    def last_entry(self) -> Entry | None:
        """The newest action that has not been taken back, or None."""
        row = self._connection.execute(
            "SELECT id, label, changes FROM journal WHERE takes_back IS NULL AND id NOT IN"
            " (SELECT takes_back FROM journal WHERE takes_back IS NOT NULL)"
            " ORDER BY id DESC LIMIT 1"
        ).fetchone()
        if row is None:
            return None
        made = tuple(self._today(change, row[0]) for change in changes.read_back(row[2]))
        return Entry(row[0], row[1], made)

    def rename(self, old: str, new: str, subject: str = "") -> None:
        """Hang what hangs on `old` on `new`, beside what is there.

        `subject` tells what paper `new` is (JSON). Nothing is written down of papers that were
        never marked.
        """
        held = self.of([old, new])
        if old not in held and not self.subject(old):
            return
        ours, theirs = held.get(old, Marks()), held.get(new, Marks())
        both = Marks(
            ours.bookmarked or theirs.bookmarked,
            ours.read or theirs.read,
            tuple(sorted({*ours.tags, *theirs.tags})),
            joined_notes(theirs.note, ours.note),
            ours.archived or theirs.archived,
            max(filter(None, (ours.later, theirs.later)), default=None),
            ours.removed and theirs.removed,
        )
        asked = Change(new, both.bookmarked, add=both.tags, note=both.note or None)
        self._write(asked, both)
        self._connection.execute(
            "INSERT OR IGNORE INTO subject SELECT ?, paper FROM subject WHERE key = ?", (new, old)
        )
        if subject:
            self._connection.execute("UPDATE subject SET paper = ? WHERE key = ?", (subject, new))
        for table in ("state", "tag", "note", "subject"):
            self._connection.execute(f"DELETE FROM {table} WHERE key = ?", (old,))
        self._connection.execute("UPDATE renamed SET new = ? WHERE new = ?", (new, old))
        self._connection.execute(
            "INSERT OR IGNORE INTO renamed SELECT ?, coalesce(max(id), 0), ? FROM journal",
            (old, new),
        )

    def _today(self, change: Change, entry: int) -> Change:
        """A change of an entry of the journal, with the name its paper has by now."""
        row = self._connection.execute(
            "SELECT new FROM renamed WHERE old = ? AND until >= ? ORDER BY until LIMIT 1",
            (change.key, entry),
        ).fetchone()
        return replace(change, key=row[0]) if row else change


def _held(state: _State, tags: Iterable[str], note: str) -> Marks:
    bookmarked, read, archived, later, removed = state
    return Marks(
        bool(bookmarked),
        bool(read),
        tuple(sorted(tags)),
        note,
        bool(archived),
        dt.date.fromisoformat(later) if later else None,
        bool(removed),
    )


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")


def is_damaged(path: Path) -> str:
    """What is wrong with the file of marks, as a sentence; empty when nothing is."""
    try:
        store = open_marks(path)
    except (LibraryDamaged, sqlite3.Error, UnicodeDecodeError) as error:
        return str(error)
    problems = store.database.read_through()
    store.database.close()
    return f"The file of marks ({path}) is damaged ({problems[0]})." if problems else ""
