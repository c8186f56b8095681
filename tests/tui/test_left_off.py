"""The app is as it was left: panes, shelf, order, paper; and nothing but that can be lost."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.library.remembered import remember, remembered
from paperterm.model.marks import Change
from paperterm.model.query import Sort
from paperterm.tui.left_off import Layout, read_layout, read_shelf, read_sort
from tui.conftest import QUIET, Reader, reading

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
)


@given(_JSON | st.dictionaries(st.sampled_from(["shelves", "abstract", "hidden"]), _JSON))
def test_any_layout_that_was_told_is_one_that_can_be_shown(told: object) -> None:
    layout = read_layout(told)
    assert read_layout(layout.told()) == layout


_KINDS = st.sampled_from(["state", "all", "tag", "search", "days", "inbox", "2025-11-06", "x", ""])


@given(_JSON | st.lists(_KINDS, max_size=4))
def test_any_shelf_that_was_told_is_one_or_none(told: object) -> None:
    shelf = read_shelf(told, ())
    assert shelf is None or shelf.root is not None
    assert read_sort(told, Sort.DAY) is not Sort.RELEVANCE


@given(st.lists(st.tuples(st.sampled_from(["shelves", "papers", "abstract"]), st.integers(-9, 9))))
def test_however_often_panes_are_resized_each_keeps_some_room(steps: list[tuple[str, int]]) -> None:
    layout = Layout()
    for pane, by in steps:
        layout = layout.resized(pane, by)
    assert read_layout(json.loads(json.dumps(layout.told()))) == layout


def widths(reader: Reader) -> dict[str, int]:
    return {pane.id: pane.size.width for pane in reader.app.screen.panes.order if pane.display}


async def test_a_pane_is_made_wider_and_narrower_and_stays_so(starter: Paths) -> None:
    async with reading(starter, (120, 36)) as reader:
        before = widths(reader)
        await reader.press("greater_than_sign", "greater_than_sign")
        await reader.until(lambda: widths(reader)["papers"] > before["papers"], "a wider list")
        assert widths(reader)["abstract"] < before["abstract"]
        await reader.press("h", "less_than_sign")
        await reader.until(lambda: widths(reader)["shelves"] < before["shelves"], "narrower")
        left = widths(reader)
    async with reading(starter, (120, 36)) as reader:
        await reader.until(lambda: widths(reader) == left, f"panes as they were left: {left}")
        await reader.pilot.resize_terminal(40, 12)
        await reader.until(lambda: widths(reader) == {"papers": 38}, "one pane")
        await reader.press("h")
        await reader.until(lambda: widths(reader) == {"shelves": 28}, "all it takes")
        await reader.press("greater_than_sign")
        await reader.sees("There is room for one pane")


async def test_a_pane_is_hidden_until_one_goes_there_and_stays_so(starter: Paths) -> None:
    async with reading(starter, (120, 36)) as reader:
        await reader.press("backslash", "vertical_line")
        await reader.sees(r"Abstract hidden · \| shows it")
        await reader.until(lambda: [*widths(reader)] == ["papers"], "the list alone")
    async with reading(starter, (120, 36)) as reader:
        await reader.until(lambda: [*widths(reader)] == ["papers"], "the list alone")
        await reader.press("h")
        await reader.sees("Bookmarks")
        await reader.press("backslash")
        await reader.sees("Shelves shown")
        await reader.press("l", "l")
        await reader.until(lambda: len(widths(reader)) == 3, "all panes")
        await reader.press("vertical_line", "vertical_line")
        await reader.press("vertical_line", "vertical_line")
        await reader.sees("Abstract hidden|Abstract shown")


async def test_the_shelf_the_order_and_the_paper_are_found_again(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("h", "j", "l", "s")
        await reader.sees("All papers.*newest published first|newest published first")
        await reader.press("j", "j", "j")
        await reader.pilot.pause(0.2)
        key = reader.app.screen.papers.card.key
    async with reading(starter) as reader:
        await reader.sees("─ All papers ─")
        await reader.sees("newest published first ─")
        await reader.until(lambda: reader.app.screen.papers.cursor == 3, "the cursor")
        assert reader.app.screen.papers.card.key == key
        assert reader.app.screen.panes.shelves.shelf.name == "All"


async def test_a_tag_is_found_again_and_a_lost_one_is_no_trouble(starter: Paths) -> None:
    with Library(starter) as library:
        entry = library.named("2312.00752")
        library.mark([Change(entry.paper.key, add=("a/b",))], "tags", [entry])
    async with reading(starter) as reader:
        await reader.press("h", "G")
        await reader.sees("─ #a/b ─")
    async with reading(starter) as reader:
        await reader.sees("─ #a/b ─")
        await reader.sees("1 paper ")
    with Library(starter) as library:
        entry = library.named("2312.00752")
        library.mark([Change(entry.paper.key, remove=("a/b",))], "tags", [entry])
    async with reading(starter) as reader:
        await reader.sees("─ Inbox ─")
        await reader.sees("LongWriter-Zero")


async def test_a_day_that_is_no_shelf_is_found_again(starter: Paths) -> None:
    remember(starter.state, {"shelf": ["days", "2025-11-01", "2025-11-30"]})
    async with reading(starter) as reader:
        await reader.sees("─ Nov 2025 ─")
        await reader.sees("84 papers")


async def test_a_set_order_wins_over_the_last_one(starter: Paths) -> None:
    remember(starter.state, {"sort": "title"})
    async with reading(starter) as reader:
        await reader.sees("by title ─")
    async with reading(starter, settings=replace(QUIET, sort=Sort.UPVOTES)) as reader:
        await reader.sees("most upvotes first ─")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff{",
        b"[" * 100_000,
        b"[]",
        b'{"panes": {"shelves": -5, "abstract": 1e999, "hidden": "shelves"}, "shelf": [1]}',
        b'{"shelf": ["state", "nonsense"], "sort": [], "paper": 5, "panes": []}',
        b'{"shelf": ["days", "2025-13-45", "x"], "sort": "relevance", "paper": "\\u0000"}',
        b'{"shelf": ["search", "gone"], "paper": "arxiv:0000.00000", "theme": 7}',
    ],
    ids=["empty", "bytes", "deep", "list", "numbers", "names", "dates", "gone"],
)
async def test_a_damaged_file_costs_nothing_but_itself(starter: Paths, content: bytes) -> None:
    starter.state.mkdir(parents=True, exist_ok=True)
    Path(starter.state / "remembered.json").write_bytes(content)
    async with reading(starter) as reader:
        await reader.sees("─ Inbox ─")
        await reader.sees("▌●  LongWriter-Zero")
        await reader.press("h", "j", "l")
        await reader.sees("─ All papers ─")
    assert remembered(starter.state)["shelf"] == ["all"]


async def test_a_search_is_not_where_one_left_off(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("j", "slash")
        await reader.type("mamba")
        await reader.press("enter", "j")
        await reader.pilot.pause(0.1)
    async with reading(starter) as reader:
        await reader.sees("─ Inbox ─")
        await reader.until(lambda: reader.app.screen.papers.cursor == 1, "the cursor")
