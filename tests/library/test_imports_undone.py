"""What came in is an action too: taken back, its papers leave; they come again as they were."""

from __future__ import annotations

import pytest

from helpers import entry_of, everything, mark, numbered, paper, record, take_in, titles
from paperterm.library.door import Library
from paperterm.library.intake import Tally
from paperterm.model.marks import Marks
from paperterm.model.query import Is, Query, State
from paperterm.model.record import Record


def bring(library: Library, *papers, label: str = "import of x", unasked: bool = False) -> Tally:
    tally = Tally(label=label, unasked=unasked)
    library.add((p if isinstance(p, Record) else Record(p) for p in papers), tally)
    library.book(tally)
    return tally


def names(library: Library) -> list[str]:
    found = sorted(titles(library, ""))
    shelves = library.shelves()
    assert shelves.all == len(found)
    assert shelves.inbox == len(titles(library, "is:inbox"))
    assert shelves.removed == len(titles(library, "is:removed"))
    assert sum(count for _, count in shelves.days) == len(found)
    return found


@pytest.fixture
def shelf(library):
    take_in(library, paper("old"))
    bring(library, paper("old"), paper("A"), paper("B"), paper("C"))
    return library


def test_an_import_is_taken_back_and_brought_back(shelf):
    for _ in range(2):
        assert names(shelf) == ["A", "B", "C", "old"]
        undone = shelf.undo()
        assert undone.label == "import of x: 3 new papers"
        assert len(undone.keys) == 3
        assert names(shelf) == ["old"]
        assert sorted(titles(shelf, "is:removed")) == ["A", "B", "C"]
        assert len(shelf.redo().keys) == 3


def test_marked_papers_stay(shelf):
    mark(shelf, entry_of(shelf, "A"), add=("t",))
    number = shelf.history(2)[1].number
    assert shelf.undo(number).label.startswith("import of x")
    assert names(shelf) == ["A", "old"]
    shelf.undo()  # the tag
    assert names(shelf) == ["old"]


def test_a_paper_that_another_import_has_met_stays(shelf):
    bring(shelf, paper("B"), label="import of y")
    take_in(shelf, paper("C", comments=3))
    assert [one.label for one in shelf.history(9)] == ["import of x: 3 new papers"]
    shelf.undo()
    assert names(shelf) == ["B", "C", "old"]


def test_a_later_import_brings_papers_back_unchanged_as_they_are(shelf):
    shelf.undo()
    assert names(shelf) == ["old"]
    tally = bring(shelf, paper("A"), label="import of y")
    assert (tally.new, tally.unchanged) == (0, 1)
    assert names(shelf) == ["A", "old"]
    with Library(shelf.paths) as other:
        assert names(other) == ["A", "old"]


def test_a_paper_of_it_that_the_reader_wants_back_is_back(shelf):
    shelf.undo()
    (gone,) = [
        e for e in shelf.entries(shelf.find(Query(Is(State.REMOVED))).ids) if e.paper.title == "A"
    ]
    assert gone.marks == Marks(removed=True)
    assert mark(shelf, gone, removed=False).keys == (gone.paper.key,)
    assert names(shelf) == ["A", "old"]
    assert shelf.named(gone.paper.key).marks == Marks()


def test_marks_that_came_along_go_with_their_papers(library):
    tally = bring(
        library,
        *(Record(numbered(n), marks=Marks(True, tags=("t",))) for n in range(1, 1_200)),
        record("mine"),
    )
    assert tally.marked == 1_199
    assert [one.label for one in library.history(9)] == ["import of x: 1,200 new papers"]
    mark(library, entry_of(library, "Paper number 7"), read=True, label="read")
    library.undo()
    assert len(library.undo().keys) == 1_200
    assert names(library) == [] and library.tags() == []
    assert len(library.redo().keys) == 1_200
    assert library.shelves().bookmarks == 1_199
    assert library.tags() == [("t", 1_199)]
    assert library.redo().label == "read"


def test_what_came_by_itself_is_told_and_is_not_what_the_reader_did_last(library):
    take_in(library, paper("old"))
    mark(library, entry_of(library, "old"), bookmarked=True, label="bookmark")
    bring(library, paper("A"), label="daily-papers fetched", unasked=True)
    told = library.history(9)
    assert [(one.label, one.action) for one in told] == [
        ("daily-papers fetched: 1 new paper", False),
        ("bookmark", True),
    ]
    assert library.undo().label == "bookmark"
    assert library.redo().label == "bookmark"
    assert library.undo(told[0].number).label.startswith("daily-papers")
    assert names(library) == ["old"]
    assert library.redo().label.startswith("daily-papers")


def test_what_brings_nothing_new_is_no_action(shelf):
    bring(shelf, paper("A"), paper("old"))
    assert len(shelf.history(9)) == 1


def test_papers_that_are_there_before_their_entry_is_written_are_there(library):
    """As after a kill between the two files: nothing was taken back, so nothing is hidden."""
    library.add([Record(paper("A"))], Tally(label="import of x"))
    library.close()
    with Library(library.paths) as again:
        assert names(again) == ["A"]
        assert again.undo() is None


def test_marks_hold_back_a_paper_in_any_kind(shelf):
    for name, asked in zip("ABC", ({"note": "n"}, {"archived": True}, {"read": True}), strict=True):
        mark(shelf, entry_of(shelf, name), **asked)
    shelf.undo(shelf.history(9)[-1].number)
    assert names(shelf) == ["A", "B", "C", "old"]
    assert len(everything(shelf)) == 4
