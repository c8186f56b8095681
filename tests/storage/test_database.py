"""Opening a file of ours: what it is, what it becomes, and when it is left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from helpers import without_power
from paperterm.errors import LibraryDamaged, LibraryError, LibraryReadOnly
from paperterm.storage.catalogue import CATALOGUE
from paperterm.storage.database import open_database
from paperterm.storage.marks_file import MARKS

from .box import NEW, OLD, fill, names, opened, pragma


def test_a_new_file_says_what_it_is(path):
    with opened(path) as box:
        assert pragma(box, "application_id") == OLD.application_id
        assert pragma(box, "user_version") == 1
        assert pragma(box, "journal_mode") == "wal"
        assert not box.read_only


def test_the_folder_of_a_new_library_is_the_readers_alone(path):
    with opened(path):
        assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(("kind", "level"), [(MARKS, 2), (CATALOGUE, 1)])
def test_marks_are_synced_at_every_commit_and_the_catalogue_is_not(path, kind, level):
    for _ in range(2):
        with opened(path, kind) as box:
            assert pragma(box, "synchronous") == level


def test_what_was_written_is_there_again(path):
    fill(path, "a", "b")
    with opened(path) as box:
        assert names(box) == ["a", "b"]


def test_an_empty_file_becomes_one_of_ours(path):
    path.parent.mkdir()
    path.touch()
    with opened(path) as box:
        assert pragma(box, "user_version") == 1


def make_foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE cookies (name TEXT)")


def make_other_kind(path: Path) -> None:
    with opened(path, replace(OLD, application_id=1)):
        pass


def make_versioned(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 1")


STRANGERS = {
    "another program's": make_foreign,
    "another kind of ours": make_other_kind,
    "an empty database of somebody's": make_versioned,
    "text": lambda path: path.write_text("These are my notes.\n" * 400),
    "bytes": lambda path: path.write_bytes(bytes(range(256)) * 64),
    "a header and no more": lambda path: path.write_bytes(b"SQLite format 3\0" + b"\1" * 60),
}


@pytest.mark.parametrize("make", STRANGERS.values(), ids=STRANGERS)
def test_a_file_that_is_not_ours_is_refused_and_not_touched(path, make):
    path.parent.mkdir()
    make(path)
    before = path.read_bytes()
    with pytest.raises(LibraryDamaged, match="left as it is"):
        open_database(path, OLD)
    assert path.read_bytes() == before


def test_a_folder_in_place_of_the_file_is_told(path):
    path.mkdir(parents=True)
    with pytest.raises(LibraryError, match="could not be used"):
        open_database(path, OLD)


def test_a_file_in_place_of_the_folder_is_told(path):
    path.parent.write_text("no folder")
    with pytest.raises(LibraryError, match="can't be made"):
        open_database(path, OLD)


# Versions


def test_a_newer_file_is_read_and_left_byte_for_byte(path):
    with opened(path, NEW) as box, box.transaction() as connection:
        connection.execute("INSERT INTO thing VALUES ('a', 'red')")
    before = path.read_bytes()
    with opened(path) as box:
        assert names(box) == ["a"]
        assert "newer paperterm" in box.read_only
        with pytest.raises(LibraryReadOnly, match="newer paperterm"), box.transaction():
            pass
        with pytest.raises(sqlite3.OperationalError):
            box.connection.execute("DELETE FROM thing")
    assert path.read_bytes() == before


def test_what_a_newer_copy_has_not_checkpointed_is_seen_and_stays(path):
    with opened(path, NEW) as box:
        with box.transaction() as connection:
            connection.execute("INSERT INTO thing VALUES ('a', 'red')")
        before = path.read_bytes()
        with opened(path) as old:
            assert names(old) == ["a"]
        assert path.read_bytes() == before
        assert names(box) == ["a"]


def test_an_older_file_is_migrated_after_its_owner_could_copy_it(path):
    fill(path, "a")
    copied: list[list[tuple[str, ...]]] = []

    def copy(connection: sqlite3.Connection) -> None:
        copied.append(connection.execute("SELECT * FROM thing").fetchall())

    with opened(path, NEW, before_migration=copy) as box:
        assert box.connection.execute("SELECT * FROM thing").fetchall() == [("a", None)]
        assert pragma(box, "user_version") == 2
    with opened(path, NEW, before_migration=copy):
        pass
    assert copied == [[("a",)]]


def test_a_new_file_is_not_copied_before_it_is_made(path):
    with opened(path, NEW, before_migration=lambda connection: pytest.fail("a copy of nothing")):
        pass


def test_a_migration_that_fails_leaves_the_old_file(path):
    fill(path, "a")
    broken = replace(NEW, migrations=(*NEW.migrations, ("CREATE TABLE thing (again TEXT)",)))
    with pytest.raises(LibraryError, match="already exists"):
        open_database(path, broken)
    with opened(path) as box:
        assert not box.read_only
        assert names(box) == ["a"]


def test_no_migration_without_the_copy(path):
    fill(path, "a")

    def full(connection: sqlite3.Connection) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(LibraryError, match="No space left on device"):
        open_database(path, NEW, before_migration=full)
    with opened(path) as box:
        assert not box.read_only
        assert names(box) == ["a"]


def test_two_copies_that_migrate_at_once_do_it_once(path):
    fill(path, "a")

    def meanwhile(connection: sqlite3.Connection) -> None:
        with opened(path, NEW):
            pass

    with opened(path, NEW, before_migration=meanwhile) as box:
        assert pragma(box, "user_version") == 2
        assert names(box) == ["a"]


# Only reading


def test_a_locked_file_is_only_read(nobodys_folder):
    path = nobodys_folder / "box.db"
    with without_power():
        fill(path, "a")
        path.chmod(0o444)
        with opened(path) as box:
            assert names(box) == ["a"]
            assert box.read_only == f"The box ({path}) can't be written to."
            with pytest.raises(LibraryReadOnly), box.transaction():
                pass


def test_a_locked_folder_is_only_read(nobodys_folder):
    path = nobodys_folder / "box.db"
    with without_power():
        fill(path, "a")
        nobodys_folder.chmod(0o555)
        with opened(path) as box:
            assert names(box) == ["a"]
            assert "can't be written to" in box.read_only
        assert list(nobodys_folder.iterdir()) == [path]


def test_a_locked_folder_without_a_library_is_told(nobodys_folder):
    with without_power():
        nobodys_folder.chmod(0o555)
        with pytest.raises(LibraryError, match="no box yet"):
            open_database(nobodys_folder / "box.db", OLD)


def test_a_folder_that_can_not_be_looked_into_is_told(nobodys_folder):
    with without_power():
        fill(nobodys_folder / "box.db", "a")
        nobodys_folder.chmod(0o000)
        with pytest.raises(LibraryError, match="Permission denied"):
            open_database(nobodys_folder / "box.db", OLD)
