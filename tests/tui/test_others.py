"""What happens when the library is slow, or when somebody else is at it too."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

import pytest

from paperterm.library.desk import Desk
from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.library.view import Shelves, View
from paperterm.model.marks import Change
from paperterm.model.paper import Paper
from paperterm.model.query import Is, Query, Sort, State
from paperterm.model.record import Record
from paperterm.tui.app import PapertermApp
from tui.conftest import QUIET, Reader, reading


def mark(paths: Paths, name: str, **what: object) -> None:
    with Library(paths) as library:
        entry = library.named(name)
        library.mark([Change(entry.paper.key, **what)], "mark", [entry])


async def test_a_change_is_seen_though_looking_takes_longer_than_the_watch(
    starter: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelves = Library.shelves

    def slow(library: Library) -> Shelves:
        if threading.current_thread().name.startswith("paperterm-reading"):
            time.sleep(1.3)
        return shelves(library)

    async with reading(starter) as reader:
        monkeypatch.setattr(Library, "shelves", slow)
        with Library(starter) as other:
            other.add([Record(Paper(title="A paper that came meanwhile", arxiv_id="2511.00001"))])
        await reader.sees("85 papers")


async def test_a_key_typed_ahead_of_a_slow_search_marks_nothing(
    starter: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = Library.find

    def slow(library: Library, query: Query, default: Sort = Sort.DAY) -> View:
        if query.has_text:
            time.sleep(1.6)
        return find(library, query, default)

    async with reading(starter) as reader:
        monkeypatch.setattr(Library, "find", slow)
        await reader.press("slash", "q", "l", "o", "enter", "b")
        await reader.sees("nothing was marked|of 84 · ")
    with Library(starter) as library:
        monkeypatch.setattr(Library, "find", find)
        marked = library.entries(library.find(Query(Is(State.BOOKMARKED))).ids)
        assert [entry.paper.arxiv_id for entry in marked] in ([], ["2305.14314"])


async def test_a_key_typed_ahead_of_a_slow_mark_marks_the_next_paper(
    starter: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark, slow = Library.mark, [1.3, 0.0, 0.0]

    def slowly(library: Library, *what: Any, **how: Any) -> object:
        time.sleep(slow.pop(0))
        return mark(library, *what, **how)

    async with reading(starter) as reader:
        monkeypatch.setattr(Library, "mark", slowly)
        await reader.press("a", "a", "a")
        await reader.sees(r"▪ Archived +3")
        await reader.press("u", "u", "u")
        await reader.sees(r"Inbox +84")


async def test_tags_another_copy_adds_meanwhile_are_not_taken_away(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("t")
        await reader.sees("Tags, with commas")
        mark(starter, "2506.18841", add=("from elsewhere",))
        await reader.type("mine")
        await reader.press("enter")
        await reader.sees("#from elsewhere  #mine")


async def test_a_shelf_that_empties_stays_until_it_is_left(starter: Paths) -> None:
    mark(starter, "2312.00752", add=("ssm",))
    async with reading(starter) as reader:
        await reader.press("h", "G")
        await reader.sees("─ #ssm ─")
        await reader.press("l", "u")
        await reader.sees(r"# ssm +0")
        await reader.sees("─ #ssm ─")
        await reader.press("slash")
        await reader.type("mamba")
        await reader.sees("4 of 84")
        mark(starter, "2312.00752", read=True)
        await reader.sees(r"Inbox +83")
        assert "4 of 84" in reader.screen


async def test_what_is_taken_back_returns_to_the_shelf_it_left(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("r")
        await reader.sees(r"Inbox +83")
        await reader.press("h", "j", "k", "l")
        await reader.sees("83 papers")
        await reader.press("u")
        await reader.sees("84 papers")
        await reader.press("k")
        await reader.sees(r"▌●  LongWriter-Zero")


async def test_a_hint_stays_with_its_search_and_goes_with_it(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("slash")
        await reader.type("qantization")
        await reader.sees("showing “quantization”")
        for _ in range(len("qantization")):
            await reader.press("backspace")
        await reader.type("mamba")
        await reader.sees("4 of 84")
        assert "showing" not in reader.screen


@pytest.mark.parametrize(("size", "line"), [((120, 36), 0), ((60, 20), -2)])
async def test_a_hint_is_beside_the_search_or_where_there_is_room(
    starter: Paths, size: tuple[int, int], line: int
) -> None:
    async with reading(starter, size) as reader:
        await reader.press("slash")
        await reader.type("qantization")
        await reader.sees("showing “quantization”")
        assert "showing" in reader.screen.splitlines()[line]
        assert reader.screen.count("showing") == 1


async def test_marks_and_dates_are_answered_in_the_order_of_the_shelf(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("slash")
        await reader.type("is:unread")
        await reader.sees("84 of 84")
        await reader.sees("by day ─")
        await reader.sees("Thu 6 Nov 2025")


async def test_every_one_of_many_quick_keys_scrolls(starter: Paths) -> None:
    async with reading(starter, (60, 12)) as reader:
        await reader.press("l", "l")
        await reader.press(*"j" * 5)
        assert reader.app.screen.panes.abstract.scroll_offset.y == 5
        await reader.press("question_mark")
        await reader.press("end")
        await reader.sees("Leave paperterm")


async def test_nothing_is_said_of_numbers_before_they_are_known(
    starter: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = threading.Event()
    find = Library.find

    def slow(self: Library, *args: Any, **kwargs: Any) -> View:
        known.wait(20)
        return find(self, *args, **kwargs)

    monkeypatch.setattr(Library, "find", slow)
    desk = Desk(starter)
    app = PapertermApp(desk, QUIET)
    try:
        async with app.run_test(size=(120, 36)) as pilot:
            reader = Reader(app, pilot)
            await reader.sees("Opening the library")
            await pilot.pause(0.3)
            assert "papers" not in reader.screen.splitlines()[0].replace("all papers", "")
            known.set()
            await reader.sees("84 papers")
    finally:
        known.set()
        await asyncio.to_thread(desk.close)
