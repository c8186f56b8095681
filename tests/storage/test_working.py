"""Folders of copies that are worked on: they do not stay, even where a process was killed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from helpers import everything, mark, numbered, take_in
from paperterm.library.door import Library
from paperterm.library.paths import Paths
from paperterm.storage import working

HOLDS = """
import sys, tempfile
from paperterm.storage.working import working_folder
tempfile.tempdir = sys.argv[1]
with working_folder() as folder:
    (folder / "marks.db").write_bytes(b"mine")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def held(place: Path) -> tuple[subprocess.Popen[str], Path]:
    """A process that works in such a folder until its input ends, and the folder."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = subprocess.Popen([sys.executable, "-c", HOLDS, str(place)], text=True, **pipes)
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_what_a_killed_process_left_goes_with_the_next_work(place: Path) -> None:
    process, folder = held(place)
    with process:
        process.kill()
    assert folder.is_dir()
    with working.working_folder():
        assert not folder.exists()
    assert not list(place.iterdir())


def test_it_goes_when_somebody_has_marked_something(place: Path, paths: Paths) -> None:
    process, folder = held(place)
    with process:
        process.kill()
    with Library(paths) as library:
        take_in(library, numbered(1))
        mark(library, everything(library), bookmarked=True)
    assert not folder.exists()


def test_where_somebody_is_at_work_nothing_is_taken_away(place: Path) -> None:
    process, folder = held(place)
    with process:
        working.sweep()
        assert (folder / "marks.db").read_bytes() == b"mine"
    assert not folder.exists()


def test_one_that_was_just_being_made_or_taken_away_goes_when_it_is_old(place: Path) -> None:
    folder = place / "paperterm-restore-half"
    folder.mkdir(mode=0o700)
    (folder / "marks.db").touch()
    os.utime(folder, (0, 0))
    working.sweep()
    assert not folder.exists()


def test_what_is_not_surely_left_by_us_stays(place: Path, tmp_path_factory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "lock").touch()
    (place / "paperterm-restore-link").symlink_to(elsewhere)
    (place / "paperterm-restore-file").touch()
    (place / "paperterm-restore-just-made").mkdir(mode=0o700)
    open_to_all = place / "paperterm-restore-open"
    open_to_all.mkdir()
    open_to_all.chmod(0o755)
    (open_to_all / "lock").touch()
    before = sorted(place.rglob("*"))
    working.sweep()
    assert sorted(place.rglob("*")) == before
    assert (elsewhere / "lock").exists()
