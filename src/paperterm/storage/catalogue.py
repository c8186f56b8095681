"""The catalogue: every paper known, under every name it is known by.

It can be fetched again, so it trades the last commits before a power cut for speed
(`synchronous = NORMAL`). Each transaction that changes papers takes a new *revision*; the search
index remembers up to which revision it has followed.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from paperterm.errors import LibraryDamaged
from paperterm.model.paper import Paper
from paperterm.model.text import storable
from paperterm.storage import came, edits, fetches, rows
from paperterm.storage.database import Database, Kind, open_database, translated

_V1 = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE paper (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        sort_title TEXT NOT NULL,
        authors TEXT NOT NULL,
        author_count INTEGER,
        published TEXT,
        year_assumed INTEGER NOT NULL,
        comments INTEGER,
        upvotes INTEGER,
        arxiv_id TEXT,
        doi TEXT,
        link TEXT,
        categories TEXT NOT NULL,
        day TEXT NOT NULL,
        position INTEGER NOT NULL,
        added TEXT NOT NULL,
        revision INTEGER NOT NULL
    )""",
    "CREATE INDEX paper_by_day ON paper (day DESC, position, id)",
    "CREATE INDEX paper_by_revision ON paper (revision)",
    "CREATE INDEX paper_by_arxiv_id ON paper (arxiv_id)",
    # Abstracts are most of the bytes; apart, they stay out of the way of every scan over papers.
    """CREATE TABLE abstract (
        id INTEGER PRIMARY KEY REFERENCES paper (id) ON DELETE CASCADE,
        text TEXT NOT NULL,
        is_summary INTEGER NOT NULL
    )""",
    """CREATE TABLE alias (
        name TEXT NOT NULL,
        id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
        PRIMARY KEY (name, id)
    ) WITHOUT ROWID""",
    "CREATE INDEX alias_by_id ON alias (id)",
    """CREATE TABLE sighting (
        id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
        source TEXT NOT NULL,
        day TEXT NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (id, source, day)
    ) WITHOUT ROWID""",
    "CREATE INDEX sighting_by_day ON sighting (day, id)",
    "CREATE INDEX sighting_by_source ON sighting (source)",
    "CREATE TABLE removed (id INTEGER PRIMARY KEY, revision INTEGER NOT NULL)",
    "INSERT INTO meta VALUES ('revision', '0')",
)

_V2 = (
    "ALTER TABLE paper ADD COLUMN code TEXT",
    "ALTER TABLE paper ADD COLUMN project TEXT",
    "ALTER TABLE paper ADD COLUMN venue TEXT",
    # The venue without case, accents and punctuation, to look words up in.
    "ALTER TABLE paper ADD COLUMN plain_venue TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE paper ADD COLUMN updated TEXT",
    "ALTER TABLE paper ADD COLUMN submitter TEXT",
    "ALTER TABLE abstract ADD COLUMN ai_summary TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE abstract ADD COLUMN keywords TEXT NOT NULL DEFAULT '[]'",
)

_V3 = fetches.MIGRATION
_V4 = came.MIGRATION
_V5 = edits.MIGRATION

CATALOGUE = Kind("catalogue", 0x70744361, (_V1, _V2, _V3, _V4, _V5), "NORMAL")

_GREATEST = 2**63 - 1
"""SQLite's greatest id."""
_LOG_PAGES = 4_000
"""Pages (of 4 KB) in the write-ahead log from which on it is carried over into the file.

An import touches the same pages batch after batch; carried over less often, each is written and
synced less often.
"""


def open_catalogue(path: Path) -> Catalogue:
    """Open or create the catalogue at `path`; see `database.open_database` for errors."""
    catalogue = Catalogue(open_database(path, CATALOGUE))
    try:
        with translated(CATALOGUE.name, path):
            catalogue.database.connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")
            if not catalogue.database.read_only and not catalogue.get_meta("library"):
                with catalogue.database.transaction():
                    if not catalogue.get_meta("library"):
                        catalogue.set_meta("library", secrets.token_hex(8))
    except BaseException:
        catalogue.database.close()
        raise
    return catalogue


