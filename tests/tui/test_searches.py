"""Saved searches in the app: shelves with what is new, and the screen on which they are changed."""

from __future__ import annotations

import shutil

import pytest

from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.model.marks import Change
from paperterm.model.paper import Paper
from paperterm.model.parse import parse
from paperterm.model.record import Record
from tui.conftest import Reader, reading


def save(paths: Paths, name: str, query: str) -> None:
    with Library(paths) as library:
        library.searches.add(name, query)


def add(paths: Paths, *titles: str) -> None:
    with Library(paths) as library:
        library.add([Record(Paper(title=title)) for title in titles])
        library.bring_up_index()


def searches(paths: Paths) -> list[tuple[str, str]]:
    with Library(paths) as library:
        return [(saved.name, saved.query) for saved in library.searches.written().searches]


async def to_shelf(reader: Reader, name: str) -> None:
    """From the list to the shelf of this name."""
    await reader.press("h", "g")
    shelves = reader.app.screen.panes.shelves
    for _ in range(shelves.count):
        if shelves.shelf.name == name:
            return
        await reader.press("j")
    raise AssertionError(f"no shelf {name}")


async def desk(reader: Reader) -> None:
    await reader.press("S")
    await reader.sees("^Searches  |^ Searches  ")


# Shelves


async def test_saved_searches_are_shelves_in_the_order_of_their_file(starter: Paths) -> None:
    save(starter, "Long", '"long context"')
    save(starter, "Noted", "is:noted")
    async with reading(starter) as reader:
        screen = await reader.sees(r"⌕ Noted +0")
        rows = [
            screen.index(text) for text in ("Bookmarks", "Searches", "⌕ Long", "⌕ Noted", "Days")
        ]
        assert rows == sorted(rows)
        await to_shelf(reader, "Long")
        await reader.sees(r"─ Long ─")
        await reader.sees("LongWriter: Unleashing")


async def test_what_has_come_since_it_was_looked_at_is_new_until_it_is_looked_at_again(
    starter: Paths,
) -> None:
    save(starter, "Zebras", "title:zebra")
    add(starter, "Zebra one", "Zebra two", "A gnu")
    async with reading(starter) as reader:
        await reader.sees(r"⌕ Zebras +\+2 2 ")
        await to_shelf(reader, "Zebras")
        await reader.sees("2 papers new here since you last looked")
        await reader.sees(r"⌕ Zebras +2 ")
    async with reading(starter) as reader:
        await reader.sees(r"⌕ Zebras +2 ")
        assert "+2 2" not in reader.screen


async def test_a_search_that_is_passed_on_the_way_to_another_stays_new(starter: Paths) -> None:
    save(starter, "Zebras", "title:zebra")
    save(starter, "Gnus", "title:gnu")
    add(starter, "Zebra one", "A gnu")
    async with reading(starter) as reader:
        await reader.sees(r"⌕ Zebras +\+1 1 ")
        await to_shelf(reader, "Gnus")
        await reader.sees(r"⌕ Gnus +1 ")
        assert "+1 1" in reader.screen


async def test_counts_follow_marks_and_what_another_copy_brings(starter: Paths) -> None:
    save(starter, "Marked", "is:bookmarked")
    save(starter, "Zebras", "title:zebra")
    async with reading(starter) as reader:
        await reader.sees(r"⌕ Marked +0")
        await reader.press("b")
        await reader.sees(r"⌕ Marked +1")
        await reader.press("u")
        await reader.sees(r"⌕ Marked +0")
        add(starter, "Zebra one")
        await reader.sees(r"⌕ Zebras +\+1 1 ")
        with Library(starter) as other:
            entry = other.entries(other.find(parse("title:zebra")).ids)[0]
            other.mark([Change(entry.paper.key, removed=True)], "remove", [entry])
        await reader.sees(r"⌕ Zebras +0 ")


