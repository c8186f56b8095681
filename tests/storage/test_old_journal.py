"""The journal of an older file comes along whole: what it says, and that it can be taken back."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from paperterm.model.marks import Marks
from paperterm.storage import backups, to_journal
from paperterm.storage.database import open_database
from paperterm.storage.marks import MarkStore, open_marks
from paperterm.storage.marks_file import MARKS

AT = "2025-11-07T12:00:0{}.000+00:00"
HISTORY = [
    ("one", [{"key": "title:x", "bookmarked": True, "add": ["a", "B"]}], None),
    ("two", [{"key": "title:x", "note": "old"}, {"key": "y", "read": True}], None),
    ("three", [{"key": "arxiv:x", "note": "beside", "add": ["c"]}], None),
    # Here title:x has become arxiv:x, and their notes have met.
    ("four", [{"key": "title:x", "read": True}], None),  # another paper of that title
    ("five", [{"key": "arxiv:x", "remove": ["a"], "bookmarked": False}], None),
    ("undo: five", [{"key": "arxiv:x", "add": ["a"], "bookmarked": True}], 5),
    ("six", [{"key": "y", "read": False}], None),
]


def old_file(path: Path) -> None:
    """A file of marks as releases before this one left it."""
    kind = replace(MARKS, migrations=MARKS.migrations[:3])
    with (
        contextlib.closing(open_database(path, kind)) as database,
        database.transaction() as connection,
    ):
        connection.executemany(
            "INSERT INTO state VALUES (?, ?, ?)",
            [("arxiv:x", 1, 0), ("title:x", 0, 1), ("y", 0, 0)],
        )
        connection.executemany(
            "INSERT INTO tag VALUES ('arxiv:x', ?, ?)",
            [("a", "a"), ("B", "b"), ("c", "c"), ("lost", "lost")],  # one that no entry tells
        )
        connection.execute("INSERT INTO note VALUES ('arxiv:x', 'beside\n\nold', 'beside old', '')")
        connection.execute("INSERT INTO subject VALUES ('arxiv:x', 'paper x')")
        connection.execute("INSERT INTO renamed VALUES ('title:x', 3, 'arxiv:x')")
        for number, (label, changes, takes_back) in enumerate(HISTORY, 1):
            at = AT.format(number)
            connection.execute(
                "INSERT INTO journal VALUES (?, ?, ?, ?, ?)",
                (number, at, label, json.dumps(changes), takes_back),
            )


NOW = {
    "arxiv:x": Marks(True, tags=("B", "a", "c", "lost"), note="beside\n\nold"),
    "title:x": Marks(read=True),
}


@pytest.fixture
def old(tmp_path) -> Path:
    old_file(tmp_path / "marks.db")
    return tmp_path / "marks.db"


@pytest.fixture
def brought(old):
    store = open_marks(old)
    yield store
    store.database.close()


def undo(store: MarkStore):
    with store.database.transaction():
        return store.undo()


def test_all_marks_are_as_they_were(brought, old):
    assert brought.of(["arxiv:x", "title:x", "y"]) == NOW
    assert brought.subject("arxiv:x") == "paper x"
    assert brought.database.check() == []
    (kept,) = backups.all_of(backups.folder_of(old))
    with contextlib.closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (3,)
        assert connection.execute("SELECT count(*) FROM journal").fetchone() == (7,)


def test_the_history_is_told_as_it_was(brought):
    told = brought.journal.told(100)
    assert [(one.label, one.undone, one.papers) for one in reversed(told)] == [
        ("one", False, 1),
        ("two", False, 2),
        ("three", False, 1),
        ("four", False, 1),
        ("five", True, 1),
        ("six", False, 1),
    ]
    assert told[-1].at == AT.format(1)
    assert {one.own for one in told} == {True}


def test_all_of_it_can_still_be_taken_back_and_brought_back(brought):
    steps = [undo(brought) for _ in range(5)]
    assert [(one.label, one.keys) for one in steps] == [
        ("six", ("y",)),
        ("four", ("title:x",)),
        # The notes had met, and what they came to stands for both.
        ("three", ("arxiv:x",)),
        ("two", ("y",)),
        ("one", ("arxiv:x",)),
    ]
    assert brought.of(["arxiv:x", "title:x", "y"]) == {
        "arxiv:x": Marks(tags=("lost",), note="beside\n\nold")
    }
    assert undo(brought) is None
    with brought.database.transaction():
        labels = [brought.redo().label for _ in range(5)]
    assert labels == ["one", "two", "three", "four", "six"]
    assert brought.of(["arxiv:x", "title:x", "y"]) == NOW


def test_what_was_taken_back_just_before_can_be_brought_back(tmp_path):
    path = tmp_path / "marks.db"
    old_file(path)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM journal WHERE id = 7")
        connection.commit()
    store = open_marks(path)
    with store.database.transaction():
        assert store.redo().label == "five"
    assert store.of(["arxiv:x"])["arxiv:x"].tags == ("B", "c", "lost")
    store.database.close()


def test_a_file_that_can_not_be_brought_along_is_as_it_was(old, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(to_journal, "_marks", lambda connection: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            open_marks(old)
    with contextlib.closing(sqlite3.connect(old)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (3,)
        assert connection.execute("SELECT count(*) FROM journal").fetchone() == (7,)
    store = open_marks(old)
    assert store.of(["arxiv:x", "title:x", "y"]) == NOW
    store.database.close()
