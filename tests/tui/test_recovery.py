"""A library that is damaged: the reader is told what happened, and restores it with one key."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from helpers import entry_of, everything, mark, numbered, take_in, tear
from paperterm.library.desk import Desk
from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.model.marks import Marks
from paperterm.storage import seals
from paperterm.tui.app import PapertermApp

from .conftest import QUIET, Reader

MARKED = 12


@pytest.fixture
def marked(paths: Paths) -> Paths:
    with Library(paths) as library:
        take_in(library, *(numbered(number) for number in range(1, 60)))
        mark(library, everything(library)[:MARKED], bookmarked=True)
        library.bring_up_index()
    return paths


@contextlib.asynccontextmanager
async def opening(paths: Paths, size: tuple[int, int] = (120, 36)) -> AsyncIterator[Reader]:
    desk = Desk(paths)
    app = PapertermApp(desk, QUIET)
    try:
        async with app.run_test(size=size) as pilot:
            yield Reader(app, pilot)
    finally:
        await asyncio.to_thread(desk.close)


def foreign(path: Path) -> None:
    path.unlink()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
        connection.commit()


DAMAGE = {
    "gone": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "damaged": tear,
    "not one of paperterm's": foreign,
}


@pytest.mark.parametrize("how", DAMAGE)
async def test_marks_come_back_with_one_key(marked: Paths, how: str) -> None:
    DAMAGE[how](marked.marks)
    async with opening(marked) as reader:
        await reader.sees(f"The file of your marks is {how}")
        await reader.sees(f"has marks on {MARKED} papers")
        await reader.press("r")
        await reader.sees("The marks of .* were restored")
        await reader.sees(f"Bookmarks +{MARKED}")
        await reader.press("b")
        await reader.sees(f"Bookmarks +({MARKED - 1}|{MARKED + 1})")
    if how != "gone":
        assert list(marked.data.glob("marks.db.damaged-*"))


async def test_leaving_changes_nothing(marked: Paths) -> None:
    marked.marks.write_bytes(b"rubbish" * 2000)
    async with opening(marked, (40, 12)) as reader:
        await reader.sees("r restores")
        await reader.press("q")
        await reader.until(lambda: not reader.app.is_running, "the end")
    assert marked.marks.read_bytes() == b"rubbish" * 2000
    assert reader.app.return_code == 1


async def test_a_catalogue_is_begun_anew_with_the_marked_papers(marked: Paths) -> None:
    marked.catalogue.write_bytes(b"rubbish" * 2000)
    async with opening(marked) as reader:
        await reader.sees("The catalogue of papers is damaged; your marks are sound")
        await reader.press("r")
        await reader.sees("built|The damaged catalogue was set aside")
        await reader.sees(f"Bookmarks +{MARKED}")
    with Library(marked) as library:
        assert len(everything(library)) == MARKED
        assert entry_of(library, "Paper number 1").marks == Marks(bookmarked=True)


async def test_damage_that_is_found_while_reading_is_restored_with_one_key(
    marked: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library(marked) as library:
        for entry in everything(library)[:30]:
            mark(library, entry, add=("reading group",))
    content = marked.marks.read_bytes()
    marked.marks.write_bytes(content.replace(b"reading group", b"reading grXup", 1))
    monkeypatch.setattr(seals, "AT_ONCE", 5)  # as in a file with thousands of actions
    monkeypatch.setattr(seals.secrets, "randbelow", lambda most: 0)
    async with opening(marked) as reader:
        await reader.sees("The file of your marks is damaged")
        await reader.press("r")
        await reader.sees("The marks of .* were restored")
        await reader.sees("# reading group +30")
        await reader.press("b")
        await reader.sees(f"Bookmarks +({MARKED - 1}|{MARKED + 1})")
