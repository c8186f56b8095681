"""The journal of an older file of marks, made one of entries and ops.

There an entry held its changes as JSON, and a rename rewrote what it touched. Here each change
becomes ops under the name its paper had come to bear; where the marks that were there differ from
what the ops come to (as after two notes had met), an entry of its own says so.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from paperterm.model.journal import FLAGS, NOTE, Kind, Op, Write, ops_between
from paperterm.model.marks import Change, Marks
from paperterm.storage import registers
from paperterm.storage.changes import read_back
from paperterm.storage.machines import machine_name

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def to_journal(connection: sqlite3.Connection) -> None:
    """Fill the tables of the journal; the tables of marks stay as they are."""
    _Brought(connection).bring()


class _Brought:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._machine = ""
        self._names = _names(connection)
        self._stamps: dict[int, str] = {}
        self._held: dict[str, Marks] = {}
        """The marks on each key after the last entry."""
        self._standing: dict[tuple[str, str], Write] = {}
        """What stands in each register after the last entry."""
        self._befores: dict[tuple[str, str, str], str] = {}
        """What stood in a register before each entry wrote there."""
        self._ticks = 0

    def bring(self) -> None:
        """Entry for entry, then what no entry tells."""
        rows = self._connection.execute(
            "SELECT id, at, label, changes, takes_back FROM journal ORDER BY id"
        ).fetchall()
        at = _EPOCH.isoformat()
        self._machine = _be_machine(self._connection, rows)
        for number, at, label, changes, takes_back in rows:
            made = [(self._today(one.key, number), one) for one in read_back(changes)]
            target = self._stamps.get(takes_back, "")
            kind = Kind.UNDO if target else Kind.OTHER if takes_back else Kind.DO
            self._stamps[number] = self._write(at, label, kind, target, self._ops(made))
        marks = _marks(self._connection)
        for table in ("state", "tag", "note"):
            self._connection.execute(f"DELETE FROM {table}")
        keys = {row[0] for row in self._connection.execute("SELECT key FROM op")}
        registers.work_out(self._connection, keys)
        told = _marks(self._connection)
        ops = [
            op
            for key in sorted({*marks, *told})
            for op in ops_between(key, told.get(key, Marks()), marks.get(key, Marks()))
        ]
        if ops:
            self._write(at, "marks of an older file", Kind.OTHER, "", ops)
            registers.work_out(self._connection, keys | {op.key for op in ops})

    def _ops(self, changes: Sequence[tuple[str, Change]]) -> Iterator[Op]:
        before = {key: self._held.get(key, Marks()) for key, _ in changes}
        for key, change in changes:
            self._held[key] = change.apply(self._held.get(key, Marks()))
        for key, marks in before.items():
            yield from ops_between(key, marks, self._held[key])

    def _today(self, key: str, entry: int) -> str:
        names = self._names.get(key, ())
        return next((new for until, new in names if until >= entry), key)

    def _write(self, at: str, label: str, kind: Kind, target: str, ops: Iterable[Op]) -> str:
        self._ticks = max(self._ticks + 1, _micros(at))
        stamp = f"{self._ticks:016d}-{self._machine}"
        replaced = [self._rooted(op, stamp, target) for op in ops]
        papers = len({op.key for op in replaced})
        number = self._connection.execute(
            "INSERT INTO entry (stamp, machine, seq, at, label, kind, target, papers)"
            " SELECT ?, ?, 1 + count(*), ?, ?, ?, ?, ? FROM entry RETURNING number",
            (stamp, self._machine, at, label, kind.value, target, papers),
        ).fetchone()[0]
        self._connection.execute("UPDATE entry SET turned = ? WHERE stamp = ?", (stamp, target))
        registers.insert(self._connection, number, replaced)
        return stamp

    def _rooted(self, op: Op, stamp: str, target: str) -> Op:
        """A write with what it takes the place of; `target` is the entry that it takes back."""
        place = op.key, op.field
        before = self._standing.get(place)
        versions = (before.version,) if before and op.field == NOTE else ()
        stands = self._befores.get((target, *place))
        op = replace(op, replaces=versions, stands=stands, before=before.stands if before else "")
        self._befores[stamp, *place] = op.before
        self._standing[place] = Write(stamp, op)
        return op


def _be_machine(connection: sqlite3.Connection, rows: Sequence[tuple[object, ...]]) -> str:
    """A machine for this history and no other: copies of one file bring the same along."""
    machine = hashlib.blake2b(repr(rows).encode(), digest_size=6).hexdigest()
    connection.execute(
        "INSERT INTO machine (id, name, own) VALUES (?, ?, 1)", (machine, machine_name())
    )
    return machine


def _names(connection: sqlite3.Connection) -> dict[str, list[tuple[int, str]]]:
    """For each key given up: up to which entry it was another's, and that one's key."""
    names: dict[str, list[tuple[int, str]]] = {}
    for old, until, new in connection.execute(
        "SELECT old, until, new FROM renamed ORDER BY old, until"
    ):
        names.setdefault(old, []).append((until, new))
    return names


def _micros(at: str) -> int:
    try:
        moment = dt.datetime.fromisoformat(at)
    except ValueError:
        return 0
    return max(0, (moment - _EPOCH) // dt.timedelta(microseconds=1)) if moment.tzinfo else 0


def _marks(connection: sqlite3.Connection) -> dict[str, Marks]:
    """All the marks there are, as the tables of marks tell them."""
    found: dict[str, Marks] = {}
    for key, bookmarked, read, archived, removed, later in connection.execute(
        f"SELECT key, {', '.join(FLAGS)}, later FROM state"
    ):
        found[key] = Marks(
            bool(bookmarked),
            bool(read),
            archived=bool(archived),
            later=dt.date.fromisoformat(later) if later else None,
            removed=bool(removed),
        )
    for key, tag in connection.execute("SELECT key, tag FROM tag ORDER BY key, tag"):
        marks = found.get(key, Marks())
        found[key] = replace(marks, tags=tuple(sorted((*marks.tags, tag))))
    for key, note in connection.execute("SELECT key, text FROM note"):
        found[key] = replace(found.get(key, Marks()), note=note)
    return found
