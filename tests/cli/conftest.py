"""A reader's home for each test, and ways to run the command line in it."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from library.arrivals.world import World
from paperterm.__main__ import main
from paperterm.web.services import Service

from .helpers import PAPERS, SOURCES, Ran, Run, point_to


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, without desktop, colours or anything else of the machine's."""
    place = tmp_path / "home"
    place.mkdir()
    for name in list(os.environ):
        if name.startswith(("XDG_", "SSH_", "PYTHONIOENCODING", "LC_", "LANG", "WSL")):
            monkeypatch.delenv(name)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX", "BROWSER", "NO_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("PYTHONPATH", str(SOURCES))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.chdir(tmp_path)
    return place


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The console entry, in this process: quick."""

    def run(*arguments: str) -> Ran:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["paperterm", *arguments])
        status = main()
        told = capsys.readouterr()
        return Ran(status, told.out, told.err)

    return run


@pytest.fixture
def shell() -> Run:
    """The console entry in a process of its own: real streams, real status."""

    def shell(*arguments: str, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "paperterm", *arguments],
            input=stdin,
            capture_output=True,
            env={**os.environ, **(env or {})},
            timeout=60,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return shell


@pytest.fixture
def terminal() -> Run:
    """The console entry on a terminal of `columns`; what it shows is in `out`, all of it."""

    def terminal(*arguments: str, columns: int = 80, env: Mapping[str, str] | None = None) -> Ran:
        ours, theirs = pty.openpty()
        size = {"COLUMNS": str(columns), "LINES": "24"}
        with subprocess.Popen(
            [sys.executable, "-m", "paperterm", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, **size, **(env or {})},
            start_new_session=True,
        ) as process:
            os.close(theirs)
            shown = _read_all(ours)
            try:
                process.wait(2)
            except subprocess.TimeoutExpired:  # it waits for keys
                process.kill()
        os.close(ours)
        return Ran(process.returncode, shown.decode(), "")

    return terminal


def _read_all(descriptor: int) -> bytes:
    """What is written before the other end is closed, or nothing comes for long."""
    parts: list[bytes] = []
    while select.select([descriptor], [], [], 20)[0]:
        try:
            part = os.read(descriptor, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        parts.append(part)
    return b"".join(parts)


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A file of four papers, the last one hostile."""
    path = tmp_path / "papers.jsonl"
    path.write_text("".join(json.dumps(paper) + "\n" for paper in PAPERS))
    return path


@pytest.fixture
def stocked(run: Run, papers: Path) -> None:
    """Those four papers in the reader's library, without the starter shelf."""
    assert run("import", str(papers)).status == 0


@pytest.fixture
def world(httpserver, home: Path, monkeypatch) -> World:
    """The services, at which the reader's settings point; nobody waits for manners."""
    world = World(httpserver)
    point_to(home, world.base)
    monkeypatch.setattr("paperterm.library.arrivals.post.INTERVALS", dict.fromkeys(Service, 0.0))
    return world
