"""Feeds that are one list: arXiv's, searches, and those of any site."""

from __future__ import annotations

import datetime as dt

import pytest
from werkzeug import Response

from helpers import everything, only, titles
from paperterm.errors import BadAnswer, Offline, RefusedAddress, SourceError, UsageError
from paperterm.library.feeds import Problem
from paperterm.model.feeds import parse_feed
from paperterm.model.paper import Sighting

from .world import atom, atom_error, rss, title_feed, wrapper

LIST = parse_feed("arxiv:cs.CL+cs.AI")
QUERY = parse_feed("arxiv-query:title:heaps")
SEARCH = parse_feed("hf-search:piles of heaps")
DAY = dt.date(2025, 11, 6)


def slices(world, *numbers: int):
    """Answers queries with slices of these papers."""

    def answer(request):
        start, most = int(request.args["start"]), int(request.args["max_results"])
        body = atom(*numbers[start : start + most], total=len(numbers))
        return Response(body, content_type="application/atom+xml")

    world.paths["/api/query"] = answer


def test_an_arxiv_list_is_filed_under_its_day_and_its_feed(office, world, library):
    world.put("/rss/cs.CL+cs.AI", rss(1, 2))
    fetched = office.fetch(LIST)
    assert fetched.sentence == "arxiv:cs.CL+cs.AI: 2 new, 0 updated"
    assert titles(library, "day:2025-11-06") == ["Paper number 1", "Paper number 2"]
    (first, _) = everything(library)
    assert first.paper.sightings == (Sighting("arxiv:cs.CL+cs.AI", DAY, 0),)
    assert library.feeds.state_of(LIST).through == DAY


def test_a_weekend_without_announcements_is_no_error(office, world, library):
    world.put("/rss/cs.CL+cs.AI", rss())
    assert office.fetch(LIST).error is None
    assert library.feeds.state_of(LIST).sentence(office._clock()) == "fetched a moment ago"


def test_lists_that_were_missed_are_told_of(office, world, clock):
    world.put("/rss/cs.CL+cs.AI", rss(1))
    office.fetch(LIST)
    clock.go(days=9)
    world.put("/rss/cs.CL+cs.AI", rss(2, day="Sat, 15 Nov 2025 00:00:00 -0500"))
    # What was kept for half an hour is old only by the machine's clock.
    for kept in (office.hands(lambda library: library.paths.cache) / "web").iterdir():
        kept.unlink()
    (remark,) = office.fetch(LIST).tally.remarks
    assert "between 2025-11-06 and 2025-11-15 were missed; --since 2025-11-07" in remark


def test_the_past_of_an_arxiv_list_comes_from_the_api_slice_by_slice(office, world, library):
    numbers = range(1, 1002)
    slices(world, *numbers)
    fetched = office.fetch(LIST, dt.date(2025, 11, 1))
    assert fetched.tally.new == len(numbers)
    assert len(world.asked) == 3
    assert "submittedDate%3A%5B202511010000+TO+202511062359%5D" in world.asked[0]
    assert "cat%3Acs.CL+OR+cat%3Acs.AI" in world.asked[0]
    day = dt.date(2025, 11, 4)
    paper = everything(library)[-1].paper
    assert paper.sightings == (Sighting("arxiv:cs.CL+cs.AI", day, 1000),)


def test_a_slice_that_fails_leaves_whole_papers_and_goes_on_later(office, world, library):
    slices(world, *range(1, 1002))
    answer = world.paths["/api/query"]
    world.paths["/api/query"] = lambda request: (
        Response("no", 500) if request.args["start"] == "500" else answer(request)
    )
    fetched = office.fetch(LIST, dt.date(2025, 11, 1))
    assert isinstance(fetched.error, BadAnswer)
    assert fetched.tally.new == len(everything(library)) == 500
    world.paths["/api/query"] = answer
    world.asked.clear()
    assert office.fetch(LIST, dt.date(2025, 11, 1)).tally.new == 501
    assert len(world.asked) == 2, "the first slice was kept"


def test_papers_that_arxiv_leaves_out_are_no_end(office, world, library):
    world.put("/api/query", atom(total=7))
    fetched = office.fetch(QUERY)
    assert isinstance(fetched.error, SourceError)
    assert library.feeds.state_of(QUERY).problem is Problem.FAILED


