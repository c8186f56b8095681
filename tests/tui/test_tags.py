"""Tags in the app: folded, coloured, completed, and managed on a screen of their own."""

from __future__ import annotations

import asyncio
import time

import pytest
from rich.color import Color

from paperterm.library.door import Library
from paperterm.library.folds import Folds, read_folds
from paperterm.library.paths import Paths
from paperterm.library.tag_tree import tree_of
from paperterm.library.view import Shelves
from paperterm.model.marks import Change
from paperterm.model.query import Tag
from tui.conftest import Reader, reading

MAMBA, LONG = "2312.00752", "2506.18841"


def tag(paths: Paths, name: str, *tags: str) -> None:
    with Library(paths) as library:
        entry = library.named(name)
        library.mark([Change(entry.paper.key, add=tags)], "tags", [entry])


def tags_of(paths: Paths, name: str) -> tuple[str, ...]:
    with Library(paths) as library:
        return library.named(name).marks.tags


@pytest.fixture
def tagged(starter: Paths) -> Paths:
    tag(starter, MAMBA, "llm/long-context", "ssm")
    tag(starter, LONG, "llm/eval")
    return starter


# Folding


async def test_a_parent_is_shut_and_opened_by_keys(tagged: Paths) -> None:
    async with reading(tagged) as reader:
        await reader.press("h", "G", "k", "k", "k")
        await reader.sees(r"▌▾# llm +2")
        await reader.press("space")
        await reader.sees(r"▌▸# llm +2")
        await reader.no_longer_sees("# long-context")
        await reader.press("l")
        await reader.sees("# long-context")
        await reader.press("j", "h")
        await reader.sees(r"▌▾# llm +2")
        await reader.press("h")
        await reader.sees(r"▌▸# llm +2")
        await reader.press("enter")
        await reader.sees(r"▌▾# llm +2")
        await reader.press("enter")
        panes = reader.app.screen.panes
        await reader.until(lambda: panes.papers.has_focus, "the list")
        await reader.press("space")
        assert "▾# llm" in reader.screen


async def test_what_is_shut_stays_shut_over_a_start(tagged: Paths) -> None:
    async with reading(tagged) as reader:
        await reader.press("h", "G", "k", "k", "k")
        await reader.sees(r"▌▾# llm")
        await reader.press("h")
        await reader.until(
            lambda: read_folds(tagged.state) == Folds(shut=frozenset({"llm"})), "the file"
        )
    async with reading(tagged) as reader:
        screen = await reader.sees(r"▸# llm +2")
        assert not [line for line in screen.splitlines() if "long-context" in line[:24]]


async def test_a_click_on_the_triangle_folds_and_moves_nothing(tagged: Paths) -> None:
    async with reading(tagged) as reader:
        screen = await reader.sees(r"▾# llm")
        line = next(i for i, text in enumerate(screen.splitlines()) if "▾# llm" in text)
        await reader.pilot.click(offset=(2, line))
        await reader.sees(r"▸# llm")
        assert reader.app.screen.panes.shelves.cursor == 0
        await reader.pilot.click(offset=(2, line))
        await reader.sees(r"▾# llm")
        await reader.pilot.click(offset=(6, line))
        await reader.sees("─ #llm ─")


async def test_shutting_a_parent_takes_the_reader_to_it(tagged: Paths) -> None:
    async with reading(tagged) as reader:
        screen = await reader.sees(r"▾# llm")
        line = next(i for i, text in enumerate(screen.splitlines()) if "▾# llm" in text)
        await reader.press("h", "G", "k")
        await reader.sees("─ #llm/long-context ─")
        await reader.pilot.click(offset=(2, line))
        await reader.sees("─ #llm ─")
        await reader.sees(r"▌▸# llm")


async def test_many_tags_are_shut_at_first(starter: Paths) -> None:
    tag(starter, MAMBA, *(f"area {i % 4}/topic {i}" for i in range(44)))
    async with reading(starter) as reader:
        await reader.sees(r"▸# area 0 +1")
        assert "topic" not in reader.screen


async def test_the_shelf_of_a_tag_that_is_gone_stays_under_the_reader(tagged: Paths) -> None:
    async with reading(tagged) as reader:
        await reader.press("h", "G", "k")
        await reader.sees("▌ *# long-context +1")
        with Library(tagged) as library:
            entry = library.named(MAMBA)
            change = Change(entry.paper.key, remove=("llm/long-context",))
            library.mark([change], "tags", [entry])
        await reader.sees("▌ *# long-context +0")
        await reader.press("k")
        await reader.sees("▌ *# eval")


