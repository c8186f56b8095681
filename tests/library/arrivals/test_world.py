"""Searching the world, and how a query is said to those who are asked."""

from __future__ import annotations

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug import Response

from helpers import everything, only
from paperterm.errors import Cancelled, UsageError
from paperterm.library.arrivals import questions
from paperterm.web.waiting import Caller

from .world import atom, wrapper


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("mamba", "all:mamba"),
        ("mamba retrieval", "(all:mamba AND all:retrieval)"),
        ('title:"long context" author:gu', '(ti:"long context" AND au:gu)'),
        ("abstract:scan -survey", "(abs:scan ANDNOT all:survey)"),
        ("mamba OR retnet", "(all:mamba OR all:retnet)"),
        ("quant*", "all:quant*"),
        ("long-context", 'all:"long-context"'),
        ("cat:cs.CL", "cat:cs.CL"),
        ("cat:cs mamba", "(cat:cs.* AND all:mamba)"),
        ("mamba date:2024-06", "(all:mamba AND submittedDate:[202406010000 TO 202406302359])"),
        ("mamba is:unread tag:x", "all:mamba"),
        ("2312.00752", "id:2312.00752"),
        ('all:"x") OR (cat:x', 'all:"x") OR (cat:x'),
        ("ti:mamba ANDNOT au:gu", "ti:mamba ANDNOT au:gu"),
    ],
)
def test_a_query_is_said_in_arxivs_language(text, asked):
    assert questions.for_arxiv(text) == asked


@pytest.mark.parametrize("text", ["", "is:unread", "-mamba", "tag:x", "upvotes:>3"])
def test_what_arxiv_can_not_look_for_is_told_so(text):
    with pytest.raises(UsageError):
        questions.for_arxiv(text)


@given(st.text(max_size=300))
def test_any_query_is_said_or_refused(text):
    for translated in (questions.for_arxiv, questions.for_huggingface):
        try:
            asked = translated(text)
        except UsageError:
            continue
        assert asked
    title = questions.for_title(text)
    assert title.startswith('ti:"')
    assert title.count('"') == 2


def test_both_services_answer_and_nothing_is_kept(office, world, library):
    world.put_json("/api/papers/search", [wrapper(1), wrapper(2)])
    world.put("/api/query", atom(2, 3))
    found = list(office.world_search("title:paper -survey"))
    assert {one.service for one in found} == {"Hugging Face", "arXiv"}
    assert {paper.arxiv_id for one in found for paper in one.papers} == {
        "2511.00001",
        "2511.00002",
        "2511.00003",
    }
    assert everything(library) == []
    assert "/api/papers/search?q=paper&limit=120" in world.asked
    again = [paper for paper in found[1].papers if paper.arxiv_id == "2511.00002"]
    assert (again[0].upvotes, again[0].categories) == (2, ("cs.CL",)), "told by both"


def test_what_is_chosen_is_kept(office, world, library):
    world.put_json("/api/papers/search", [wrapper(1), wrapper(2)])
    world.put("/api/query", atom())
    papers = [paper for one in office.world_search("paper") for paper in one.papers]
    assert office.keep(papers[:1]).new == 1
    assert only(library).paper.sources == ("search",)


def test_answers_come_while_others_are_waited_for(open_office, world):
    slow = threading.Event()
    world.put_json("/api/papers/search", [wrapper(1)])

    def answer(request):
        slow.wait(10)
        return Response(atom(3), content_type="application/atom+xml")

    world.paths["/api/query"] = answer
    finding = open_office().world_search("paper")
    assert next(finding).service == "Hugging Face"
    slow.set()
    assert [one.service for one in finding] == ["arXiv"]


def test_one_service_that_fails_does_not_silence_the_other(office, world):
    world.put("/api/query", "<html>")
    world.put_json("/api/papers/search", [wrapper(1)])
    found = {one.service: one for one in office.world_search("paper")}
    assert str(found["arXiv"].error)
    assert len(found["Hugging Face"].papers) == 1


def test_offline_is_said_by_each(offline):
    found = list(offline.world_search("paper"))
    assert sorted(str(one.error)[:20] for one in found) == [
        "Hugging Face can't b",
        "arXiv can't be reach",
    ]


def test_what_only_arxiv_understands_is_asked_of_it_alone(office, world):
    world.put("/api/query", atom(1))
    assert [one.service for one in office.world_search("cat:cs.CL")] == ["arXiv"]


def test_nothing_to_look_for_is_told_before_anybody_is_asked(office, world):
    with pytest.raises(UsageError):
        office.world_search("is:unread")
    assert world.asked == []


def test_a_search_that_is_called_off_ends_at_once(open_office, world):
    def slow(request):
        time.sleep(1)
        return Response("[]")

    world.paths["/api/query"] = world.paths["/api/papers/search"] = slow
    cancelled = threading.Event()
    finding = open_office(caller=Caller(cancelled)).world_search("paper")
    threading.Timer(0.2, cancelled.set).start()
    started = time.monotonic()
    with pytest.raises(Cancelled):
        list(finding)
    assert time.monotonic() - started < 0.9


def test_who_leaves_a_search_has_nobody_asked_any_more(office, world):
    def answer(request):
        time.sleep(0.15)
        return Response(atom(int(request.args["start"]), total=9000), content_type="text/xml")

    world.paths["/api/query"] = answer
    finding = office.world_search("cat:cs.CL")
    next(finding)
    finding.close()
    time.sleep(0.6)
    assert len(world.asked) <= 2
