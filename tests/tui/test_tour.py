"""Five lines for who was never here: told once, and out of the way with the next key."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from paperterm.library.desk import Desk
from paperterm.library.paths import Paths
from paperterm.library.remembered import remembered
from paperterm.library.settings import Settings
from paperterm.tui.app import PapertermApp
from paperterm.tui.first_steps import first_steps
from paperterm.tui.keys import OWN
from paperterm.tui.screens.touring import SEEN
from tui.conftest import QUIET, Reader, reading

LAST = r"\? shows every key · q leaves"


@contextlib.asynccontextmanager
async def newcomer(
    paths: Paths, size: tuple[int, int] = (120, 36), settings: Settings = QUIET
) -> AsyncIterator[Reader]:
    """Somebody who opens the app for the first time."""
    desk = Desk(paths)
    app = PapertermApp(desk, settings, first=True)
    try:
        async with app.run_test(size=size) as pilot:
            yield Reader(app, pilot)
    finally:
        await asyncio.to_thread(desk.close)


def test_five_lines_fit_forty_columns() -> None:
    lines = first_steps(OWN)
    assert len(lines) == 5
    assert max(map(len, lines)) <= 38


@pytest.mark.parametrize("size", [(120, 36), (80, 24), (40, 12)])
async def test_the_first_time_it_is_there_beside_the_list(
    starter: Paths, size: tuple[int, int]
) -> None:
    async with newcomer(starter, size) as reader:
        screen = await reader.sees(LAST)
        assert "LongWriter-Zero" in screen
        assert "? help" in screen.splitlines()[-1]
        await reader.until(lambda: remembered(starter.state).get(SEEN) is True, "remembered")


async def test_the_next_key_takes_it_away_and_does_its_work(starter: Paths) -> None:
    async with newcomer(starter) as reader:
        await reader.sees(LAST)
        await reader.press("b")
        await reader.no_longer_sees(LAST)
        await reader.sees(r"Bookmarks +1")


async def test_a_letter_is_typed_that_takes_it_away(starter: Paths) -> None:
    async with newcomer(starter) as reader:
        await reader.sees(LAST)
        await reader.press("slash")
        await reader.no_longer_sees(LAST)
        await reader.press("escape", "f1")
        await reader.sees(LAST)
        await reader.press("slash")
        await reader.type("mamba")
        await reader.no_longer_sees(LAST)
        await reader.sees("⌕ mamba")


async def test_a_click_takes_it_away(starter: Paths) -> None:
    async with newcomer(starter) as reader:
        await reader.sees(LAST)
        await reader.pilot.click("Tour")
        await reader.no_longer_sees(LAST)


async def test_it_names_the_keys_in_force(starter: Paths) -> None:
    settings = replace(QUIET, keys={"help": "H", "tag": ""})
    async with newcomer(starter, settings=settings) as reader:
        screen = await reader.sees("H shows every key")
        assert "b bookmarks · u takes back" in screen


async def test_where_lines_are_few_it_waits_for_another_time(starter: Paths) -> None:
    async with newcomer(starter, (40, 11)) as reader:
        await reader.sees("LongWriter-Zero")
        await reader.pilot.pause(0.2)
        assert "q leaves" not in reader.screen
        assert SEEN not in remembered(starter.state)
        await reader.press("f1")
        await reader.sees("The tour needs more lines")


async def test_it_goes_with_the_size(starter: Paths) -> None:
    async with newcomer(starter) as reader:
        await reader.sees(LAST)
        await reader.pilot.resize_terminal(40, 9)
        await reader.no_longer_sees(LAST)
        await reader.pilot.resize_terminal(40, 12)
        await reader.sees(LAST)


async def test_who_was_here_before_asks_for_it(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.pilot.pause(0.1)
        assert "shows every key" not in reader.screen
        await reader.press("f1")
        await reader.sees(LAST)
        await reader.press("f1")
        await reader.sees(LAST)
