"""Changes that are whole or not made, by one copy or by two at once."""

from __future__ import annotations

import threading

import pytest

from helpers import tear
from paperterm.errors import LibraryBusy, LibraryDamaged, LibraryError
from paperterm.storage import database
from paperterm.storage.database import Database

from .box import fill, names, opened, pragma


def test_a_change_is_whole_or_not_at_all(path):
    fill(path, "a")
    with opened(path) as box:
        with pytest.raises(ZeroDivisionError), box.transaction() as connection:
            connection.execute("INSERT INTO thing VALUES ('b')")
            raise ZeroDivisionError
        assert names(box) == ["a"]
        with box.transaction() as connection:
            connection.execute("INSERT INTO thing VALUES ('c')")
        assert names(box) == ["a", "c"]


def test_an_error_of_sqlites_is_told_as_ours_and_undone(path):
    with opened(path) as box:
        with pytest.raises(LibraryError, match="Nothing was changed"), box.transaction() as c:
            c.execute("INSERT INTO thing VALUES ('b')")
            c.execute("INSERT INTO nowhere VALUES ('b')")
        assert names(box) == []


def test_a_change_is_not_seen_before_it_is_done(path):
    with opened(path) as one, opened(path) as two:
        with one.transaction() as connection:
            connection.execute("INSERT INTO thing VALUES ('a')")
            assert names(two) == []
        assert names(two) == ["a"]


def test_several_reads_are_of_one_moment(path):
    fill(path, "a")
    with opened(path) as one, opened(path) as two:
        with one.reading():
            assert names(one) == ["a"]
            with two.transaction() as connection:
                connection.execute("INSERT INTO thing VALUES ('b')")
            assert names(one) == ["a"]
        assert names(one) == ["a", "b"]


def test_two_copies_take_turns(path):
    def write(box: Database, name: str) -> None:
        for number in range(30):
            with box.transaction() as connection:
                count = connection.execute("SELECT count(*) FROM thing").fetchone()[0]
                connection.execute("INSERT INTO thing VALUES (?)", (f"{count:02} {name}{number}",))

    with opened(path) as one, opened(path) as two:
        threads = [threading.Thread(target=write, args=args) for args in ((one, "a"), (two, "b"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [name[:2] for name in names(one)] == [f"{number:02}" for number in range(60)]


def test_who_waits_too_long_is_told_and_nothing_was_changed(path, monkeypatch):
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 50)
    with opened(path) as one, opened(path) as two:
        with one.transaction() as connection:
            connection.execute("INSERT INTO thing VALUES ('a')")
            with pytest.raises(LibraryBusy, match="nothing was changed"), two.transaction():
                pytest.fail("two wrote at once")
        with two.transaction() as connection:
            connection.execute("INSERT INTO thing VALUES ('b')")
        assert names(one) == ["a", "b"]


def test_the_check_is_quiet_about_a_sound_file_and_finds_a_torn_one(path):
    fill(path, *(f"name {number}" * 20 for number in range(500)))
    with opened(path) as box:
        assert box.check() == []
    tear(path, 8192)
    with opened(path) as box:
        assert box.check()
        with pytest.raises(LibraryDamaged, match="doctor --repair"), box.transaction():
            names(box)


def test_a_schema_is_not_trusted_and_its_references_hold(path):
    with opened(path) as box:
        assert pragma(box, "trusted_schema") == 0
        assert pragma(box, "foreign_keys") == 1
