"""What SQLite answers of a query: every kind of fact leaf, every order, and the plain scan."""

from __future__ import annotations

import datetime as dt

import pytest

from helpers import paper, seen
from paperterm.model.marks import Change
from paperterm.model.merge import normalised
from paperterm.model.paper import Sighting
from paperterm.model.query import (
    Category,
    Counted,
    Dated,
    Field,
    Has,
    Holds,
    Is,
    Listed,
    Number,
    Phrase,
    Place,
    Sort,
    State,
    Tag,
    Thing,
    Word,
)
from paperterm.storage import facts

MONDAY, TUESDAY = dt.date(2025, 11, 3), dt.date(2025, 11, 4)
PAPERS = {
    "a": paper(
        "Älpha of LLM.int8()",
        abstract="It is about Zürich.",
        authors=("Ada Lovelace",),
        published=dt.date(2024, 6, 30),
        comments=5,
        upvotes=10,
        arxiv_id="2406.00001",
        categories=("cs.CL", "stat.ML"),
        venue="Proc. of NeurIPS-2024 (Montréal)",
        code="https://github.com/a/b",
        sightings=(seen(day=MONDAY, position=1),),
    ),
    "b": paper(
        "beta of BT^2",
        abstract="A summary of it.",
        abstract_is_summary=True,
        published=dt.date(2024, 7, 1),
        comments=0,
        doi="10.1000/beta",
        categories=("cs",),
        venue="機械学習 Journal",
        project="https://example.org",
        sightings=(seen(day=MONDAY, position=0), seen("other", TUESDAY, 3)),
    ),
    "c": paper("Gamma", published=dt.date(2023, 1, 1), sightings=(seen(day=TUESDAY, position=2),)),
    "d": paper("gamma delta", upvotes=11, categories=("csx.CL",), sightings=(Sighting("jsonl"),)),
}
ADDED = {
    "a": "2025-11-06T12:00:00+00:00",
    "b": "2025-11-06T12:00:00+00:00",
    "c": "2025-11-05T12:00:00+00:00",
    "d": "2025-11-01T12:00:00+00:00",
}
MARKS = {
    "a": {"bookmarked": True, "add": ("LLM/Long context",)},
    "b": {"read": True, "add": ("llm", "to read")},
    "d": {"archived": True, "later": dt.date(2025, 11, 7)},
    "c": {"bookmarked": True, "read": True, "note": "Größer als S4?\nTo-do: compare\0."},
}


@pytest.fixture
def letters(catalogue, store):
    """The letter of each id."""
    with catalogue.database.transaction():
        revision = catalogue.next_revision()
        ids = {
            letter: catalogue.insert(normalised(one), ADDED[letter], revision)
            for letter, one in PAPERS.items()
        }
    with store.database.transaction():
        changes = [Change(PAPERS[letter].key, **asked) for letter, asked in MARKS.items()]
        store.record(
            [*changes, Change("title:nobody", bookmarked=True, add=("lost",), note="S4")], "", {}
        )
    return {paper_id: letter for letter, paper_id in ids.items()}


TODAY = dt.date(2025, 11, 6)


@pytest.fixture
def answer(catalogue, letters):
    def answered(leaf):
        ids = facts.ids_of(catalogue.database.connection, leaf, TODAY)
        assert list(ids) == sorted(set(ids))
        return "".join(letters[i] for i in ids)

    return answered


