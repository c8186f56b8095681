"""Copies of the marks: one a day, the last seven; and files that are there whole or not at all."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing

import pytest

from helpers import everything, mark, numbered, take_in
from paperterm.library.door import Library
from paperterm.model.marks import Change
from paperterm.storage import backups, files
from paperterm.storage.files import write_whole


def days_before(folder, count: int) -> list[str]:
    """As many daily backups of earlier days; their names, oldest first."""
    folder.mkdir(exist_ok=True)
    names = [f"marks-202501{day:02}T101500000000-daily.db" for day in range(1, count + 1)]
    for name in names:
        (folder / name).write_bytes(b"")
    return names


@pytest.fixture
def folder(marks_path):
    return backups.folder_of(marks_path)


@pytest.fixture
def connection(store):
    with store.database.transaction():
        store.record([Change("k", bookmarked=True)], "", {})
    return store.database.connection


def test_a_backup_is_whole_though_the_file_is_in_use(connection, store, folder):
    made = backups.make(connection, folder)
    with store.database.transaction():
        store.record([Change("l", bookmarked=True)], "", {})
    with closing(sqlite3.connect(made)) as copy:
        assert copy.execute("SELECT key FROM state").fetchall() == [("k",)]
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_there_is_one_daily_backup_a_day(connection, folder):
    made = backups.make_daily(connection, folder)
    assert made is not None
    assert backups.make_daily(connection, folder) is None
    assert backups.all_of(folder) == [made]


def test_the_last_seven_daily_backups_are_kept(connection, folder):
    names = days_before(folder, 9)
    made = backups.make_daily(connection, folder)
    assert [path.name for path in backups.all_of(folder)] == [made.name, *names[:2:-1]]
    assert backups.KEPT == 7


def test_a_backup_from_before_a_migration_is_kept_besides(connection, folder):
    days_before(folder, 9)
    special = folder / "marks-20240101T101500000000-before-migration.db"
    special.write_bytes(b"")
    backups.make_daily(connection, folder)
    assert special in backups.all_of(folder)
    assert len(backups.all_of(folder)) == 8


def test_the_newest_backup_is_found(connection, folder):
    assert backups.newest(folder) is None
    names = days_before(folder, 3)
    assert backups.newest(folder).name == names[-1]
    made = backups.make(connection, folder, "before-migration")
    assert backups.newest(folder) == made
    assert backups.day_of(folder / names[0]) == "2025-01-01"


def test_a_backup_that_fails_leaves_nothing_behind(connection, folder, monkeypatch):
    def full(*paths):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "settle", full)
    with pytest.raises(OSError, match="No space"):
        backups.make(connection, folder)
    assert list(folder.iterdir()) == []


# Whole files


def test_a_file_is_written_whole(tmp_path):
    path = tmp_path / "file"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "file"
    write_whole(path, b"one")
    monkeypatch.setattr(files, "sync_file", lambda path: os.close(-1))
    with pytest.raises(OSError, match="Bad file descriptor"):
        write_whole(path, b"two")
    assert path.read_bytes() == b"one"
    assert list(tmp_path.iterdir()) == [path]


def test_content_is_on_the_disk_before_the_name_and_the_name_before_it_is_said(
    tmp_path, monkeypatch
):
    path = tmp_path / "file"
    write_whole(path, b"one")
    synced = []
    real = os.fsync

    def fsync(descriptor):
        is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        synced.append((is_folder, path.read_bytes()))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    write_whole(path, b"two")
    assert synced == [(False, b"one"), (True, b"two")]


def test_a_copy_that_is_made_ahead_is_the_one_before_the_first_mark(paths):
    with Library(paths) as library:
        take_in(library, numbered(1), numbered(2))
        mark(library, everything(library)[0], bookmarked=True)
    folder = backups.folder_of(paths.marks)
    with Library(paths) as library:
        library.keep_copy()
        (ahead,) = backups.all_of(folder)
        mark(library, everything(library)[1], bookmarked=True)
        assert backups.all_of(folder) == [ahead]
        with closing(sqlite3.connect(ahead)) as copy:
            assert copy.execute("SELECT count(*) FROM state WHERE bookmarked").fetchone() == (1,)


def test_what_has_not_changed_is_not_copied_again(paths):
    with Library(paths) as library:
        take_in(library, numbered(1))
        mark(library, everything(library)[0], bookmarked=True)
    folder = backups.folder_of(paths.marks)
    for _ in range(2):
        with Library(paths) as library:
            library.keep_copy()
    before = backups.all_of(folder)
    with Library(paths) as library:
        library.keep_copy()
    assert backups.all_of(folder) == before


def test_a_copy_that_may_be_damaged_leaves_the_one_before(connection, folder):
    first = backups.make_daily(connection, folder)
    second = backups.make_daily(connection, folder, refresh=True, beside=True)
    assert backups.all_of(folder) == [second, first]
    third = backups.make_daily(connection, folder, refresh=True, beside=True)
    assert backups.all_of(folder) == [third, second]
    last = backups.make_daily(connection, folder, refresh=True)
    assert backups.all_of(folder) == [last]
