"""Entries of the journal that a damaged file of marks still has, told apart by their seals."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from paperterm.errors import PapertermError
from paperterm.model.journal import (
    FEED,
    FLAGS,
    LATER,
    NO,
    NOTE,
    TAG,
    YES,
    Entry,
    Kind,
    Op,
    is_of_paper,
)
from paperterm.storage import seals
from paperterm.storage.marks import MarkStore
from paperterm.storage.salvage import opened, rows

_ENTRIES = (
    f"SELECT number, {seals.ENTRY}, stamp, machine, seq, at, label, kind, target, papers"
    " FROM entry ORDER BY number"
)
_OPS = (
    f"SELECT entry, {seals.OP}, key, field, value, former, replaces, stands, before"
    " FROM op ORDER BY entry, key, field"
)


@dataclass(frozen=True, slots=True)
class Rescued:
    """What of a journal can be read."""

    sealed: list[Entry] = field(default_factory=list)
    """Entries that are just as they were written."""
    doubtful: list[Entry] = field(default_factory=list)
    """Others: something in them is not as it was."""
    own: tuple[str, ...] = ()
    """The machines that this library was."""
    whole: bool = False
    """Whether there is nothing to be found in the file beside these entries."""


def rescued(damaged: Path) -> Rescued:
    """The entries of a damaged file; none where it has no seals or can't be read."""
    try:
        with opened(damaged) as connection:
            if not seals.are_there(connection):
                return Rescued()
            sealed, doubtful = _entries(connection)
            machines = _pairs(connection, "SELECT id, own FROM machine ORDER BY id")
            # A machine of which nothing can be read is most likely this one.
            own = {e.machine for e in (*sealed, *doubtful) if machines.get(e.machine, True)}
            whole = _is_whole(connection, len(sealed), len(doubtful))
            return Rescued(sealed, doubtful, tuple(sorted(own)), whole)
    except (sqlite3.Error, UnicodeDecodeError, OSError):
        return Rescued()


def _is_whole(connection: sqlite3.Connection, sealed: int, doubtful: int) -> bool:
    """Whether every entry there ever was has been read, with all its ops."""
    counters = _pairs(connection, "SELECT name, seq FROM sqlite_sequence ORDER BY name")
    if counters.get("entry") != sealed + doubtful:
        return False
    try:
        check = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except (sqlite3.Error, UnicodeDecodeError):
        return not doubtful
    return not doubtful or bool(check == ("ok",))


def _entries(connection: sqlite3.Connection) -> tuple[list[Entry], list[Entry]]:
    names = _pairs(connection, "SELECT id, name FROM machine ORDER BY id")
    subjects = _pairs(connection, "SELECT key, paper FROM subject ORDER BY key")
    sums = _pairs(connection, "SELECT entry, sum FROM entry_seal ORDER BY entry")
    written: dict[object, dict[tuple[str, str], tuple[object, ...]]] = defaultdict(dict)
    for number, told, *op in rows(connection, _OPS):
        written[number][str(op[0]), str(op[1])] = (told, *op)
    entries = {number: tuple(rest) for number, *rest in rows(connection, _ENTRIES)}
    sealed: list[Entry] = []
    doubtful: list[Entry] = []
    for number, (told, *columns) in sorted(entries.items(), key=lambda one: str(one[1][1])):
        ops = [op for _, op in sorted(written[number].items(), key=_place)]
        is_sealed = sums.get(number) == seals.sum_of(*map(str, (told, *(op[0] for op in ops))))
        try:
            entry = _entry(columns, [_op(op[1:]) for op in ops], names, subjects)
        except (ValueError, TypeError):
            continue
        (sealed if is_sealed else doubtful).append(entry)
    return sealed, doubtful


def _pairs(connection: sqlite3.Connection, sql: str) -> dict[object, object]:
    return {row[0]: row[1] for row in rows(connection, sql)}


def _place(one: tuple[tuple[str, str], tuple[object, ...]]) -> tuple[bytes, bytes]:
    """SQLite's order."""
    key, name = one[0]
    return key.encode(), name.encode()


def _entry(
    columns: list[object],
    ops: list[Op],
    names: dict[object, object],
    subjects: dict[object, object],
) -> Entry:
    """Raises ValueError for what is no entry."""
    stamp, machine, seq, at, label, kind, target, papers = columns
    texts = [stamp, machine, at, label, target]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError
    if not isinstance(seq, int) or not isinstance(papers, int):
        raise ValueError
    told = {op.key: subjects[op.key] for op in ops if isinstance(subjects.get(op.key), str)}
    return Entry(
        str(stamp),
        str(machine),
        str(names.get(machine, "")),
        seq,
        str(at),
        str(label),
        Kind(str(kind)),
        str(target),
        papers,
        tuple(ops),
        tuple((key, str(paper)) for key, paper in told.items()),
    )


def _op(columns: tuple[object, ...]) -> Op:
    key, name, value, former, replaces, stands, before = map(str, columns)
    versions = tuple((str(at), str(origin)) for at, origin in json.loads(replaces or "[]"))
    return Op(key, name, value, former, versions, None if columns[5] is None else stands, before)


@dataclass(frozen=True, slots=True)
class Brought:
    """What came into the journal, as counts."""

    papers: int
    feeds: int
    doubtful: int
    """Entries that were damaged."""


def take_in(store: MarkStore, found: Rescued) -> Brought:
    """Add what of `found` is not in the journal.

    Of an entry that is there already, what is there counts.
    """
    before = _stamps(store)
    new = [entry for entry in found.sealed if entry.stamp not in before]
    new += [e for e in found.doubtful if e.stamp not in before and _makes_sense(store, e)]
    _add(store, sorted(new, key=lambda entry: entry.stamp))
    with store.database.transaction() as connection:
        own = [(machine,) for machine in found.own]
        connection.executemany("UPDATE machine SET own = 1 WHERE id = ?", own)
        store.become_another()
    added = _stamps(store) - before
    keys = {op.key for entry in new for op in entry.ops if entry.stamp in added}
    return Brought(
        sum(map(is_of_paper, keys)),
        sum(key.startswith(FEED) for key in keys),
        sum(entry.stamp in added for entry in found.doubtful),
    )


def _stamps(store: MarkStore) -> set[str]:
    return {row[0] for row in store.database.connection.execute("SELECT stamp FROM entry")}


def _add(store: MarkStore, entries: list[Entry]) -> None:
    """Take entries over: all at once, or one by one where some can't be."""
    try:
        with store.database.transaction():
            store.apply(entries)
    except (PapertermError, ValueError):
        for entry in entries if len(entries) > 1 else ():
            _add(store, [entry])


def _makes_sense(store: MarkStore, entry: Entry) -> bool:
    """Whether an entry that is not as it was written can still be what somebody has done."""
    known = {key for key, _ in entry.subjects}
    known |= {op.key for op in entry.ops} - store.without_subject([op.key for op in entry.ops])
    return all(op.key in known and _can_be_written(op) for op in entry.ops)


def _can_be_written(op: Op) -> bool:
    if op.field in FLAGS or op.field.startswith(TAG):
        return op.value in (YES, NO) and is_of_paper(op.key)
    if op.field == LATER:
        try:
            return not op.value or bool(dt.date.fromisoformat(op.value))
        except ValueError:
            return False
    return op.field == NOTE