def test_an_error_that_arxiv_says_with_status_200_is_an_error_once(office, world, library):
    world.put("/api/query", atom_error("malformed query"))
    fetched = office.fetch(QUERY)
    assert str(fetched.error) == "arXiv says: malformed query."
    assert "arXiv says: malformed query; nothing fetched yet" in fetched.sentence
    slices(world, 1)
    assert office.fetch(QUERY).tally.new == 1, "the error was not kept for an answer"


def test_a_query_brings_the_newest_papers_that_it_finds(office, world, library):
    slices(world, *range(1, 300))
    assert office.fetch(QUERY).tally.new == 100
    assert "search_query=ti%3Aheaps&start=0&max_results=100&sortBy=submittedDate" in world.asked[0]
    (one, *_) = everything(library)
    assert {sighting.source for sighting in one.paper.sightings} == {"arxiv-query:title:heaps"}
    assert one.paper.day is None


def test_a_hugging_face_search_is_a_feed(office, world, library):
    world.put_json("/api/papers/search", [wrapper(1), wrapper(2)])
    assert office.fetch(SEARCH).tally.new == 2
    assert world.asked == ["/api/papers/search?q=piles%20of%20heaps&limit=120"]
    assert everything(library)[0].paper.sources == ("hf-search:piles of heaps",)


def test_a_feed_of_any_site_is_one(office, world, library):
    world.put("/heaps.xml", title_feed("On heaps", "<b>Bold</b> & new"))
    feed = parse_feed(f"{world.base}/heaps.xml")
    assert office.fetch(feed).tally.new == 2
    assert titles(library, "") == ["On heaps", "Bold & new"]
    assert everything(library)[0].paper.sources == (feed.name,)


def test_a_page_of_a_site_is_no_feed(office, world):
    world.put("/heaps", "<html><body/></html>", "text/html")
    assert isinstance(office.fetch(parse_feed(f"{world.base}/heaps")).error, BadAnswer)
    world.put("/heaps", "<html><body/></html>")
    assert isinstance(office.fetch(parse_feed(f"{world.base}/heaps")).error, SourceError)


def test_a_site_does_not_lead_to_other_servers_of_this_machine(office, world):
    there = "http://127.0.0.1:1/secret"
    world.paths["/heaps"] = lambda request: Response("", 302, {"Location": there})
    error = office.fetch(parse_feed(f"{world.base}/heaps")).error
    assert isinstance(error, RefusedAddress)


def test_messages_name_the_site_that_a_feed_is_of(office):
    fetched = office.fetch(parse_feed("http://127.0.0.1:9/heaps"))
    assert isinstance(fetched.error, Offline)
    assert str(fetched.error).startswith("127.0.0.1 can't be reached")


@pytest.mark.parametrize("feed", [SEARCH, parse_feed("https://journal.example/feed")])
def test_what_has_no_past_can_not_be_asked_for_it(office, world, feed):
    with pytest.raises(UsageError, match="no past"):
        office.fetch(feed, DAY)
    assert world.asked == []


def test_one_paper_of_several_feeds_is_one_with_all_its_sightings(office, world, library):
    world.days = {"2025-11-06": [wrapper(1)]}
    world.put("/rss/cs.CL+cs.AI", rss(1))
    slices(world, 1)
    world.put_json("/api/papers/search", [wrapper(1)])
    for feed in (parse_feed("daily-papers"), LIST, QUERY, SEARCH):
        office.fetch(feed)
    paper = only(library).paper
    names = ("arxiv-query:title:heaps", "arxiv:cs.CL+cs.AI", "daily-papers", SEARCH.name)
    assert paper.sources == tuple(sorted(names))
    assert paper.categories == ("cs.CL",)
    assert paper.upvotes == 1


def test_only_what_is_due_is_fetched_by_itself(office, world, library, clock):
    world.put("/rss/cs.CL+cs.AI", rss(1))
    library.feeds.add(LIST.name)
    library.feeds.add(QUERY.name)
    library.feeds.pause(QUERY.name)
    assert [one.feed for one in office.fetch_due()] == ["daily-papers", LIST.name]
    assert list(office.fetch_due()) == []
    clock.go(minutes=31)
    assert [one.feed for one in office.fetch_due()] == ["daily-papers"]
    clock.go(minutes=120)
    assert len(list(office.fetch_due())) == 2
