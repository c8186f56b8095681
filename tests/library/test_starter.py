"""The starter shelf: there on a first look, gone when told to, never in a reader's way."""

from __future__ import annotations

from dataclasses import replace

from helpers import contents, everything, mark, marks_by_title, numbered, seen, take_in
from paperterm.library.door import Library
from paperterm.model.marks import Marks
from paperterm.model.parse import parse
from paperterm.model.query import Query
from paperterm.model.record import Record


def sources(library: Library) -> set[tuple[str, ...]]:
    return {entry.paper.sources for entry in everything(library)}


def test_a_first_look_shows_the_shelf_and_a_second_changes_nothing(paths):
    with Library(paths) as library:
        assert library.greet()
        assert len(everything(library)) == 84
        assert sources(library) == {("starter",)}
        before = contents(library)
        assert not library.greet()
    with Library(paths) as library:
        assert not library.greet()
        assert contents(library) == before


def test_after_an_import_there_is_no_shelf(library):
    take_in(library, numbered(1))
    assert not library.greet()
    assert len(everything(library)) == 1


def test_a_shelf_taken_down_stays_down(paths):
    with Library(paths) as library:
        library.greet()
        assert library.remove_starter() == (84, 0)
        assert everything(library) == []
    with Library(paths) as library:
        assert not library.greet()
        assert everything(library) == []


def test_a_shelf_taken_down_before_it_was_up_stays_down(library):
    assert library.remove_starter() == (0, 0)
    assert not library.greet()


def test_marked_papers_stay(library):
    library.greet()
    for entry, asked in zip(
        everything(library), ({"bookmarked": True}, {"read": True}, {"add": ("a",)}), strict=False
    ):
        mark(library, entry, **asked)
    before = marks_by_title(library)
    assert library.remove_starter() == (81, 3)
    assert len(everything(library)) == 3
    assert marks_by_title(library) == before


def test_a_paper_whose_mark_was_taken_back_goes(library):
    library.greet()
    mark(library, everything(library)[0], bookmarked=True)
    library.undo()
    assert library.remove_starter() == (84, 0)


def test_papers_a_real_source_has_shown_stay_and_forget_the_shelf(library):
    library.greet()
    shelf = everything(library)[0].paper
    real = replace(
        shelf, abstract="Real.", abstract_is_summary=False, sightings=(seen("page", position=3),)
    )
    library.add([Record(real)])
    assert library.remove_starter() == (83, 0)
    (left,) = everything(library)
    assert left.paper.sources == ("page",)
    assert left.paper.abstract == "Real."


def test_papers_taken_out_are_found_no_more_though_the_index_has_them(library):
    library.greet()
    library.bring_up_index()
    found = library.find(Query()).ids
    library.remove_starter()
    assert library.index_behind() == 84
    for text in ("long", "long sort:date", "-zebra", ""):
        assert list(library.find(parse(text, typing=False)).ids) == []
    assert library.entries(found) == []


def test_the_shelf_comes_back_when_asked_for(library):
    library.greet()
    mark(library, everything(library)[5], bookmarked=True)
    before = contents(library)
    library.remove_starter()
    tally = library.add_starter()
    assert (tally.new, tally.unchanged) == (83, 1)
    assert contents(library) == before
    assert not library.greet()


def test_the_shelf_can_be_put_up_beside_other_papers(library):
    take_in(library, numbered(1))
    assert library.add_starter().new == 84
    assert library.remove_starter() == (84, 0)
    assert len(everything(library)) == 1


def test_a_mark_made_while_the_shelf_goes_brings_its_paper_back(paths):
    with Library(paths) as library:
        library.greet()
        entry = everything(library)[0]
        library.remove_starter()
        mark(library, entry, bookmarked=True)
    with Library(paths) as library:
        assert marks_by_title(library) == {entry.paper.title: Marks(bookmarked=True)}
        (left,) = everything(library)
        assert left.paper.arxiv_id == entry.paper.arxiv_id
