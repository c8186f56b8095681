"""Entries of the journal on their way to other machines, and from them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from paperterm.errors import UsageError
from paperterm.model.journal import RENAMED, TURNS, Entry, Kind, Op
from paperterm.model.stamps import checked
from paperterm.model.text import shown
from paperterm.storage import registers
from paperterm.storage.journal import among

_ENTRIES = (
    "SELECT number, stamp, machine, name, seq, at, label, kind, target, papers"
    " FROM entry JOIN machine ON machine.id = machine"
)


class Exchange:
    """What of the journal is here, and what of it is elsewhere."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Of the file of marks."""
        self._connection = connection

    def known(self) -> dict[str, int]:
        """The machines whose entries are here, and up to which number none of each is missing."""
        known: dict[str, int] = {}
        for machine, seq in self._connection.execute(
            "SELECT machine, seq FROM entry ORDER BY machine, seq"
        ):
            if seq == known.setdefault(machine, 0) + 1:
                known[machine] = seq
        return known

    def entries(self, known: Mapping[str, int]) -> Iterator[Entry]:
        """Every entry that a machine lacks that knows the others' up to `known`; as they came."""
        rows = self._connection.execute(f"{_ENTRIES} ORDER BY number").fetchall()
        for row in rows:
            if row[4] > known.get(row[2], 0):
                yield self._entry(row)

    def entries_of(self, machine: str, above: int, most: int) -> Iterator[Entry]:
        """The first entries of `machine` with numbers above one, at most so many."""
        rows = self._connection.execute(
            f"{_ENTRIES} WHERE machine = ? AND seq > ? ORDER BY seq LIMIT ?",
            (machine, above, most),
        ).fetchall()
        return map(self._entry, rows)

    def _entry(self, row: Sequence[Any]) -> Entry:
        number, moment, machine, name, seq, at, label, kind, target, papers = row
        ops = tuple(registers.ops_of(self._connection, number))
        subjects = self._subjects(moment, ops)
        return Entry(
            moment, machine, name, seq, at, label, Kind(kind), target, papers, ops, subjects
        )

    def own(self) -> list[str]:
        """The machines that this library is, or was; the one that it is comes last."""
        rows = self._connection.execute("SELECT id FROM machine WHERE own ORDER BY rowid")
        return [row[0] for row in rows]

    def missing(self) -> dict[str, int]:
        """By the names of machines: how many entries are not here, though later ones are."""
        rows = self._connection.execute(
            "SELECT name, sum(lacking) FROM (SELECT machine, max(seq) - count(*) AS lacking"
            " FROM entry GROUP BY machine) JOIN machine ON id = machine"
            " WHERE lacking > 0 GROUP BY name ORDER BY name"
        )
        return dict(rows.fetchall())

    def _subjects(self, moment: str, ops: Iterable[Op]) -> tuple[tuple[str, str], ...]:
        keys = {op.value if op.field == RENAMED else op.key for op in ops}
        renames = registers.renames_of(self._connection, keys)
        told: list[tuple[str, str]] = []
        for key in sorted(keys):
            row = self._connection.execute(
                "SELECT paper FROM subject WHERE key = ?", (renames.now(key, moment),)
            ).fetchone()
            told += [(key, row[0])] if row else []
        return tuple(told)

    def take_in(self, entries: Iterable[Entry]) -> list[Entry]:
        """Add the entries that are not here; returns them. Raises `UsageError` for impossible ones.

        What their ops come to is not worked out.
        """
        new: list[Entry] = []
        for entry in entries:
            known = self._connection.execute(
                "SELECT stamp FROM entry WHERE stamp = ? OR (machine = ? AND seq = ?)",
                (checked(entry.stamp), entry.machine, entry.seq),
            ).fetchall()
            if known == [(entry.stamp,)]:
                continue
            if known or not entry.stamp.endswith(f"-{entry.machine}"):
                raise UsageError(
                    f"Two machines, or a copy of one, say that they are {shown(entry.machine)[:40]}"
                    " and tell different things; nothing was taken over."
                )
            self._add(entry)
            new.append(entry)
        turned = {entry.target for entry in new if entry.kind in TURNS}
        self._connection.executemany(
            "UPDATE entry SET turned = (SELECT max(turn.stamp) FROM entry turn WHERE"
            f" turn.target = entry.stamp AND turn.kind IN {among(TURNS)}) WHERE stamp = ?",
            [(one,) for one in turned | {entry.stamp for entry in new}],
        )
        return new

    def _add(self, entry: Entry) -> None:
        self._connection.execute(
            "INSERT OR IGNORE INTO machine (id, name) VALUES (?, ?)",
            (entry.machine, entry.machine_name),
        )
        number = self._connection.execute(
            "INSERT INTO entry (stamp, machine, seq, at, label, kind, target, papers)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING number",
            (
                entry.stamp,
                entry.machine,
                entry.seq,
                entry.at,
                entry.label,
                entry.kind.value,
                entry.target,
                entry.papers,
            ),
        ).fetchone()[0]
        registers.insert(self._connection, number, entry.ops)