@pytest.mark.parametrize(
    ("leaf", "found"),
    [
        (Is(State.BOOKMARKED), "ac"),
        (Is(State.READ), "bc"),
        (Is(State.UNREAD), "ad"),
        (Is(State.TAGGED), "ab"),
        (Is(State.INBOX), "a"),
        (Is(State.ARCHIVED), "d"),
        (Is(State.LATER), "d"),
        (Is(State.REMOVED), ""),
        (Has(Thing.ABSTRACT), "a"),
        (Has(Thing.PDF), "a"),
        (Has(Thing.CODE), "a"),
        (Has(Thing.PROJECT), "b"),
        (Has(Thing.NOTE), "c"),
        (Is(State.NOTED), "c"),
        (Holds(Place.VENUE, "neurips"), "a"),
        (Holds(Place.VENUE, "NEUR"), "a"),
        (Holds(Place.VENUE, "neurips 2024"), "a"),
        (Holds(Place.VENUE, "MONTREAL"), "a"),
        (Holds(Place.VENUE, "o"), "ab"),
        (Holds(Place.VENUE, "学習"), "b"),
        (Holds(Place.VENUE, "s4"), ""),
        (Holds(Place.VENUE, "%"), ""),
        (Holds(Place.NOTE, "GROSSER"), "c"),
        (Holds(Place.NOTE, "grösser ALS"), "c"),
        (Holds(Place.NOTE, "s4 to do"), "c"),
        (Holds(Place.NOTE, "compare"), "c"),
        (Holds(Place.NOTE, "neurips"), ""),
        (Tag("llm"), "ab"),
        (Tag("LLM/long CONTEXT"), "a"),
        (Tag("llm/"), "ab"),
        (Tag("ll"), ""),
        (Tag("ll", prefix=True), "ab"),
        (Tag("llm/l", prefix=True), "a"),
        (Tag("to read"), "b"),
        (Tag("t", prefix=True), "b"),
        (Tag("%", prefix=True), ""),
        (Category("cs"), "ab"),
        (Category("CS.cl"), "a"),
        (Category("stat"), "a"),
        (Category("c"), ""),
        (Dated(), "abc"),
        (Dated(dt.date(2024, 6, 30), dt.date(2024, 6, 30)), "a"),
        (Dated(dt.date(2024, 6, 30)), "ab"),
        (Dated(last=dt.date(2024, 6, 30)), "ac"),
        (Listed(MONDAY, MONDAY), "ab"),
        (Listed(TUESDAY, TUESDAY), "bc"),
        (Listed(last=dt.date(2025, 11, 1)), "d"),
        (Listed(), "abcd"),
        (Counted(Number.UPVOTES, 11), "d"),
        (Counted(Number.UPVOTES, None, 10), "a"),
        (Counted(Number.UPVOTES), "ad"),
        (Counted(Number.COMMENTS, 0, 0), "b"),
        (Counted(Number.COMMENTS, 10**30, 10**40), ""),
    ],
)
def test_a_fact_finds_its_papers(answer, leaf, found):
    assert answer(leaf) == found


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (Sort.DAY, "cbad"),
        (Sort.RELEVANCE, "cbad"),
        (Sort.DATE, "bacd"),
        (Sort.ADDED, "bacd"),
        (Sort.UPVOTES, "dacb"),
        (Sort.COMMENTS, "abcd"),
        (Sort.TITLE, "abcd"),
    ],
)
def test_an_order_has_every_paper_once(catalogue, letters, sort, order):
    ids, days = facts.in_order(catalogue.database.connection, sort)
    assert "".join(letters[i] for i in ids) == order
    stored = catalogue.papers(ids)
    assert days == [stored[i].day.isoformat() for i in ids]


@pytest.mark.parametrize(
    ("leaf", "found"),
    [
        (Word("alpha"), "a"),
        (Word("ÄLPHA"), "a"),
        (Word("LLM.int8()"), "a"),
        (Word("BT^2"), "b"),
        (Word("gamm"), "cd"),
        (Phrase("gamma  delta"), "d"),
        (Phrase("delta gamma"), ""),
        (Word("zürich"), "a"),
        (Word("SUMMARY"), "b"),
        (Word("lovelace"), "a"),
        (Word("2406.00001"), "a"),
        (Word("10.1000/beta"), "b"),
        (Word("summary", Field.TITLE), ""),
        (Word("of", Field.TITLE), "ab"),
        (Word("of", Field.ABSTRACT), "b"),
        (Word("lovelace", Field.AUTHOR), "a"),
        (Word("alpha", Field.AUTHOR), ""),
        (Word("2406", Field.ID), "a"),
        (Word("%"), ""),
        (Word("_"), ""),
    ],
)
def test_without_an_index_words_are_found_plainly(catalogue, letters, leaf, found):
    ids = facts.scan(catalogue.database.connection, leaf)
    assert "".join(sorted(letters[i] for i in ids)) == found


def test_counts_are_of_papers_that_are_there(catalogue, letters):
    connection = catalogue.database.connection
    counts = facts.state_counts(connection, TODAY, 0)
    assert counts == facts.StateCounts(all=4, inbox=1, bookmarks=2, later=1, archived=1, removed=0)
    days = [(TUESDAY, 2), (MONDAY, 2), (dt.date(2025, 11, 1), 1)]
    assert list(facts.calendar_counts(connection, 10).items()) == days
    assert facts.calendar_counts(connection, 7) == {dt.date(2025, 11, 1): 4}
    assert facts.calendar_counts(connection, 4, [1, 2]) == {dt.date(2025, 1, 1): 2}
    tagged = sorted((tag, letters[i]) for tag, i in facts.tagged(connection))
    assert tagged == [("LLM/Long context", "a"), ("llm", "b"), ("to read", "b")]


def test_marks_without_a_paper_are_told(catalogue, store, letters):
    connection = catalogue.database.connection
    assert facts.stray_keys(connection) == ["title:nobody"]
    with store.database.transaction():
        store.record([Change("title:nobody", bookmarked=False, remove=("lost",))], "", {})
    assert facts.stray_keys(connection) == ["title:nobody"]
    with store.database.transaction():
        store.record([Change("title:nobody", note="")], "", {})
    assert facts.stray_keys(connection) == []
