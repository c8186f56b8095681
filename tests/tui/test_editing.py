"""A paper is edited as a small text, and shown and found as it was edited."""

from __future__ import annotations

import pytest
from textual import events

from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.model.edits import Edit, edit_of
from tui.conftest import Reader, reading

FIRST = "2506.18841"


def edit_at(paths: Paths) -> Edit:
    with Library(paths) as library:
        return edit_of(library.named(FIRST).paper)


async def paste(reader: Reader, text: str) -> None:
    reader.app.post_message(events.Paste(text))
    await reader.pilot.pause()


async def open_edit(reader: Reader) -> None:
    await reader.press("E")
    await reader.sees("Edit the paper")
    await reader.sees("Title: ")


@pytest.mark.parametrize(
    ("key", "told"), [("E", "Esc or \\^s keeps"), ("A", "Enter adds")], ids=["edit", "add"]
)
async def test_on_a_low_screen_the_keys_are_told(starter: Paths, key: str, told: str) -> None:
    async with reading(starter, size=(40, 12)) as reader:
        await reader.press(key)
        await reader.sees(told)


@pytest.mark.parametrize("key", ["ctrl+s", "escape"])
async def test_what_was_edited_is_shown_found_and_taken_back(starter: Paths, key: str) -> None:
    async with reading(starter) as reader:
        await open_edit(reader)
        await paste(reader, " Zugzwang")
        await reader.press(key)
        await reader.sees("Edit of title · u takes it back")
        await reader.sees("Title edited by you")
        assert edit_at(starter).title.endswith(" Zugzwang")
        await reader.press("slash")
        await reader.type("zugzwang")
        await reader.sees("1 of 84")
        await reader.press("escape", "escape", "u")
        await reader.sees("Took back: edit of title on")
        await reader.no_longer_sees("edited by you")
        assert not edit_at(starter)


async def test_what_makes_no_sense_is_told_and_left_on_a_second_escape(starter: Paths) -> None:
    async with reading(starter) as reader:
        await open_edit(reader)
        await reader.press("enter")
        await paste(reader, "Journal: none")
        await reader.press("escape")
        await reader.sees("'Journal: none' is none of")
        await reader.press("escape")
        await reader.no_longer_sees("Edit the paper")
        assert not edit_at(starter)


async def test_what_is_left_as_it_was_is_no_action(starter: Paths) -> None:
    async with reading(starter) as reader:
        await open_edit(reader)
        await reader.press("escape")
        await reader.no_longer_sees("Edit the paper")
        with Library(starter) as library:
            assert library.history(5) == []


async def test_what_is_wrong_can_be_read_on_a_small_screen(starter: Paths) -> None:
    async with reading(starter, size=(40, 12)) as reader:
        await reader.press("E")
        await reader.sees("Title: ")
        await reader.press("enter")
        await reader.type("odd")
        await reader.press("escape")
        await reader.sees("Before the empty line stand Title:")


@pytest.mark.parametrize("size", [(120, 36), (40, 12), (20, 5)], ids=["wide", "small", "tiny"])
async def test_there_is_room_for_the_text_at_every_size(starter: Paths, size) -> None:
    async with reading(starter, size=size) as reader:
        await reader.press("E")
        await reader.sees("Title: ")
        await reader.press("escape")
        await reader.no_longer_sees("Title: ")
