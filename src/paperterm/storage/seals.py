"""Seals on what the file of marks was told: text in it that has become another is noticed.

SQLite's own check finds pages that are broken, not a byte that has changed within a text. So each
entry of the journal has a check sum over itself and its ops, and each subject one over its text;
both are written in the transaction that they seal. What is derived from the journal is compared
with it. Not sealed are the names of machines, the colours and uses of tags, how far other machines
have been heard, and the feed that everybody begins with.
"""

from __future__ import annotations

import secrets
import sqlite3
import zlib
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from paperterm.errors import LibraryDamaged
from paperterm.model.feeds import DAILY
from paperterm.model.journal import EDITED, FEED, FLAGS, IMPORT, LATER, NOTE, TAG, TURNS, YES
from paperterm.model.marks import joined_notes
from paperterm.model.text import shown
from paperterm.model.wording import counted
from paperterm.storage.database import Database
from paperterm.storage.journal import among
from paperterm.storage.registers import OF_FEEDS

AT_ONCE = 500
"""Entries, and subjects, that a look at the file takes in: a few milliseconds."""

_BETWEEN = " || char(31) || "
_NOTHING = "char(24)"
"""In place of NULL, which is not the same as an empty text."""
ENTRY = _BETWEEN.join(("stamp", "machine", "seq", "at", "label", "kind", "target", "papers"))
OP = _BETWEEN.join(
    ("key", "field", "value", "former", "replaces", f"coalesce(stands, {_NOTHING})", "before")
)
_UNSEALED = "INSERT INTO subject_seal VALUES (NEW.key, NULL); END"
"""What is sealed of an entry, and of each of its ops, which are in the order of key and field."""
TABLES = (
    "CREATE TABLE entry_seal (entry INTEGER PRIMARY KEY, sum INTEGER NOT NULL)",
    # No sum is there from the writing of a subject to the end of its transaction.
    "CREATE TABLE subject_seal (key TEXT PRIMARY KEY, sum INTEGER) WITHOUT ROWID",
    "CREATE INDEX subject_unsealed ON subject_seal (key) WHERE sum IS NULL",
    f"""CREATE TRIGGER subject_came AFTER INSERT ON subject BEGIN
        DELETE FROM subject_seal WHERE key = NEW.key; {_UNSEALED}""",
    f"""CREATE TRIGGER subject_changed AFTER UPDATE ON subject BEGIN
        DELETE FROM subject_seal WHERE key IN (OLD.key, NEW.key); {_UNSEALED}""",
    """CREATE TRIGGER subject_went AFTER DELETE ON subject BEGIN
        DELETE FROM subject_seal WHERE key = OLD.key; END""",
    "INSERT INTO subject_seal SELECT key, NULL FROM subject",
)


def seal(connection: sqlite3.Connection) -> None:
    """Seal what this transaction has written; in a file that has seals."""
    if not are_there(connection):
        return
    row = connection.execute("SELECT coalesce(max(entry), 0) FROM entry_seal").fetchone()
    connection.executemany("INSERT INTO entry_seal VALUES (?, ?)", list(_sums(connection, row[0])))
    new = connection.execute(
        "SELECT paper, key FROM subject_seal JOIN subject USING (key) WHERE sum IS NULL"
    ).fetchall()
    connection.executemany(
        "UPDATE subject_seal SET sum = ? WHERE key = ?",
        [(sum_of(key, paper), key) for paper, key in new],
    )


def sum_of(*texts: str) -> int:
    """The check sum of some texts, in this order."""
    return zlib.crc32("\x1e".join(texts).encode())


def _sums(
    connection: sqlite3.Connection, after: int = 0, upto: int = 2**62
) -> Iterator[tuple[int, int]]:
    """The number of each entry, and the check sum of what is written of it and its ops."""
    where = "> ? AND {0} <= ? ORDER BY {0}"
    ops = connection.execute(
        f"SELECT entry, {OP} FROM op WHERE entry {where.format('entry')}, key, field",
        (after, upto),
    )
    of = groupby(ops, itemgetter(0))
    number, texts = next(of, (upto + 1, iter(())))
    for entry, told in connection.execute(
        f"SELECT number, {ENTRY} FROM entry WHERE number {where.format('number')}", (after, upto)
    ):
        while number < entry:  # ops of no entry
            number, texts = next(of, (upto + 1, iter(())))
        found = [text for _, text in texts] if number == entry else []
        yield entry, sum_of(told, *found)


