"""Marks made since the last backup are read out of the damaged file as far as it goes."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from helpers import entry_of, numbered, take_in
from paperterm.library import health
from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.model.marks import Change, Marks
from paperterm.model.query import Is, Query, State
from paperterm.storage import backups


def mark(library: Library, number: int, **what: object) -> None:
    entry = entry_of(library, f"Paper number {number}")
    library.mark([Change(entry.paper.key, **what)], "mark", [entry])


def damage_index_of(path: Path) -> None:
    """Make SQLite's check fail and leave the rows readable, as a bad sector in an index would."""
    with sqlite3.connect(path) as connection:
        root = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'tag_by_folded'"
        ).fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    content = bytearray(path.read_bytes())
    content[(root - 1) * size : root * size] = b"\xa5" * size
    path.write_bytes(content)


def test_a_session_that_marked_leaves_a_backup_of_its_last_state(paths: Paths) -> None:
    with Library(paths) as library:
        take_in(library, numbered(1))
        mark(library, 1, bookmarked=True)
    with Library(paths) as library:
        mark(library, 1, add=("kept",))
    kept = backups.all_of(backups.folder_of(paths.marks))
    assert len(kept) == 1
    connection = sqlite3.connect(kept[0])
    assert connection.execute("SELECT tag FROM tag").fetchall() == [("kept",)]
    connection.close()


def test_newer_marks_are_read_out_of_a_damaged_file(paths: Paths) -> None:
    library = Library(paths)
    take_in(library, *(numbered(i) for i in range(40)))
    mark(library, 0, bookmarked=True)
    library.close()
    library = Library(paths)
    for i in range(1, 40):
        mark(library, i, bookmarked=True, add=(f"tag {i}",), note=f"note {i}")
    library._has_marked = False  # as if it were killed: no backup on closing
    library.close()
    damage_index_of(paths.marks)
    told = list(health.repair(paths))
    assert any("39 papers were read from the damaged file" in line for line in told)
    with Library(paths) as restored:
        assert len(restored.find(Query(Is(State.BOOKMARKED))).ids) == 40
        entry = entry_of(restored, "Paper number 7")
        assert entry.marks == Marks(bookmarked=True, tags=("tag 7",), note="note 7")
        restored.undo()
        assert len(restored.find(Query(Is(State.BOOKMARKED))).ids) == 1


def test_a_file_of_which_nothing_can_be_read_costs_only_what_is_newer(paths: Paths) -> None:
    with Library(paths) as library:
        take_in(library, numbered(1))
        mark(library, 1, bookmarked=True)
    paths.marks.write_bytes(b"garbage" * 1000)
    told = list(health.repair(paths))
    assert not any("were read from" in line for line in told)
    with Library(paths) as restored:
        assert len(restored.find(Query(Is(State.BOOKMARKED))).ids) == 1


def test_undo_reaches_behind_a_repair_and_new_entries_are_of_another_machine(paths: Paths) -> None:
    """What was done since the backup may have come to other machines, under the same numbers."""
    with Library(paths) as library:
        take_in(library, numbered(1))
        mark(library, 1, bookmarked=True)
        before = library._marks.journal.machine()
    paths.marks.unlink()
    list(health.repair(paths))
    with Library(paths) as library:
        assert library._marks.journal.machine() != before
        assert library.undo().label == "mark"
        assert library.redo().label == "mark"
