"""The tables of the file of marks, and how they came to be what they are."""

from __future__ import annotations

from paperterm.storage import edits, feeds, heard, home, seals
from paperterm.storage.database import Kind
from paperterm.storage.journal import TABLES
from paperterm.storage.machines import become_machine
from paperterm.storage.tags import MIGRATION as TAG_TABLES
from paperterm.storage.to_journal import to_journal

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

_V6 = (
    *TABLES,
    *edits.OF_MARKS,  # which working out what the journal comes to asks for
    "DROP TRIGGER state_removed",
    "DROP TRIGGER state_brought_back",
    """CREATE TRIGGER state_moved AFTER UPDATE OF removed ON state
        WHEN NEW.removed <> OLD.removed BEGIN
        UPDATE tag_version SET version = version + 1;
    END""",
    """CREATE TRIGGER state_gone AFTER DELETE ON state WHEN OLD.removed = 1 BEGIN
        UPDATE tag_version SET version = version + 1;
    END""",
    to_journal,
    become_machine,
    "DROP TABLE journal",
    "DROP TABLE renamed",
)

_V7 = (*heard.MIGRATION, *home.MIGRATION)

_V8 = (
    # Of a machine that has become this one's past, up to which of its entries it has.
    "ALTER TABLE machine ADD COLUMN upto INTEGER",
    *feeds.ONLY,
    feeds.to_journal,
    *edits.OF_MARKS,
)

_V9 = (*seals.TABLES, seals.seal)

MARKS = Kind(
    "file of marks",
    0x70744D6B,
    (_V1, _V2, _V3, _V4, _V5, _V6, _V7, _V8, _V9),
    "FULL",
    before_commit=seals.seal,
)
