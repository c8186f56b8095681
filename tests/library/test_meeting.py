"""A query finds a paper that is in no library yet just when it finds it in one."""

from __future__ import annotations

import datetime as dt

import pytest

from paperterm.library.door import Library
from paperterm.library.meeting import meets
from paperterm.library.when import today
from paperterm.model.paper import Paper, Sighting
from paperterm.model.parse import parse
from paperterm.model.record import Record

PAPERS = (
    Paper(
        title="Mamba: Linear-Time Sequence Modeling with Selective State Spaces",
        abstract="Foundation models, now powering most of the applications, are transformers.",
        authors=("Albert Gu", "Tri Dao"),
        arxiv_id="2312.00752",
        categories=("cs.LG", "cs.AI"),
        published=dt.date(2023, 12, 1),
        upvotes=12,
        comments=0,
        code="https://example.org/mamba",
        sightings=(Sighting("daily-papers", dt.date(2025, 11, 6), 3),),
    ),
    Paper(
        title="LongWriter: 10,000+ words from long-context LLMs",
        abstract="Summary.",
        abstract_is_summary=True,
        authors=("José Núñez",),
        doi="10.1000/x.y",
        venue="Annual Meeting of the ACL",
        published=dt.date(2024, 8, 13),
    ),
    Paper(title="Größe in 語言模型", project="https://example.org/p"),
    Paper(title="LLM.int8() and C++", categories=("math.AG",), upvotes=0),
)
QUERIES = (
    "mamba",
    "transformer",
    "modelling sequence",
    "linear time",
    "lineartime",
    '"state spaces"',
    '"spaces state"',
    '"applications are transformers"',
    "long-context",
    "longcontext llm",
    "trans*",
    "abstract:mamba",
    "title:foundation",
    "author:dao",
    "author:nunez",
    "dao gu",
    '"gu tri"',
    "id:2312.00752",
    "arxiv:2312.00752v2",
    "10.1000/x.y",
    "grosse",
    "語言",
    "int8",
    "c++",
    "mambo~",
    "-mamba",
    "mamba OR longwriter",
    "(mamba OR longwriter) -llm",
    "the mamba",
    "cat:cs cat:cs.ai",
    "cat:math.ag",
    "cat:mat",
    "venue:acl",
    'venue:"annual meeting"',
    "has:code",
    "has:project",
    "has:pdf",
    "has:abstract",
    "has:note",
    "is:unread",
    "is:inbox",
    "is:read",
    "is:bookmarked",
    "is:tagged",
    "tag:llm",
    "note:x",
    "date:2023",
    "date:>2024-01",
    "day:2025-11-06",
    "since:3650d",
    "upvotes:>10",
    "upvotes:<5",
    "comments:0",
    "sort:date",
    '"++"',
    "mamba is:unread cat:cs upvotes:>3",
)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory):
    from conftest import paths_in

    with Library(paths_in(tmp_path_factory.mktemp("full"))) as library:
        library.add(map(Record, PAPERS))
        library.bring_up_index()
        yield library


@pytest.mark.parametrize("text", QUERIES)
def test_it_finds_what_the_library_would(full: Library, text: str) -> None:
    query = parse(text, typing=False)
    ids = full.find(query).ids
    in_library = {entry.paper.title for entry in full.entries(ids)}
    alone = {paper.title for paper in PAPERS if meets(query.root, today(), paper)}
    assert alone == in_library
