"""Files of earlier releases come along: nothing in them is lost, and they take what is new."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from helpers import numbered, without_power
from paperterm.errors import LibraryError
from paperterm.model.marks import Change, Marks
from paperterm.model.merge import normalised
from paperterm.storage import backups
from paperterm.storage.catalogue import CATALOGUE, open_catalogue
from paperterm.storage.database import open_database
from paperterm.storage.feeds import FeedStore, Subscription
from paperterm.storage.marks import MarkStore, Turned, open_marks
from paperterm.storage.marks_file import MARKS

from .test_catalogue import FULL, put_again

_PAPER = (
    "INSERT INTO paper VALUES (7, 'arxiv:2401.00001', 'Paper number 1', 'paper number 1', '[]',"
    " NULL, NULL, 0, 3, NULL, '2401.00001', NULL, NULL, '[\"cs.CL\"]', '2025-11-06', 1,"
    " '2025-11-07T12:00:00+00:00', 1)"
)


def first_catalogue(path: Path) -> None:
    """A catalogue as the first release has left it, with one paper."""
    kind = replace(CATALOGUE, migrations=CATALOGUE.migrations[:1])
    with contextlib.closing(open_database(path, kind)) as database:
        with database.transaction() as connection:
            connection.execute(_PAPER)
            connection.execute("INSERT INTO abstract VALUES (7, 'Abstract of number 1.', 0)")
            connection.execute("INSERT INTO alias VALUES ('arxiv:2401.00001', 7)")
            connection.execute("INSERT INTO sighting VALUES (7, 'page', '2025-11-06', 1)")
            connection.execute("UPDATE meta SET value = '1' WHERE name = 'revision'")
        database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def test_the_papers_of_a_first_catalogue_come_along(tmp_path):
    path = tmp_path / "catalogue.db"
    first_catalogue(path)
    with contextlib.closing(open_catalogue(path).database) as database:
        assert database.check() == []
    catalogue = open_catalogue(path)
    try:
        old = numbered(1, comments=3, categories=("cs.CL",))
        assert catalogue.papers([7])[7].paper == old
        assert catalogue.revision == 1
        put_again(catalogue, 7, normalised(FULL))
        assert catalogue.papers([7])[7].paper == normalised(FULL)
    finally:
        catalogue.database.close()


def first_marks(path: Path) -> None:
    """A file of marks as the first release has left it."""
    kind = replace(MARKS, migrations=MARKS.migrations[:1])
    with contextlib.closing(open_database(path, kind)) as database:
        with database.transaction() as connection:
            connection.execute("INSERT INTO state VALUES ('k', 1, 0)")
            connection.execute("INSERT INTO tag VALUES ('k', 'A', 'a')")
            connection.execute("INSERT INTO subject VALUES ('k', 'paper k')")
            connection.execute(
                "INSERT INTO journal VALUES (1, '2025-11-07T12:00:00.000+00:00', 'both',"
                ' \'[{"key": "k", "bookmarked": true, "add": ["A"]}]\', NULL)'
            )
        database.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def test_first_marks_come_along_after_a_backup_and_take_notes(tmp_path):
    path = tmp_path / "marks.db"
    first_marks(path)
    with contextlib.closing(open_marks(path).database) as database:
        store = MarkStore(database)
        assert store.of(["k"]) == {"k": Marks(True, tags=("A",))}
        with database.transaction():
            store.record([Change("k", note="new")], "note", {})
            assert store.undo().label == "note"
            assert store.of(["k"]) == {"k": Marks(True, tags=("A",))}
            assert store.undo() == Turned("both", ("k",), 0)
        assert store.of(["k"]) == {}
        assert database.check() == []
    (kept,) = backups.all_of(backups.folder_of(path))
    with contextlib.closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT tag FROM tag").fetchall() == [("A",)]


def test_feeds_that_were_chosen_before_there_was_a_journal_of_it_are_in_it(tmp_path):
    path = tmp_path / "marks.db"
    kind = replace(MARKS, migrations=MARKS.migrations[:7])
    at = "2025-11-07T12:00:00+00:00"
    removed = "UPDATE feed SET removed_at = ? WHERE name = 'daily-papers'"
    with (
        contextlib.closing(open_database(path, kind)) as database,
        database.transaction() as connection,
    ):
        connection.execute("INSERT INTO feed VALUES ('arxiv:cs.CL', ?, ?, NULL)", (at, at))
        connection.execute(removed, (at,))
    with contextlib.closing(open_marks(path).database) as old:
        entries = list(MarkStore(old).exchange.entries({}))
    with contextlib.closing(open_marks(tmp_path / "other" / "marks.db").database) as other:
        with other.transaction():
            MarkStore(other).apply(entries)
        feeds = FeedStore(other)
        assert [one.name for one in feeds.all()] == ["arxiv:cs.CL"]
        assert feeds.get("arxiv:cs.CL") == Subscription("arxiv:cs.CL", at, at)


def test_an_old_file_that_can_not_be_written_to_is_told(nobodys_folder):
    path = nobodys_folder / "catalogue.db"
    with without_power():
        first_catalogue(path)
        path.chmod(0o444)
        before = path.read_bytes()
        with pytest.raises(LibraryError, match="older paperterm and can't be brought up to date"):
            open_catalogue(path)
        assert path.read_bytes() == before
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
