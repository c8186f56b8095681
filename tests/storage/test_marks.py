"""The file of marks: what is said, how it came to be said, and how it is taken back."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperterm.errors import LibraryDamaged, LibraryError, LibraryReadOnly
from paperterm.model.marks import Change, Marks, joined_notes
from paperterm.storage import backups, marks
from paperterm.storage.marks import MARKS, MarkStore, open_marks


def record(store: MarkStore, *changes: Change, label: str = "", takes_back: int | None = None):
    subjects = {change.key: f"paper {change.key}" for change in changes}
    with store.database.transaction():
        return store.record(changes, label, subjects, takes_back)


def rename(store: MarkStore, old: str, new: str) -> None:
    with store.database.transaction():
        store.rename(old, new)


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
    assert store.last_entry().changes == (Change("k", read=True, add=("b",)),)
    assert record(store, asked, label="third") == ()
    assert store.last_entry().label == "second"


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
    for note in ("second", words, ""):
        assert store.last_entry().changes[0].former_note == note
        record(
            store, *(c.inverse() for c in store.last_entry().changes),
            takes_back=store.last_entry().id,
        )  # fmt: skip
        assert state(store) == Marks(note=note)
        assert store.keys() == (["k"] if note else [])


def test_an_entry_taken_back_is_not_the_last_any_more(store):
    record(store, Change("k", bookmarked=True), label="first")
    record(store, Change("l", read=True), label="second")
    for label, key in (("second", "l"), ("first", "k")):
        entry = store.last_entry()
        assert entry.label == label
        record(store, *(c.inverse() for c in entry.changes), takes_back=entry.id)
        assert not state(store, key)
    assert store.last_entry() is None


def test_an_entry_of_which_nothing_is_left_can_still_be_taken_back(store):
    record(store, Change("k", bookmarked=True), label="first")
    record(store, Change("k", read=True), label="second")
    assert record(store, Change("k", add=()), takes_back=store.last_entry().id) == ()
    assert store.last_entry().label == "first"


def test_nothing_is_taken_back_twice(store):
    record(store, Change("k", bookmarked=True))
    entry = store.last_entry()
    record(store, Change("k", bookmarked=False), takes_back=entry.id)
    with pytest.raises(LibraryError):
        record(store, Change("k", bookmarked=True), takes_back=entry.id)
    assert not state(store)


# Renaming


def test_marks_follow_their_paper_to_its_better_name(store):
    record(store, Change("k", bookmarked=True, add=("a",)), label="mine")
    rename(store, "k", "arxiv:1")
    assert store.of(["k", "arxiv:1"]) == {"arxiv:1": Marks(True, False, ("a",))}
    assert store.subject("arxiv:1") == "paper k"
    assert store.subject("k") == ""
    assert store.last_entry().changes == (Change("arxiv:1", bookmarked=True, add=("a",)),)


def test_marks_that_meet_are_joined(store):
    record(store, Change("k", bookmarked=True, add=("a", "b")))
    record(store, Change("arxiv:1", read=True, add=("b", "c")))
    rename(store, "k", "arxiv:1")
    assert store.of(["k", "arxiv:1"]) == {"arxiv:1": Marks(True, True, ("a", "b", "c"))}
    assert store.subject("arxiv:1") == "paper arxiv:1"


def test_notes_that_meet_are_both_kept_and_not_taken_back(store):
    record(store, Change("k", note="of the title"))
    record(store, Change("arxiv:1", note="of the id", bookmarked=True))
    rename(store, "k", "arxiv:1")
    both = "of the id\n\nof the title"
    assert store.of(["k", "arxiv:1"]) == {"arxiv:1": Marks(True, note=both)}
    entry = store.last_entry()
    record(store, *(c.inverse() for c in entry.changes), takes_back=entry.id)
    assert state(store, "arxiv:1") == Marks(note=both)
    entry = store.last_entry()
    assert record(store, *(c.inverse() for c in entry.changes), takes_back=entry.id) == ()
    assert state(store, "arxiv:1") == Marks(note=both)


def test_a_note_follows_its_paper_and_can_still_be_taken_back(store):
    record(store, Change("k", note="mine"))
    rename(store, "k", "arxiv:1")
    assert store.of(["k", "arxiv:1"]) == {"arxiv:1": Marks(note="mine")}
    entry = store.last_entry()
    record(store, *(c.inverse() for c in entry.changes), takes_back=entry.id)
    assert store.of(["k", "arxiv:1"]) == {}


def test_the_journal_follows_several_renamings(store):
    record(store, Change("k", bookmarked=True))
    for old, new in (("k", "doi:1"), ("doi:1", "arxiv:1")):
        rename(store, old, new)
    assert [change.key for change in store.last_entry().changes] == ["arxiv:1"]
    rename(store, "arxiv:1", "k")
    assert [change.key for change in store.last_entry().changes] == ["k"]
    assert state(store, "k") == Marks(bookmarked=True)


def test_a_renaming_that_concerns_no_mark_writes_nothing(store, marks_path):
    rename(store, "k", "arxiv:1")
    with closing(sqlite3.connect(marks_path)) as connection:
        for table in ("state", "tag", "note", "subject", "renamed", "journal"):
            assert not connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


keys = st.sampled_from("abcd")
tags = st.sets(st.sampled_from("xyz")).map(lambda some: tuple(sorted(some)))
flags = st.none() | st.booleans()
notes = st.sampled_from([None, None, "", "n", "m"])
steps = st.lists(
    st.builds(Change, keys, flags, flags, tags, tags, notes)
    | st.tuples(keys, keys)
    | st.just("undo"),
    max_size=25,
)


@settings(deadline=None, max_examples=60)
@given(steps=steps)
def test_the_marks_are_those_of_a_plain_dict(tmp_path_factory, steps):
    store = open_marks(tmp_path_factory.mktemp("any") / "marks.db")
    model: dict[str, Marks] = {}
    journal: list[list[Change]] = []
    try:
        for step in steps:
            if step == "undo":
                if entry := store.last_entry():
                    inverse = [change.inverse() for change in entry.changes]
                    assert entry.changes == tuple(journal[-1])
                    record(store, *inverse, takes_back=entry.id)
                    for change in inverse:
                        model[change.key] = change.apply(model.get(change.key, Marks()))
                    journal.pop()
            elif isinstance(step, Change):
                done = record(store, step)
                before = model.get(step.key, Marks())
                model[step.key] = step.apply(before)
                assert bool(done) == (model[step.key] != before)
                if done:
                    journal.append(list(done))
            elif step[0] != step[1]:
                rename(store, *step)
                old, new = model.pop(step[0], Marks()), model.get(step[1], Marks())
                model[step[1]] = Marks(
                    old.bookmarked or new.bookmarked,
                    old.read or new.read,
                    tuple(sorted({*old.tags, *new.tags})),
                    joined_notes(new.note, old.note),
                )
                journal = [
                    [replace(c, key=step[1]) if c.key == step[0] else c for c in changes]
                    for changes in journal
                ]
            assert store.of("abcd") == {key: marks for key, marks in model.items() if marks}
    finally:
        store.database.close()


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
