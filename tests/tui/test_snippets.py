"""Why a paper is in the list: what is lit, and the line under its title."""

from __future__ import annotations

import pytest

from conftest import paths_in
from helpers import paper
from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.model.parse import parse
from paperterm.tui.cards import Card, cards
from tui.conftest import reading

AUTHORS = ("Tim Dettmers", "Mike Lewis", "Younes Belkada", "Luke Zettlemoyer")
PAPERS = (
    paper(
        "LLM.int8(): Matrix Multiplication at Scale",
        abstract="Half of the memory is enough. " + "Weights are large. " * 9 + "Outliers stay.",
        authors=AUTHORS,
        arxiv_id="2208.07339",
    ),
    paper(
        "A Mamba", abstract="<b>\x1b[2J dense</b> 検索" + "語" * 200, authors=("Gu, Albert", "Dao")
    ),
)


@pytest.fixture
def shelf(tmp_path) -> Paths:
    with Library(paths_in(tmp_path)) as library:
        library.greet()
        library.remove_starter()
        from paperterm.model.record import Record

        library.add([Record(one) for one in PAPERS])
        library.bring_up_index()
    return paths_in(tmp_path)


def found(paths: Paths, query: str, columns: int = 40) -> Card:
    with Library(paths) as library:
        view = library.find(parse(query))
        (card,) = cards(library, view.ids, view.patterns, columns)
    return card


def lit(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize("query", ["matrix", "dettmers", "matrix outliers", "zettlemoyer scale"])
def test_a_title_or_byline_that_tells_needs_no_snippet(shelf: Paths, query: str) -> None:
    card = found(shelf, query)
    assert card.title_hits or card.byline_hits
    assert card.snippet == ""


def test_the_byline_is_lit_where_it_is_hit(shelf: Paths) -> None:
    assert lit("Dettmers +3", found(shelf, "dettmers").byline_hits) == ["Dettmers"]
    assert lit("Gu, Dao", found(shelf, "A. Gu OR dao").byline_hits) == ["Gu", "Dao"]
    assert found(shelf, "3 OR half").byline_hits == ()


@pytest.mark.parametrize(
    ("query", "snippet", "words"),
    [
        ("outliers", "… Weights are large. Outliers stay.", ["Outliers"]),
        ("half memory", "Half of the memory is enough. Weights …", ["Half", "memory"]),
        ("zettlemoyer", "… Younes Belkada, Luke Zettlemoyer", ["Zettlemoyer"]),
        ("author:tim", "Tim Dettmers, Mike Lewis, Younes …", ["Tim"]),
        ("lewis OR large", "… Mike Lewis, Younes Belkada, Luke …", ["Lewis"]),
    ],
)
def test_the_snippet_shows_what_matched(
    shelf: Paths, query: str, snippet: str, words: list[str]
) -> None:
    card = found(shelf, query)
    assert card.snippet == snippet
    assert lit(card.snippet, card.snippet_hits) == words


def test_a_snippet_is_clean_and_fits_in_cells(shelf: Paths) -> None:
    assert found(shelf, "dense").snippet == "… dense</b> 検索語語語 …"
    assert found(shelf, "dense", 600).snippet.startswith("<b>\ufffd[2J dense</b> 検索")


@pytest.mark.parametrize("query", ["2208.07339", "-mamba", "is:unread -mamba"])
def test_there_is_none_for_what_is_not_in_the_text(shelf: Paths, query: str) -> None:
    assert found(shelf, query).snippet == ""


async def test_the_list_shows_it_under_the_title_when_a_row_has_room(shelf: Paths) -> None:
    async with reading(shelf, (120, 36)) as reader:
        await reader.press("slash")
        await reader.type("outliers")
        seen = await reader.sees("Outliers stay")
        lines = [line for line in seen.splitlines() if "Outliers stay" in line]
        assert any("… Weights are large. Outliers stay.  " in line for line in lines)
        await reader.pilot.resize_terminal(120, 15)
        await reader.no_longer_sees("large. Outliers stay.  ")
    async with reading(shelf, (120, 15)) as reader:
        await reader.press("slash")
        await reader.type("outliers")
        await reader.sees("1 of 2")
        assert reader.app.screen.papers.card.snippet == ""
        await reader.pilot.resize_terminal(120, 36)
        await reader.sees("Weights are large. Outliers stay.  ")
