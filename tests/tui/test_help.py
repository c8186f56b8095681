"""The help screen: every key, the query language, and finding among them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from paperterm.library.paths import Paths
from paperterm.tui.actions import BY_ID
from paperterm.tui.help_text import chapters, fitting, in_columns
from paperterm.tui.keys import OWN, Keys
from tui.conftest import QUIET, Reader, reading

ALL = chapters(OWN)


def found(text: str, keys: Keys = OWN) -> list[str]:
    return [entry.told for chapter in fitting(chapters(keys), text) for entry in chapter.entries]


@pytest.mark.parametrize("action", BY_ID.values(), ids=list(BY_ID))
def test_every_action_is_found_by_what_it_does_and_by_its_name(action: object) -> None:
    assert action.help in found(action.help)
    assert action.help in found(action.id)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("book", "Set or take away a bookmark"),
        ("BOOKMARK away", "Set or take away a bookmark"),
        ("bookmark", "bookmarked"),
        ("^g", "Ask the world too; again: to its answers"),
        ("ctrl+g", "Ask the world too; again: to its answers"),
        ("pagedown", "A page down"),
        ("marking read", "Mark as read, or as unread"),
        ("search bar phrase", "a phrase"),
        ("date:", "by publication"),
    ],
)
def test_words_are_found_by_their_beginnings_in_any_order(text: str, told: str) -> None:
    assert told in found(text)


def test_what_fits_nothing_finds_nothing() -> None:
    assert found("xyzzy") == []
    assert found("bookmark xyzzy") == []


def test_keys_in_force_are_told() -> None:
    keys = Keys({"bookmark": ("Z",), "tag": ()})
    assert "Set or take away a bookmark" in found("z", keys)
    assert "Edit the tags" in found("no key", keys)


@pytest.mark.parametrize("width", [20, 35, 57, 200])
def test_no_line_is_wider_than_its_column(width: int) -> None:
    for column in in_columns(ALL, width, 2):
        assert max(map(cell_len, column.plain.splitlines())) <= width


def test_columns_are_about_equally_long_and_lose_nothing() -> None:
    apart, together = in_columns(ALL, 57, 2), in_columns(ALL, 57, 1)
    lengths = [len(column.plain.split("\n")) for column in apart]
    assert abs(lengths[0] - lengths[1]) < 25
    assert sum(lengths) == len(together[0].plain.split("\n"))


# On the screen


async def opened(reader: Reader) -> None:
    await reader.press("question_mark")
    await reader.sees("Type to find a key")


async def test_two_columns_never_touch(starter: Paths) -> None:
    async with reading(starter, (120, 100)) as reader:
        await opened(reader)
        lines = (await reader.sees("The search bar understands")).splitlines()
        start = next(line.index("The search bar") for line in lines if "The search bar" in line)
        assert {line[start - 1] for line in lines if line.startswith("││")} == {" "}


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 36)])
async def test_what_is_typed_leaves_what_fits(starter: Paths, size: tuple[int, int]) -> None:
    async with reading(starter, size) as reader:
        await opened(reader)
        await reader.sees("Next line")
        await reader.type("quick")
        await reader.sees("No key is found for +quick")
        await reader.press("escape")
        await reader.sees("Next line")
        await reader.type("put off")
        screen = await reader.no_longer_sees("Next line")
        assert "Put off to a day" in screen


async def test_escape_clears_what_is_typed_and_then_closes(starter: Paths) -> None:
    async with reading(starter) as reader:
        await opened(reader)
        await reader.type("quit")
        await reader.sees("Leave paperterm from anywhere")
        await reader.press("escape")
        await reader.sees("Type to find a key")
        await reader.press("escape")
        await reader.no_longer_sees("Esc closes")


@pytest.mark.parametrize("key", ["question_mark", "enter", "escape"])
async def test_it_closes_by_the_key_that_opened_it_and_others(starter: Paths, key: str) -> None:
    async with reading(starter) as reader:
        await opened(reader)
        await reader.press(key)
        await reader.no_longer_sees("Esc closes")
        assert reader.app.is_running


async def test_it_scrolls_by_keys_that_type_nothing(starter: Paths) -> None:
    async with reading(starter, (40, 12)) as reader:
        await opened(reader)
        await reader.sees("Next line")
        for away, back in (("pagedown", "pageup"), ("end", "home"), ("space", "ctrl+b")):
            await reader.press(away)
            await reader.no_longer_sees("Next line")
            await reader.press(back)
            await reader.sees("Next line")


async def test_it_scrolls_by_the_keys_in_force(starter: Paths) -> None:
    settings = replace(QUIET, keys={"page_down": "ctrl+n"})
    async with reading(starter, (40, 12), settings) as reader:
        await opened(reader)
        await reader.press("ctrl+n")
        await reader.no_longer_sees("Next line")


async def test_it_goes_with_the_size(starter: Paths) -> None:
    async with reading(starter, (120, 36)) as reader:
        await opened(reader)
        await reader.sees("Next line.*a phrase|a OR b")
        await reader.pilot.resize_terminal(40, 12)
        frame = "╭─ Help " + "─" * 31 + "╮"
        await reader.until(lambda: frame in reader.screen.splitlines(), "the dialog, narrow")
        assert "a phrase" not in reader.screen
