"""CSL-JSON: items of reference managers and of Crossref."""

import datetime as dt
import json

import pytest

from paperterm.errors import SourceError
from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Refusal

from .helpers import items, papers, records, refusals
from .made_up import CSL


def item(**fields):
    (found,) = papers(json.dumps([{"type": "article", "title": "A", **fields}]))
    return found


def test_an_item_is_a_paper_with_all_that_it_tells():
    assert papers(CSL)[0] == Paper(
        title="Heaps of Heaps",
        abstract="Sand < rocks.",
        authors=("Ada Lovelace", "Piles and Sons", "Jan van der Berg Jr."),
        author_count=3,
        published=dt.date(2017, 6, 2),
        arxiv_id="1706.00011",
        doi="10.1000/a.b",
        venue="Journal of Piles",
        keywords=("heaps", "piles"),
        sightings=(Sighting("csl"),),
    )


def test_what_makes_no_sense_is_left_out_and_the_rest_taken():
    assert papers(CSL)[1] == Paper(
        title="Sand",
        published=dt.date(2001, 5, 31),
        link="https://sand.example/",
        sightings=(Sighting("csl"),),
    )
    assert [record.line for record in records(CSL)] == [2, 13]


def test_what_can_not_be_taken_is_told_with_line_and_reason():
    assert refusals(CSL) == [
        Refusal(9, "item 2 has no title", "b"),
        Refusal(10, "item 3 has a title that is no text", "c"),
        Refusal(11, "item 4 is not a JSON object"),
        Refusal(12, "the JSON of this paper is broken or cut off"),
    ]


@pytest.mark.parametrize(
    ("told", "published"),
    [
        ({"date-parts": [[2017]]}, dt.date(2017, 12, 31)),
        ({"date-parts": [[2017, 2]]}, dt.date(2017, 2, 28)),
        ({"date-parts": [[2017, 2, 3], [2017, 2, 5]]}, dt.date(2017, 2, 3)),
        ({"date-parts": [["2017", "02", "3"]]}, dt.date(2017, 2, 3)),
        ({"date-parts": [[2017, 13, 3]]}, dt.date(2017, 12, 31)),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": [[]]}, None),
        ({"date-parts": 2017}, None),
        ({"raw": "2017-02-03T10:00:00Z"}, dt.date(2017, 2, 3)),
        ({"literal": "Spring"}, None),
        ("2017-02-03", dt.date(2017, 2, 3)),
        (2017, None),
        (None, None),
    ],
)
def test_a_date_that_is_not_whole_is_the_last_day_it_can_mean(told, published):
    assert item(issued=told).published == published


@pytest.mark.parametrize(
    "fields",
    [{"DOI": "10.48550/arXiv.1706.00011"}, {"number": "arXiv:1706.00011"},
     {"URL": "https://arxiv.org/abs/1706.00011"}, {"archive_location": "arXiv:1706.00011v1"}],
)  # fmt: skip
def test_an_arxiv_id_is_found_wherever_it_was_put(fields):
    found = item(**fields)
    assert (found.arxiv_id, found.doi, found.link) == ("1706.00011", None, None)


def test_an_object_with_items_is_a_list_too():
    document = (
        '{\n "citationStyle": "x",\n "items": [\n  {"id": 1, "title": "A", "issued": {}}\n ]\n}'
    )
    assert [(record.line, record.paper.title) for record in records(document)] == [(4, "A")]


def test_the_items_before_the_end_of_a_file_that_was_cut_off_are_taken():
    cut = CSL[: CSL.index('"note"')]
    assert papers(CSL[: CSL.index('{"id": "b"')]) == papers(CSL)[:1]
    assert [refusal.line for refusal in refusals(cut, "csl-json")] == [2]


def test_another_document_is_an_error():
    for text in ('{"items": 7}', "7", '{"title": "A"}'):
        with pytest.raises(SourceError, match=r"^input is not a list of CSL items"):
            items(text, "csl-json")
