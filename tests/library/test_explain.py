"""Why a paper is found, with its own words."""

from __future__ import annotations

import pytest

from helpers import entry_of, mark, paper, take_in
from paperterm.library.door import Library
from paperterm.model.explanation import Explanation
from paperterm.model.parse import parse
from paperterm.model.query import Field, Is, Query

PAPERS = (
    paper(
        "QLoRA: Finetuning of Quantized LLMs",
        abstract="Quantization to four bits. Quantized weights, quantized \x1b[2J adapters.",
        authors=("Tim Dettmers", "Artidoro Pagnoni"),
        arxiv_id="2305.14314",
    ),
    paper("LoRA", abstract="Low rank.", authors=("Edward Hu",)),
)
QLORA, LORA = (one.title for one in PAPERS)


@pytest.fixture
def shelf(library: Library) -> Library:
    take_in(library, *PAPERS)
    library.bring_up_index()
    return library


def explained(library: Library, text: str, title: str = QLORA) -> Explanation | None:
    return library.explain(parse(text, typing=False), entry_of(library, title).id)


def words(explanation: Explanation | None) -> dict[Field, tuple[tuple[str, ...], int]]:
    assert explanation is not None
    return {
        one.field: (one.words, one.written) for part in explanation.parts for one in part.evidence
    }


def test_words_are_quoted_as_they_are_written_with_their_number(shelf: Library) -> None:
    assert words(explained(shelf, "quantizing")) == {
        Field.TITLE: (("Quantized",), 1),
        Field.ABSTRACT: (("Quantization", "Quantized", "quantized"), 3),
    }
    assert words(explained(shelf, "author:dettmers")) == {Field.AUTHOR: (("Dettmers",), 1)}
    assert words(explained(shelf, "T. Dettmers"))[Field.AUTHOR] == (("Dettmers",), 1)
    by_id = explained(shelf, "2305.14314")
    assert [one.words for one in by_id.parts[0].evidence] == [("2305",), ("14314",)]
    assert {one.field for one in by_id.parts[0].evidence} == {Field.ID}


def test_a_compound_is_written_once_though_it_counts_at_both_its_ends(shelf: Library) -> None:
    told = explained(shelf, "title:qlora")
    assert words(told) == {Field.TITLE: (("QLoRA",), 1)}
    assert told.parts[0].evidence[0].count == 2


def test_what_ranks_is_what_is_explained(shelf: Library) -> None:
    ids = shelf.find(parse("lora OR quantized", typing=False)).ids
    told = [shelf.explain(parse("lora OR quantized", typing=False), i) for i in ids]
    assert [one.place for one in told] == [1, 2]
    assert told[0].score > told[1].score


def test_conditions_are_those_met_today(shelf: Library) -> None:
    assert explained(shelf, "quantized is:read") is None
    mark(shelf, entry_of(shelf, QLORA), read=True)
    told = explained(shelf, "quantized is:read")
    assert [type(node) for node in told.conditions] == [Is]


@pytest.mark.parametrize("query", ["", "is:unread", "day:2025", "lowrank"])
def test_what_words_did_not_find_is_not_explained(shelf: Library, query: str) -> None:
    assert explained(shelf, query) is None


def test_there_is_no_explanation_without_an_index(library: Library) -> None:
    take_in(library, *PAPERS)
    assert explained(library, "quantized") is None
    assert not library.find(parse("quantized")).ranked
    library.bring_up_index()
    assert explained(library, "quantized") is not None
    assert library.find(parse("quantized")).ranked
    assert not library.find(Query()).ranked


def test_a_paper_that_is_gone_is_not_explained(shelf: Library) -> None:
    assert shelf.explain(parse("quantized"), 999) is None
