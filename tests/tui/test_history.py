"""Taking back and bringing back in the app, and the screen of what was done."""

from __future__ import annotations

import re

from paperterm.library.door import Library
from paperterm.library.intake import Tally
from paperterm.library.paths import Paths
from paperterm.model.marks import Change
from paperterm.model.paper import Paper
from paperterm.model.query import Is, Query, State
from paperterm.model.record import Record
from tui.conftest import reading


def bookmarked(paths: Paths) -> int:
    with Library(paths) as library:
        return len(library.find(Query(Is(State.BOOKMARKED))).ids)


async def test_what_was_taken_back_is_brought_back_by_one_key(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("b")
        await reader.sees(r"Bookmarks +1")
        await reader.press("a")
        await reader.sees(r"Archived +1")
        await reader.press("u", "u")
        await reader.sees(r"Bookmarks +0")
    async with reading(starter) as reader:
        await reader.press("ctrl+r")
        await reader.sees("Brought back: bookmark on LongWriter-Zero")
        await reader.press("ctrl+r")
        await reader.sees(r"Archived +1")
        await reader.no_longer_sees(r"▌. +LongWriter-Zero")
        await reader.press("ctrl+r")
        await reader.sees("Nothing to bring back")


async def test_all_down_to_an_action_is_taken_back_after_a_question(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press(*("b", "j") * 3, "r")
        await reader.sees(r"Inbox +83")
        await reader.press("U")
        await reader.sees("What was done")
        await reader.sees(r"▌ .*read .*1 paper")
        await reader.press("j", "j")
        await reader.sees(r"▌ .*bookmark  LongWriter: Unleashing .*1 paper")
        await reader.press("enter")
        await reader.sees("Take back 3 actions, down to “bookmark”\\?")
        await reader.press("n")
        await reader.no_longer_sees("Take back 3 actions")
        assert bookmarked(starter) == 3
        await reader.press("enter")
        await reader.sees("Take back 3 actions")
        await reader.press("y")
        await reader.sees("Took back 3 actions on 3 papers")
        await reader.until(lambda: len(re.findall("taken back", reader.screen)) == 3, "3 of them")
        assert bookmarked(starter) == 1
        await reader.press("enter")
        await reader.sees("It is taken back already")
        await reader.press("ctrl+r")
        await reader.sees("Brought back: bookmark on")
        await reader.press("u")
        await reader.sees("Took back: bookmark on")
        await reader.press("escape")
        await reader.sees(r"Bookmarks +1")
        await reader.sees(r"Inbox +84")


async def test_papers_that_came_by_themselves_are_taken_back_alone(starter: Paths) -> None:
    with Library(starter) as library:
        tally = Tally(label="daily-papers fetched", unasked=True)
        library.add([Record(Paper(title="A new one", arxiv_id="2511.00001"))], tally)
        library.book(tally)
    async with reading(starter) as reader:
        await reader.sees(r"All +85")
        await reader.press("j", "b")
        await reader.sees(r"Bookmarks +1")
        await reader.press("U")
        await reader.sees("daily-papers fetched: 1 new paper")
        await reader.press("j", "enter")
        await reader.sees("Take back “daily-papers fetched: 1 new paper”, and nothing else")
        await reader.press("y")
        await reader.sees("Took back: daily-papers fetched: 1 new paper on A new one")
        await reader.press("q")
        await reader.sees(r"All +84")
        await reader.sees(r"Bookmarks +1")
        await reader.no_longer_sees("A new one +")


async def test_a_long_history_is_loaded_as_it_is_looked_at(starter: Paths) -> None:
    with Library(starter) as library:
        entry = library.named("2506.18841")
        for number in range(1_000):
            change = Change(entry.paper.key, bookmarked=number % 2 == 0)
            library.mark([change], f"action {number}", [entry])
    async with reading(starter) as reader:
        await reader.press("U")
        await reader.sees("action 999")
        shown = reader.app.screen.entries
        assert shown.held == 300
        for _ in range(8):
            await reader.press("end")
            await reader.pilot.pause(0.1)
        await reader.sees("action 0 ")
        assert shown.held == 1_000


async def test_an_empty_history_says_so_at_any_size(starter: Paths) -> None:
    for size in ((120, 36), (40, 12), (20, 5)):
        async with reading(starter, size) as reader:
            await reader.press("U")
            await reader.sees("Nothing was done|Nothing was")
            await reader.press("enter", "u", "ctrl+r", "escape")
            await reader.until(lambda: len(reader.app.screen_stack) == 1, "the papers")


async def test_what_a_later_hand_changed_is_said_to_be_left_alone(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("b")
        await reader.sees(r"Bookmarks +1")
        with Library(starter) as other:
            entry = other.named("2506.18841")
            other.mark([Change(entry.paper.key, bookmarked=False)], "theirs", [entry])
            other.mark([Change(entry.paper.key, add=("t",))], "another", [entry])
            number = other.history(9)[-1].number
            done = other.undo(number)
            assert (done.keys, done.left) == ((), 1)
        await reader.press("U")
        await reader.sees(r"bookmark .*taken back")