class Catalogue:
    """Papers by id, by key and by alias. Writing happens inside `database.transaction()`."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._connection = database.connection

    # What it is

    def get_meta(self, name: str) -> str:
        """A remembered value, or an empty string."""
        row = self._connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def set_meta(self, name: str, value: str) -> None:
        """Remember a value; an empty one is forgotten."""
        if value:
            self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))
        else:
            self._connection.execute("DELETE FROM meta WHERE name = ?", (name,))

    def become_another(self) -> None:
        """Be another library than the one whose past this is: an index of that knows too much."""
        self.set_meta("library", secrets.token_hex(8))

    @property
    def revision(self) -> int:
        """Grows with every transaction that changes papers. Raises `LibraryDamaged`."""
        value = self.get_meta("revision")
        if not (value.isascii() and value.isdigit()):
            raise LibraryDamaged(
                f"The catalogue ({self.database.path}) is damaged: it has lost count of its "
                "changes. It was left as it is; `paperterm doctor --repair` can mend it."
            )
        return int(value)

    def next_revision(self) -> int:
        """Begin a revision; call once a transaction."""
        revision = self.revision + 1
        self.set_meta("revision", str(revision))
        return revision

    @property
    def data_version(self) -> int:
        """Changes whenever another connection has changed the file."""
        version: int = self._connection.execute("PRAGMA main.data_version").fetchone()[0]
        return version

    def count(self) -> int:
        """How many papers there are."""
        count: int = self._connection.execute("SELECT count(*) FROM paper").fetchone()[0]
        return count

    # Reading

    def ids_named(self, names: Sequence[str]) -> list[int]:
        """The papers known by any of these keys or aliases, oldest first."""
        found = self.ids_by_name(names)
        return sorted({paper_id for ids in found.values() for paper_id in ids})

    def ids_by_name(self, names: Iterable[str]) -> dict[str, set[int]]:
        """The papers known by each of these keys or aliases that any is known by."""
        found: dict[str, set[int]] = {}
        # In the order of the table, so that neighbours are read one after another.
        ordered = sorted({storable(name) for name in names})
        for start in range(0, len(ordered), rows.CHUNK):
            chunk = tuple(ordered[start : start + rows.CHUNK])
            places = ",".join("?" * len(chunk))
            for name, paper_id in self._connection.execute(
                f"SELECT name, id FROM alias WHERE name IN ({places})", chunk
            ):
                found.setdefault(name, set()).add(paper_id)
        return found

    def papers(self, ids: Sequence[int], *, brief: bool = False) -> dict[int, rows.Stored]:
        """The stored papers of `ids`; those that are gone are left out.

        `brief` leaves out abstract, summary and keywords.
        """
        return rows.fetch(self._connection, ids, brief=brief)

    def keys_of(self, ids: Iterable[int]) -> dict[int, str]:
        """The keys of these papers, in the order of the table; those gone are left out."""
        found: dict[int, str] = {}
        ordered = sorted(ids)
        for start in range(0, len(ordered), rows.CHUNK):
            chunk = tuple(ordered[start : start + rows.CHUNK])
            places = ",".join("?" * len(chunk))
            found.update(
                self._connection.execute(f"SELECT id, key FROM paper WHERE id IN ({places})", chunk)
            )
        return found

    def ids(self) -> list[int]:
        """Every id, ascending."""
        return [row[0] for row in self._connection.execute("SELECT id FROM paper ORDER BY id")]

    def current_key(self, key: str) -> str | None:
        """The key today of the paper that `key` names or once named, or None."""
        row = self._connection.execute(
            "SELECT key FROM alias JOIN paper USING (id) WHERE name = ?"
            " ORDER BY key <> name, id LIMIT 1",
            (storable(key),),
        ).fetchone()
        return row[0] if row else None

    def current_keys(self, keys: Iterable[str]) -> dict[str, str]:
        """Of each of `keys` that names or once named a paper, what `current_key` tells."""
        best: dict[str, tuple[bool, int, str]] = {}
        ordered = sorted({storable(key) for key in keys})
        for start in range(0, len(ordered), rows.CHUNK):
            chunk = tuple(ordered[start : start + rows.CHUNK])
            places = ",".join("?" * len(chunk))
            for name, paper_id, key in self._connection.execute(
                "SELECT name, paper.id, key FROM alias JOIN paper USING (id)"
                f" WHERE name IN ({places})",
                chunk,
            ):
                found = (key != name, paper_id, key)
                best[name] = min(best.get(name, found), found)
        return {name: key for name, (_, _, key) in best.items()}

    def changed_since(self, revision: int, above: int = -1, most: int = -1) -> list[int]:
        """Ids greater than `above` of papers changed after `revision`, ascending; `most` of them.

        A negative `most` is no bound.
        """
        # The index by revision is the way to a few changes, and a detour to all papers.
        few = "revision > ?1 AND +id > ?2 ORDER BY +id"
        all_of_them = "+revision > ?1 AND id > ?2 ORDER BY id"
        found = self._connection.execute(
            f"SELECT id FROM paper WHERE {few if revision >= 0 else all_of_them} LIMIT ?3",
            (revision, above, most),
        )
        return [row[0] for row in found]

    def removed_since(self, revision: int) -> list[int]:
        """Ids of the papers taken out after `revision`."""
        found = self._connection.execute("SELECT id FROM removed WHERE revision > ?", (revision,))
        return [row[0] for row in found]

    def count_changed_since(self, revision: int, above: int = -1, upto: int = _GREATEST) -> int:
        """How many papers with ids greater than `above`, up to `upto`, changed after `revision`."""
        count: int = self._connection.execute(
            "SELECT count(*) FROM paper WHERE revision > ? AND +id > ? AND +id <= ?",
            (revision, above, upto),
        ).fetchone()[0]
        return count

    def only_from(self, source: str) -> list[int]:
        """Ids of the papers that no other source has shown."""
        found = self._connection.execute(
            "SELECT DISTINCT id FROM sighting s WHERE source = :source AND NOT EXISTS"
            " (SELECT 1 FROM sighting o WHERE o.id = s.id AND o.source <> :source) ORDER BY id",
            {"source": source},
        )
        return [row[0] for row in found]

    def seen_by(self, source: str) -> list[int]:
        """Ids of the papers that `source` has shown."""
        found = self._connection.execute(
            "SELECT DISTINCT id FROM sighting WHERE source = ? ORDER BY id", (source,)
        )
        return [row[0] for row in found]

    # Writing

    def insert(self, paper: Paper, added: str, revision: int) -> int:
        """Add a paper that is not there yet; `added` is an ISO time with zone. Returns its id."""
        paper_id = self.next_id()
        self.insert_all({paper_id: paper}, added, revision)
        return paper_id

    def next_id(self) -> int:
        """The id of the next new paper; no paper has had it or a greater one."""
        last = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'paper'")
        return next((int(row[0]) for row in last), 0) + 1

    def newest_before(self, moment: str) -> int:
        """The id of the newest paper that came before a moment, ISO in UTC; 0 for none."""
        sql = "SELECT max(id) FROM paper WHERE added < ?"
        return self._connection.execute(sql, (moment,)).fetchone()[0] or 0

    def insert_all(self, papers: Mapping[int, Paper], added: str, revision: int) -> None:
        """`insert` of many, under ids from `next_id` on."""
        rows.insert(self._connection, papers, added, revision)

    def replace(self, paper_id: int, paper: Paper, added: str, revision: int) -> None:
        """Put `paper`, as services tell it, where another version of it was.

        Its old names stay names of it, and its reader's edit stays over it.
        """
        rows.replace(self._connection, paper_id, paper, added, revision)

    def absorb(self, kept: int, absorbed: int, revision: int) -> None:
        """Take out `absorbed`, whose names become names of `kept`."""
        self._connection.execute(
            "INSERT OR IGNORE INTO alias SELECT name, ? FROM alias WHERE id = ?", (kept, absorbed)
        )
        self.remove([absorbed], revision)

    def keep(self, ids: Collection[int]) -> bool:
        """Let papers stay that came with an import which was taken back; whether any had to."""
        with self.database.transaction() as connection:
            kept = came.meet(connection, ids)
            if kept:
                self.next_revision()
        return kept

    def remove(self, ids: Iterable[int], revision: int) -> None:
        """Take papers out."""
        for paper_id in ids:
            self._connection.execute("DELETE FROM paper WHERE id = ?", (paper_id,))
            self._connection.execute(
                "INSERT OR REPLACE INTO removed VALUES (?, ?)", (paper_id, revision)
            )


def attach_marks(connection: sqlite3.Connection, marks: Database) -> None:
    """Let the catalogue's connection read the reader's marks, under the name ``marks``."""
    mode = "immutable=1" if marks.frozen else "mode=ro"
    connection.execute("ATTACH DATABASE ? AS marks", (f"{marks.path.absolute().as_uri()}?{mode}",))
