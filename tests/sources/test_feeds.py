"""Feeds: what arXiv announces, and what other sites publish."""

import datetime as dt
import time

import pytest

from paperterm.errors import SourceError
from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Refusal
from paperterm.sources.feeds import read_feed

from .helpers import papers, refusals, remarks
from .made_up import (
    ARXIV_ATOM_FEED,
    OTHER_RSS,
    RSS,
    RSS_EMPTY,
    RSS_FOOT,
    RSS_HEAD,
    announced,
)

DAY = dt.date(2024, 1, 2)


def test_an_announced_paper_is_taken_with_its_abstract_and_all_authors():
    assert papers(RSS, as_of=None)[0] == Paper(
        title="Heaps 11",
        abstract="We pile 11 heaps.",
        authors=("Ada Lovelace", "Alan Turing", "Kurt Gödel", "S. Davis Jr."),
        author_count=4,
        published=DAY,
        arxiv_id="2401.00011",
        categories=("cs.DS", "cs.AI"),
        sightings=(Sighting("arxiv", DAY, 0),),
    )


def test_the_day_of_a_revision_or_a_cross_listing_is_not_when_the_paper_came_out():
    _, replaced, crossed = papers(RSS, as_of=None)
    assert (replaced.published, replaced.updated) == (None, DAY)
    assert (crossed.published, crossed.updated) == (None, None)
    assert replaced.abstract == "We pile 12 heaps."


def test_arxivs_atom_says_the_same_as_its_rss():
    told = papers(ARXIV_ATOM_FEED, as_of=None)[0]
    assert (told.title, told.abstract, told.published) == ("Heaps 11", "We pile 11 heaps.", DAY)
    assert (told.authors, told.categories) == (("Ada Lovelace",), ("cs.DS",))
    assert told.key == "arxiv:2401.00011"


def test_the_kind_of_announcement_is_read_from_the_description_where_nothing_else_tells_it():
    item = announced(14, "replace").replace("arxiv:announce_type", "arxiv:other")
    assert papers(RSS_HEAD + item + RSS_FOOT)[0].updated == DAY


def test_an_old_title_loses_what_arxiv_put_behind_it():
    title = "Heaps 15. (arXiv:2401.00015v1 [cs.DS] UPDATED)"
    item = announced(15, "new").replace("Heaps 15", title)
    assert papers(RSS_HEAD + item + RSS_FOOT)[0].title == "Heaps 15."


def test_an_empty_feed_is_valid_and_says_when_it_always_is():
    assert papers(RSS_EMPTY) == []
    assert remarks(RSS_EMPTY, name="weekend.xml") == [
        "weekend.xml is a feed that holds no papers now; it never has any on Saturday and Sunday."
    ]
    found = read_feed(RSS_EMPTY.encode())
    assert (found.items, found.day, found.skip_days) == ((), DAY, {"Saturday", "Sunday"})


def test_a_whole_feed_comes_to_who_asked():
    found = read_feed(RSS.encode())
    assert [item.paper.arxiv_id for item in found.items] == [f"2401.000{n}" for n in (11, 12, 13)]


@pytest.mark.parametrize("body", [b"", b"<html/>", b"oops", RSS[:900].encode()])
def test_what_is_no_whole_feed_is_an_error_for_who_asked(body):
    with pytest.raises(SourceError):
        read_feed(body)


def test_papers_of_other_sites_keep_their_doi_or_their_address():
    piles, post = papers(OTHER_RSS, as_of=None)
    assert piles == Paper(
        title="On Piles & Sand",
        abstract="Sand < rocks.",
        authors=("Ada Lovelace",),
        author_count=1,
        published=dt.date(2024, 1, 1),
        doi="10.1000/pile.7",
        sightings=(Sighting("feed", None, 0),),
    )
    assert (post.link, post.authors) == ("https://piles.example/post?x=1", ("Gödel, Kurt",))


def test_an_entry_without_title_or_link_is_refused_with_its_line():
    line = OTHER_RSS[: OTHER_RSS.index("No link")].count("\n") + 1
    assert refusals(OTHER_RSS) == [
        Refusal(line, "there is no link", "No link"),
        Refusal(line + 1, "there is no title", "https://piles.example/untitled"),
        Refusal(line + 2, "its link is not a web address", "Elsewhere"),
    ]


def test_rss_of_the_first_kind_has_its_items_beside_the_channel():
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<channel><title>x</title></channel><item><title>A</title>"
        "<link>https://x.example/abs/2401.00016</link><dc:date>2024-01-02</dc:date></item></rdf:RDF>"
    )
    found = papers(rdf, as_of=None)[0]
    assert (found.title, found.published) == ("A", DAY)
    assert (found.arxiv_id, found.link) == (None, "https://x.example/abs/2401.00016")


def test_two_thousand_announcements_are_read_in_a_moment():
    body = RSS_HEAD + "".join(announced(n, "new") for n in range(1, 2001)) + RSS_FOOT
    began = time.monotonic()
    assert len(papers(body)) == 2000
    assert time.monotonic() - began < 5
