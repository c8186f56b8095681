"""What the ops of the journal come to, written where SQL can ask: states, tags and notes by key.

All of it is derived, and written in the transaction of the ops themselves. What this machine
writes bears the greatest stamp there is, so it stands at once (`put`); what came from elsewhere
or under another name is worked out anew for the papers it touches (`work_out`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence

from paperterm.model.ids import normal_title
from paperterm.model.journal import (
    EDITED,
    FEED,
    FLAGS,
    IMPORT,
    LATER,
    NOTE,
    RENAMED,
    TAG,
    YES,
    Op,
    Renames,
    Write,
    registers,
)
from paperterm.model.marks import joined_notes

CHUNK = 500
OF_FEEDS: dict[str, tuple[str, str | None]] = {
    "added": ("added_at", ""),
    "paused": ("paused_at", None),
    "removed": ("removed_at", None),
    "only": ("only_what", ""),
}
"""For each field of a feed its column, and what stands there when it says nothing."""
_COLUMNS = "op.key, op.field, value, former, replaces, stands, before"
_STANDING = (
    f"SELECT register.key, at, stamp, {_COLUMNS} FROM register"
    " JOIN op ON op.entry = register.entry AND op.key = origin AND op.field = register.field"
    " JOIN entry ON entry.number = register.entry"
    " WHERE register.key IN ({places}) ORDER BY register.key, register.field, stamp, origin"
)


def chunks(keys: Collection[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Places for parameters, and as many keys, until all have been had."""
    ordered = sorted(keys)
    for start in range(0, len(ordered), CHUNK):
        some = tuple(ordered[start : start + CHUNK])
        yield ",".join("?" * len(some)), some


def insert(connection: sqlite3.Connection, number: int, ops: Iterable[Op]) -> None:
    """Write down the ops of an entry; what they come to is not worked out."""
    connection.executemany(
        "INSERT INTO op VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                number,
                op.key,
                op.field,
                op.value,
                op.former,
                json.dumps(op.replaces) if op.replaces else "",
                op.stands,
                op.before,
            )
            for op in ops
        ],
    )


def _op(row: Sequence[str]) -> Op:
    """An op as `_COLUMNS` selects it."""
    key, field, value, former, replaces, stands, before = row
    versions = json.loads(replaces) if replaces else ()
    told = tuple((str(at), str(origin)) for at, origin in versions)
    return Op(key, field, value, former, told, stands, before)


def ops_of(connection: sqlite3.Connection, number: int) -> list[Op]:
    """The ops of an entry."""
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM op WHERE entry = ? ORDER BY key, field", (number,)
    )
    return [_op(row) for row in found]


def put(connection: sqlite3.Connection, number: int, ops: Sequence[Op]) -> None:
    """Let the ops of this machine's newest entry stand."""
    connection.executemany(
        "DELETE FROM register WHERE key = ? AND field = ?",
        [(op.key, op.field) for op in ops if op.field != NOTE],
    )
    connection.executemany(
        "DELETE FROM register WHERE key = ? AND field = 'note' AND origin = ?"
        " AND entry = (SELECT number FROM entry WHERE stamp = ?)",
        [(op.key, origin, stamp) for op in ops for stamp, origin in op.replaces],
    )
    connection.executemany(
        "INSERT INTO register VALUES (?, ?, ?, ?)",
        [(op.key, op.field, number, op.key) for op in ops],
    )
    _write(connection, ops)
    write_notes(connection, {op.key for op in ops if op.field == NOTE})


def _write(connection: sqlite3.Connection, ops: Iterable[Op]) -> None:
    """Write values of registers, but for notes, into the tables of marks."""
    states: dict[str, list[tuple[str | None, str]]] = {}
    tagged: list[tuple[str, str, str]] = []
    untagged: list[tuple[str, str]] = []
    imports: list[tuple[str, bool]] = []
    feeds: list[Op] = []
    edited: list[tuple[str, str]] = []
    for op in ops:
        if op.key.startswith(IMPORT):
            imports.append((op.key[len(IMPORT) :], op.value == YES))
        elif op.key.startswith(FEED):
            feeds.append(op)
        elif op.field.startswith(TAG):
            tag = op.field[len(TAG) :]
            if op.value == YES:
                tagged.append((op.key, tag, tag.casefold()))
            else:
                untagged.append((op.key, tag))
        elif op.field == EDITED:
            edited.append((op.key, op.value))
        elif op.field != NOTE:
            states.setdefault(op.field, []).append((op.value or None, op.key))
    connection.executemany(
        "INSERT OR IGNORE INTO state (key, bookmarked, read) VALUES (?, 0, 0)",
        [(key,) for rows in states.values() for _, key in rows],
    )
    for field in (*FLAGS, LATER):
        if rows := states.get(field):
            connection.executemany(f"UPDATE state SET {field} = ? WHERE key = ?", rows)
    connection.executemany("DELETE FROM import_gone WHERE name = ?", [(n,) for n, _ in imports])
    gone = [(name,) for name, is_gone in imports if is_gone]
    connection.executemany("INSERT INTO import_gone VALUES (?)", gone)
    connection.executemany("DELETE FROM tag WHERE key = ? AND tag = ?", untagged)
    connection.executemany("INSERT OR IGNORE INTO tag VALUES (?, ?, ?)", tagged)
    _write_feeds(connection, feeds)
    connection.executemany("DELETE FROM edit WHERE key = ?", [(key,) for key, _ in edited])
    connection.executemany("INSERT INTO edit VALUES (?, ?)", [one for one in edited if one[1]])


