"""The file of marks: what is said, how it came to be said, and how it is taken back."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from paperterm.errors import LibraryDamaged, LibraryReadOnly
from paperterm.model.marks import Change, Marks
from paperterm.storage import backups, marks
from paperterm.storage.marks import MARKS, MarkStore, Turned, open_marks


def record(store: MarkStore, *changes: Change, label: str = ""):
    subjects = {change.key: f"paper {change.key}" for change in changes}
    with store.database.transaction():
        return store.record(changes, label, subjects)


def undo(store: MarkStore) -> Turned | None:
    with store.database.transaction():
        return store.undo()


def redo(store: MarkStore) -> Turned | None:
    with store.database.transaction():
        return store.redo()


def rename(store: MarkStore, old: str, new: str) -> None:
    with store.database.transaction():
        store.rename([(old, new)], {})


def last(store: MarkStore) -> str | None:
    """What the action is called that would be taken back next."""
    target = store.journal.to_undo()
    return target.label if target else None


def state(store: MarkStore, key: str = "k") -> Marks:
    return store.of([key]).get(key, Marks())


@pytest.fixture
def reopen(store, marks_path):
    opened: list[MarkStore] = []

    def again() -> MarkStore:
        store.database.close()
        opened.append(open_marks(marks_path))
        return opened[-1]

    yield again
    for one in opened:
        one.database.close()


def test_marks_are_there_after_reopening(store, reopen):
    record(store, Change("k", bookmarked=True, add=("b", "a")), Change("l", read=True))
    again = reopen()
    assert again.of(["k", "l", "m"]) == {
        "k": Marks(True, False, ("a", "b")),
        "l": Marks(False, True),
    }
    assert again.keys() == ["k", "l"]
    assert again.subject("k") == "paper k"
    assert again.subject("m") == ""


def test_the_marks_of_any_number_of_papers_are_told(store):
    keys = [f"k{number:04}" for number in range(1300)]
    record(store, *(Change(key, bookmarked=True, add=(key,)) for key in keys))
    assert store.of(keys) == {key: Marks(True, False, (key,)) for key in keys}
    assert store.keys() == keys


def test_only_what_makes_a_difference_is_written_down(store):
    record(store, Change("k", bookmarked=True, add=("a",)), label="first")
    asked = Change("k", bookmarked=True, read=True, add=("a", "b"), remove=("c",))
    assert record(store, asked, label="second") == (Change("k", read=True, add=("b",)),)
    assert record(store, asked, label="third") == ()
    assert last(store) == "second"
    assert undo(store) == Turned("second", ("k",), 0)
    assert state(store) == Marks(bookmarked=True, tags=("a",))


def test_two_changes_of_one_paper_in_one_action_follow_each_other(store):
    done = record(store, Change("k", add=("a",)), Change("k", remove=("a",), add=("b",)))
    assert state(store) == Marks(tags=("b",))
    assert done == (Change("k", add=("a",)), Change("k", add=("b",), remove=("a",)))


def test_a_paper_whose_marks_are_gone_is_not_marked(store):
    record(store, Change("k", bookmarked=True, read=True, add=("a",)))
    record(store, Change("k", bookmarked=False, read=False, remove=("a",)))
    assert store.of(["k"]) == {}
    assert store.keys() == []


def test_a_note_is_written_replaced_taken_away_and_brought_back(store, reopen):
    words = "Ünïcode\n\n  - \0 and \x1b[2J\t" + "x" * 100_000
    asked = [Change("k", note=note) for note in (words, "second", "")]
    done = [record(store, change, label=f"{n}") for n, change in enumerate(asked)]
    assert done[1] == (Change("k", note="second", former_note=words),)
    assert store.of(["k"]) == {} and store.keys() == []
    store = reopen()
    for number, note in enumerate(("second", words, "")):
        assert undo(store) == Turned(f"{2 - number}", ("k",), 0)
        assert state(store) == Marks(note=note)
        assert store.keys() == (["k"] if note else [])


def test_an_entry_taken_back_is_not_the_last_any_more(store):
    record(store, Change("k", bookmarked=True), label="first")
    record(store, Change("l", read=True), label="second")
    for label, key in (("second", "l"), ("first", "k")):
        assert last(store) == label
        assert undo(store) == Turned(label, (key,), 0)
        assert not state(store, key)
    assert last(store) is None and undo(store) is None


def test_what_was_taken_back_is_brought_back_any_number_of_times(store, reopen):
    record(store, Change("k", bookmarked=True, note="n"), label="first")
    record(store, Change("k", later=dt.date(2030, 1, 1), add=("t",)), label="second")
    whole = state(store)
    for _ in range(3):
        assert [undo(store).label for _ in range(2)] == ["second", "first"]
        assert state(store) == Marks()
        store = reopen()
        assert [redo(store).label for _ in range(2)] == ["first", "second"]
        assert state(store) == whole
        assert redo(store) is None


def test_a_new_action_ends_what_could_be_brought_back(store):
    record(store, Change("k", bookmarked=True), label="first")
    record(store, Change("k", read=True), label="second")
    assert undo(store).label == "second"
    record(store, Change("k", add=("t",)), label="third")
    assert redo(store) is None
    assert [undo(store).label for _ in range(2)] == ["third", "first"]
    assert [redo(store).label for _ in range(2)] == ["first", "third"]


def test_what_a_later_hand_changed_is_left_alone(store):
    """Another machine is that hand: here the last action is always taken back first."""
    record(store, *(Change(key, bookmarked=True, add=("t",)) for key in "klm"), label="mine")
    others = Change("k", bookmarked=False), Change("k", bookmarked=True), Change("l", remove=("t",))
    for change in others:
        elsewhere(store, change)
    assert undo(store) == Turned("mine", ("k", "l", "m"), 2)
    assert store.of("klm") == {"k": Marks(bookmarked=True)}
    assert redo(store) == Turned("mine", ("k", "l", "m"), 2)
    assert store.of("klm") == {
        "k": Marks(bookmarked=True, tags=("t",)),
        "l": Marks(bookmarked=True),
        "m": Marks(bookmarked=True, tags=("t",)),
    }


def elsewhere(store: MarkStore, change: Change) -> None:
    """Another machine that knows all that is known here makes a change."""
    folder = store.database.path.parent / "elsewhere"
    other = open_marks(folder / "marks.db")
    try:
        with other.database.transaction():
            other.apply(store.exchange.entries({}))
            other.record([change], "theirs", {})
        with store.database.transaction():
            store.apply(other.exchange.entries(store.exchange.known()))
    finally:
        other.database.close()


def test_when_nothing_is_left_that_is_told_and_the_entry_counts_as_taken_back(store):
    record(store, Change("k", bookmarked=True), label="first")
    elsewhere(store, Change("k", bookmarked=False))
    assert undo(store) == Turned("first", (), 1)
    assert undo(store) is None
    assert redo(store) == Turned("first", (), 1)


# Renaming


def test_marks_follow_their_paper_to_its_better_name(store):
    record(store, Change("k", bookmarked=True, add=("a",)), label="mine")
    rename(store, "k", "arxiv:1")
    assert store.of(["k", "arxiv:1"]) == {"arxiv:1": Marks(True, False, ("a",))}
    assert store.subject("arxiv:1") == "paper k"
    assert store.subject("k") == ""
    assert undo(store) == Turned("mine", ("arxiv:1",), 0)
    assert store.of(["k", "arxiv:1"]) == {}


def test_marks_that_meet_are_joined(store):
    record(store, Change("k", bookmarked=True, add=("a", "b")))
    record(store, Change("arxiv:1", read=True, add=("b", "c")))
    rename(store, "k", "arxiv:1")
    assert store.of(["k", "arxiv:1"]) == {"arxiv:1": Marks(True, True, ("a", "b", "c"))}
    assert store.subject("arxiv:1") == "paper arxiv:1"


def test_notes_that_meet_are_both_kept_and_each_is_taken_back_for_itself(store):
    record(store, Change("k", note="of the title"))
    record(store, Change("arxiv:1", note="of the id", bookmarked=True))
    rename(store, "k", "arxiv:1")
    both = "of the title\n\nof the id"
    assert store.of(["k", "arxiv:1"]) == {"arxiv:1": Marks(True, note=both)}
    undo(store)
    assert state(store, "arxiv:1") == Marks(note="of the title")
    undo(store)
    assert state(store, "arxiv:1") == Marks()
    for _ in range(2):
        redo(store)
    assert state(store, "arxiv:1") == Marks(True, note=both)
    record(store, Change("arxiv:1", note="one"))
    assert state(store, "arxiv:1").note == "one"
    undo(store)
    assert state(store, "arxiv:1").note == both


def test_a_note_follows_its_paper_and_can_still_be_taken_back(store):
    record(store, Change("k", note="mine"))
    rename(store, "k", "arxiv:1")
    assert store.of(["k", "arxiv:1"]) == {"arxiv:1": Marks(note="mine")}
    undo(store)
    assert store.of(["k", "arxiv:1"]) == {}


def test_the_journal_follows_several_renamings(store):
    record(store, Change("k", bookmarked=True))
    for old, new in (("k", "doi:1"), ("doi:1", "arxiv:1")):
        rename(store, old, new)
        assert store.keys() == [new]
    rename(store, "arxiv:1", "k")
    assert state(store, "k") == Marks(bookmarked=True)
    assert undo(store).keys == ("k",)
    assert store.keys() == []


def test_another_paper_may_bear_a_name_that_was_given_up(store):
    record(store, Change("k", bookmarked=True), label="of the first")
    rename(store, "k", "arxiv:1")
    record(store, Change("k", read=True), label="of the second")
    assert store.of(["k", "arxiv:1"]) == {"k": Marks(read=True), "arxiv:1": Marks(bookmarked=True)}
    assert undo(store).keys == ("k",)
    assert undo(store).keys == ("arxiv:1",)


def test_a_renaming_that_concerns_no_mark_writes_nothing(store, marks_path):
    rename(store, "k", "arxiv:1")
    with closing(sqlite3.connect(marks_path)) as connection:
        for table in ("state", "tag", "note", "subject", "entry", "op", "register"):
            assert not connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


# Opening


def tear(path) -> None:
    """Damage that opening does not notice by itself."""
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)


def test_damage_is_found_at_every_start_and_left_as_it_is(store, marks_path):
    record(store, *(Change(f"k{n}", bookmarked=True, add=("tag" * 9,)) for n in range(500)))
    store.database.close()
    tear(marks_path)
    before = marks_path.read_bytes()
    for _ in range(2):
        with pytest.raises(LibraryDamaged, match="doctor --repair"):
            open_marks(marks_path)
    assert marks_path.read_bytes() == before


@pytest.mark.parametrize("how", ["gone", "empty"])
def test_lost_marks_are_not_begun_anew_while_there_is_a_backup(store, marks_path, how):
    record(store, Change("k", bookmarked=True))
    backups.make(store.database.connection, backups.folder_of(marks_path))
    store.database.close()
    marks_path.unlink()
    if how == "empty":
        marks_path.touch()
    with pytest.raises(LibraryDamaged, match=f"is {how}, but there is a backup of 20"):
        open_marks(marks_path)
    assert marks_path.exists() == (how == "empty")
    assert not marks_path.exists() or not marks_path.stat().st_size


@pytest.mark.parametrize("how", ["gone", "empty"])
def test_without_a_backup_marks_are_begun(marks_path, how):
    marks_path.parent.mkdir()
    if how == "empty":
        marks_path.touch()
    store = open_marks(marks_path)
    assert store.keys() == []
    store.database.close()


@pytest.fixture
def newer(monkeypatch):
    kind = replace(MARKS, migrations=(*MARKS.migrations, ("CREATE TABLE later (text TEXT)",)))

    def come() -> None:
        monkeypatch.setattr(marks, "MARKS", kind)

    yield come


def test_marks_are_backed_up_before_a_migration(store, marks_path, newer):
    record(store, Change("k", bookmarked=True))
    store.database.close()
    newer()
    migrated = open_marks(marks_path)
    assert state(migrated) == Marks(bookmarked=True)
    migrated.database.close()
    (kept,) = backups.all_of(backups.folder_of(marks_path))
    assert "before-migration" in kept.name
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (MARKS.version,)
        assert connection.execute("SELECT key FROM state").fetchall() == [("k",)]


def test_marks_of_a_newer_paperterm_are_only_read(store, marks_path, newer, monkeypatch):
    record(store, Change("k", bookmarked=True))
    store.database.close()
    with monkeypatch.context() as patch:
        patch.setattr(marks, "MARKS", replace(MARKS, migrations=(*MARKS.migrations, ("SELECT 1",))))
        open_marks(marks_path).database.close()
    before = marks_path.read_bytes()
    old = open_marks(marks_path)
    assert state(old) == Marks(bookmarked=True)
    with pytest.raises(LibraryReadOnly):
        record(old, Change("k", read=True))
    old.database.close()
    assert marks_path.read_bytes() == before
