"""Machines that sync: the same everywhere, and what a bad file costs."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from helpers import everything, paths_in, take_in
from paperterm.errors import LibraryBusy, LibraryError, SyncError
from paperterm.library.door import Library
from paperterm.library.syncing import folder as folders
from paperterm.library.syncing.lines import entry_of, line_of
from paperterm.library.syncing.round import Report, lock_of, sync_here
from paperterm.model.marks import Change, Marks
from paperterm.model.paper import Paper
from paperterm.storage.files import locked

from .sync_machine import run

MAMBA = Paper("Mamba", arxiv_id="2312.00752", abstract="State spaces.", authors=("Gu", "Dao"))
KEY = "arxiv:2312.00752"


@pytest.fixture
def shared_folder(tmp_path: Path) -> Path:
    made = tmp_path / "shared folder"
    made.mkdir()
    return made


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Callable[[str], Library]]:
    """A library by the name of its computer."""
    with ExitStack() as stack:
        yield lambda name: stack.enter_context(Library(paths_in(tmp_path / name)))


def sync(library: Library, folder: Path) -> Report:
    return sync_here(library, folder, threading.Event())


def mark(library: Library, **change: object) -> None:
    library.mark([Change(KEY, **change)], "mark")  # type: ignore[arg-type]


def marks(library: Library) -> dict[str, Marks]:
    return {one.paper.key: one.marks for one in everything(library) if one.marks}


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/*.jsonl"))


@pytest.mark.parametrize("seed", range(6))
def test_three_machines_end_alike_however_their_files_are_carried(
    tmp_path: Path, seed: int, rounds: Callable[[int, int], int], told: Callable[[str], None]
) -> None:
    lives = rounds(1, 100)
    for life in range(lives):
        run(1000 * seed + life, tmp_path / str(life))
    if lives > 1:
        told(f"{lives} lives of three machines: equal in the end")


def test_a_paper_comes_whole_with_its_marks(machine, shared_folder) -> None:
    desktop, laptop = machine("desktop"), machine("laptop")
    take_in(desktop, MAMBA)
    mark(desktop, bookmarked=True, add=("ssm",), note="read again")
    assert (sync(desktop, shared_folder).told, sync(laptop, shared_folder).heard) == (1, 1)
    (entry,) = everything(laptop)
    assert entry.paper.abstract == "State spaces."
    assert entry.paper.authors == ("Gu", "Dao")
    assert entry.marks == Marks(bookmarked=True, tags=("ssm",), note="read again")


def test_two_notes_of_one_paper_are_both_kept(machine, shared_folder) -> None:
    desktop, laptop = machine("desktop"), machine("laptop")
    for library, words in ((desktop, "from the desktop"), (laptop, "from the laptop")):
        take_in(library, MAMBA)
        mark(library, note=words)
    for library in (desktop, laptop, desktop):
        sync(library, shared_folder)
    assert marks(desktop) == marks(laptop)
    assert marks(desktop)[KEY].note == "from the desktop\n\nfrom the laptop"


def test_what_another_machine_did_is_not_this_ones_to_take_back(machine, shared_folder) -> None:
    desktop, laptop = machine("desktop"), machine("laptop")
    take_in(desktop, MAMBA)
    mark(desktop, bookmarked=True)
    sync(desktop, shared_folder)
    sync(laptop, shared_folder)
    assert laptop.undo() is None
    assert desktop.undo() is not None
    sync(desktop, shared_folder)
    sync(laptop, shared_folder)
    assert marks(laptop) == {}


def test_nothing_is_written_twice_and_files_only_grow(machine, shared_folder, monkeypatch) -> None:
    monkeypatch.setattr(folders, "LARGEST_FILE", 2_000)
    desktop = machine("desktop")
    take_in(desktop, MAMBA)
    content: dict[Path, bytes] = {}
    for number in range(6):
        mark(desktop, note=f"{number} {'word ' * 100}")
        assert sync(desktop, shared_folder).told == 1
        assert sync(desktop, shared_folder).told == 0
        for path, before in content.items():
            assert path.read_bytes().startswith(before)
        content = {path: path.read_bytes() for path in files(shared_folder)}
    assert len(content) > 1
    lines = b"".join(content.values()).splitlines()
    assert [entry_of(line + b"\n").seq for line in lines] == [1, 2, 3, 4, 5, 6]


def test_a_file_that_has_half_come_is_no_trouble_and_is_read_when_it_is_whole(
    machine, shared_folder
) -> None:
    desktop, laptop = machine("desktop"), machine("laptop")
    take_in(desktop, MAMBA)
    mark(desktop, bookmarked=True)
    mark(desktop, add=("ssm",))
    sync(desktop, shared_folder)
    (file,) = files(shared_folder)
    whole = file.read_bytes()
    file.write_bytes(whole[:-20])
    report = sync(laptop, shared_folder)
    assert (report.heard, report.problems) == (1, [])
    assert report.half_come == [f"{file.parent.name}/{file.name}"]
    assert marks(laptop) == {KEY: Marks(bookmarked=True)}
    file.write_bytes(whole)
    report = sync(laptop, shared_folder)
    assert (report.heard, report.half_come) == (1, [])
    assert marks(laptop) == marks(desktop)


def test_a_damaged_line_costs_itself_and_is_told_until_it_is_mended(machine, shared_folder) -> None:
    desktop, laptop = machine("desktop"), machine("laptop")
    take_in(desktop, MAMBA)
    for tag in ("one", "two", "three"):
        mark(desktop, add=(tag,))
    sync(desktop, shared_folder)
    (file,) = files(shared_folder)
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b"tag:two", b"tag:tow"))
    report = sync(laptop, shared_folder)
    assert report.heard == 2
    (problem,) = report.problems
    assert problem.startswith("A line of ")
    assert "damaged" in problem
    assert marks(laptop)[KEY].tags == ("one", "three")
    assert list(report.missing.values()) == [1]
    assert sync(laptop, shared_folder).problems == [problem]
    file.write_bytes(whole)
    assert sync(laptop, shared_folder).problems == []
    assert marks(laptop) == marks(desktop)


@pytest.mark.parametrize("what", ["truncated", "gone", "all gone", "torn"])
def test_what_is_lost_in_the_folder_is_written_again(machine, shared_folder, what) -> None:
    desktop, laptop = machine("desktop"), machine("laptop")
    take_in(desktop, MAMBA)
    for tag in ("one", "two"):
        mark(desktop, add=(tag,))
        sync(desktop, shared_folder)
    (file,) = files(shared_folder)
    match what:
        case "truncated":
            file.write_bytes(file.read_bytes().splitlines(keepends=True)[0])
        case "torn":
            file.write_bytes(file.read_bytes()[:-9])
        case "gone":
            file.unlink()
        case _:
            shutil.rmtree(file.parent)
    mark(desktop, add=("three",))
    sync(desktop, shared_folder)
    report = sync(laptop, shared_folder)
    assert (report.problems, report.missing) == ([], {})
    assert marks(laptop)[KEY].tags == ("one", "three", "two")


def test_a_library_that_is_lost_comes_back_from_the_folder(machine, shared_folder) -> None:
    desktop = machine("desktop")
    take_in(desktop, MAMBA)
    mark(desktop, bookmarked=True, note="dear")
    sync(desktop, shared_folder)
    anew = machine("the same desk, another disk")
    sync(anew, shared_folder)
    assert marks(anew) == marks(desktop)


def test_a_library_that_was_copied_to_another_computer_is_another_machine(
    tmp_path, shared_folder
) -> None:
    take = paths_in(tmp_path / "desktop")
    with Library(take) as desktop:
        take_in(desktop, MAMBA)
        mark(desktop, bookmarked=True)
    shutil.copytree(tmp_path / "desktop", tmp_path / "laptop")
    with Library(take) as desktop, Library(paths_in(tmp_path / "laptop")) as laptop:
        mark(desktop, add=("desktop",))
        mark(laptop, add=("laptop",))
        for library in (desktop, laptop, desktop):
            assert sync(library, shared_folder).problems == []
        assert marks(desktop) == marks(laptop)
        assert marks(desktop)[KEY] == Marks(bookmarked=True, tags=("desktop", "laptop"))
        assert [one.action for one in laptop.history(10)] == [False, True, True]


@pytest.mark.parametrize(
    "content",
    [
        b"\n\n\n",
        b"not JSON\n",
        b'{"sum":"00000000","entry":{}}\n',
        bytes(range(256)) + b"\n",
        b'{"sum":"' + b"[" * 100_000 + b"\n",
    ],
    ids=["empty lines", "no JSON", "wrong sum", "bytes", "deep"],
)
def test_a_foreign_file_costs_nothing_but_itself(machine, shared_folder, content) -> None:
    desktop, laptop = machine("desktop"), machine("laptop")
    take_in(desktop, MAMBA)
    mark(desktop, bookmarked=True)
    sync(desktop, shared_folder)
    foreign = shared_folder / "aaaaaaaaaaaa"
    foreign.mkdir()
    (foreign / "000001.jsonl").write_bytes(content)
    (foreign / "000002.jsonl").symlink_to(files(shared_folder)[-1])
    (shared_folder / "holiday.jsonl").write_bytes(content)
    report = sync(laptop, shared_folder)
    assert marks(laptop) == marks(desktop)
    assert report.problems


def test_an_entry_that_no_machine_can_have_made_costs_nothing_but_itself(
    machine, shared_folder
) -> None:
    desktop, laptop = machine("desktop"), machine("laptop")
    take_in(desktop, MAMBA)
    mark(desktop, bookmarked=True)
    mark(desktop, add=("ssm",))
    sync(desktop, shared_folder)
    (file,) = files(shared_folder)
    first, second = map(entry_of, file.read_bytes().splitlines(keepends=True))
    twice = second.__class__(**{**_fields(second), "seq": first.seq})
    file.write_bytes(line_of(first) + line_of(twice))
    report = sync(laptop, shared_folder)
    assert marks(laptop) == {KEY: Marks(bookmarked=True)}
    (problem,) = report.problems
    assert "tell different things" in problem


def _fields(entry: object) -> dict[str, object]:
    return {name: getattr(entry, name) for name in entry.__slots__}  # type: ignore[attr-defined]


def test_a_folder_that_is_not_there_is_told_and_not_made(machine, tmp_path) -> None:
    desktop = machine("desktop")
    with pytest.raises(SyncError, match="There is no folder"):
        sync(desktop, tmp_path / "unmounted")
    assert not (tmp_path / "unmounted").exists()


def test_a_folder_that_is_full_is_told_and_written_to_later(
    machine, shared_folder, monkeypatch
) -> None:
    desktop, laptop = machine("desktop"), machine("laptop")
    take_in(desktop, MAMBA)
    mark(desktop, bookmarked=True)
    real = folders.os.write
    with monkeypatch.context() as broken:

        def write(descriptor: int, content: bytes) -> int:
            if len(content) <= 30:
                raise OSError(28, "No space left on device")
            return real(descriptor, content[:30])

        broken.setattr(folders.os, "write", write)
        with pytest.raises(SyncError, match=r"No space left.*is kept"):
            sync(desktop, shared_folder)
    assert sync(desktop, shared_folder).told == 1
    report = sync(laptop, shared_folder)
    assert (report.heard, report.problems) == (1, [])
    assert marks(laptop) == marks(desktop)


def test_one_round_at_a_time(machine, shared_folder) -> None:
    desktop = machine("desktop")
    lock = lock_of(desktop.paths)
    lock.parent.mkdir(parents=True, exist_ok=True)
    held = locked(lock)
    assert held is not None
    with pytest.raises(LibraryBusy):
        sync(desktop, shared_folder)


def test_a_round_waits_for_another_as_long_as_it_may(machine, shared_folder) -> None:
    desktop = machine("desktop")
    lock = lock_of(desktop.paths)
    lock.parent.mkdir(parents=True, exist_ok=True)
    held = locked(lock)
    assert held is not None
    over = threading.Timer(0.1, os.close, [held])
    over.start()
    assert sync_here(desktop, shared_folder, threading.Event(), 20.0).problems == []
    over.join()


def test_a_state_folder_that_is_none_is_told(machine, shared_folder) -> None:
    desktop = machine("desktop")
    desktop.paths.state.write_text("a file")
    with pytest.raises(LibraryError, match="nothing was synced"):
        sync(desktop, shared_folder)
