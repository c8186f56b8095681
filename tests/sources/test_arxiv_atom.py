"""Answers of arXiv's API: papers, slices of many, and errors that come as answers."""

import datetime as dt

import pytest

from paperterm.errors import SourceError
from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Context, Refusal
from paperterm.sources.arxiv_atom import read, read_feed

from .helpers import items, papers, records, refusals, remarks
from .made_up import ATOM, ERROR, NO_ENTRIES


def test_an_entry_is_a_paper_with_all_that_it_tells():
    assert papers(ATOM, as_of=None)[0] == Paper(
        title="Heaps of Heaps & Other Piles",
        abstract="We pile $n$ heaps.\n  Twice.",
        authors=("Ada Lovelace", "Alan Turing"),
        author_count=2,
        published=dt.date(2024, 1, 2),
        arxiv_id="2401.00011",
        doi="10.1000/heap.1",
        categories=("math.CO", "cs.DS"),
        venue="J. Heaps 1 (2024) 1-9",
        updated=dt.date(2024, 3, 5),
        sightings=(Sighting("arxiv", None, 0),),
    )


def test_an_old_id_is_taken_and_what_was_never_revised_has_no_revision():
    paper = papers(ATOM)[1]
    assert (paper.arxiv_id, paper.updated) == ("cs/0112017", None)


def test_each_paper_has_the_line_it_begins_on():
    lines = [number for number, line in enumerate(ATOM.split("\n"), 1) if "<entry>" in line]
    assert [record.line for record in records(ATOM)] == lines


def test_an_error_that_comes_as_an_answer_is_an_error():
    for taken in (items, lambda body: read_feed(body.encode())):
        with pytest.raises(SourceError, match=r"^arXiv says: incorrect id format for 12\.3\.$"):
            taken(ERROR)


def test_no_papers_are_an_answer_too():
    assert remarks(NO_ENTRIES, name="x.atom") == [
        "x.atom is an answer of arXiv's that holds no papers."
    ]
    assert read_feed(NO_ENTRIES.encode()).items == ()


def test_a_slice_knows_where_it_is_in_the_whole():
    feed = read_feed(ATOM.encode())
    assert [item.paper.arxiv_id for item in feed.items] == ["2401.00011", "cs/0112017"]
    assert (feed.total, feed.start) == (310, 40)
    for told in ("", "-1", "9" * 5000, "²"):
        feed = read_feed(ATOM.replace(">310<", f">{told}<").encode())
        assert (feed.total, feed.start) == (None, 40)


@pytest.mark.parametrize(
    "body", [b"", b"<a/>", b"Rate exceeded.", ATOM[:1500].encode()], ids=range(4)
)
def test_what_is_no_whole_feed_is_an_error_for_who_asked(body):
    with pytest.raises(SourceError):
        read_feed(body)


def test_an_entry_that_lacks_what_it_needs_is_refused_and_the_rest_kept():
    broken = ATOM.replace("<title>An Old One</title>", "<title/>")
    assert [paper.title[:5] for paper in papers(broken)] == ["Heaps"]
    assert refusals(broken) == [
        Refusal(27, "there is no title", "http://arxiv.org/abs/cs/0112017v1")
    ]
    broken = ATOM.replace("arxiv.org/abs/cs/", "example.org/")
    assert refusals(broken) == [Refusal(27, "its id is not one of arXiv's", "An Old One")]


@pytest.mark.parametrize("pieces", [1, 3])
def test_papers_before_the_place_where_a_file_breaks_off_are_taken(pieces):
    cut = ATOM[:-60].encode()
    size = -(-len(cut) // pieces)
    chunks = (cut[start : start + size] for start in range(0, len(cut), size))
    taken = read(chunks, Context("cut.atom"))
    assert next(taken).paper.arxiv_id == "2401.00011"
    with pytest.raises(SourceError, match=r"^cut\.atom is not XML from line \d+, column \d+ on"):
        next(taken)


def test_a_document_type_is_refused():
    bomb = '<!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    with pytest.raises(SourceError, match="has a document type, which is not read"):
        items(ATOM.replace("<feed", f"{bomb}<feed"), "arxiv-atom")