def look(database: Database) -> None:
    """Look at as much as takes milliseconds: at all, or at some entries, others each time.

    Raises `LibraryDamaged` for what is not as it was sealed.
    """
    if database.read_only:
        return  # a newer paperterm may seal another way
    if is_seen_whole(database):
        look_on(database)
    else:
        after = secrets.randbelow(_last(database) - AT_ONCE)
        with database.reading() as connection:
            _refuse(database, _told(connection, broken_entries(connection, after, after + AT_ONCE)))


def look_on(database: Database, after: int = 0) -> int | None:
    """Look at the entries after the number `after`, as many as at once; from where to go on.

    With the last of them, at the rest of the file: then None. Raises `LibraryDamaged`.
    """
    upto = after + AT_ONCE
    if database.read_only:
        return None
    if upto < _last(database):
        with database.reading() as connection:
            _refuse(database, _told(connection, broken_entries(connection, after, upto)))
        return upto
    # An index that leads astray hides what is there.
    if problems := database.check("integrity_check"):
        _refuse(database, problems[0])
    with database.reading() as connection:
        _refuse(database, prove(connection, after))
    return None


def is_seen_whole(database: Database) -> bool:
    """Whether `look` looks at the whole file."""
    return _last(database) <= AT_ONCE


def _last(database: Database) -> int:
    row = database.connection.execute("SELECT coalesce(max(number), 0) FROM entry").fetchone()
    return int(row[0])


def prove(connection: sqlite3.Connection, after: int = 0) -> str:
    """What is not as it was sealed, of the entries after a number and of all else; or nothing."""
    if told := _told(connection, broken_entries(connection, after)):
        return told
    if broken := broken_subjects(connection):
        return f"what was noted of {counted(len(broken), 'paper')} has changed by itself"
    return "" if is_derived(connection) else "the marks are not those that were set"


def are_there(connection: sqlite3.Connection) -> bool:
    """Whether the file has seals: one that an older paperterm has written has none."""
    sql = "SELECT 1 FROM sqlite_master WHERE name = 'entry_seal'"
    return connection.execute(sql).fetchone() is not None


def _told(connection: sqlite3.Connection, broken: list[int]) -> str:
    if not broken:
        return ""
    row = connection.execute("SELECT at FROM entry WHERE number = ?", (broken[0],)).fetchone()
    actions = "1 action" if len(broken) == 1 else f"{len(broken):,} actions, the first"
    return (
        f"what was noted of {actions} of {str(row[0] if row else '?')[:10]} has changed by itself"
    )


def _refuse(database: Database, wrong: str) -> None:
    if wrong:
        raise LibraryDamaged(
            f"The {database.kind.name} ({database.path}) is damaged: {shown(wrong)}. It was left "
            "as it is; `paperterm doctor --repair` sets it aside and restores what is sound."
        )


def broken_entries(connection: sqlite3.Connection, after: int = 0, upto: int = 2**62) -> list[int]:
    """The numbers of entries, after one and up to another, that are not as they were sealed."""
    found = set(_sums(connection, after, upto))
    sealed = set(
        connection.execute(
            "SELECT entry, sum FROM entry_seal WHERE entry > ? AND entry <= ?", (after, upto)
        )
    )
    return sorted({number for number, _ in found ^ sealed})


def broken_subjects(connection: sqlite3.Connection) -> list[str]:
    """The keys of subjects that are not as they were sealed."""
    found = {
        (key, sum_of(key, paper))
        for key, paper in connection.execute("SELECT key, paper FROM subject")
    }
    sealed = set(connection.execute("SELECT key, sum FROM subject_seal"))
    return sorted({str(key) for key, _ in found ^ sealed})


