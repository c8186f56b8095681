import datetime as dt
import json

from paperterm.model import ids
from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Record
from paperterm.sources.starter import read_starter

DAY = dt.date(2025, 11, 6)


def test_a_line_becomes_a_paper_with_our_summary(tmp_path):
    shelf = tmp_path / "shelf.jsonl"
    lines = [
        {
            "title": "A",
            "published": "2025-06-23",
            "author_count": 5,
            "comments": 4,
            "arxiv_id": "2506.18841",
            "authors": ["Wu"],
            "summary": "What it is about.",
        },
        {"title": "B", "published": None, "author_count": None, "authors": [], "summary": "It."},
    ]
    shelf.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    assert list(read_starter(shelf)) == [
        Record(
            Paper(
                "A",
                "What it is about.",
                abstract_is_summary=True,
                authors=("Wu",),
                author_count=5,
                published=dt.date(2025, 6, 23),
                comments=4,
                arxiv_id="2506.18841",
                sightings=(Sighting("starter", DAY, 0),),
            ),
            1,
        ),
        Record(
            Paper("B", "It.", abstract_is_summary=True, sightings=(Sighting("starter", DAY, 1),)),
            2,
        ),
    ]


def test_the_starter_shelf_has_84_papers_that_arxiv_has():
    papers = [record.paper for record in read_starter()]
    assert len(papers) == len({paper.arxiv_id for paper in papers}) == 84
    for position, paper in enumerate(papers):
        assert paper.arxiv_id == ids.parse_arxiv_id(paper.arxiv_id)
        assert paper.title
        assert paper.abstract_is_summary and len(paper.abstract) > 100
        assert paper.sightings == (Sighting("starter", DAY, position),)
