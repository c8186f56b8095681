"""Queries said back, in the language and in words."""

from __future__ import annotations

import datetime as dt

import pytest

from paperterm.model.parse import parse
from paperterm.model.query import Everything, Query, Sort
from paperterm.model.say import canonical, in_words

TODAY = dt.date(2024, 12, 31)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", ""),
        ("sort:date  a", "a sort:date"),
        ("a a  b", "a b"),
        ('"open phrase', '"open phrase"'),
        ("TITLE:(a b)", "title:a title:b"),
        ("((a b)) OR c", "(a b) OR c"),
        ("-((a OR b))", "-(a OR b)"),
        ("date:>2024", "date:2025.."),
        ("date:2024-01-01..2024-12-31", "date:2024"),
        ("date:2024-06-01..2025-01-31", "date:2024-06..2025-01"),
        ("date:2024-06-05", "date:2024-06-05"),
        ("since:7d", "date:2024-12-24.."),
        ("day:2025-11", "day:2025-11"),
        ("upvotes:>10", "upvotes:>=11"),
        ("upvotes:<10", "upvotes:<=9"),
        ("upvotes:<0", "upvotes:<0"),
        ("upvotes:7..7", "upvotes:7"),
        ("cat:CS.cl", "cat:cs.CL"),
        ('tag:"llm"', "tag:llm"),
        ('tag:"a (b)"', 'tag:"a (b)"'),
        ('tag:"A*"', 'tag:"A*"'),
        ("VENUE:NeurIPS", "venue:NeurIPS"),
        ('venue:"Int. Conf."', 'venue:"Int. Conf."'),
        ("venue:(icml OR acl's)", 'venue:icml OR venue:"acl\'s"'),
        ('note:a"b', 'note:a"b'),
        ('note:"to do" has:note is:noted', 'note:"to do" has:note is:noted'),
    ],
)
def test_a_query_is_written_in_one_way(text: str, written: str) -> None:
    assert canonical(parse(text, TODAY, typing=False)) == written


def test_what_is_being_typed_is_written_as_it_is_searched() -> None:
    assert canonical(parse("mamba ret")) == "mamba ret*"
    assert canonical(parse('tag:"to re')) == 'tag:"to re"*'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "all papers"),
        ("is:bookmarked author:Dao since:2024-06", "bookmarked papers by Dao since June 2024"),
        ("mamba ret* tag:llm -is:read", "papers matching mamba and ret…, tagged llm, not read"),
        ("a b c", "papers matching a, b and c"),
        ("a OR b", "papers matching a or b"),
        ("a OR tag:x", "papers (matching a or tagged x)"),
        ("-mamba", "papers not matching mamba"),
        ("-(a b)", "papers not (matching a and b)"),
        ("typo~", "papers matching typo (or nearly)"),
        ('"state space" title:mamba', "papers matching “state space”, with mamba in the title"),
        ("id:2310.06825", "papers with id 2310.06825"),
        ('tag:"to read"', "papers tagged “to read”"),
        ("cat:cs.CL has:pdf -has:abstract", "papers in cs.CL, with a PDF, without an abstract"),
        ("is:bookmarked is:unread", "bookmarked, unread papers"),
        ("is:noted has:code -has:project", "noted papers with code, without a project page"),
        ("venue:ACL date:2024", "papers in a venue matching ACL in 2024"),
        (
            'mamba -venue:"machine learning"',
            "papers matching mamba, not in a venue matching “machine learning”",
        ),
        ("note:compare -has:note", "papers with a note matching compare, without a note"),
        ("date:2024", "papers in 2024"),
        ("date:2024-06-05", "papers on 5 June 2024"),
        ("date:2024-06..2025", "papers from June 2024 to 2025"),
        ("date:..2020", "papers up to 2020"),
        ("day:2025-11-06", "papers listed on 6 November 2025"),
        ("upvotes:>10", "papers with at least 11 upvotes"),
        ("upvotes:<10", "papers with at most 9 upvotes"),
        ("upvotes:5..20 comments:1", "papers with 5 to 20 upvotes, with 1 comment"),
        ("upvotes:<0", "papers with fewer than 0 upvotes"),
    ],
)
def test_a_query_is_said_in_plain_words(text: str, said: str) -> None:
    assert in_words(parse(text, TODAY, typing=False)) == said


def test_every_order_is_said() -> None:
    said = {in_words(Query(Everything(), order)) for order in Sort}
    assert len(said) == len(Sort)
    assert "all papers, newest first" in said
