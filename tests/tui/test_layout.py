from __future__ import annotations

import pytest
from textual.geometry import Size

from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.model.marks import Change
from tui.conftest import reading


@pytest.mark.parametrize(
    ("size", "panes"),
    [
        ((200, 50), {"shelves", "papers", "abstract"}),
        ((120, 36), {"shelves", "papers", "abstract"}),
        ((80, 24), {"papers", "abstract"}),
        ((60, 20), {"papers"}),
        ((40, 12), {"papers"}),
        ((20, 5), {"papers"}),
    ],
)
async def test_as_many_panes_as_there_is_room_for(
    starter: Paths, size: tuple[int, int], panes: set[str]
) -> None:
    async with reading(starter, size) as reader:
        shown = {pane.id for pane in reader.app.screen.panes.order if pane.display}
        assert shown == panes
        assert "LongWr" in reader.screen


async def test_one_pane_at_a_time_with_enter_and_escape_between(starter: Paths) -> None:
    async with reading(starter, (40, 12)) as reader:
        await reader.press("enter")
        await reader.sees("arXiv:2506.18841")
        await reader.press("escape")
        await reader.sees("▌●  LongWriter-Zero")
        await reader.press("h")
        await reader.sees("Bookmarks")
        await reader.press("j", "j", "enter")
        await reader.sees("No bookmarks yet")


async def test_shelves_come_to_the_front_at_middle_widths(starter: Paths) -> None:
    async with reading(starter, (80, 24)) as reader:
        await reader.press("h")
        await reader.sees("Bookmarks +0")
        await reader.press("l", "l")
        await reader.sees("Abstract")


async def test_no_size_crashes_and_the_cursor_stays_in_sight(starter: Paths) -> None:
    async with reading(starter, (120, 36)) as reader:
        await reader.press("G")
        for width in (1, 2, 3, 4, 5, 9, 19, 20, 33, 69, 70, 71, 109, 110, 250):
            for height in (1, 2, 4, 5, 15, 16, 60):
                await reader.pilot.resize_terminal(width, height)
                await reader.pilot.pause()
        await reader.pilot.resize_terminal(20, 5)
        await reader.pilot.pause(0.1)
        assert reader.app.size == Size(20, 5)
        await reader.sees("▌●")


@pytest.mark.parametrize("size", [(1, 1), (4, 3), (20, 5), (40, 12)])
async def test_every_dialog_opens_at_every_size(starter: Paths, size: tuple[int, int]) -> None:
    async with reading(starter, size) as reader:
        for key in ("question_mark", "t", *(["ctrl+p"] if size >= (24, 8) else [])):
            await reader.press(key)
            await reader.until(lambda: len(reader.app.screen_stack) == 2, f"dialog for {key}")
            await reader.press("escape")
            await reader.until(lambda: len(reader.app.screen_stack) == 1, "closed")
        await reader.press("ctrl+p", "escape")
        assert reader.app.failure is None


@pytest.mark.parametrize(
    ("key", "way_out"),
    [("E", "Esc or ^s keeps"), ("A", "Enter adds"), ("F", "Esc close"), ("U", "Esc close")],
)
async def test_on_a_small_terminal_it_is_told_how_to_leave(
    starter: Paths, key: str, way_out: str
) -> None:
    async with reading(starter, (40, 12)) as reader:
        await reader.press(key)
        await reader.sees(way_out.replace("^", r"\^"))


async def test_a_shelf_is_a_view_and_counts_are_live(starter: Paths) -> None:
    with Library(starter) as library:
        entry = library.named("2312.00752")
        library.mark([Change(entry.paper.key, add=("a/b",))], "tags", [entry])
    async with reading(starter) as reader:
        await reader.press("h", "G")
        await reader.sees("─ #a/b ─")
        await reader.sees("1 paper ")
        await reader.press("k")
        await reader.sees("─ #a ─")


async def test_sorting_goes_through_the_orders_and_says_which(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("s")
        await reader.sees(r"newest published first ─")
        await reader.sees(r"▌●  Hubble|▌●  Chinese Mod")
        await reader.press("s")
        await reader.sees(r"most comments first ─")
        await reader.sees(r"▌●  Skip a Layer")


async def test_the_mouse_moves_chooses_and_presses_keys(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.pilot.click("#papers", offset=(10, 4))
        await reader.sees("▌●  LongWriter: Unleashing")
        await reader.pilot.click("#papers", offset=(10, 4), times=2)
        panes = reader.app.screen.panes
        await reader.until(lambda: panes.abstract.has_focus, "the abstract has the focus")
        await reader.pilot.click("KeyLine", offset=(14, 0))
        await reader.until(lambda: len(reader.app.screen_stack) == 2, "help")
