"""The tree of a query."""

from __future__ import annotations

import pytest

from paperterm.model.query import (
    And,
    Everything,
    Is,
    Node,
    Not,
    Or,
    Phrase,
    Query,
    State,
    Tag,
    Word,
    both,
    leaves,
)

A, B, C = Word("a"), Word("b"), Word("c")


def test_leaves_come_from_left_to_right() -> None:
    tree = And((Or((A, Not(B))), Tag("t"), Not(And((C, Phrase("p"))))))
    assert list(leaves(tree)) == [A, B, Tag("t"), C, Phrase("p")]


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (Everything(), Everything(), Everything()),
        (A, Everything(), A),
        (Everything(), A, A),
        (A, B, And((A, B))),
        (And((A, B)), C, And((A, B, C))),
        (And((A, B)), Everything(), And((A, B))),
        (A, And((B, C)), And((A, B, C))),
        (Or((A, B)), C, And((Or((A, B)), C))),
    ],
)
def test_both_adds_no_needless_nesting(first: Node, second: Node, together: Node) -> None:
    assert both(first, second) == together


@pytest.mark.parametrize(
    ("root", "has_text"),
    [
        (Everything(), False),
        (Is(State.READ), False),
        (Not(Tag("t")), False),
        (A, True),
        (Not(Phrase("p")), True),
        (And((Tag("t"), Or((Is(State.READ), A)))), True),
    ],
)
def test_the_index_is_asked_for_text_alone(root: Node, has_text: bool) -> None:
    assert Query(root).has_text is has_text


def test_a_query_is_a_value() -> None:
    assert Query() == Query(Everything())
    assert {Query(A), Query(A)} == {Query(A)}