async def test_a_search_of_words_has_no_count_until_the_index_is_there(
    starter: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(starter, "Long", '"long context"')
    save(starter, "Unread", "is:unread")
    with Library(starter) as library:
        index = library.paths.index
    shutil.rmtree(index)
    monkeypatch.setattr("paperterm.tui.screens.reading.ReadingScreen.bring_up_index", idle)
    async with reading(starter) as reader:
        await reader.sees(r"⌕ Unread +84")
        await reader.sees(r"⌕ Long +│")
        await to_shelf(reader, "Long")
        await reader.sees("LongWriter: Unleashing")


def idle(screen: object, *, patiently: bool = False) -> None:
    """Nobody indexes."""


# Saving


async def test_s_saves_the_search_that_is_shown(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("slash")
        await reader.type("mamba is:unread")
        await reader.press("enter", "S")
        await reader.sees("Save this search as")
        await reader.press("enter")
        await reader.sees("A saved search needs a name")
        await reader.type("SSM")
        await reader.press("enter")
        await reader.sees("Saved as “SSM”")
        await reader.sees(r"⌕ SSM +\d")
    assert searches(starter) == [("SSM", "mamba is:unread")]


async def test_a_name_that_is_taken_is_asked_for_again(starter: Paths) -> None:
    save(starter, "SSM", "mamba")
    async with reading(starter) as reader:
        await reader.sees("⌕ SSM")
        await reader.press("slash")
        await reader.type("zebra")
        await reader.press("enter", "S")
        await reader.sees("Save this search as")
        await reader.type("ssm")
        await reader.press("enter")
        await reader.sees("There is a saved search “SSM” already")
        await reader.press("escape")
        await reader.no_longer_sees("Save this search as")
    assert searches(starter) == [("SSM", "mamba")]


# Their screen


async def test_a_search_is_renamed_edited_and_deleted_and_each_is_taken_back(
    starter: Paths,
) -> None:
    save(starter, "One", "mamba")
    save(starter, "Two", "is:read")
    async with reading(starter) as reader:
        await reader.sees("⌕ Two")
        await desk(reader)
        await reader.press("r", *["backspace"] * 3)
        await reader.type("Uno")
        await reader.press("enter")
        await reader.sees("“One” is called “Uno”")
        await reader.press("e")
        await reader.type("ba")
        await reader.press("enter")
        await reader.sees("“Uno” looks for mambaba")
        await reader.press("d")
        await reader.sees("Deleted “Uno”")
        assert searches(starter) == [("Two", "is:read")]
        await reader.press("u")
        await reader.sees("“Uno” is back")
        assert searches(starter) == [("Uno", "mambaba"), ("Two", "is:read")]
        await reader.press("u")
        await reader.sees("“Uno” looks for mamba ")
        await reader.press("u")
        await reader.sees("“Uno” is called “One”")
        assert searches(starter) == [("One", "mamba"), ("Two", "is:read")]
        await reader.press("u")
        await reader.sees("None was removed to bring back")


async def test_what_was_deleted_before_the_app_was_left_is_brought_back(starter: Paths) -> None:
    save(starter, "One", "mamba")
    async with reading(starter) as reader:
        await reader.sees("⌕ One")
        await desk(reader)
        await reader.press("d")
        await reader.sees("No search is saved yet")
    async with reading(starter) as reader:
        await desk(reader)
        await reader.press("u")
        await reader.sees("“One” is back")
    assert searches(starter) == [("One", "mamba")]


async def test_a_search_is_moved_and_the_cursor_stays_on_it(starter: Paths) -> None:
    for name in ("One", "Two", "Three"):
        save(starter, name, "mamba")
    async with reading(starter) as reader:
        await reader.sees("⌕ Three")
        await desk(reader)
        await reader.press("J", "shift+down")
        await reader.sees("“One” is no. 3")
        await reader.sees("▌ One")
        await reader.press("K")
        await reader.sees("“One” is no. 2")
        assert [name for name, _ in searches(starter)] == ["Two", "One", "Three"]
        await reader.press("u", "u", "u")
        await reader.until(
            lambda: [name for name, _ in searches(starter)] == ["One", "Two", "Three"], "as before"
        )
        await reader.press("escape")
        screen = await reader.sees("⌕ Three")
        assert screen.index("⌕ One") < screen.index("⌕ Two") < screen.index("⌕ Three")


async def test_a_search_is_shown_from_its_screen(starter: Paths) -> None:
    save(starter, "Long", '"long context"')
    async with reading(starter) as reader:
        await reader.sees("⌕ Long")
        await desk(reader)
        await reader.press("enter")
        await reader.sees(r"─ Long ─")
        await reader.press("b")
        await reader.sees("Bookmarked")


async def test_the_shelf_the_reader_is_on_follows_its_new_name_and_query(starter: Paths) -> None:
    save(starter, "Long", '"long context"')
    async with reading(starter) as reader:
        await to_shelf_when_there(reader, "Long")
        await reader.sees(r"─ Long ─")
        with Library(starter) as other:
            other.searches.rename("Long", "Wide")
        await reader.sees(r"▌⌕ Wide")
        with Library(starter) as other:
            other.searches.file.edit("Wide", "title:mamba")
        await reader.sees("─ Wide ─[^│]*")
        await reader.sees("Linear-Time Sequence")
        await reader.no_longer_sees("LongWriter: Unleashing")


async def to_shelf_when_there(reader: Reader, name: str) -> None:
    await reader.sees(f"⌕ {name}")
    await to_shelf(reader, name)


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12), (20, 5)])
async def test_their_screen_fits(starter: Paths, size: tuple[int, int]) -> None:
    save(starter, "A name " * 8, "mamba " * 40)
    async with reading(starter, size) as reader:
        await reader.press("S")
        await reader.sees("A name")
        await reader.press("escape")
        await reader.no_longer_sees("A name a")
        assert reader.app.failure is None
