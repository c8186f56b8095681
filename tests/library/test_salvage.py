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
        for left in range(39, 0, -1):  # each as it was done
            restored.undo()
            assert len(restored.find(Query(Is(State.BOOKMARKED))).ids) == left


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


def feeds_in(library: Library) -> dict[str, bool]:
    """The feeds there are, and whether each is paused."""
    return {state.feed.name: state.paused for state in library.feeds.all()}


CHOSEN = {"daily-papers": True, "arxiv:cs.CL": False, "hf-search:heaps": True}


def choose_feeds(library: Library) -> None:
    for name in ("arxiv:cs.CL", "hf-search:heaps", "arxiv-query:piles"):
        library.feeds.add(name)
    for name in ("daily-papers", "hf-search:heaps"):
        library.feeds.pause(name)
    library.feeds.remove("arxiv-query:piles")


def test_feeds_chosen_since_the_last_backup_are_read_out_of_a_damaged_file(paths: Paths) -> None:
    with Library(paths) as library:
        take_in(library, numbered(1))
        mark(library, 1, bookmarked=True)
    library = Library(paths)
    choose_feeds(library)
    library._has_marked = False  # as if it were killed: no backup on closing
    library.close()
    for backup in backups.all_of(backups.folder_of(paths.marks))[:-1]:
        backup.unlink()
    damage_index_of(paths.marks)
    told = list(health.repair(paths))
    assert any("of 4 feeds was read from damaged files" in line for line in told)
    with Library(paths) as restored:
        assert feeds_in(restored) == CHOSEN
        assert restored.feeds.add("arxiv-query:piles")[1], "it comes back as one that was removed"


def test_without_any_sound_copy_feeds_are_read_out_of_what_is_left(paths: Paths) -> None:
    with Library(paths) as library:
        take_in(library, numbered(1))
        choose_feeds(library)
        mark(library, 1, bookmarked=True)
    (backup,) = backups.all_of(backups.folder_of(paths.marks))
    damage_index_of(backup)
    paths.marks.write_bytes(b"garbage" * 1000)
    told = list(health.repair(paths))
    assert any("There is no sound backup" in line for line in told)
    with Library(paths) as restored:
        assert feeds_in(restored) == CHOSEN


def test_a_newer_choice_stands_against_an_older_one_in_a_damaged_backup(paths: Paths) -> None:
    with Library(paths) as library:
        library.feeds.add("arxiv:cs.CL")
    (backup,) = backups.all_of(backups.folder_of(paths.marks))
    older = backup.read_bytes()
    with Library(paths) as library:
        library.feeds.remove("arxiv:cs.CL")
    for newer in backups.all_of(backups.folder_of(paths.marks)):
        newer.unlink()
    backup.write_bytes(older)
    damage_index_of(backup)
    damage_index_of(paths.marks)
    list(health.repair(paths))
    with Library(paths) as restored:
        assert feeds_in(restored) == {"daily-papers": False}


def test_feeds_of_a_sound_backup_come_back_with_it(paths: Paths) -> None:
    with Library(paths) as library:
        choose_feeds(library)
    paths.marks.write_bytes(b"")
    list(health.repair(paths))
    with Library(paths) as restored:
        assert feeds_in(restored) == CHOSEN
