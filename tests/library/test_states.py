"""Where papers are on their way through the reader's hands, and what is counted where."""

from __future__ import annotations

import datetime as dt

import pytest

from helpers import entry_of, everything, mark, numbered, paper, record, seen, take_in, titles
from paperterm.library import door, lookup
from paperterm.library.door import Library
from paperterm.model.marks import NOT_LATER, Marks
from paperterm.model.query import Is, Query, State
from paperterm.storage import backups

TODAY = dt.date(2025, 11, 6)
TOMORROW = dt.date(2025, 11, 7)


@pytest.fixture(autouse=True)
def calendar(monkeypatch):
    """Says what day it is from now on."""

    def be(day: dt.date) -> None:
        for module in (door, lookup):
            monkeypatch.setattr(module, "today", lambda: day)

    be(TODAY)
    return be


@pytest.fixture
def shelf(library):
    take_in(library, *(paper(name, sightings=(seen(position=n),)) for n, name in enumerate("ABCD")))
    return library


def inbox(library: Library) -> list[str]:
    found = titles(library, "is:inbox")
    assert library.shelves().inbox == len(found)
    return found


def test_the_inbox_holds_what_is_neither_read_nor_put_by(shelf):
    asked = {"read": True}, {"archived": True}, {"later": TOMORROW}
    for name, change in zip("ABC", asked, strict=True):
        mark(shelf, entry_of(shelf, name), **change)
    assert inbox(shelf) == ["D"]
    assert titles(shelf, "-is:inbox") == ["A", "B", "C"]
    assert [titles(shelf, f"is:{state}") for state in ("read", "archived", "later")] == [
        ["A"], ["B"], ["C"],
    ]  # fmt: skip
    counts = shelf.shelves()
    assert (counts.all, counts.archived, counts.later, counts.removed) == (4, 1, 1, 0)
    for _ in asked:
        shelf.undo()
    assert inbox(shelf) == list("ABCD")


def test_what_was_put_off_is_back_when_its_day_has_come(shelf, calendar):
    mark(shelf, entry_of(shelf, "A"), later=TOMORROW)
    before = shelf.seen()
    assert (inbox(shelf), titles(shelf, "is:later")) == (["B", "C", "D"], ["A"])
    calendar(TOMORROW)
    assert (inbox(shelf), titles(shelf, "is:later")) == (list("ABCD"), [])
    assert shelf.shelves().later == 0
    assert shelf.seen() != before


def test_a_day_is_changed_taken_away_and_brought_back(shelf):
    for day in (TOMORROW, dt.date(2026, 1, 1), NOT_LATER):
        mark(shelf, entry_of(shelf, "A"), later=day)
    assert entry_of(shelf, "A").marks == Marks()
    assert mark(shelf, entry_of(shelf, "A"), later=NOT_LATER).keys == ()
    for day in (dt.date(2026, 1, 1), TOMORROW, None):
        assert shelf.undo() is not None
        assert entry_of(shelf, "A").marks == Marks(later=day)


@pytest.fixture
def big(library):
    """Papers on many days, tags and all; the index knows them."""
    days = [dt.date(2023 + n // 20, 1 + n % 12, 1 + n % 28) for n in range(60)]
    take_in(
        library,
        *(numbered(n, sightings=(seen(day=day, position=n),)) for n, day in enumerate(days, 1)),
    )
    marked = everything(library)[:30]
    mark(library, marked, add=("llm/deep", "x"), bookmarked=True)
    mark(library, marked[:5], archived=True)
    library.bring_up_index()
    return library


@pytest.mark.parametrize("indexed", [True, False])
def test_a_removed_paper_is_nowhere_but_among_the_removed(paths, tmp_path, big, indexed):
    """All is as in a library that has never had the paper."""
    gone = [entry for n, entry in enumerate(everything(big)) if n % 7 == 0]
    mark(big, gone, removed=True)
    if not indexed:
        manifest = [path for path in paths.index.iterdir() if path.is_file()]
        for path in manifest:
            path.unlink()
    left = everything(big)
    assert {entry.id for entry in left}.isdisjoint(entry.id for entry in gone)
    with Library(type(paths)(*(tmp_path / "other" / str(n) for n in range(4)))) as other:
        take_in(other, *(record_of(entry) for entry in sorted(left, key=lambda entry: entry.id)))
        other.bring_up_index()
        for text in _QUERIES:
            found, expected = titles(big, text), titles(other, text)
            if "number" in text:  # equally good ones stand as they came in
                found, expected = sorted(found), sorted(expected)
            assert found == expected, text
        shelves, without = big.shelves(), other.shelves()
        assert shelves.removed == len(gone)
        for name in ("all", "inbox", "bookmarks", "days", "months", "years", "tags", "archived"):
            assert getattr(shelves, name) == getattr(without, name), name
        assert big.tags() == other.tags()
        sizes = {one.find(Query(Is(State.READ))).library_size for one in (big, other)}
        assert sizes == {len(left)}
    assert sorted(big.find(Query(Is(State.REMOVED))).ids) == sorted(entry.id for entry in gone)
    assert len(titles(big, "is:removed number")) == len(gone)
    assert len(titles(big, "is:removed OR tag:x")) > len(titles(big, "tag:x"))
    big.undo()
    assert len(everything(big)) == 60


_QUERIES = (
    *("", "number", "number sort:title", "number 2401.00001", "-number", "is:unread", "-is:read"),
    *("is:bookmarked", "tag:llm", "is:archived", "is:archived OR number", "day:2023", "sort:date"),
    *("-is:removed", "tag:x -is:removed"),
)


def record_of(entry):
    one = entry.paper
    return record(
        one.title,
        entry.marks,
        arxiv_id=one.arxiv_id,
        abstract=one.abstract,
        sightings=one.sightings,
    )


def test_a_removed_paper_that_comes_again_stays_removed(shelf):
    gone = entry_of(shelf, "A")
    mark(shelf, gone, removed=True)
    take_in(shelf, paper("A", comments=3))
    assert titles(shelf, "") == ["B", "C", "D"]
    assert shelf.named(gone.paper.key).marks.removed


def test_new_states_are_in_the_days_copy(shelf, paths):
    mark(shelf, entry_of(shelf, "A"), archived=True)
    shelf.close()
    (kept,) = backups.all_of(backups.folder_of(paths.marks))
    kept.rename(paths.marks)
    with Library(paths) as again:
        assert titles(again, "is:archived") == ["A"]


def test_states_leave_and_come_back_with_an_export(shelf, paths, tmp_path):
    from paperterm.library.exporting import json_line

    mark(shelf, entry_of(shelf, "A"), archived=True)
    mark(shelf, entry_of(shelf, "B"), later=dt.date(2031, 1, 1))
    lines = [json_line(entry, full=True) for entry in everything(shelf)]
    file = tmp_path / "all.jsonl"
    file.write_text("\n".join(lines))
    from paperterm.model.record import Context

    with Library(type(paths)(*(tmp_path / "other" / str(n) for n in range(4)))) as other:
        with file.open("rb") as stream:
            other.read(stream, Context("all.jsonl"))
        assert entry_of(other, "A").marks == Marks(archived=True)
        assert entry_of(other, "B").marks == Marks(later=dt.date(2031, 1, 1))
        assert entry_of(other, "C").marks == Marks()
