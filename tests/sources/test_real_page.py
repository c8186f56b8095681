"""The page that the starter shelf is of, against what is known of its papers."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from .helpers import papers, refusals, remarks

SHARED = Path(__file__).parents[3] / "shared"
PAGE = SHARED / "daily-papers-page.txt"
FACTS = SHARED / "starter" / "arxiv-ids.tsv"

pytestmark = pytest.mark.skipif(
    not (PAGE.is_file() and FACTS.is_file()), reason="the page is not at hand"
)


@pytest.fixture(scope="module")
def facts():
    with FACTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize(
    "context", [{"as_of": dt.date(2025, 11, 6)}, {"as_of": None, "modified": dt.date(2030, 1, 1)}]
)
def test_all_papers_come_out_as_they_are_on_the_page(facts, context):
    found = papers(PAGE.read_bytes(), **context)
    assert len(found) == 84
    told = [
        (
            paper.title,
            paper.published.isoformat() if paper.published else "",
            str(paper.author_count or ""),
            str(paper.comments or ""),
            paper.sightings[0].position,
            paper.day,
        )
        for paper in found
    ]
    assert told == [
        (row["title"], row["published"], row["authors_count"], row["comments"], place, AS_OF)
        for place, row in enumerate(facts)
    ]
    assert refusals(PAGE.read_bytes(), **context) == []


AS_OF = dt.date(2025, 11, 6)


def test_abstracts_are_whole():
    text = PAGE.read_text(encoding="utf-8")
    for paper in papers(PAGE.read_bytes()):
        assert f"\n{paper.title}\n\n{paper.abstract}\n" in text
        assert len(paper.abstract) > 1000


def test_what_had_to_be_assumed_is_said():
    said = remarks(PAGE.read_bytes(), modified=dt.date(2030, 1, 1))
    assert [remark.split(";")[0] for remark in said] == ["The page's day is taken as 6 Nov 2025"]


@pytest.mark.parametrize("cut", range(5_000, 146_000, 9_973))
def test_cut_anywhere_what_was_before_is_whole(cut):
    data = PAGE.read_bytes()
    whole = papers(data)
    found = papers(data[:cut])
    assert found[:-1] == whole[: len(found) - 1]
    assert len(refusals(data[:cut], as_of=AS_OF)) <= 1
    missing = len(data[:cut].decode(errors="ignore").split("authors\n")) - len(found)
    assert missing <= 2
