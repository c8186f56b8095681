"""Whatever tree is asked, the answer is a list of papers."""

import datetime as dt
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from paperterm.model.query import (
    And,
    Category,
    Counted,
    Dated,
    Everything,
    Field,
    Has,
    Holds,
    Is,
    Listed,
    Node,
    Not,
    Number,
    Or,
    Phrase,
    Place,
    State,
    Tag,
    Thing,
    Word,
)
from paperterm.search.reader import Reader

from .helpers import DOCUMENTS, TITLES

ALL = {document.id for document in DOCUMENTS}

pieces = st.sampled_from(
    [w for title in TITLES for w in title.split()]
    + ["the", "t.", "J.-B.", "C++", "++", "a-b-c-d", "2312.0000", "arXiv:", "深層", "\ud800", "*"]
)
texts = st.one_of(
    pieces,
    st.text(max_size=12),
    st.builds(lambda word, end: word[:end], pieces, st.integers(0, 9)),
    st.lists(pieces, max_size=6).map(" ".join),
)
fields = st.sampled_from(list(Field))
leaves = st.one_of(
    st.builds(Word, texts, fields, st.booleans(), st.booleans()),
    st.builds(Phrase, texts, fields),
    st.builds(Is, st.sampled_from(list(State))),
    st.builds(Has, st.sampled_from(list(Thing))),
    st.builds(Tag, texts, st.booleans()),
    st.builds(Category, texts),
    st.builds(Holds, st.sampled_from(list(Place)), texts),
    st.builds(Dated, st.none(), st.dates()),
    st.builds(Listed, st.dates(), st.just(dt.date(2025, 1, 1))),
    st.builds(Counted, st.sampled_from(list(Number)), st.integers()),
    st.just(Everything()),
)


def inner(node: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    parts = st.lists(node, min_size=1, max_size=4).map(tuple)
    return st.one_of(st.builds(And, parts), st.builds(Or, parts), st.builds(Not, node))


trees = st.recursive(leaves, inner, max_leaves=20)


@settings(deadline=None, max_examples=250)
@given(tree=trees, facts=st.lists(st.integers(0, 60), max_size=8, unique=True).map(sorted))
def test_any_tree_has_an_answer(shelf: Reader, tree: Node, facts: list[int]) -> None:
    hits = shelf.search(tree, lambda leaf: facts)
    assert len(set(hits.ids)) == len(hits.ids)
    assert set(hits.ids) <= ALL
    assert all(pattern.pieces and any(pattern.pieces) for pattern in hits.patterns)


@settings(deadline=None, max_examples=100)
@given(tree=trees, facts=st.lists(st.integers(0, 60), max_size=8, unique=True).map(sorted))
def test_a_tree_and_its_negation_share_nothing_and_leave_nothing_out(
    shelf: Reader, tree: Node, facts: list[int]
) -> None:
    not_found = shelf.search(Not(tree), lambda leaf: facts).ids
    found = shelf.search(Not(Not(tree)), lambda leaf: facts).ids
    if set(found) != ALL or set(not_found) != ALL:  # a tree that says nothing is everything
        assert sorted([*found, *not_found]) == sorted(ALL)


def test_long_and_repetitive_questions_do_not_hang(shelf: Reader) -> None:
    before = time.process_time()
    for text in ("a-" * 128, "深" * 256, "ab" * 128, "1." * 128, "aB" * 128, "e\u0301" * 128):
        shelf.search(Word(text, prefix=True), lambda leaf: [])
        shelf.search(Phrase(text), lambda leaf: [])
    assert time.process_time() - before < 10
