"""Marking, and taking it back: one action at a time, newest first, whenever."""

from __future__ import annotations

from helpers import entry_of, everything, mark, marks_by_title, numbered, only, paper, take_in
from paperterm.library.door import Library
from paperterm.model.marks import Change, Marks
from paperterm.storage import backups


def test_every_kind_of_mark_can_be_taken_back(library):
    take_in(library, paper("A"))
    steps = [{"bookmarked": True}, {"read": True}, {"add": ("a", "b")}, {"remove": ("a",)}]
    steps += [{"note": "one"}, {"note": "two"}, {"note": ""}, {"note": "three"}]
    states = [Marks()]
    for asked in steps:
        mark(library, only(library), **asked)
        states.append(only(library).marks)
    assert states[-1] == Marks(True, True, ("b",), "three")
    for state, asked in zip(reversed(states[:-1]), reversed(steps), strict=True):
        undone = library.undo()
        assert undone.label == " ".join(asked)
        assert undone.keys == (only(library).paper.key,)
        assert only(library).marks == state
    assert library.undo() is None


def test_what_was_done_before_a_restart_can_be_taken_back(paths):
    with Library(paths) as library:
        take_in(library, paper("A"))
        for asked in ({"bookmarked": True}, {"read": True}):
            mark(library, only(library), **asked)
    with Library(paths) as library:
        assert library.undo().label == "read"
    with Library(paths) as library:
        assert only(library).marks == Marks(bookmarked=True)
        assert library.undo().label == "bookmarked"
        assert library.undo() is None


def test_an_action_on_several_papers_is_taken_back_at_once(library):
    take_in(library, *(numbered(number) for number in range(1, 6)))
    first, *rest = everything(library)
    mark(library, first, read=True)
    done = mark(library, [first, *rest], label="all read", read=True)
    assert set(done.keys) == {entry.paper.key for entry in rest}
    assert set(library.undo().keys) == set(done.keys)
    assert marks_by_title(library) == {first.paper.title: Marks(read=True)}


def test_an_action_that_changes_nothing_is_no_action(library):
    take_in(library, paper("A"))
    mark(library, only(library), label="first", bookmarked=True)
    assert mark(library, only(library), label="again", bookmarked=True).keys == ()
    assert library.undo().label == "first"


def test_a_new_action_after_taking_back_is_the_next_to_be_taken_back(library):
    take_in(library, paper("A"))
    mark(library, only(library), label="one", bookmarked=True)
    mark(library, only(library), label="two", read=True)
    library.undo()
    mark(library, only(library), label="three", add=("t",))
    assert [library.undo().label for _ in range(2)] == ["three", "one"]
    assert library.undo() is None


def test_where_a_later_change_took_its_place_only_the_rest_is_taken_back(library):
    """Two papers, marked alike, turn out to be one: then there is one mark to take back."""
    take_in(library, paper("A"), paper("B", arxiv_id="2401.00001"))
    mark(library, entry_of(library, "A"), label="a", bookmarked=True)
    mark(library, entry_of(library, "B"), label="b", bookmarked=True, add=("b",))
    take_in(library, paper("A", arxiv_id="2401.00001"))
    assert library.undo().label == "b"
    assert only(library).marks == Marks()
    undone = library.undo()
    assert (undone.label, undone.keys) == ("a", ())
    assert only(library).marks == Marks()


def test_another_copys_action_is_taken_back_like_ones_own(paths):
    with Library(paths) as one, Library(paths) as other:
        take_in(one, paper("A"))
        mark(one, only(one), label="mine", bookmarked=True)
        mark(other, only(other), label="theirs", read=True)
        assert one.undo().label == "theirs"
        assert other.undo().label == "mine"
        assert only(one).marks == Marks()


def test_changes_for_several_papers_are_one_action(library):
    take_in(library, paper("A"), paper("B"))
    a, b = (entry_of(library, title) for title in "AB")
    changes = [Change(a.paper.key, bookmarked=True), Change(b.paper.key, add=("x",))]
    library.mark(changes, "both", [a, b])
    assert marks_by_title(library) == {"A": Marks(bookmarked=True), "B": Marks(tags=("x",))}
    library.undo()
    assert marks_by_title(library) == {}


# Backups


def test_the_days_first_mark_keeps_a_copy_of_what_was_before(library, paths):
    take_in(library, paper("A"))
    assert backups.all_of(backups.folder_of(paths.marks)) == []
    for asked in ({"bookmarked": True}, {"read": True}):
        mark(library, only(library), **asked)
    (kept,) = backups.all_of(backups.folder_of(paths.marks))
    assert "daily" in kept.name


def test_a_copy_that_can_not_be_kept_does_not_stop_a_mark(library, paths):
    take_in(library, paper("A"))
    backups.folder_of(paths.marks).write_text("in the way")
    mark(library, only(library), bookmarked=True)
    assert only(library).marks.bookmarked
