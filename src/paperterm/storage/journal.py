"""The journal in the file of marks: what was done, by which machine, and what was taken back."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from paperterm.model.journal import (
    ACTIONS,
    NOTE,
    RENAMED,
    TURNS,
    Kind,
    Op,
    Write,
    is_of_paper,
    name_of,
)
from paperterm.model.stamps import next_stamp
from paperterm.model.whole import Machine
from paperterm.storage import registers
from paperterm.storage.machines import is_own, own_machines

TABLES = (
    # Machines that this library's entries came from; those that were, or are, this one are its own.
    """CREATE TABLE machine (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        own INTEGER NOT NULL DEFAULT 0
    )""",
    # `turned` is the stamp of the last entry that took this one back, or brought it back.
    """CREATE TABLE entry (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        stamp TEXT NOT NULL UNIQUE,
        machine TEXT NOT NULL REFERENCES machine (id),
        seq INTEGER NOT NULL,
        at TEXT NOT NULL,
        label TEXT NOT NULL,
        kind TEXT NOT NULL,
        target TEXT NOT NULL,
        papers INTEGER NOT NULL,
        turned TEXT,
        UNIQUE (machine, seq)
    )""",
    "CREATE INDEX entry_by_target ON entry (target, stamp) WHERE target <> ''",
    """CREATE TABLE op (
        entry INTEGER NOT NULL REFERENCES entry (number),
        key TEXT NOT NULL,
        field TEXT NOT NULL,
        value TEXT NOT NULL,
        former TEXT NOT NULL,
        replaces TEXT NOT NULL,
        stands TEXT,
        before TEXT NOT NULL,
        PRIMARY KEY (entry, key, field)
    ) WITHOUT ROWID""",
    "CREATE INDEX op_by_key ON op (key)",
    "CREATE INDEX op_by_new_name ON op (value) WHERE field = 'renamed'",
    # Imports that are taken back, by their names: derived, as the marks of papers are.
    "CREATE TABLE import_gone (name TEXT PRIMARY KEY) WITHOUT ROWID",
    # Which write stands in each register (of a note, which versions do): by the key of today, and
    # by the key it was written under.
    """CREATE TABLE register (
        key TEXT NOT NULL,
        field TEXT NOT NULL,
        entry INTEGER NOT NULL,
        origin TEXT NOT NULL,
        PRIMARY KEY (key, field, entry, origin)
    ) WITHOUT ROWID""",
)

_LISTED = (*ACTIONS, Kind.ARRIVAL)
"""What a reader sees of the journal; the rest shows in how these stand."""


def among(kinds: Iterable[Kind]) -> str:
    """`kinds` as SQL has a set."""
    return f"({','.join(repr(kind.value) for kind in kinds)})"


@dataclass(frozen=True, slots=True)
class Told:
    """An entry, for people."""

    number: int
    at: str
    """When it was, an ISO time with zone."""
    label: str
    machine: str
    """Its name."""
    own: bool
    """Whether it was done in this library."""
    papers: int
    undone: bool
    """Whether it is taken back."""
    action: bool
    """Whether it is one of the reader's own here, so that its turn to be taken back comes."""
    key: str = ""
    """Of the only paper that it was on."""
    title: str = ""
    """That paper's, for whoever has looked it up."""


@dataclass(frozen=True, slots=True)
class Target:
    """An entry that is to be taken back or brought back."""

    stamp: str
    label: str
    entries: tuple[tuple[int, str], ...]
    """The number and the stamp of it, and of its parts, which are turned with it."""