def _write_feeds(connection: sqlite3.Connection, ops: Iterable[Op]) -> None:
    for op in ops:
        name = op.key[len(FEED) :]
        connection.execute("INSERT OR IGNORE INTO feed (name, added_at) VALUES (?, '')", (name,))
        column, empty = OF_FEEDS[op.field]
        value = op.value or empty
        connection.execute(f"UPDATE feed SET {column} = ? WHERE name = ?", (value, name))


def write_notes(connection: sqlite3.Connection, keys: Collection[str]) -> None:
    """Write the notes of `keys` anew: all the versions of each that stand."""
    found: dict[str, list[tuple[str, str]]] = {}
    for places, some in chunks(keys):
        connection.execute(f"DELETE FROM note WHERE key IN ({places})", some)
        for key, at, _, _, field, value, *_ in connection.execute(
            _STANDING.format(places=places), some
        ):
            if field == NOTE:
                found.setdefault(key, []).append((value, at))
    told = (
        (key, joined_notes(*(value for value, _ in some)), some[-1][1])
        for key, some in found.items()
    )
    connection.executemany(
        "INSERT INTO note VALUES (?, ?, ?, ?)",
        [(key, text, normal_title(text), at) for key, text, at in told if text],
    )


def standing(
    connection: sqlite3.Connection, keys: Collection[str]
) -> dict[tuple[str, str], list[Write]]:
    """What stands in the registers of `keys`, by key and field."""
    found: dict[tuple[str, str], list[Write]] = {}
    for places, some in chunks(keys):
        for key, _, stamp, *row in connection.execute(_STANDING.format(places=places), some):
            write = Write(stamp, _op(row))
            found.setdefault((key, write.op.field), []).append(write)
    return found


def renames_of(connection: sqlite3.Connection, keys: Collection[str]) -> Renames:
    """What became of the names `keys`."""
    names = related(connection, keys)
    return Renames(write for write in _writes(connection, names, f" AND op.field = '{RENAMED}'"))


def related(connection: sqlite3.Connection, keys: Collection[str]) -> set[str]:
    """`keys`, and all that are names of the same papers, before or after them."""
    found: set[str] = set()
    new = set(keys)
    while new:
        found |= new
        named: set[str] = set()
        for places, some in chunks(new):
            rows = connection.execute(
                f"SELECT key, value FROM op WHERE field = '{RENAMED}' AND key IN ({places})"
                f" UNION SELECT key, value FROM op WHERE field = '{RENAMED}'"
                f" AND value IN ({places})",
                some + some,
            )
            named.update(name for row in rows for name in row)
        new = named - found
    return found


def _writes(connection: sqlite3.Connection, keys: Collection[str], which: str = "") -> list[Write]:
    """Everything that was ever written of `keys`."""
    return [
        Write(stamp, _op(row))
        for places, some in chunks(keys)
        for stamp, *row in connection.execute(
            f"SELECT entry.stamp, {_COLUMNS} FROM op JOIN entry ON entry.number = op.entry"
            f" WHERE op.key IN ({places}){which}",
            some,
        )
    ]


def work_out(connection: sqlite3.Connection, keys: Collection[str]) -> None:
    """Write all that is derived for `keys` anew; they must be all that are `related`."""
    for places, some in chunks(keys):
        for table in ("register", "state", "tag", "note", "edit"):
            connection.execute(f"DELETE FROM {table} WHERE key IN ({places})", some)
    held = registers(_writes(connection, keys))
    connection.executemany(
        "INSERT INTO register SELECT ?, ?, number, ? FROM entry WHERE stamp = ?",
        [
            (key, field, write.op.key, write.stamp)
            for (key, field), writes in held.items()
            for write in writes
        ],
    )
    _write(
        connection,
        [
            Op(key, field, writes[-1].op.value)
            for (key, field), writes in held.items()
            if field != NOTE
        ],
    )
    write_notes(connection, {key for key, field in held if field == NOTE})
