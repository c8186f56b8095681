"""Papers that leave the reader's desk: archived, put off, removed; and how they come back."""

from __future__ import annotations

import datetime as dt

from paperterm.library.door import Library
from paperterm.library.paths import Paths
from tui.conftest import reading


def marks_of(paths: Paths, name: str) -> object:
    with Library(paths) as library:
        return library.named(name).marks


async def test_an_archived_paper_leaves_the_inbox_and_undo_brings_it_back(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("a")
        await reader.sees(r"▌●  LongWriter: Unleashing")
        await reader.sees(r"Inbox +83")
        await reader.sees(r"▪ Archived +1")
        assert marks_of(starter, "2506.18841").archived
        await reader.press("u")
        await reader.sees(r"Inbox +84")
        await reader.press("k")
        await reader.sees(r"▌●  LongWriter-Zero")
        await reader.no_longer_sees(r"▪ Archived")


async def test_keys_pressed_quickly_archive_one_paper_after_another(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("a", "a", "a", "a")
        await reader.sees(r"▪ Archived +4")
        await reader.press("u", "u", "u", "u")
        await reader.sees(r"Inbox +84")


async def test_a_paper_is_put_off_and_its_day_is_shown(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("L")
        await reader.sees("Put off until")
        await reader.type("yesterday")
        await reader.press("enter")
        await reader.sees("'yesterday' is no day")
        await reader.press(*["backspace"] * 9)
        await reader.type("2099-12-31")
        await reader.press("enter")
        await reader.sees(r"Put off until Thu 31 Dec 2099")
        await reader.sees(r"◦ Later +1")
        await reader.sees(r"Inbox +83")
        assert marks_of(starter, "2506.18841").later == dt.date(2099, 12, 31)
        await reader.press("h", "j", "j", "j", "l")
        await reader.sees(r"▌◦  LongWriter-Zero")
        await reader.sees(r"◦ put off until 31 Dec 2099")
        await reader.press("L")
        await reader.sees("Put off until")
        await reader.type("now")
        await reader.press("enter")
        await reader.sees(r"Inbox +84")


async def test_a_removed_paper_is_seen_on_its_shelf_alone(starter: Paths) -> None:
    async with reading(starter) as reader:
        await reader.press("d")
        await reader.sees(r"× Removed +1")
        await reader.sees(r"All +83")
        await reader.no_longer_sees(r"LongWriter-Zero")
        assert marks_of(starter, "2506.18841").removed
        await reader.press("h", "j", "j", "j", "l")
        await reader.sees(r"▌×  LongWriter-Zero")
        await reader.sees(r"× removed from the library")
        await reader.press("delete")
        await reader.sees(r"All +84")
        assert not marks_of(starter, "2506.18841").removed
