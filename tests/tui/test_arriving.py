"""Papers that arrive while a reader reads, and the days they ask for."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from pytest_httpserver import HTTPServer
from textual import events
from werkzeug import Request, Response

from library.arrivals.world import World, atom, rss, wrapper
from paperterm.library.arrivals import post
from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.library.settings import Fetch, Settings
from paperterm.model.paper import Paper
from paperterm.model.record import Record
from paperterm.web.services import Service
from tui.conftest import Reader, reading

TODAY = dt.datetime.now(dt.UTC).date()
NOWHERE = "http://127.0.0.1:9"
"""Where nobody listens."""
_NAMES = ("huggingface", "arxiv_api", "arxiv_rss", "crossref")


@pytest.fixture
def world(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(post, "INTERVALS", dict.fromkeys(Service, 0.0))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    return World(httpserver)


def asking(base: str, fetch: Fetch = Fetch.ASKED) -> Settings:
    return Settings(fetch=fetch, services=dict.fromkeys(_NAMES, base))


def ago(days: int) -> str:
    return str(TODAY - dt.timedelta(days=days))


@asynccontextmanager
async def due(paths: Paths, base: str, size: tuple[int, int] = (140, 40)) -> AsyncIterator[Reader]:
    async with reading(paths, size, asking(base, Fetch.DUE)) as reader:
        yield reader


def dripping(seconds: float) -> Callable[[Request], Response]:
    """Answers one byte at a time, for as long as that."""

    def answer(request: Request) -> Response:
        def body():
            for _ in range(int(seconds * 20)):
                time.sleep(0.05)
                yield b" "
            yield b"[]"

        return Response(body(), content_type="application/json")

    return answer


# Feeds that are due


async def test_what_is_due_arrives_after_the_start_and_nothing_moves(
    starter: Paths, world: World
) -> None:
    world.days = {ago(1): [wrapper(1, ago(1)), wrapper(2, ago(1))]}
    async with due(starter, world.base) as reader:
        await reader.press("j", "j")
        before = [line[24:80] for line in reader.screen.splitlines()]
        await reader.sees("daily-papers: 2 new")
        await reader.sees("86 papers")
        assert [line[24:80] for line in reader.screen.splitlines()][1:-1] == before[1:-1]
        await reader.press("g")
        await reader.sees(r"▌●  Paper number")


async def test_papers_known_by_title_get_their_ids_by_themselves_but_only_for_sure(
    starter: Paths, world: World
) -> None:
    with Library(starter) as library:
        library.add([Record(Paper("On heaps")), Record(Paper("On piles"))])
    near = [wrapper(2, title="On piles"), wrapper(3, title="On piles")]
    world.put_json("/api/papers/search", [wrapper(1, title="On heaps"), *near])
    world.put("/api/query", atom())
    async with due(starter, world.base) as reader:
        await reader.sees("1 doubtful: paperterm resolve")
    with Library(starter) as library:
        assert library.named("2511.00001").paper.title == "On heaps"
        assert len(library.ids_of(["arxiv:2511.00002", "arxiv:2511.00003"])) == 0


async def test_nobody_looks_for_ids_where_fetching_waits_to_be_asked_for(
    starter: Paths, world: World
) -> None:
    with Library(starter) as library:
        library.add([Record(Paper("On heaps"))])
    async with reading(starter, settings=asking(world.base)) as reader:
        await reader.press("R")
        await reader.sees("Nothing new in daily-papers")
        await reader.pilot.pause(0.5)
    assert not any("search" in asked for asked in world.asked)


async def test_an_error_is_never_nothing_new(starter: Paths, world: World) -> None:
    async with due(starter, NOWHERE) as reader:
        await reader.sees("daily-papers: offline; nothing fetched yet")
        await reader.press("R")
        await reader.sees("offline; nothing fetched yet")
        assert "Nothing new" not in reader.screen


async def test_a_service_that_fails_is_told_of_in_its_words(starter: Paths, world: World) -> None:
    world.fail(404)
    async with reading(starter, settings=asking(world.base)) as reader:
        await reader.press("R")
        await reader.sees("daily-papers: Hugging Face")
        assert "Nothing new" not in reader.screen


async def test_refreshing_says_how_far_it_is_and_how_it_ended(starter: Paths, world: World) -> None:
    async with reading(starter, settings=asking(world.base)) as reader:
        world.fault = dripping(1)
        await reader.press("R")
        await reader.sees("daily-papers [0-9]+ [A-Z][a-z]+…")
        world.fault = None
        await reader.sees("Nothing new in daily-papers")
        await reader.no_longer_sees("daily-papers [0-9]+ [A-Z][a-z]+…")


async def test_a_wait_is_counted_down(starter: Paths, world: World) -> None:
    async with reading(starter, settings=asking(world.base)) as reader:
        world.fail(429, retry_after="5")
        await reader.press("R")
        await reader.sees("Hugging Face asks to wait [45] s")
        world.fault = None
        await reader.sees("Hugging Face asks to wait 3 s")
        await reader.sees("Hugging Face asks to wait 2 s")
        await reader.sees("Nothing new in daily-papers")
        assert "asks to wait" not in reader.screen


async def test_nothing_is_fetched_unasked_where_the_reader_does_not_want_it(
    starter: Paths, world: World
) -> None:
    async with reading(starter, settings=asking(world.base)) as reader:
        await reader.pilot.pause(1.0)
    assert world.asked == []


async def test_a_library_that_can_only_be_read_asks_nobody(
    starter: Paths, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Library, "read_only", "It can only be read.")
    async with due(starter, world.base) as reader:
        await reader.pilot.pause(1.0)
        await reader.press("R")
    assert world.asked == []


async def test_keys_are_answered_while_a_service_drips(starter: Paths, world: World) -> None:
    world.fault = dripping(30)
    async with due(starter, world.base) as reader:
        await reader.sees("daily-papers [0-9]+ [A-Z][a-z]+…")
        began = time.monotonic()
        for _ in range(10):
            await reader.press("j")
        assert time.monotonic() - began < 2
        await reader.press("b")
        await reader.sees("★ Bookmarked")
        await reader.press("slash")
        await reader.type("mamba")
        await reader.sees("4 of 84")


async def test_leaving_while_a_service_drips_is_quick(starter: Paths, world: World) -> None:
    world.fault = dripping(30)
    async with due(starter, world.base) as reader:
        await reader.sees("daily-papers [0-9]+ [A-Z][a-z]+…")
        await reader.press("q")
        await reader.until(lambda: not reader.app.is_running, "the end")
        began = time.monotonic()
    assert time.monotonic() - began < 1


async def test_what_was_asked_for_can_be_called_off(starter: Paths, world: World) -> None:
    world.fault = dripping(30)
    async with reading(starter, settings=asking(world.base)) as reader:
        await reader.press("R")
        await reader.sees("daily-papers [0-9]+ [A-Z][a-z]+…")
        await reader.press("escape")
        await reader.sees("Called off")
        await reader.no_longer_sees("daily-papers [0-9]+ [A-Z][a-z]+…")


# Days


async def test_days_are_stepped_through_and_fetched_on_the_way(
    starter: Paths, world: World
) -> None:
    world.days = {"2025-11-05": [wrapper(5, "2025-11-05")]}
    async with reading(starter, settings=asking(world.base)) as reader:
        await reader.press("left_square_bracket")
        await reader.sees("─ 6 Nov 2025 ─")
        await reader.press("left_square_bracket")
        await reader.sees("─ 5 Nov 2025 ─")
        await reader.sees("▌●  Paper number 5")
        await reader.sees(r"5 Nov 2025 +1 ")
        await reader.press("right_square_bracket")
        await reader.sees("─ 6 Nov 2025 ─")
    world.fault = dripping(30)
    async with reading(starter, settings=asking(NOWHERE)) as reader:
        await reader.press("left_square_bracket", "left_square_bracket")
        await reader.sees("▌●  Paper number 5")


async def test_days_that_are_known_to_be_empty_are_stepped_over_and_others_are_reached(
    starter: Paths, world: World
) -> None:
    world.days = {"2025-11-03": [wrapper(3, "2025-11-03")]}
    async with reading(starter, settings=asking(world.base)) as reader:
        await reader.press("left_square_bracket")
        await reader.sees("─ 6 Nov 2025 ─")
        for day in (5, 4):
            await reader.press("left_square_bracket")
            await reader.sees(f"No papers on ... {day} Nov 2025")
        await reader.press("left_square_bracket")
        await reader.sees("▌●  Paper number 3")
        await reader.press("right_square_bracket")
        await reader.sees("─ 6 Nov 2025 ─")
        await reader.press("left_square_bracket")
        await reader.sees("▌●  Paper number 3")
        await reader.press("left_square_bracket")
        await reader.sees("No papers on Sun 2 Nov 2025")
    async with reading(starter, settings=asking(world.base)) as reader:
        await reader.press("left_square_bracket")
        await reader.sees("─ 6 Nov 2025 ─")
        await reader.press("left_square_bracket")
        await reader.sees("▌●  Paper number 3")
        await reader.press("D")
        await reader.type("2025-11-05")
        await reader.press("enter")
        await reader.sees("No papers on Wed 5 Nov 2025")


async def test_an_empty_day_says_that_it_is_empty(starter: Paths, world: World) -> None:
    async with reading(starter, settings=asking(world.base)) as reader:
        await reader.press("D")
        await reader.sees("Go to a day")
        await reader.type("2025-11-08")
        await reader.press("enter")
        await reader.sees("No papers on Sat 8 Nov 2025")


async def test_offline_an_unknown_day_is_told_of_and_the_reader_stays(starter: Paths) -> None:
    async with reading(starter, settings=asking(NOWHERE)) as reader:
        await reader.press("D")
        await reader.sees("Go to a day")
        await reader.type("2025-10-03")
        await reader.press("enter")
        await reader.sees("Offline, and 3 Oct 2025 was never fetched")
        assert "─ Inbox ─" in reader.screen


async def test_a_day_that_is_being_fetched_can_be_called_off(starter: Paths, world: World) -> None:
    world.fault = dripping(30)
    async with reading(starter, settings=asking(world.base)) as reader:
        await reader.press("D")
        await reader.type("2025-10-03")
        await reader.press("enter")
        await reader.sees("daily-papers 3 Oct…")
        await reader.press("escape")
        await reader.sees("Called off; 3 Oct 2025 is not fetched")
        assert "─ Inbox ─" in reader.screen


async def test_what_is_no_day_is_told_in_the_prompt(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("D")
        await reader.type("soonish")
        await reader.press("enter")
        await reader.sees("'soonish' is no day")
        await reader.press("escape")
        await reader.no_longer_sees("Go to a day")


@pytest.mark.parametrize(("text", "name"), [("2025-W45", "Week 45, 2025"), ("2025-11", "Nov 2025")])
async def test_weeks_and_months_are_pages_too(
    starter: Paths, world: World, text: str, name: str
) -> None:
    world.days = {text: [wrapper(5, "2025-11-04")]}
    async with reading(starter, settings=asking(world.base)) as reader:
        await reader.press("D")
        await reader.type(text)
        await reader.press("enter")
        await reader.sees(f"─ {name} ─")
        await reader.sees("85 papers")
        await reader.sees(r"  4 Nov 2025 +1 ")


# The screen of feeds


async def test_feeds_are_added_fetched_paused_removed_and_brought_back(
    starter: Paths, world: World
) -> None:
    world.put("/rss/cs.CL", rss(1, 2, 3))
    async with reading(starter, settings=asking(world.base)) as reader:
        await reader.press("F")
        await reader.sees("daily-papers +0 papers")
        await reader.sees("Hugging Face Daily Papers · not fetched yet")
        await reader.press("a")
        await reader.sees("Add a feed")
        await reader.type("arxiv:nonsense!")
        await reader.press("enter")
        await reader.sees("does not look like an arXiv category")
        for _ in range(len("nonsense!")):
            await reader.press("backspace")
        await reader.type("cs.CL")
        await reader.press("enter")
        await reader.sees("arxiv:cs.CL: 3 new")
        await reader.sees("arxiv:cs.CL +3 papers")
        await reader.press("j", "p")
        await reader.sees("paused; fetched a moment ago")
        await reader.press("p")
        await reader.no_longer_sees("paused; fetched")
        await reader.press("d")
        await reader.sees("Removed arxiv:cs.CL; its 3 papers stay · u brings it back")
        await reader.no_longer_sees("arxiv:cs.CL +3 papers")
        await reader.press("u")
        await reader.sees("arxiv:cs.CL +3 papers")
        await reader.press("escape")
        await reader.sees("87 papers")
        await reader.press("u")
        await reader.sees("Took back: feed resumed: arxiv:cs.CL")
        await reader.press("F")
        await reader.sees("paused; fetched a moment ago")


async def test_a_feed_takes_in_only_what_a_saved_search_finds_and_that_is_taken_back(
    starter: Paths, world: World
) -> None:
    with Library(starter) as library:
        library.searches.add("One", 'title:"number 1"')
    world.days = {ago(1): [wrapper(1, ago(1)), wrapper(2, ago(1))]}
    async with reading(starter, settings=asking(world.base)) as reader:
        await reader.press("F")
        await reader.sees("daily-papers")
        await reader.press("o")
        await reader.sees("what daily-papers takes in")
        await reader.type("two")
        await reader.press("enter")
        await reader.sees("There is no saved search 'two'")
        await reader.press(*["backspace"] * 3)
        await reader.type("one")
        await reader.press("enter")
        await reader.sees("daily-papers takes in only what “One” finds")
        await reader.sees("only “One” · ")
        await reader.press("r")
        await reader.sees("daily-papers: 1 new, 1 of 2 kept")
        await reader.press("u")
        await reader.sees("daily-papers takes in all that is new")
        await reader.no_longer_sees("only “One” · ")


@pytest.mark.parametrize("size", [(120, 36), (40, 12), (20, 5)])
async def test_what_is_wrong_with_a_feed_is_on_its_screen(
    starter: Paths, size: tuple[int, int]
) -> None:
    async with reading(starter, size, asking(NOWHERE)) as reader:
        await reader.press("F")
        await reader.sees("daily-papers")
        await reader.press("r")
        await reader.sees("offline")
        await reader.press("d")
        await reader.sees("There are no feeds|Removed")


async def test_a_library_that_can_only_be_read_keeps_its_feeds(
    starter: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Library, "read_only", "It can only be read.")
    async with reading(starter) as reader:
        await reader.sees("read-only")
        await reader.press("F")
        await reader.sees("daily-papers")
        await reader.press("d")
        await reader.pilot.pause(0.2)
    with Library(starter) as library:
        assert [state.feed.name for state in library.feeds.all()] == ["daily-papers"]


# Papers by name


async def test_several_lines_are_added_and_what_is_not_found_stays(
    starter: Paths, world: World
) -> None:
    world.put("/api/query", atom(1, 2))
    async with reading(starter, settings=asking(world.base)) as reader:
        await reader.press("A")
        await reader.sees("Add papers")
        paste = "2511.00001\nhttps://arxiv.org/abs/2511.00002v3\n2511.00099\n2312.00752 here"
        reader.app.post_message(events.Paste(paste))
        await reader.sees("2312.00752 here")
        await reader.press("enter")
        await reader.sees("added  Paper number 1")
        await reader.sees("not found  2511.00099: arXiv has no paper 2511.00099")
        await reader.sees("what could not be added is still above")
        assert "https://arxiv.org/abs/2511.00002v3" not in reader.screen
        await reader.press("escape")
        await reader.sees("86 papers")
        await reader.press("A")
        await reader.sees("2511.00099")


async def test_what_was_typed_outlives_a_failure_and_a_second_try_adds_it(
    starter: Paths, world: World
) -> None:
    world.put("/api/query", atom(1))
    world.fail(404)
    async with reading(starter, settings=asking(world.base)) as reader:
        await reader.press("A")
        await reader.type("2511.00001")
        await reader.press("enter")
        await reader.sees("failed  2511.00001: ")
        world.fault = None
        await reader.press("enter")
        await reader.sees("Added: Paper number 1")
        await reader.sees("85 papers")


async def test_adding_can_be_called_off_and_loses_nothing(starter: Paths, world: World) -> None:
    world.fault = dripping(30)
    async with reading(starter, settings=asking(world.base)) as reader:
        await reader.press("A")
        await reader.type("2511.00001")
        await reader.press("enter")
        await reader.sees("Adding .*Esc calls it off")
        await reader.press("escape")
        await reader.sees("Called off")
        assert "2511.00001" in reader.screen
