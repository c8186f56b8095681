"""Taking papers in: the tally, the marks that come along, and streams that break off."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from helpers import (
    contents,
    entry_of,
    everything,
    make_newer,
    mark,
    marks_by_title,
    numbered,
    only,
    paper,
    paths_in,
    record,
    seen,
    take_in,
)
from paperterm.errors import LibraryBusy, LibraryReadOnly, SourceError
from paperterm.library.door import Library
from paperterm.library.exporting import entries_of, json_line
from paperterm.library.intake import Tally
from paperterm.model.marks import Marks
from paperterm.model.paper import Sighting
from paperterm.model.query import Query
from paperterm.model.record import Context, Record, Refusal, Remark
from paperterm.storage import database


def counts(tally: Tally) -> tuple[int, int, int, int]:
    return tally.new, tally.updated, tally.unchanged, tally.marked


def exported(library: Library) -> bytes:
    ids = library.find(Query()).ids
    lines = (json_line(entry, full=True) for entry in entries_of(library, ids))
    return "".join(f"{line}\n" for line in lines).encode()


def read(library: Library, data: bytes) -> Tally:
    return library.read(io.BytesIO(data), Context("input"), "jsonl")


def test_a_stream_is_counted(library):
    take_in(library, numbered(1), numbered(2))
    refusal = Refusal(7, "there is no title")
    items = [
        Record(numbered(1)),
        Record(numbered(2, comments=3)),
        Record(numbered(3)),
        refusal,
        Remark("It was in Latin."),
    ]
    tally = library.add(items)
    assert counts(tally) == (1, 1, 1, 0)
    assert tally.refused == [refusal]
    assert tally.remarks == ["It was in Latin."]
    assert tally.taken == 3


def test_the_tally_is_kept_up_while_a_long_stream_is_taken_in(library):
    tally = Tally()
    told: list[int] = []

    def items():
        for number in range(1, 1201):
            told.append(tally.taken)
            yield Record(numbered(number))

    assert library.add(items(), tally) is tally
    assert 0 < told[-1] < 1200
    assert tally.new == len(everything(library)) == 1200


def test_a_second_time_nothing_changes(library):
    papers = [numbered(number) for number in range(1, 701)]
    marked = [Record(papers[0], marks=Marks(True, True, ("mine",))), *map(Record, papers[1:])]
    assert counts(take_in(library, *marked)) == (700, 0, 0, 1)
    before = contents(library), library.seen(), library.find(Query()).ids
    assert counts(take_in(library, *marked)) == (0, 0, 700, 0)
    assert (contents(library), library.seen(), library.find(Query()).ids) == before


def test_a_second_time_nothing_is_left_to_index(library):
    take_in(library, numbered(1))
    library.bring_up_index()
    take_in(library, numbered(1))
    assert library.index_behind() == 0


def test_the_real_page_a_second_time_changes_nothing(library, shared):
    page = (shared / "daily-papers-page.txt").read_bytes()
    first = library.read(io.BytesIO(page), Context("page"))
    assert counts(first) == (84, 0, 0, 0)
    before = contents(library)
    second = library.read(io.BytesIO(page), Context("page"))
    assert counts(second) == (0, 0, 84, 0)
    assert first.refused == second.refused == []
    assert contents(library) == before


def test_the_real_page_joins_the_starter_shelf(library, shared):
    library.greet()
    page = (shared / "daily-papers-page.txt").read_bytes()
    assert counts(library.read(io.BytesIO(page), Context("page"))) == (0, 84, 0, 0)
    assert len(everything(library)) == 84
    assert not any(entry.paper.abstract_is_summary for entry in everything(library))
    assert all(entry.paper.arxiv_id for entry in everything(library))


# Marks that come along


def test_marks_come_along_with_papers_not_yet_met(library):
    tally = take_in(library, record("A", Marks(True, False, ("x",))), record("B"))
    assert tally.marked == 1
    assert marks_by_title(library) == {"A": Marks(True, False, ("x",))}
    assert library.undo().keys == (entry_of(library, "A").paper.key,)
    assert marks_by_title(library) == {}


def test_marks_do_not_come_along_with_papers_already_met(library):
    take_in(library, paper("A"))
    assert take_in(library, record("A", Marks(True, True, ("x",)))).marked == 0
    assert take_in(library, record("A", Marks(read=True), arxiv_id="2401.00001")).marked == 0
    assert marks_by_title(library) == {}


def test_an_import_touches_no_mark(library):
    take_in(library, paper("A"))
    mark(library, only(library), bookmarked=True, add=("mine",))
    take_in(library, record("A", Marks(False, True, ("theirs",)), comments=4))
    assert only(library).marks == Marks(True, False, ("mine",))
    assert only(library).paper.comments == 4


@pytest.mark.parametrize("sightings", [(seen("starter"),), (Sighting("jsonl"),)])
def test_marks_come_along_with_papers_only_the_starter_shelf_has_shown(library, sightings):
    library.greet()
    shelf = everything(library)[0].paper
    claimed = Record(replace(shelf, sightings=sightings), marks=Marks(bookmarked=True))
    assert library.add([claimed]).marked == 1
    assert marks_by_title(library) == {shelf.title: Marks(bookmarked=True)}


@pytest.mark.parametrize("undone", [False, True])
def test_marks_the_reader_took_away_do_not_come_back(library, undone):
    library.greet()
    shelf = everything(library)[0]
    claimed = Record(shelf.paper, marks=Marks(bookmarked=True))
    library.add([claimed])
    if undone:
        library.undo()
    else:
        mark(library, shelf, bookmarked=False)
    assert library.add([claimed]).marked == 0
    assert marks_by_title(library) == {}


def test_a_library_comes_whole_into_an_empty_one(library, tmp_path):
    library.greet()
    take_in(
        library,
        paper("Ünï [MASK]", abstract="One.\n\nTwo.", authors=("Ada", "Alan"), doi="10.1000/u"),
        paper("Linked", link="https://example.org/a"),
        numbered(1, comments=0, upvotes=9, categories=("cs.CL",)),
    )
    for number, entry in enumerate(everything(library)[:9]):
        mark(library, entry, bookmarked=number % 2 == 0, read=number % 3 == 0, add=("a/b",))
    with Library(paths_in(tmp_path / "other")) as other:
        assert counts(read(other, exported(library))) == (87, 0, 0, 9)
        assert contents(other) == contents(library)
        assert counts(read(other, exported(library))) == (0, 0, 87, 0)


# Streams that break off


class Torn(Exception):
    """Something a source might raise."""


@pytest.mark.parametrize("error", [SourceError("It is cut off."), Torn(), KeyboardInterrupt()])
def test_what_was_read_before_an_error_is_in(library, error):
    def items():
        for number in range(1, 621):
            yield Record(numbered(number))
        raise error

    tally = Tally()
    with pytest.raises(type(error)):
        library.add(items(), tally)
    assert counts(tally) == (620, 0, 0, 0)
    assert len(everything(library)) == 620


def test_a_record_that_can_not_be_stored_leaves_nothing_of_its_batch(library):
    take_in(library, numbered(1))
    before = contents(library)
    tally = Tally()
    with pytest.raises(OverflowError):
        library.add([Record(numbered(2)), Record(numbered(3, comments=2**70))], tally)
    assert contents(library) == before
    assert tally.taken == 0
    take_in(library, numbered(2))
    assert len(everything(library)) == 2


@pytest.mark.parametrize("locked", ["_catalogue", "_marks"])
def test_while_another_copy_writes_nothing_of_a_batch_is_in(paths, monkeypatch, locked):
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 50)
    with Library(paths) as library, Library(paths) as other:
        claimed = [record("A", Marks(bookmarked=True)), record("B")]
        with getattr(other, locked).database.transaction(), pytest.raises(LibraryBusy):
            take_in(library, *claimed)
        assert everything(library) == []
        assert counts(take_in(library, *claimed)) == (2, 0, 0, 1)


def test_a_library_that_can_only_be_read_takes_nothing_in(paths):
    with Library(paths) as library:
        take_in(library, numbered(1))
    make_newer(paths.catalogue)
    with Library(paths) as library:
        with pytest.raises(LibraryReadOnly, match="newer paperterm"):
            take_in(library, numbered(2))
        assert not library.greet()
        assert len(everything(library)) == 1
