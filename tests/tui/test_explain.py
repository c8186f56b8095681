"""The screen that says why a paper is here."""

from __future__ import annotations

import pytest

from paperterm.library.paths import Paths
from paperterm.tui.action import Situation
from paperterm.tui.actions import BY_ID
from tui.conftest import Reader, reading


async def search(reader: Reader, text: str) -> None:
    await reader.press("slash")
    await reader.type(text)
    await reader.sees(r"\d+ of 84")
    await reader.press("enter")


def test_only_what_words_found_can_be_explained() -> None:
    available = BY_ID["explain"].can_be_done
    assert available(Situation(has_paper=True, ranked=True))
    assert not available(Situation(has_paper=True))
    assert not available(Situation(ranked=True))
    assert not available(Situation(has_paper=True, ranked=True, typing=True))


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_e_explains_the_paper_under_the_cursor(starter: Paths, size: tuple[int, int]) -> None:
    async with reading(starter, size) as reader:
        await search(reader, "mamba")
        await reader.press("j", "e")
        seen = await reader.sees("Why it is here")
        await reader.sees("2nd of 4 papers found, when the best comes first")
        card = reader.app.screen_stack[0].papers.card
        assert card.title[:20] in seen
        await reader.sees(r"title: “Mamba”, (once|twice); \d of 84 papers have it there .*━━")
        await reader.press("G")
        await reader.sees("the newer comes first")


@pytest.mark.parametrize("key", ["escape", "e", "q"])
async def test_it_closes(starter: Paths, key: str) -> None:
    async with reading(starter) as reader:
        await search(reader, "mamba")
        await reader.press("e")
        await reader.sees("Why it is here")
        await reader.press(key)
        await reader.no_longer_sees("Why it is here")
        assert reader.app.is_running


async def test_it_can_be_read_to_its_end_on_a_small_screen(starter: Paths) -> None:
    async with reading(starter, (40, 12)) as reader:
        await search(reader, "mamba ret")
        await reader.press("e")
        await reader.sees("The only paper found")
        seen = ""
        for _ in range(12):
            seen += reader.screen
            await reader.press("space")
            await reader.pilot.pause(0.05)
        for text in ("ret…", "Score", "How to read this", "Rarity", "Presence"):
            assert text in seen
        await reader.sees("comes first.")


async def test_it_fits_another_size_at_once(starter: Paths) -> None:
    async with reading(starter, (120, 36)) as reader:
        await search(reader, "mamba ret")
        await reader.press("e")
        await reader.sees("3 of 84 papers have it there")
        for size in ((20, 5), (1, 1), (9, 3), (60, 20)):
            await reader.pilot.resize_terminal(*size)
            await reader.pilot.pause(0.05)
        await reader.sees("Why it is here")
        assert reader.app.failure is None


async def test_another_order_is_told(starter: Paths) -> None:
    async with reading(starter) as reader:
        await search(reader, "mamba")
        await reader.press("s", "e")
        await reader.sees("The list has another order now: last")


async def test_on_a_shelf_the_key_does_nothing(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("e")
        await reader.pilot.pause(0.2)
        assert len(reader.app.screen_stack) == 1
        assert "e why" not in reader.screen
        await search(reader, "mamba")
        await reader.sees("e why")