async def test_fifty_thousand_tags_are_shown_at_once(starter: Paths) -> None:
    tree = tree_of([f"area {i % 100}/topic {i % 10_000}/point {i}" for i in range(50_000)])
    async with reading(starter) as reader:
        shelves = reader.app.screen.panes.shelves
        began = time.process_time()
        shelves.show(Shelves(tree=tree))
        took = time.process_time() - began
        await reader.sees(r"▸# area 0 +500")
        assert took < 0.2
        assert shelves.count < 200
        while shelves.shelf is None or shelves.shelf.root != Tag("area 0"):
            shelves.move_to(shelves.cursor + 1)
        began = time.process_time()
        shelves.fold()
        assert time.process_time() - began < 0.2


# The prompt


async def test_tags_are_completed_level_by_level_by_the_last_used(tagged: Paths) -> None:
    tag(tagged, LONG, "lora")
    async with reading(tagged) as reader:
        await reader.press("t")
        await reader.type("l")
        await reader.sees("› llm/")
        await reader.press("right")
        await reader.sees("› llm/long-context")
        await reader.press("right")
        await reader.sees("llm/long-context,  ")
        await reader.press("enter")
        await reader.sees("Tagged #llm/eval, #lora, #llm/long-context")
    assert "llm/long-context" in tags_of(tagged, LONG)


async def test_right_moves_within_the_line(tagged: Paths) -> None:
    async with reading(tagged) as reader:
        await reader.press("t")
        await reader.sees("Tags, with commas")
        await reader.type("ss")
        await reader.press("left", "right", "backspace", "enter")
        await reader.until(lambda: "s" in tags_of(tagged, LONG), "the tag s")


async def test_what_nearly_is_a_tag_is_hinted_at_and_not_refused(tagged: Paths) -> None:
    async with reading(tagged) as reader:
        await reader.press("t")
        await reader.type("ssms")
        await reader.sees("#ssms would be new; #ssm is there, and is nearly the same")
        await reader.press("enter")
        await reader.sees("Tagged #llm/eval, #ssms")


async def test_capitals_give_way_unless_the_reader_insists(tagged: Paths) -> None:
    async with reading(tagged) as reader:
        await reader.press("t")
        await reader.type("SSM")
        await reader.sees(r"#ssm is there and will be used; \^t keeps #SSM")
        await reader.press("enter")
        await reader.sees("Tagged #llm/eval, #ssm")
        await reader.press("u")
        await reader.sees("Took back")
        await reader.press("t")
        await reader.type("SSM")
        await reader.press("ctrl+t")
        await reader.sees("Tagged #llm/eval, #SSM")
    assert tags_of(tagged, LONG) == ("SSM", "llm/eval")


async def test_a_tag_is_completed_in_the_search_bar(tagged: Paths) -> None:
    async with reading(tagged) as reader:
        await reader.press("slash")
        await reader.type("tag:llm/l")
        await reader.sees("tag:llm/long-context")
        assert reader.app.screen.bar.input.value == "tag:llm/l"
        await reader.press("right")
        assert reader.app.screen.bar.input.value == "tag:llm/long-context"


# The screen of tags


async def managing(reader: Reader) -> None:
    await reader.press("T")
    await reader.sees("^ Tags  4")


async def test_a_tag_is_renamed_after_its_papers_are_told(tagged: Paths) -> None:
    async with reading(tagged) as reader:
        await managing(reader)
        await reader.press("r")
        await reader.sees("Rename #llm to")
        await reader.press(*["backspace"] * 3)
        await reader.type("lm")
        await reader.press("enter")
        await reader.sees(r"Rename #llm and 2 tags below to #lm on 2 papers\?")
        assert tags_of(tagged, LONG) == ("llm/eval",)
        await reader.press("enter")
        await reader.sees("Renamed #llm to #lm on 2 papers · u takes it back")
        await reader.sees(r"▌▾# lm ")
        assert tags_of(tagged, LONG) == ("lm/eval",)
        await reader.press("u")
        await reader.sees("Took back: rename tag llm to lm")
        await reader.sees(r"▾# llm ")
        assert tags_of(tagged, LONG) == ("llm/eval",)


