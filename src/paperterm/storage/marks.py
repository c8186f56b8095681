"""The reader's marks: small, precious, in a file of their own.

Every commit is synced to the disk before it returns (`synchronous = FULL`), so a mark that the
screen has shown survives a kill and a power cut. A mark hangs on a paper's key; what it was put
on is written down beside it, so that marks still say what they mean if the catalogue is lost.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from paperterm.errors import LibraryDamaged
from paperterm.model.journal import (
    EDITED,
    FEED,
    IMPORT,
    NO,
    YES,
    Entry,
    Kind,
    Op,
    is_of_paper,
    ops_between,
)
from paperterm.model.marks import Change, Marks
from paperterm.storage import backups, home, registers, seals
from paperterm.storage.database import Database, open_database, translated
from paperterm.storage.exchange import Exchange
from paperterm.storage.files import has_log
from paperterm.storage.journal import Journal, Target
from paperterm.storage.machines import become_another, become_machine
from paperterm.storage.marks_file import MARKS

MARKED = "(bookmarked OR read OR archived OR removed OR later IS NOT NULL)"
"""What is true of a row of `state` that says anything."""
_NONE = Marks()
_State = Sequence[Any]
_NO_STATE: _State = (0, 0, 0, None, 0)
"""A row of `state` without its key: bookmarked, read, archived, later, removed."""


@dataclass(frozen=True, slots=True)
class Turned:
    """What came of taking an action back, or of bringing it back."""

    label: str
    """The action's."""
    keys: tuple[str, ...]
    """The papers whose marks changed."""
    left: int
    """On how many papers something was left alone, since it was changed again later."""
    feeds: bool = False
    """Whether feeds are others now."""


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
    if not size and has_log(path):
        raise LibraryDamaged(
            f"The file of marks ({path}) is {'empty' if path.exists() else 'gone'}, but the log of "
            "its last changes is there; `paperterm doctor --repair` saves what it tells."
        )
    database = open_database(path, MARKS, before_migration=lambda c: _keep(c, folder))
    if problems := database.check():
        database.close()
        raise LibraryDamaged(
            f"The file of marks ({path}) is damaged ({problems[0]}). It was left as it is; "
            "`paperterm doctor --repair` sets it aside and restores the newest backup."
        )
    try:
        with translated(MARKS.name, path):
            seals.look(database)
    except BaseException:
        database.close()
        raise
    return MarkStore(database)


def _keep(connection: sqlite3.Connection, folder: Path) -> None:
    backups.make(connection, folder, "before-migration")


