"""Shelves and searches: what is on them, in what order, under which day."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import entry_of, everything, mark, paper, paths_in, seen, take_in, titles
from paperterm.errors import PapertermError
from paperterm.library.door import Library
from paperterm.model.paper import Sighting
from paperterm.model.parse import parse
from paperterm.model.query import (
    And,
    Everything,
    Field,
    Is,
    Listed,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    Sort,
    State,
    Tag,
    Word,
)

MONDAY, TUESDAY = dt.date(2025, 11, 3), dt.date(2025, 11, 4)
PAPERS = (
    paper(
        "Mamba Retriever",
        abstract="Dense retrieval with a state space model.",
        authors=("Zhang", "Chen"),
        published=dt.date(2024, 8, 15),
        comments=2,
        arxiv_id="2408.08066",
        venue="Findings of EMNLP-2024",
        sightings=(seen(day=TUESDAY, position=1),),
    ),
    paper(
        "Mamba: Linear-Time Sequence Modeling",
        abstract="Selective state spaces.",
        authors=("Gu", "Dao"),
        published=dt.date(2023, 12, 1),
        comments=12,
        upvotes=30,
        arxiv_id="2312.00752",
        code="https://github.com/state-spaces/mamba",
        sightings=(seen(day=TUESDAY, position=0), seen(day=MONDAY, position=9)),
    ),
    paper(
        "It's All in The [MASK]",
        abstract="Encoders follow instructions; BT^2 and LLM.int8() do not.",
        published=dt.date(2025, 2, 6),
        sightings=(seen(day=MONDAY, position=0),),
    ),
    paper("Attention", upvotes=3, sightings=(Sighting("jsonl"),)),
)
RETRIEVER, MAMBA, MASK, ATTENTION = (one.title for one in PAPERS)


@pytest.fixture(params=[True, False], ids=["index", "no index"])
def shelf(library: Library, request: pytest.FixtureRequest) -> Library:
    """The four papers, two of them tagged, with and without an index."""
    take_in(library, *PAPERS)
    mark(library, entry_of(library, RETRIEVER), bookmarked=True, add=("llm/long-context", "IR"))
    mark(library, entry_of(library, MAMBA), read=True, add=("LLM", "llm/long-context"))
    mark(library, entry_of(library, MASK), note="Größer als BERT?\nTo do: compare")
    if request.param:
        library.bring_up_index()
    return library


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {RETRIEVER, MAMBA, MASK, ATTENTION}),
        ("mamba", {RETRIEVER, MAMBA}),
        ("MAMBA retriever", {RETRIEVER}),
        ("mamb*", {RETRIEVER, MAMBA}),
        ('"state space"', {RETRIEVER, MAMBA}),
        ('"space state"', set()),
        ("mamba -retriever", {MAMBA}),
        ("-mamba", {MASK, ATTENTION}),
        ("retriever OR attention", {RETRIEVER, ATTENTION}),
        ("[MASK]", {MASK}),
        ("LLM.int8()", {MASK}),
        ("BT^2", {MASK}),
        ("title:selective", set()),
        ("abstract:selective", {MAMBA}),
        ("author:zhang", {RETRIEVER}),
        ("id:2312.00752", {MAMBA}),
        ("https://arxiv.org/abs/2312.00752v2", {MAMBA}),
        ("is:bookmarked", {RETRIEVER}),
        ("is:unread", {RETRIEVER, MASK, ATTENTION}),
        ("is:unread mamba", {RETRIEVER}),
        ("-is:unread", {MAMBA}),
        ("is:read OR is:bookmarked", {RETRIEVER, MAMBA}),
        ("-(is:read OR is:bookmarked)", {MASK, ATTENTION}),
        ("is:read is:bookmarked", set()),
        ("tag:llm", {RETRIEVER, MAMBA}),
        ("tag:llm/long-context -tag:ir", {MAMBA}),
        ("mamba OR tag:ir", {RETRIEVER, MAMBA}),
        ("-mamba OR tag:ir", {RETRIEVER, MASK, ATTENTION}),
        ("date:2024..2025", {RETRIEVER, MASK}),
        ("date:<2024 mamba", {MAMBA}),
        ("upvotes:>10", {MAMBA}),
        ("has:code", {MAMBA}),
        ("mamba -has:code", {RETRIEVER}),
        ("has:project", set()),
        ("venue:emnlp", {RETRIEVER}),
        ('venue:"emnlp 2024" retriever', {RETRIEVER}),
        ("venue:acl OR mask", {MASK}),
        ("is:noted", {MASK}),
        ("has:note -encoders", set()),
        ('note:grosser note:"to do"', {MASK}),
        ("note:mamba", set()),
    ],
)
def test_a_query_finds_its_papers(shelf, text, found):
    assert set(titles(shelf, text)) == found


def test_a_venue_and_a_note_are_found_while_they_are_typed(shelf):
    for text, found in (("venue:em", RETRIEVER), ("note:comp", MASK)):
        (paper_id,) = shelf.find(parse(text, typing=True)).ids
        assert shelf.entries([paper_id])[0].paper.title == found


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        (Sort.DAY, [MAMBA, RETRIEVER, MASK]),
        (Sort.DATE, [MASK, RETRIEVER, MAMBA]),
        (Sort.COMMENTS, [MAMBA, RETRIEVER, MASK]),
        (Sort.TITLE, [MASK, MAMBA, RETRIEVER]),
    ],
)
def test_an_order_is_kept_with_and_without_a_search(shelf, sort, order):
    listed = shelf.entries(shelf.find(Query(), sort).ids)
    assert [one.paper.title for one in listed if one.paper.title != ATTENTION] == order
    view = shelf.find(Query(Word("mamba"), sort))
    assert view.sort is sort
    found = [one.paper.title for one in shelf.entries(view.ids)]
    assert found == [title for title in order if title != MASK]


def test_a_search_is_by_relevance_and_a_shelf_by_day(shelf):
    assert shelf.find(parse("mamba")).sort is Sort.RELEVANCE
    assert shelf.find(parse("is:unread")).sort is Sort.DAY
    assert shelf.find(parse("is:unread"), Sort.TITLE).sort is Sort.TITLE
    assert shelf.find(parse("sort:date")).sort is Sort.DATE


def test_papers_stand_under_their_days_in_the_order_of_the_page(library):
    take_in(library, *PAPERS[:3])
    view = library.find(Query())
    assert view.days == ((TUESDAY, 0), (MONDAY, 2))
    assert [one.paper.title for one in library.entries(view.ids)] == [MAMBA, RETRIEVER, MASK]
    assert library.find(Query(Not(Is(State.BOOKMARKED)))).days == view.days
    assert library.find(Query(), Sort.TITLE).days == ()


def test_a_view_says_how_large_the_library_is_and_how_it_was_found(shelf):
    view = shelf.find(parse("mamba", typing=False))
    assert (len(view.ids), view.library_size) == (2, 4)
    assert view.indexed == (shelf.index_behind() is not None)
    assert bool(view.patterns) == view.indexed
    assert view.seconds > 0
    assert shelf.find(Query()).indexed


def test_hits_are_shown_where_they_stand(library):
    take_in(library, *PAPERS)
    library.bring_up_index()
    view = library.find(parse("mamb", typing=True))
    assert library.hits_in("The Mamba and mambas", view.patterns, Field.TITLE)[0] == (4, 9)
    assert library.hits_in("The Mamba", frozenset(), Field.TITLE) == ()


def test_a_mark_is_never_behind_the_index(library):
    take_in(library, *PAPERS)
    library.bring_up_index()
    mark(library, entry_of(library, MAMBA), bookmarked=True, add=("new",))
    assert titles(library, "mamba is:bookmarked") == titles(library, "tag:new") == [MAMBA]
    library.undo()
    assert titles(library, "mamba is:bookmarked") == titles(library, "tag:new") == []


def test_what_another_copy_does_is_seen_at_once(paths):
    with Library(paths) as one, Library(paths) as other:
        assert everything(one) == []
        seen_before = one.seen()
        take_in(other, *PAPERS)
        assert one.seen() != seen_before
        assert len(everything(one)) == 4
        seen_before = one.seen()
        mark(other, entry_of(other, MAMBA), bookmarked=True)
        assert one.seen() != seen_before
        assert titles(one, "is:bookmarked") == [MAMBA]
        assert one.seen() == one.seen()


def test_entries_come_in_the_order_asked_for_without_those_that_are_gone(shelf):
    a, _, b, _ = shelf.find(Query()).ids
    assert [one.id for one in shelf.entries([b, 10**9, a, b])] == [b, a, b]


# Shelves


def test_the_shelves_count_what_they_hold(shelf):
    shelves = shelf.shelves()
    assert (shelves.all, shelves.inbox, shelves.bookmarks) == (4, 3, 1)
    assert shelves.days[-2:] == ((TUESDAY, 2), (MONDAY, 2))
    for day, count in shelves.days:
        assert len(shelf.find(Query(Listed(day, day))).ids) == count
    for tag, count in shelves.tags:
        assert len(shelf.find(Query(Tag(tag))).ids) == count


def test_a_parent_counts_each_paper_below_it_once(library):
    take_in(library, *PAPERS)
    mark(library, entry_of(library, MAMBA), add=("a/b", "a/c", "a"))
    mark(library, entry_of(library, MASK), add=("a/b/d",))
    mark(library, entry_of(library, ATTENTION), add=("z", "A b"))
    assert library.shelves().tags == (
        ("a", 2),
        ("a/b", 2),
        ("a/b/d", 1),
        ("a/c", 1),
        ("A b", 1),
        ("z", 1),
    )


def test_spellings_of_one_tag_are_one_shelf(library):
    take_in(library, *PAPERS)
    mark(library, entry_of(library, MAMBA), add=("LLM/Long",))
    mark(library, entry_of(library, MASK), add=("llm",))
    mark(library, entry_of(library, ATTENTION), add=("llm/long",))
    assert [(tag.casefold(), count) for tag, count in library.shelves().tags] == [
        ("llm", 3),
        ("llm/long", 2),
    ]


def test_tags_in_use_are_told_with_their_papers(library):
    take_in(library, *PAPERS)
    mark(library, everything(library), add=("b/c",))
    mark(library, entry_of(library, MASK), add=("A",), remove=("b/c",))
    assert library.tags() == [("A", 1), ("b/c", 3)]


# Any query

texts = st.sampled_from(["mamba", "state", "BT^2", "zebra", "of", "2312.00752"])
leaves: st.SearchStrategy[Node] = st.one_of(
    st.builds(Word, texts),
    st.builds(Phrase, st.sampled_from(["state space", "mamba retriever"])),
    st.builds(Is, st.sampled_from(State)),
    st.builds(Tag, st.sampled_from(["llm", "llm/long-context", "none"])),
    st.builds(Listed, st.just(MONDAY), st.sampled_from([MONDAY, TUESDAY])),
    st.just(Everything()),
)
trees = st.recursive(
    leaves,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(And, st.lists(inner, min_size=2, max_size=3).map(tuple))
        | st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple))
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    with Library(paths_in(tmp_path_factory.mktemp("plain"))) as library:
        take_in(library, *PAPERS)
        mark(library, entry_of(library, RETRIEVER), bookmarked=True, add=("llm/long-context",))
        yield library


def matches(library: Library, node: Node) -> set[int]:
    """What `node` finds, by the plainest means."""
    every = set(library.find(Query()).ids)
    match node:
        case Not(part):
            return every - matches(library, part)
        case And(parts):
            return set.intersection(*(matches(library, part) for part in parts))
        case Or(parts):
            return set().union(*(matches(library, part) for part in parts))
        case _:
            return set(library.find(Query(node)).ids)


@settings(deadline=None, max_examples=80)
@given(root=trees)
def test_not_and_or_mean_what_they_say(plain, root):
    found = list(plain.find(Query(root)).ids)
    assert set(found) == matches(plain, root)
    assert len(found) == len(set(found))


@settings(deadline=None, max_examples=80)
@given(text=st.text(max_size=30) | st.text('ab -"():*~<>./OR', max_size=30))
def test_any_text_is_answered(plain, text):
    for typing in (False, True):
        try:
            plain.find(parse(text, typing=typing))
        except PapertermError as error:  # never for a text, whatever it is
            pytest.fail(str(error))