async def test_escape_leaves_everything_as_it_is(tagged: Paths) -> None:
    async with reading(tagged) as reader:
        await managing(reader)
        await reader.press("d")
        await reader.sees(r"Delete #llm and 2 tags below on 2 papers\?")
        await reader.press("escape")
        await reader.no_longer_sees("Delete")
        await reader.press("escape")
        await reader.sees("84 papers")
    assert tags_of(tagged, LONG) == ("llm/eval",)


async def test_a_tag_is_deleted_and_the_list_behind_knows(tagged: Paths) -> None:
    async with reading(tagged) as reader:
        await reader.sees("#llm/eval")
        await managing(reader)
        await reader.press("d")
        await reader.sees("Delete")
        await reader.press("y")
        await reader.sees("Deleted #llm on 2 papers")
        await reader.press("escape")
        await reader.sees("84 papers")
        assert "llm" not in reader.screen
    assert tags_of(tagged, MAMBA) == ("ssm",)


async def test_tags_that_are_alike_are_shown_and_merged(tagged: Paths) -> None:
    tag(tagged, LONG, "SSMs")
    async with reading(tagged) as reader:
        await reader.press("T")
        await reader.sees("1 group nearly the same")
        await reader.press("n")
        await reader.sees("Nearly the same: SSMs")
        await reader.sees("▌ # ssm  ≈ SSMs")
        await reader.press("m")
        await reader.sees("Merge #ssm into")
        await reader.press("enter")
        await reader.sees(r"Merge #ssm into #SSMs, which 1 paper has, on 1 paper\?")
        await reader.press("enter")
        await reader.sees("Merged #ssm into #SSMs on 1 paper")
        await reader.no_longer_sees("nearly the same")
        await reader.press("n")
        await reader.sees("No two tags are nearly the same")
    assert tags_of(tagged, MAMBA) == ("SSMs", "llm/long-context")


async def test_a_colour_is_chosen_and_shown(tagged: Paths) -> None:
    async with reading(tagged) as reader:
        await managing(reader)
        await reader.sees(r"▌▾# llm +red")
        await reader.press("c")
        await reader.sees("red, yellow, green, teal, blue, pink and auto")
        await reader.type("mauve")
        await reader.press("enter")
        await reader.sees("mauve is no colour")
        await reader.press(*["backspace"] * 5)
        await reader.type("pink")
        await reader.press("enter")
        await reader.sees("#llm is pink; it was red")
        await reader.sees(r"# eval +pink")
        await reader.press("escape")
        await reader.sees("84 papers")
        pink = Color.parse(reader.app.theme_variables["tag-pink"])
        lines = reader.app.screen._compositor.render_strips()
        painted = [
            segment.text.strip()
            for line in lines
            for segment in line
            if segment.style and segment.style.color == pink
        ]
        assert painted.count("#llm/eval") == 2  # in the list and beside the abstract
        assert "#" in painted  # among the shelves


async def test_what_can_not_be_a_tag_is_told_in_the_prompt(tagged: Paths) -> None:
    async with reading(tagged) as reader:
        await managing(reader)
        await reader.press("r")
        await reader.type("a,b")
        await reader.press("enter")
        await reader.sees("A tag can't hold a comma")


async def test_a_tag_that_looks_like_markup_is_shown_as_it_is(starter: Paths) -> None:
    tag(starter, LONG, "[@click=app.quit]x[bold]", "[b")
    async with reading(starter) as reader:
        await reader.press("T")
        await reader.sees(r"# \[@click=app.quit\]x\[bold\]")
        for key in ("r", "c"):
            await reader.press(key)
            await reader.sees(r"#\[@click=app.quit\]x\[bold\]")
            await reader.press("escape")
        assert reader.app.is_running


async def test_a_library_that_can_only_be_read_keeps_its_tags(
    tagged: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Library, "read_only", "It can only be read.")
    async with reading(tagged) as reader:
        await reader.sees("read-only")
        await managing(reader)
        await reader.press("d")
        await asyncio.sleep(0.2)
        assert "Delete" not in reader.screen


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12), (20, 5), (3, 2)])
async def test_the_screen_of_tags_opens_at_every_size(tagged: Paths, size: tuple[int, int]) -> None:
    async with reading(tagged, size) as reader:
        await reader.press("T")
        await reader.until(lambda: len(reader.app.screen_stack) == 2, "tags")
        if size >= (20, 5):
            await reader.sees("llm")
        await reader.press("d")
        await reader.until(lambda: len(reader.app.screen_stack) == 3, "question")
        await reader.press("escape", "escape")
        await reader.until(lambda: len(reader.app.screen_stack) == 1, "closed")
        assert reader.app.failure is None