class MarkStore:
    """Marks by key, and the journal of how they came to be."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._connection = database.connection
        self.journal = Journal(database.connection)
        self.exchange = Exchange(database.connection)

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
                " UNION SELECT key FROM tag UNION SELECT key FROM note UNION SELECT key FROM edit"
                " ORDER BY key"
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
        kind: Kind = Kind.DO,
        target: str = "",
    ) -> tuple[Change, ...]:
        """Carry out what of `asked` makes a difference, as one entry of the journal.

        `subjects` tells for each key what paper it is (JSON). Returns the effective changes;
        when there are none, the journal stays as it is.
        """
        asked = list(asked)
        before = self.of([change.key for change in asked])
        after = dict(before)
        effective: list[Change] = []
        for change in asked:
            held = after.get(change.key, _NONE)
            if real := change.upon(held):
                after[change.key] = real.apply(held)
                effective.append(real)
        if not effective:
            return ()
        ops = self.journal.rooted(
            [
                op
                for key, marks in after.items()
                for op in ops_between(key, before.get(key, _NONE), marks)
            ]
        )
        keys = dict.fromkeys(change.key for change in effective)
        number = self.journal.begin(kind, label, target=target, papers=len(keys))
        self.journal.write(number, ops)
        self._connection.executemany(
            "INSERT OR REPLACE INTO subject VALUES (?, ?)",
            [(key, subjects[key]) for key in keys if key in subjects],
        )
        return tuple(effective)

    def record_edit(self, key: str, text: str, label: str, subject: str) -> bool:
        """Let an edit stand over a paper, as one entry; whether that changes anything.

        `subject` tells what paper it is (JSON).
        """
        row = self._connection.execute("SELECT fields FROM edit WHERE key = ?", (key,)).fetchone()
        before = row[0] if row else ""
        if text == before:
            return False
        ops = self.journal.rooted([Op(key, EDITED, text, before)])
        self.journal.write(self.journal.begin(Kind.DO, label, papers=1), ops)
        self._connection.execute("INSERT OR REPLACE INTO subject VALUES (?, ?)", (key, subject))
        return True

    def record_import(self, name: str, kind: Kind, label: str, papers: int) -> None:
        """Write down that so many papers came in new, with the import of this name."""
        ops = self.journal.rooted([Op(IMPORT + name, "removed", NO, YES)])
        self.journal.write(self.journal.begin(kind, label, papers=papers), ops)

    def undo(self, number: int | None = None) -> Turned | None:
        """Take back this library's last action, or the entry of this number; None without one.

        Only what that action did is taken back: where a later hand changed the same mark again,
        that is left alone.
        """
        return self._turn(self.journal.to_undo(number), Kind.UNDO)

    def redo(self) -> Turned | None:
        """Bring back what was taken back last, in the same way; None when there is nothing."""
        return self._turn(self.journal.to_redo(), Kind.REDO)

    def _turn(self, target: Target | None, kind: Kind) -> Turned | None:
        if target is None:
            return None
        keys, left = self.journal.turn(target, kind)
        papers = tuple(filter(is_of_paper, keys))
        feeds = any(key.startswith(FEED) for key in keys)
        return Turned(target.label, papers, left, feeds)

    def rename(self, pairs: Sequence[tuple[str, str]], subjects: dict[str, str]) -> None:
        """Let what hangs on the first key of each pair hang on the second, beside what is there.

        `subjects` tells what papers the new keys are (JSON). Nothing is written down of papers
        that were never marked.
        """
        told = [(old, new) for old, new in pairs if old != new and self._has_said(old)]
        if not told:
            return
        self.journal.rename(told)
        self._work_out({key for pair in told for key in pair})
        for old, new in told:
            self._move_subject(old, new)
        self._connection.executemany(
            "UPDATE subject SET paper = ? WHERE key = ?",
            [(subjects[new], new) for _, new in told if new in subjects],
        )

    def _has_said(self, key: str) -> bool:
        row = self._connection.execute(
            "SELECT 1 FROM register WHERE key = ?1 UNION ALL"
            " SELECT 1 FROM subject WHERE key = ?1 LIMIT 1",
            (key,),
        ).fetchone()
        return row is not None

    def _move_subject(self, old: str, new: str) -> None:
        self._connection.execute(
            "INSERT OR IGNORE INTO subject SELECT ?, paper FROM subject WHERE key = ?", (new, old)
        )
        self._connection.execute(
            "DELETE FROM subject WHERE key = ?1"
            " AND NOT EXISTS (SELECT 1 FROM register WHERE key = ?1)",
            (old,),
        )

    def apply(self, entries: Iterable[Entry]) -> set[str]:
        """Take over entries of other machines, as `exchange.entries` gives them there.

        The marks afterwards are the same whatever order entries come in, and however often.
        Returns the keys whose marks may have changed. Raises `UsageError` for entries that no
        machine can have made; then the transaction is to be given up.
        """
        new = self.exchange.take_in(entries)
        keys = self._work_out({op.key for entry in new for op in entry.ops} | _renamed(new))
        renames = registers.renames_of(self._connection, keys)
        told = [
            (renames.now(key, entry.stamp), paper) for entry in new for key, paper in entry.subjects
        ]
        self._connection.executemany("INSERT OR IGNORE INTO subject VALUES (?, ?)", told)
        for entry in new:
            for op in entry.ops if entry.kind is Kind.RENAME else ():
                self._move_subject(op.key, op.value)
        self._fill_subjects(keys)
        return keys

    def _fill_subjects(self, keys: Collection[str]) -> None:
        """Where nothing is written down of a paper that was renamed, its other names tell."""
        for key in self.without_subject(sorted(keys)):
            if self._has_said(key):
                names = sorted(registers.related(self._connection, {key}))
                if paper := next(filter(None, map(self.subject, names)), ""):
                    self._connection.execute("INSERT INTO subject VALUES (?, ?)", (key, paper))

    def _work_out(self, keys: Collection[str]) -> set[str]:
        concerned = registers.related(self._connection, keys)
        registers.work_out(self._connection, concerned)
        return concerned

    def become_another(self) -> None:
        """Be another machine from now on: for a copy of this file that another one may have."""
        become_machine(self._connection)

    def come_home(self) -> None:
        """Be another machine from now on, if this file is a copy that was carried here."""
        if not self.database.read_only and not home.is_here(self._connection):
            with self.database.transaction():
                become_another(self._connection)
                home.settle(self._connection)


def _renamed(entries: Iterable[Entry]) -> set[str]:
    return {op.value for entry in entries if entry.kind is Kind.RENAME for op in entry.ops}


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


def is_damaged(path: Path) -> str:
    """What is wrong with the file of marks, as a sentence; empty when nothing is."""
    try:
        store = open_marks(path)
    except (LibraryDamaged, sqlite3.Error, UnicodeDecodeError) as error:
        return str(error)
    with contextlib.closing(store.database):
        if problems := store.database.read_through():
            return f"The file of marks ({path}) is damaged ({problems[0]})."
        try:
            after: int | None = 0
            while after is not None:
                after = seals.look_on(store.database, after)
        except LibraryDamaged as error:
            return str(error)
    return ""
