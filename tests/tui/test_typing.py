"""Keys that come all at once, as over a slow line: taken in the order in which they were typed."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import Input

from paperterm.library.door import Library
from paperterm.library.paths import Paths
from tui.conftest import Reader, reading

FIRST = "2506.18841"
"""The paper the cursor is on at first."""
MENDED = (*"abc", "backspace", "backspace", *"xy")
"""What leaves axy."""


async def at_once(reader: Reader, *keys: str) -> None:
    """Press these keys, none of which waits for another."""
    for key in keys:
        reader.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await reader.pilot.pause()


@pytest.mark.parametrize(
    "opening", [("/",), ("t",), ("L",), ("D",)], ids=["search", "tags", "later", "day"]
)
async def test_a_mended_word_is_the_word_that_was_meant(
    starter: Paths, opening: tuple[str, ...]
) -> None:
    async with reading(starter) as reader:
        await reader.press(*opening)
        await reader.until(lambda: isinstance(reader.app.focused, Input), "a line to type in")
        await at_once(reader, *MENDED)
        line = reader.app.focused
        assert isinstance(line, Input)
        await reader.until(lambda: line.value == "axy", "axy in the line")


async def test_all_that_was_typed_before_a_note_is_kept_is_in_it(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("n")
        await reader.until(lambda: bool(reader.app.screen.query("#note")), "the editor")
        await at_once(reader, *MENDED, "ctrl+s")
        await reader.sees("Note kept")
    with Library(starter) as library:
        assert library.named(FIRST).marks.note == "axy"


async def test_a_tag_typed_and_completed_at_once_is_the_one_that_is_there(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("t")
        await reader.until(lambda: isinstance(reader.app.focused, Input), "a line to type in")
        await at_once(reader, *"ssm", "enter")
        await reader.sees("Tagged #ssm")
        await reader.press("j", "t")
        await reader.sees("Tags, with commas")
        await at_once(reader, *"ss", "tab", "enter")
        await reader.sees("Tagged #ssm")
    with Library(starter) as library:
        assert library.tags() == [("ssm", 2)]
