"""The app keeps its library and a shared folder alike, by itself."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from helpers import paths_in
from paperterm.library.desk import Desk
from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.library.syncing.round import sync_here
from paperterm.model.marks import Change
from paperterm.tui.screens import syncing
from tui.conftest import QUIET, reading

KEY = "arxiv:2506.18841"
"""The first paper of the starter shelf."""


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syncing, "_AGAIN_SECONDS", 0.2)


@pytest.fixture
def carried(tmp_path: Path) -> Path:
    (tmp_path / "carried").mkdir()
    return tmp_path / "carried"


def elsewhere(tmp_path: Path, folder: Path, **change: object) -> bool:
    """Another machine does something and syncs; whether it knows of a bookmark then."""
    with Library(paths_in(tmp_path / "elsewhere")) as library:
        library.greet()
        sync_here(library, folder, threading.Event())
        library.mark([Change(KEY, **change)], "mark")  # type: ignore[arg-type]
        sync_here(library, folder, threading.Event())
        return library.named("2506.18841").marks.bookmarked


async def test_marks_go_to_another_machine_and_come_from_it(
    starter: Paths, tmp_path: Path, carried: Path
) -> None:
    async with reading(starter, settings=replace(QUIET, sync=carried)) as reader:
        await reader.sees(r"▌●  LongWriter-Zero")
        await reader.press("b")
        await reader.sees("★ bookmarked")
        await reader.until(lambda: bool(list(carried.glob("*/*.jsonl"))), "a file in the folder")
        assert await asyncio.to_thread(elsewhere, tmp_path, carried, add=("from elsewhere",))
        await reader.sees("Synced: 1 action of other machines came")
        await reader.sees(r"from elsewhere +1")
        await reader.press("u")
        await reader.sees("Undone|Took back")
        await reader.sees(r"from elsewhere +1")


async def test_a_folder_that_is_not_there_is_told_once_and_looked_for_again(
    starter: Paths, tmp_path: Path
) -> None:
    folder = tmp_path / "unmounted"
    async with reading(starter, settings=replace(QUIET, sync=folder)) as reader:
        await reader.sees(r"There is no folder /")
        await reader.press("b")
        folder.mkdir()
        await reader.until(lambda: bool(list(folder.glob("*/*.jsonl"))), "a file in the folder")


def test_what_was_done_last_goes_out_before_leaving(starter: Paths, carried: Path) -> None:
    desk = Desk(starter)
    desk.opened.result()
    desk.write(lambda library: library.mark([Change(KEY, bookmarked=True)], "mark")).result()
    desk.sync_at_last(carried, 20.0)
    desk.close()
    (file,) = carried.glob("*/*.jsonl")
    assert b"bookmarked" in file.read_bytes()


def test_leaving_does_not_wait_for_a_folder_that_does_not_answer(
    starter: Paths, carried: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from paperterm.library.syncing import round as rounds

    answers = threading.Event()
    monkeypatch.setattr(rounds.SyncFolder, "files", lambda folder: answers.wait() and [])
    desk = Desk(starter)
    desk.opened.result()
    desk.sync_at_last(carried, 0.05)
    answers.set()
    desk.close()
