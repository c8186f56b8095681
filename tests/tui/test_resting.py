"""A paper whose abstract was open for so long as the reader has set is read."""

from __future__ import annotations

import asyncio
import time

import pytest

from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.library.settings import Fetch, Settings
from paperterm.library.view import View
from paperterm.model.query import Is, Query, Sort, State
from tui.conftest import reading

SOON = Settings(fetch=Fetch.ASKED, read_after=0.4)


def read(paths: Paths) -> list[str | None]:
    with Library(paths) as library:
        ids = library.find(Query(Is(State.READ))).ids
        return [entry.paper.arxiv_id for entry in library.entries(ids)]


async def test_a_paper_that_is_looked_at_long_enough_is_read_and_can_be_taken_back(
    starter: Paths,
) -> None:
    async with reading(starter, settings=SOON) as reader:
        await reader.sees("Marked as read after a while")
        assert read(starter) == ["2506.18841"]
        await reader.press("u")
        await reader.sees("Took back: read after a while on LongWriter-Zero")
        await asyncio.sleep(0.8)
        assert read(starter) == []  # once each time it is opened: what was taken back stays so
        await reader.press("j")
        await reader.until(lambda: read(starter) == ["2408.07055"], "the next one read")


async def test_papers_that_are_passed_by_are_not_read(starter: Paths) -> None:
    settings = Settings(fetch=Fetch.ASKED, read_after=1.5)
    async with reading(starter, settings=settings) as reader:
        begun = time.monotonic()
        await reader.press("j", "j", "j")
        await reader.until(lambda: bool(read(starter)), "one read")
        assert time.monotonic() - begun >= 1.5
        assert len(read(starter)) == 1


async def test_an_abstract_that_can_not_be_seen_is_not_read(starter: Paths) -> None:
    async with reading(starter, (60, 20), SOON) as reader:
        await asyncio.sleep(1.0)
        assert read(starter) == []
        await reader.press("l")
        await reader.until(lambda: read(starter) == ["2506.18841"], "read once it is open")


async def test_nothing_is_read_behind_a_question_or_help(starter: Paths) -> None:
    settings = Settings(fetch=Fetch.ASKED, read_after=1.5)
    async with reading(starter, settings=settings) as reader:
        await reader.press("question_mark")
        await reader.sees("Esc closes")
        await asyncio.sleep(2.0)
        assert read(starter) == []
        await reader.press("escape")
        await reader.until(lambda: bool(read(starter)), "read afterwards")


async def test_nothing_is_read_while_the_list_is_searched(
    starter: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = Library.find

    def slow(library: Library, query: Query, default: Sort = Sort.DAY) -> View:
        if query.has_text:
            time.sleep(1.5)
        return find(library, query, default)

    settings = Settings(fetch=Fetch.ASKED, read_after=0.8)
    async with reading(starter, settings=settings) as reader:
        monkeypatch.setattr(Library, "find", slow)
        await reader.press("slash", "q", "l", "o", "enter")
        await reader.until(lambda: bool(read(starter)), "one read")
        assert read(starter) == ["2305.14314"]


async def test_by_default_nothing_is_read_by_itself(starter: Paths) -> None:
    async with reading(starter):
        await asyncio.sleep(1.0)
        assert read(starter) == []