def now() -> str:
    """This moment, as entries have it."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")


def _turned(op: Op, key: str, held: Write, name: str, kind: Kind) -> Op:
    """What takes back or brings back `op`, which goes by `name`, in place of what is `held`."""
    versions = (held.version,) if op.field == NOTE else ()
    if kind is Kind.UNDO:
        return Op(key, op.field, op.former, op.value, versions, stands=op.before, before=name)
    return Op(key, op.field, op.value, op.former, versions, stands=name, before=op.before)


class Journal:
    """Entries and their ops. All that writes belongs inside a transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Of the file of marks."""
        self._connection = connection

    def machine(self) -> str:
        """The id of this machine."""
        row = self._connection.execute(
            "SELECT id FROM machine WHERE own ORDER BY rowid DESC LIMIT 1"
        ).fetchone()
        return str(row[0])

    def own_machines(self) -> list[Machine]:
        """The machines that have made this library's own entries."""
        return own_machines(self._connection)

    def last(self) -> int:
        """The number of the newest entry; 0 when there is none."""
        row = self._connection.execute("SELECT coalesce(max(number), 0) FROM entry").fetchone()
        return int(row[0])

    # Writing

    def begin(self, kind: Kind, label: str, *, target: str = "", papers: int = 0) -> int:
        """A new entry of this machine's, the newest of all; returns its number."""
        machine = self.machine()
        last = self._connection.execute("SELECT max(stamp) FROM entry").fetchone()[0]
        new = next_stamp(machine, last or "")
        row = self._connection.execute(
            "INSERT INTO entry (stamp, machine, seq, at, label, kind, target, papers)"
            " SELECT ?1, ?2, 1 + coalesce(max(seq), 0), ?3, ?4, ?5, ?6, ?7"
            " FROM entry WHERE machine = ?2 RETURNING number",
            (new, machine, now(), label, kind.value, target, papers),
        ).fetchone()
        if kind in TURNS:
            self._connection.execute("UPDATE entry SET turned = ? WHERE stamp = ?", (new, target))
        return int(row[0])

    def write(self, number: int, ops: Sequence[Op]) -> None:
        """Give the newest entry, which `begin` began, its ops."""
        registers.insert(self._connection, number, ops)
        registers.put(self._connection, number, ops)

    def rooted(self, ops: Sequence[Op]) -> list[Op]:
        """New writes, each with what it takes the place of."""
        held = registers.standing(self._connection, {op.key for op in ops})
        rooted: list[Op] = []
        for op in ops:
            writes = held.get((op.key, op.field), ())
            versions = tuple(write.version for write in writes) if op.field == NOTE else ()
            names = dict.fromkeys(write.stands for write in writes)
            before = "\n".join(filter(None, names))
            if versions or before:
                op = replace(op, replaces=versions, before=before)
            rooted.append(op)
        return rooted

    def rename(self, pairs: Iterable[tuple[str, str]]) -> None:
        """From now on, what was said of each old key is said of the new one."""
        ops = [Op(old, RENAMED, new) for old, new in pairs]
        number = self.begin(Kind.RENAME, "learnt better ids", papers=len(ops))
        registers.insert(self._connection, number, ops)

    # Taking back

    def to_undo(self, number: int | None = None) -> Target | None:
        """This library's last action that is not taken back, or its entry of this number."""
        kinds = ACTIONS if number is None else _LISTED
        return self._target(
            "SELECT e.number, e.stamp, e.label, e.kind"
            " FROM entry e LEFT JOIN entry t ON t.stamp = e.turned"
            f" WHERE {is_own('e')} AND e.kind IN {among(kinds)} AND ?1 IN (0, e.number)"
            " AND coalesce(t.kind, '') <> 'undo' ORDER BY e.number DESC LIMIT 1",
            (number or 0,),
        )

    def to_redo(self) -> Target | None:
        """The action that was taken back last, unless there has been another since."""
        return self._target(
            "SELECT e.number, e.stamp, e.label, e.kind"
            " FROM entry t JOIN entry e ON e.stamp = t.target AND e.turned = t.stamp"
            f" WHERE t.kind = 'undo' AND {is_own('t')} AND {is_own('e')}"
            " AND t.number > coalesce((SELECT max(a.number) FROM entry a"
            f" WHERE {is_own('a')} AND a.kind IN {among(ACTIONS)}), 0)"
            " ORDER BY t.number DESC LIMIT 1"
        )

    def _target(self, sql: str, values: tuple[int, ...] = ()) -> Target | None:
        row = self._connection.execute(sql, values).fetchone()
        if row is None:
            return None
        number, moment, label, kind = row
        entries = [(number, moment)]
        if kind in (Kind.IMPORT, Kind.ARRIVAL):
            entries += self._connection.execute(
                "SELECT part.number, part.stamp FROM op JOIN entry part ON part.target = op.key"
                " WHERE op.entry = ? AND part.kind = 'part' ORDER BY part.number",
                (number,),
            ).fetchall()
        return Target(moment, label, tuple(entries))

    def turn(self, target: Target, kind: Kind) -> tuple[tuple[str, ...], int]:
        """Take back or bring back what of `target` still stands, or still does not.

        Returns the keys of the registers that changed, and on how many papers some were left
        alone since something else was written there.
        """
        ops: list[Op] = []
        left: set[str] = set()
        for number, moment in target.entries:
            theirs = registers.ops_of(self._connection, number)
            keys = {op.key for op in theirs}
            renames = registers.renames_of(self._connection, keys)
            today = {key: renames.now(key, moment) for key in keys}
            held = registers.standing(self._connection, set(today.values()))
            for op in theirs:
                key, name = today[op.key], name_of(moment, op.key)
                wanted, other = (name, op.before) if kind is Kind.UNDO else (op.before, name)
                writes = held.get((key, op.field), ())
                turned = [write for write in writes if write.stands == wanted]
                if turned:
                    ops.append(_turned(op, key, turned[0], name, kind))
                elif is_of_paper(key) and all(write.stands != other for write in writes):
                    left.add(key)
        keys_now = tuple(dict.fromkeys(op.key for op in ops))
        number = self.begin(
            kind, f"{kind.value}: {target.label}", target=target.stamp, papers=len(keys_now)
        )
        self.write(number, ops)
        return keys_now, len(left)

    def count_undone_down_to(self, number: int) -> int:
        """How many actions `to_undo` gives until entry `number` has been given, and itself.

        0 where it is no action of this library's, or is taken back.
        """
        numbers = [
            row[0]
            for row in self._connection.execute(
                "SELECT e.number FROM entry e LEFT JOIN entry t ON t.stamp = e.turned"
                f" WHERE {is_own('e')} AND e.kind IN {among(ACTIONS)}"
                " AND coalesce(t.kind, '') <> 'undo' AND e.number >= ? ORDER BY e.number",
                (number,),
            )
        ]
        return len(numbers) if numbers[:1] == [number] else 0

    # Telling

    def told(self, most: int, before: int | None = None) -> list[Told]:
        """What was done, the newest first: `most` entries, of numbers less than `before`."""
        rows = self._connection.execute(
            f"SELECT e.number, e.at, e.label, machine.name, {is_own('e')}, e.papers,"
            f" coalesce(t.kind, '') = 'undo', e.kind IN {among(ACTIONS)},"
            " CASE e.papers WHEN 1 THEN (SELECT min(key) FROM op WHERE entry = e.number) END"
            " FROM entry e JOIN machine ON machine.id = e.machine"
            f" LEFT JOIN entry t ON t.stamp = e.turned WHERE e.kind IN {among(_LISTED)}"
            " AND e.number < ? ORDER BY e.number DESC LIMIT ?",
            (2**62 if before is None else before, most),
        )
        return [
            Told(
                *(number, at, label, name, bool(own), papers),
                *(bool(undone), bool(own and action)),
                key if key and is_of_paper(key) else "",
            )
            for number, at, label, name, own, papers, undone, action, key in rows
        ]
