"""Marks on many papers that are known by name alone."""

from __future__ import annotations

import time

from helpers import entry_of, everything, numbered, paper, take_in, titles
from paperterm.library.door import Library
from paperterm.model.marks import Change, Marks


def test_papers_are_held_by_name_with_their_marks(library: Library) -> None:
    take_in(library, *(numbered(number) for number in range(1, 1_203)))
    entries = everything(library)
    library.mark([Change(entries[3].paper.key, bookmarked=True, add=("a",))], "mark")
    held = library.holdings([entry.id for entry in entries] + [999_999])
    assert {(one.id, one.key) for one in held} == {(e.id, e.paper.key) for e in entries}
    marked = {one.key: one.marks for one in held if one.marks}
    assert marked == {entries[3].paper.key: Marks(bookmarked=True, tags=("a",))}


def test_marks_made_by_name_bring_their_papers_back_when_the_catalogue_is_lost(paths) -> None:
    with Library(paths) as library:
        take_in(library, *(numbered(number) for number in range(1, 701)))
        keys = [one.key for one in library.holdings([e.id for e in everything(library)])]
        assert len(library.mark([Change(key, read=True) for key in keys], "read").keys) == 700
    for path in paths.catalogue.parent.glob("catalogue.db*"):
        path.unlink()
    with Library(paths) as library:
        entries = everything(library)
        assert {e.paper.title for e in entries} == {f"Paper number {n}" for n in range(1, 701)}
        assert all(entry.marks.read for entry in entries)


def test_a_name_that_a_paper_no_longer_bears_means_that_paper(library: Library) -> None:
    take_in(library, paper("Learns its id", sightings=()))
    old = entry_of(library, "Learns its id").paper.key
    take_in(library, paper("Learns its id", arxiv_id="2401.00001"))
    library.mark([Change(old, bookmarked=True)], "bookmark")
    entry = entry_of(library, "Learns its id")
    assert (entry.paper.key, entry.marks.bookmarked) == ("arxiv:2401.00001", True)


def test_the_tags_among_some_papers_are_counted(library: Library) -> None:
    take_in(library, *(numbered(number) for number in range(1, 5)))
    one, two, three, _ = (entry_of(library, f"Paper number {n}") for n in range(1, 5))
    for entry, tags in ((one, ("a", "b")), (two, ("a",)), (three, ("a", "c"))):
        library.mark([Change(entry.paper.key, add=tags)], "tags", [entry])
    assert library.tags_among([one.id, two.id]) == {"a": 2, "b": 1}
    assert library.tags_among([]) == {}


def test_ten_thousand_marks_take_no_longer_than_a_reader_waits(library: Library) -> None:
    take_in(library, *(numbered(number) for number in range(1, 10_001)))
    assert len(titles(library, "")) == 10_000
    begun = time.process_time()
    held = library.holdings(entry.id for entry in everything(library))
    reading = time.process_time() - begun
    begun = time.process_time()
    library.mark([Change(one.key, bookmarked=True) for one in held], "bookmark")
    assert time.process_time() - begun < 4 * reading + 1
    assert library.shelves().bookmarks == 10_000
    assert len(library.undo().keys) == 10_000
    assert library.shelves().bookmarks == 0