def is_derived(connection: sqlite3.Connection) -> bool:
    """Whether the marks that SQL is asked for are those that the journal comes to.

    Which write stands in a register is taken from there.
    """
    for told, held in _DERIVED:
        for one, other in ((told, held), (held, told)):
            if connection.execute(f"SELECT * FROM ({one} EXCEPT {other}) LIMIT 1").fetchone():
                return False
    tags = connection.execute("SELECT DISTINCT tag, folded FROM tag")
    # What else folds to what is for the Python that wrote it to say.
    folded = all(tag.lower() == folded for tag, folded in tags if tag.isascii())
    return folded and _notes_are_derived(connection)


_STANDING = (
    "FROM register r JOIN op ON op.entry = r.entry AND op.key = r.origin AND op.field = r.field"
)
_OF_IMPORTS = f"{_STANDING} WHERE r.key LIKE '{IMPORT}%' AND "
_OF_PAPERS = f"{_STANDING} WHERE r.key NOT LIKE '{IMPORT}%' AND r.key NOT LIKE '{FEED}%' AND "


def _derived() -> Iterator[tuple[str, str]]:
    """What is derived, as the journal tells it, and as it is held: the same rows."""
    yield (
        "SELECT entry, origin, field FROM register",
        f"SELECT r.entry, r.origin, r.field {_STANDING}",
    )
    yield (
        f"SELECT r.key, substr(r.field, {len(TAG) + 1}) {_OF_PAPERS}"
        f"r.field >= '{TAG}' AND r.field < '{TAG[:-1]};' AND op.value = '{YES}'",
        "SELECT key, tag FROM tag NOT INDEXED",
    )
    for name in FLAGS:
        yield (
            f"SELECT r.key, 1 {_OF_PAPERS}r.field = '{name}' AND op.value = '{YES}'",
            f"SELECT key, {name} FROM state WHERE {name} IS NOT 0",
        )
    yield (
        f"SELECT r.key, op.value {_OF_PAPERS}r.field = '{LATER}' AND op.value <> ''",
        f"SELECT key, {LATER} FROM state WHERE {LATER} IS NOT NULL",
    )
    yield (
        f"SELECT r.key, op.value {_OF_PAPERS}r.field = '{EDITED}' AND op.value <> ''",
        "SELECT key, fields FROM edit",
    )
    for name, (column, _) in OF_FEEDS.items():
        yield (
            f"SELECT substr(r.key, {len(FEED) + 1}), op.value {_STANDING}"
            f" WHERE r.key LIKE '{FEED}%' AND r.field = '{name}' AND op.value <> ''",
            f"SELECT name, {column} FROM feed WHERE coalesce({column}, '') <> ''"
            f" AND (name <> '{DAILY.name}' OR EXISTS (SELECT 1 FROM register"
            f" WHERE key = '{FEED}' || name AND field = '{name}'))",
        )
    yield (
        f"SELECT substr(r.key, {len(IMPORT) + 1}) {_OF_IMPORTS}op.value = '{YES}'",
        "SELECT name FROM import_gone",
    )
    yield (
        f"SELECT target, max(stamp) FROM entry WHERE target <> '' AND kind IN {among(TURNS)}"
        " AND target IN (SELECT stamp FROM entry) GROUP BY target",
        "SELECT stamp, turned FROM entry WHERE turned IS NOT NULL",
    )


_DERIVED = tuple(_derived())


def _notes_are_derived(connection: sqlite3.Connection) -> bool:
    told: dict[str, list[str]] = {}
    for key, text in connection.execute(
        f"SELECT r.key, op.value {_STANDING} JOIN entry e ON e.number = r.entry"
        f" WHERE r.field = '{NOTE}' ORDER BY r.key, e.stamp, r.origin"
    ):
        told.setdefault(key, []).append(text)
    notes = {key: joined_notes(*texts) for key, texts in told.items()}
    wanted = {(key, text) for key, text in notes.items() if text}
    return wanted == set(connection.execute("SELECT key, text FROM note"))
