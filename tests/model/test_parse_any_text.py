"""Every text is a query, and every query can be written down and read again."""

from __future__ import annotations

import datetime as dt

from hypothesis import example, given, settings
from hypothesis import strategies as st

from paperterm.model.parse import LONGEST, MOST_TERMS, parse
from paperterm.model.query import (
    And,
    Everything,
    Holds,
    Node,
    Not,
    Or,
    Phrase,
    Place,
    Query,
    Tag,
    Word,
    leaves,
)
from paperterm.model.say import canonical, in_words
from paperterm.model.text import shown

TODAY = dt.date(2024, 12, 31)

anything = st.text(st.characters(exclude_categories=()))
_PIECES = """
    ( ) " - -- * ~ : OR NOT is: is:read is:boo has:pdf has: tag: tag:" tag:ll tag:#x tag:( title:
    title:" title:( author: id: abstract: cat: cat:cs. cat:cs.CL date: date:2024 date:2024-06-05
    date:20 date:2024..2020 date:>9999 since:7d since:9999y day:2025-11-06 upvotes:>10 upvotes:..5
    upvotes:<0 upvotes:99999999999 comments: sort:date sort: venue: venue:" a b mamba LLM.int8() C++
    venue:acl venue:( note:x note:" has:code has:no is:not is:noted
    f(x f(x) x) [MASK] “ ” ^2 10:30 http://x arXiv:2310.06825v2 日本 Tag:X # / , .. > 😀
"""
_ODD = ["\x00", "\ud800", "\u200b", "\u0301", "\u0344", "\u0338", "\u2028", "e\u0301", "x" * 90]
fragments = st.sampled_from([*_PIECES.split(), *_ODD])
grammatical = st.lists(st.tuples(fragments, st.sampled_from(["", " "])), max_size=60).map(
    lambda pairs: "".join(fragment + space for fragment, space in pairs)
)
queries = st.one_of(anything, grammatical)


def meaning(query: Query) -> tuple[object, object]:
    return query.root, query.sort


def well_formed(node: Node) -> bool:
    match node:
        case And(parts) | Or(parts):
            return (
                len(set(parts)) == len(parts) >= 2
                and not any(isinstance(part, (type(node), Everything)) for part in parts)
                and all(map(well_formed, parts))
            )
        case Not(part):
            return not isinstance(part, (Not, Everything)) and well_formed(part)
        case _:
            return True


@settings(deadline=None, max_examples=400)
@given(queries, st.booleans())
@example("\ud800", True)
@example("(" * 3000, True)
def test_every_text_is_a_tidy_query(text: str, typing: bool) -> None:
    query = parse(text, TODAY, typing)
    assert well_formed(query.root)
    texts = [leaf for leaf in leaves(query.root) if isinstance(leaf, (Word, Phrase))]
    assert all(any(c.isalnum() for c in leaf.text) for leaf in texts)
    assert all(shown(leaf.text) == leaf.text for leaf in texts)
    assert query.hint == shown(query.hint)


@settings(deadline=None, max_examples=200)
@given(st.lists(queries, min_size=1, max_size=8).map(" ".join), st.booleans())
def test_no_query_is_larger_than_the_limits(text: str, typing: bool) -> None:
    found = list(leaves(parse(text, TODAY, typing).root))
    assert len(found) <= MOST_TERMS
    assert (
        sum(len(leaf.text) for leaf in found if isinstance(leaf, (Word, Phrase, Holds))) <= LONGEST
    )


@settings(deadline=None, max_examples=600)
@given(queries, st.booleans())
@example("-(y OR f(x )", False)
@example("-(--foo)", False)
@example("a" * 256, True)
@example("title:" + "a" * 255, True)
@example("upvotes:" + "a" * 256, True)
@example("title:(" + "a" * 300 + ")", False)
@example('venue:"' + "a" * 300 + '"', False)
@example("note:(" + 'a"' * 200 + ")", False)
@example("-(-OR)", False)
@example(" ".join(f"since:{n}d" for n in range(40)), False)
@example("abstract:(" + " ".join(str(n) * 7 for n in range(40)) + ")", False)
def test_a_query_written_down_reads_the_same(text: str, typing: bool) -> None:
    query = parse(text, TODAY, typing)
    again = parse(canonical(query), dt.date(1999, 1, 1), typing=False)
    assert meaning(again) == meaning(query)
    assert canonical(again) == canonical(query)


@settings(deadline=None, max_examples=200)
@given(queries)
def test_typing_on_changes_nothing_but_the_last_term(text: str) -> None:
    """With a word after it, what was typed means the same whether it is typed or settled."""
    line = f"{text} zz "
    assert parse(line, TODAY, typing=True).sort == parse(line, TODAY, typing=False).sort
    if '"' not in text and not any(c in text for c in "“”„‟＂"):
        assert parse(line, TODAY, typing=True) == parse(line, TODAY, typing=False)


@settings(deadline=None, max_examples=200)
@given(queries, st.booleans())
def test_every_query_can_be_said_in_words(text: str, typing: bool) -> None:
    said = in_words(parse(text, TODAY, typing))
    assert "papers" in said
    assert said == shown(said)


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="abc -*'()#é日.", min_size=1).filter(lambda t: any(map(str.isalnum, t))))
def test_what_is_quoted_is_looked_for_as_it_is(text: str) -> None:
    query = parse(f'venue:"{text}"', TODAY, typing=False)
    assert query.root == Holds(Place.VENUE, shown(text))
    assert meaning(parse(canonical(query), typing=False)) == meaning(query)


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet="abc/ -*'()#é日", min_size=1).filter(lambda name: name.strip(" #/")))
def test_every_quoted_tag_is_found_by_its_name(name: str) -> None:
    query = parse(f'tag:"{name}"', TODAY, typing=False)
    assert isinstance(query.root, Tag)
    assert meaning(parse(canonical(query), typing=False)) == meaning(query)
