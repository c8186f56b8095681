"""Searching the world in the app: answers below the hits, kept by a mark."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from library.arrivals.world import World, atom, json_response, wrapper
from paperterm.library.arrivals import post
from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.library.settings import Settings
from paperterm.library.view import View
from paperterm.model.parse import parse
from paperterm.tui.beyond import Beyond
from paperterm.web.services import Service
from tui.conftest import Reader, reading
from tui.test_arriving import NOWHERE, asking


@pytest.fixture(scope="module")
def server() -> Iterator[HTTPServer]:
    """With threads: one service must not wait for the other."""
    with HTTPServer(threaded=True) as server:
        yield server


@pytest.fixture
def world(server: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(post, "INTERVALS", dict.fromkeys(Service, 0.0))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    world = World(server)
    world.put_json("/api/papers/search", [wrapper(1), wrapper(2)])
    world.put("/api/query", atom(2, 3))
    yield world
    server.clear()


def held(gate: threading.Event, found: object) -> Callable[[Request], Response]:
    """Answers when the gate is opened."""

    def answer(request: Request) -> Response:
        gate.wait(20)
        return json_response(found)

    return answer


async def look_for(reader: Reader, text: str, hits: str) -> None:
    await reader.press("slash")
    await reader.type(text)
    await reader.sees(hits)


async def test_answers_stand_below_the_hits_by_who_gave_them(starter: Paths, world: World) -> None:
    slow = threading.Event()
    world.paths["/api/query"] = lambda _: (
        slow.wait(20) and Response(atom(2, 3), content_type="text/xml")
    )
    async with reading(starter, settings=asking(world.base)) as reader:
        await look_for(reader, "mamba", "4 of 84")
        await reader.press("ctrl+g")
        await reader.sees("Hugging Face · 2 ")
        await reader.sees("arXiv · asking…")
        slow.set()
        await reader.sees(r"world 3 ")
        screen = await reader.sees("Paper number 3")
        lines = [line[24:] for line in screen.splitlines()]
        order = [
            next(at for at, line in enumerate(lines) if text in line)
            for text in (
                "Mamba Retriever",
                "Hugging Face · 2",
                "+  Paper number 1",
                "+  Paper number 2",
                "arXiv · 1",
                "+  Paper number 3",
            )
        ]
        assert order == sorted(order)
        assert screen.count("Paper number 2") == 1, "found by both, shown once"
        assert "▌● " in screen, "the cursor is where it was"
    with Library(starter) as library:
        assert len(library.find(parse("")).ids) == 84, "nothing is kept unasked"


async def test_what_the_library_has_is_not_repeated(starter: Paths, world: World) -> None:
    known = wrapper(9, id="2312.00752", title="Whatever it is called there")
    world.put_json("/api/papers/search", [known, wrapper(1)])
    async with reading(starter, settings=asking(world.base)) as reader:
        await look_for(reader, "mamba", "4 of 84")
        await reader.press("ctrl+g")
        await reader.sees("Hugging Face · 1 ")
        assert "Whatever" not in reader.screen


async def test_an_answer_is_read_opened_and_marked_which_keeps_it(
    starter: Paths, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "paperterm.tui.links.open_link", lambda link: opened.append(link) or "Opened"
    )
    async with reading(starter, settings=asking(world.base)) as reader:
        await look_for(reader, "mamba", "4 of 84")
        await reader.press("ctrl+g")
        await reader.sees("world 3$|world 3 ")
        await reader.press("ctrl+g")
        await reader.sees(r"▌\+  Paper number 1")
        await reader.sees(r"\+ not kept · any mark keeps it")
        await reader.sees("Abstract of number 1")
        await reader.press("o")
        await reader.until(lambda: bool(opened), "a link opened")
        assert opened == ["https://arxiv.org/abs/2511.00001"]
        await reader.press("b")
        await reader.sees("Kept · ★ Bookmarked")
        screen = await reader.sees(r"▌●★ Paper number 1")
        assert "★ bookmarked" in screen
        assert "not kept" not in screen
        await reader.sees(r"Bookmarks +1")
        await reader.press("r", "j")
        await reader.sees(r"▌\+  Paper number 2")
        await reader.sees(r"  ★ Paper number 1")
        await reader.pilot.pause(2.5)  # by now the index has it as well
        assert reader.screen.count("Paper number 1") == 1
        await reader.press("u", "u")
        await reader.sees(r"●  Paper number 1")
    with Library(starter) as library:
        paper = library.named("2511.00001").paper
        assert (paper.upvotes, paper.sources) == (1, ("search",)), "whole"
        assert not library.named("2511.00001").marks


async def test_a_tag_keeps_an_answer_too(starter: Paths, world: World) -> None:
    async with reading(starter, settings=asking(world.base)) as reader:
        await look_for(reader, "zzz", "No paper matches")
        await reader.press("ctrl+g")
        await reader.sees("world 3 ")
        await reader.press("enter", "g")
        await reader.sees(r"▌\+  Paper number 1")
        await reader.press("t")
        await reader.type("later")
        await reader.press("enter")
        await reader.sees("Kept · Tagged #later")
        await reader.sees(r"▌●  Paper number 1")
    with Library(starter) as library:
        assert library.named("2511.00001").marks.tags == ("later",)


async def test_typing_on_and_escape_drop_the_answers(starter: Paths, world: World) -> None:
    async with reading(starter, settings=asking(world.base)) as reader:
        await look_for(reader, "mamb", "4 of 84")
        await reader.press("ctrl+g")
        await reader.sees("world 3 ")
        await reader.type("a")
        await reader.no_longer_sees("Hugging Face ·|world")
        await reader.press("ctrl+g")
        await reader.sees("world 3 ")
        await reader.press("escape")
        await reader.no_longer_sees("Hugging Face ·|world")
        await reader.sees("84 papers")


async def test_a_newer_question_overtakes_an_older_one(starter: Paths, world: World) -> None:
    gate = threading.Event()
    world.paths["/api/papers/search"] = held(gate, [wrapper(1)])
    async with reading(starter, settings=asking(world.base)) as reader:
        await look_for(reader, "mamb", "4 of 84")
        await reader.press("ctrl+g")
        await reader.sees("arXiv · 2")
        world.put("/api/query", atom(7))
        await reader.type("a")
        await reader.press("ctrl+g")
        await reader.sees("Paper number 7")
        gate.set()
        await reader.pilot.pause(0.5)
        assert "Paper number 3" not in reader.screen
        assert any("mamba&start" in one for one in world.asked)


async def test_the_cursor_stays_when_answers_come_above_it(starter: Paths, world: World) -> None:
    gate = threading.Event()
    world.paths["/api/papers/search"] = held(gate, [wrapper(1)])
    world.put("/api/query", atom(2, 3))
    async with reading(starter, settings=asking(world.base)) as reader:
        await look_for(reader, "mamba", "4 of 84")
        await reader.press("ctrl+g")
        await reader.sees("Hugging Face · asking…")
        await reader.sees("arXiv · 2")
        await reader.press("ctrl+g", "j")
        await reader.sees(r"▌\+  Paper number 3")
        gate.set()
        await reader.sees("Hugging Face · 1")
        await reader.sees(r"\+  Paper number 1")
        await reader.sees(r"▌\+  Paper number 3")


async def test_one_service_that_fails_is_told_of_and_the_others_answers_stand(
    starter: Paths, world: World
) -> None:
    settings = Settings(
        fetch=asking(NOWHERE).fetch,
        services={"huggingface": world.base, "arxiv_api": NOWHERE},
    )
    async with reading(starter, settings=settings) as reader:
        await look_for(reader, "mamba", "4 of 84")
        await reader.press("ctrl+g")
        await reader.sees("arXiv: offline")
        await reader.sees("arXiv can't be reached: connection refused")
        await reader.sees(r"\+  Paper number 2")


async def test_what_nobody_could_look_for_is_told_so(starter: Paths, world: World) -> None:
    async with reading(starter, settings=asking(world.base)) as reader:
        await look_for(reader, "is:unread", "84 of 84")
        await reader.press("ctrl+g")
        await reader.sees("There is (no word|nothing) in 'is:unread'")
        assert "world" not in reader.screen.splitlines()[0]


async def test_without_a_search_nobody_is_asked(starter: Paths, world: World) -> None:
    async with reading(starter, settings=asking(world.base)) as reader:
        await reader.press("ctrl+g")
        await reader.press("slash", "ctrl+g")
        await reader.pilot.pause(0.3)
    assert world.asked == []


async def test_a_wait_is_counted_down_in_the_heading(starter: Paths, world: World) -> None:
    times = iter([True])

    def busy_once(request: Request) -> Response:
        if next(times, False):
            return Response("", 429, {"retry-after": "4"})
        return Response(atom(3), content_type="application/atom+xml")

    world.paths["/api/query"] = busy_once
    async with reading(starter, settings=asking(world.base)) as reader:
        await look_for(reader, "mamba", "4 of 84")
        await reader.press("ctrl+g")
        await reader.sees("arXiv · asks to wait [34] s")
        await reader.sees("arXiv · asks to wait 2 s")
        await reader.sees("arXiv · 1 ")


@pytest.mark.parametrize("size", [(40, 12), (20, 5)])
async def test_small_terminals_show_the_answers(
    starter: Paths, world: World, size: tuple[int, int]
) -> None:
    async with reading(starter, size, settings=asking(world.base)) as reader:
        await look_for(reader, "mamba", "Mamba:")
        await reader.press("ctrl+g")
        await reader.until(lambda: len(reader.app.screen.papers.ids) == 7, "answers")
        await reader.press("ctrl+g")
        await reader.sees(r"▌\+ +Paper")
        await reader.press("b")
        await reader.sees(r"▌●★ ?Paper")


async def test_what_was_kept_stays_where_it_is_when_the_search_finds_it_as_well(
    starter: Paths, world: World
) -> None:
    async with reading(starter, settings=asking(world.base)) as reader:
        await look_for(reader, "lovelace", "No paper matches")
        await reader.press("ctrl+g")
        await reader.sees("world 3 ")
        await reader.press("enter", "g", "j", "b")
        await reader.sees(r"▌●★ Paper number [12]")
        await reader.pilot.pause(3)  # by now the index has it as well
        papers = reader.app.screen.papers
        assert len(papers.ids) == len(set(papers.ids)) == 3
        assert papers.cursor == 1
        await reader.press("slash")
        await reader.type(" ada")
        await reader.sees("1 of 85")


def test_days_of_a_view_stay_whole_without_what_stands_below_it() -> None:
    days = tuple(dt.date(2025, 11, day) for day in (6, 5, 4))
    view = View((1, 2, 3, 4, 5), tuple(zip(days, (0, 2, 3), strict=True)))
    beyond = Beyond("x", kept={-1: 3, -2: 1})
    beside = beyond.beside(view)
    assert list(beside.ids) == [2, 4, 5]
    assert beside.days == ((days[0], 0), (days[2], 1))
    assert Beyond("x").beside(view) is view
