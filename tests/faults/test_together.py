"""Several copies at once, as real processes: what one does the others see, and nothing is lost."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.places import Reader, starter_reader
from bench.screen import Screen

from helpers import everything, numbered, take_in
from paperterm.library import health
from paperterm.library.door import Library

from .child import EACH, SHARED
from .ttys import Tty

COPIES = 4
THERE = "LongWriter-Zero: Mastering"
SOON = 2.0
"""Seconds within which another copy shows a mark, on a machine that is not busy."""
BUSY = 8.0
"""What a busy one may add."""


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    reader = starter_reader(tmp_path)
    config = reader.paths.settings
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text('fetch = "asked"\n')
    return reader


@pytest.fixture
def both(reader: Reader) -> Iterator[tuple[Tty, Tty]]:
    """The app, twice on one library, each in a process and a terminal of its own."""
    with Tty(reader) as one, Tty(reader) as other:
        for tty in (one, other):
            tty.wait_for_text(THERE)
            tty.wait_for(lambda screen: "84 papers" in screen.lines[0], "the number of papers")
        yield one, other


def bookmarks(screen: Screen) -> int:
    found = re.search(r"Bookmarks +(\d+)", "\n".join(screen.lines))
    return int(found[1]) if found else -1


def seconds_until(tty: Tty, count: int, others: tuple[Tty, ...] = ()) -> float:
    """How long it takes until `tty` shows so many bookmarks; output of `others` is taken in."""
    begun = time.monotonic()
    drains = [threading.Thread(target=other.taken_in, args=(0.3,)) for other in others]
    for drain in drains:
        drain.start()
    tty.wait_for(lambda screen: bookmarks(screen) == count, f"{count} bookmarks")
    for drain in drains:
        drain.join()
    return time.monotonic() - begun


def test_what_one_app_marks_the_other_shows(both: tuple[Tty, Tty]) -> None:
    one, other = both
    one.press("b")
    took = seconds_until(other, 1, (one,))
    assert took < SOON + BUSY
    other.wait_for_text("●★ LongWriter-Zero")
    other.press("jXb")  # what was not seen by `one` is marked in `other`, all of it
    seconds_until(other, 84)
    assert seconds_until(one, 84, (other,)) < SOON + BUSY
    one.press("u")  # the last mark, whoever made it
    assert seconds_until(other, 1, (one,)) < SOON + BUSY


def test_what_the_command_line_marks_the_app_shows(reader: Reader) -> None:
    with Tty(reader) as tty:
        tty.wait_for_text(THERE)
        tty.wait_for(lambda screen: "84 papers" in screen.lines[0], "the number of papers")
        reader.run("bookmark", "--query", "mamba", "--yes")
        assert seconds_until(tty, 4) < SOON + BUSY
        reader.run("tag", "2506.18841", "--add", "from elsewhere")
        tty.wait_for_text("#from elsewhere")


def test_of_marks_that_several_make_at_once_none_is_lost(paths, start, monkeypatch) -> None:
    with Library(paths) as library:
        take_in(library, *(numbered(number) for number in range(1, COPIES * EACH + 2)))
    children = []
    for part in range(COPIES):
        monkeypatch.setenv("PART", str(part))
        children.append(start("mark_a_part"))
    said = [child.stdout.read().splitlines() for child in children]
    assert [child.wait() for child in children] == [0] * COPIES, said
    assert [len(lines) for lines in said] == [1 + EACH] * COPIES
    with Library(paths) as library:
        marked = {entry.paper.key: entry.marks for entry in everything(library) if entry.marks}
        for part in range(COPIES):
            assert sum(f"part {part}" in marks.tags for marks in marked.values()) == EACH + 1
        assert marked[SHARED].tags == tuple(f"part {part}" for part in range(COPIES))
        assert all(marks.bookmarked for key, marks in marked.items() if key != SHARED)
        for _ in range(COPIES * (EACH + 1)):
            assert library.undo() is not None
        assert library.undo() is None
        assert not any(entry.marks for entry in everything(library))
    assert all(finding.well for finding in health.examine(paths))
