"""The file of marks is gone or empty, and SQLite's log of its last changes still lies beside it."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import everything, mark, numbered, take_in
from paperterm.errors import LibraryDamaged
from paperterm.library import health, recovery
from paperterm.library.door import Library
from paperterm.library.paths import Paths

from .child import TAG
from .conftest import Start

BEFORE, SINCE = 20, 25
LOST: dict[str, Callable[[Path], object]] = {
    "gone": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
}


@pytest.fixture
def said(paths: Paths, start: Start) -> set[str]:
    """The papers that a process said it had marked before it was killed; others had a note."""
    with Library(paths) as library:
        take_in(library, *(numbered(number) for number in range(200)))
        mark(library, everything(library)[:BEFORE], note="from before")
    process = start("mark_one_after_another")
    assert process.stdout is not None
    lines = list(itertools.islice(process.stdout, 1 + SINCE))
    process.kill()
    process.wait()
    return {line.strip() for line in lines[1:]}


@pytest.mark.parametrize("how", LOST)
@pytest.mark.parametrize("backups", ["with-backups", "without-backups"])
def test_what_the_log_tells_is_saved(paths: Paths, said: set[str], how: str, backups: str) -> None:
    LOST[how](paths.marks)
    log = paths.marks.with_name("marks.db-wal").read_bytes()
    if backups == "without-backups":
        shutil.rmtree(paths.data / "backups")
    with pytest.raises(LibraryDamaged, match=how):
        Library(paths)
    assert recovery.outlook(paths).happened == f"The file of your marks is {how}."
    recovery.restore(paths)
    with Library(paths) as library:
        marks = {entry.paper.key: entry.marks for entry in everything(library) if entry.marks}
        assert {key for key, one in marks.items() if one.bookmarked and TAG in one.tags} >= said
        noted = [key for key, one in marks.items() if one.note == "from before"]
        assert len(noted) == BEFORE or backups == "without-backups"
        last = library.undo()
        assert last is not None
        assert last.keys[0] in marks
    assert all(finding.well for finding in health.examine(paths))
    assert log in [path.read_bytes() for path in paths.data.glob("marks.db.damaged-*-wal")]


def test_a_log_without_changes_is_no_reason_to_stop(paths: Paths) -> None:
    paths.data.mkdir(parents=True)
    paths.marks.with_name("marks.db-wal").write_bytes(b"")
    with Library(paths) as library:
        take_in(library, numbered(1))
        mark(library, everything(library), bookmarked=True)
        assert library.shelves().bookmarks == 1
