"""The commands that bring papers in by name, and the search of the world."""

from __future__ import annotations

import json

import pytest
from werkzeug import Response

from library.arrivals.world import World, atom, wrapper
from paperterm.web.services import Service

from .helpers import point_to


@pytest.fixture
def world(httpserver, home, monkeypatch) -> World:
    world = World(httpserver)
    point_to(home, world.base)
    monkeypatch.setattr("paperterm.library.arrivals.post.INTERVALS", dict.fromkeys(Service, 0.0))
    world.put_json("/api/papers/search", [wrapper(5, title="On Heaps"), wrapper(6)])
    world.put("/api/query", atom(1, 2))
    return world


def test_papers_are_added_by_id_and_by_title_typed_word_by_word(run, world):
    ran = run("add", "2511.00001", "on", "heaps", "https://arxiv.org/abs/2511.00002v3")
    assert [line.split("\t")[:2] for line in ran.lines] == [
        ["new", "arxiv:2511.00001"],
        ["new", "arxiv:2511.00002"],
        ["new", "arxiv:2511.00005"],
    ]
    assert (ran.status, ran.err) == (0, "")
    assert run("show", "2511.00005").lines[0] == "On Heaps"


def test_a_paste_is_read_from_standard_input_and_what_is_missing_is_named(shell, world, home):
    lines = b"- arXiv:2511.00001\n\n* 2511.00009\nOn Heaps\n"
    ran = shell("add", "-", stdin=lines)
    assert ran.status == 1
    assert "arxiv:2511.00001" in ran.out
    assert "arxiv:2511.00005" in ran.out
    assert ran.err == "Not found: * 2511.00009. arXiv has no paper 2511.00009.\n"


def test_offline_add_says_what_was_not_fetched(run, world, home):
    point_to(home, "http://127.0.0.1:9")
    ran = run("add", "2511.00001")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("Not fetched: 2511.00001. arXiv can't be reached")
    assert run("search", "id:2511.00001").lines == []


def test_nothing_to_add_is_bad_usage(run, world):
    assert run("add", " ").status == 2
    assert run("add").status == 2


def test_resolve_takes_sure_matches_and_only_lists_doubtful_ones(run, world, tmp_path):
    titles = ("on heaps", "Paper number 66", "Something else entirely")
    file = tmp_path / "papers.jsonl"
    file.write_text("".join(json.dumps({"title": title}) + "\n" for title in titles))
    run("import", str(file))
    ran = run("resolve")
    assert [line.split("\t")[0] for line in ran.lines] == ["found", "doubtful", "not found"]
    assert "1: 2511.00006 Paper number 6 (Ada Lovelace, 2025)" in ran.err
    assert ran.status == 0
    assert "arXiv:2511.00005" in run("show", "2511.00005").out
    assert "looked for lately" in run("resolve").err


def test_resolve_takes_the_likeliest_when_told_to(run, world, tmp_path):
    file = tmp_path / "papers.jsonl"
    file.write_text(json.dumps({"title": "Paper number 66"}) + "\n")
    run("import", str(file))
    assert run("resolve", "--yes", "--limit", "1").out.startswith("taken\tarxiv:2511.00006\t")


def test_the_world_is_searched_and_nothing_is_kept_unasked(run, world):
    ran = run("search", "--world", "paper")
    assert {line.split("\t")[0] for line in ran.lines} == {
        f"arxiv:2511.0000{number}" for number in (1, 2, 5, 6)
    }
    assert ran.status == 0
    assert run("search", "--world", "paper", "--limit", "3", "--keep").err.startswith("Kept 3 ")
    assert len(run("search", "source:x OR paper OR heaps").lines) == 3


def test_a_service_that_can_not_be_asked_is_told_and_the_status_says_so(run, world, monkeypatch):
    # The waits between tries are drawn by lot; the shortest are too short to be told of.
    monkeypatch.setattr("paperterm.web.retry.random.uniform", lambda least, most: least)
    world.paths["/api/query"] = lambda request: Response("no", 500)
    ran = run("search", "--world", "--json", "paper")
    assert ran.status == 1
    assert ran.err == "arXiv: arXiv does not work at the moment (status 500).\n"
    assert json.loads(ran.lines[0])["arxiv_id"] == "2511.00005"


def test_keep_and_sort_are_for_one_kind_of_search_each(run):
    assert run("search", "--keep", "x").status == 2
    assert run("search", "--world", "--sort", "date", "x").status == 2
