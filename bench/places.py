"""Readers made up for a benchmark: each with a home, and so a library, of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bench.papers import Papers

if TYPE_CHECKING:
    from paperterm.library.paths import Paths

PROJECT = Path(__file__).resolve().parent.parent
_KEPT = ("PATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
"""What programs get of our own environment; settings of whoever runs this must not matter."""


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="paperterm-bench-") as name:
        yield Path(name)


class Reader:
    """Someone with a home below `folder`."""

    def __init__(self, folder: Path, name: str) -> None:
        self.home = folder / name
        self.home.mkdir()
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        python = [str(PROJECT / "src"), os.environ.get("PYTHONPATH", "")]
        self.environment = kept | {
            "HOME": str(self.home),
            "XDG_DATA_HOME": str(self.home / "data"),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_CACHE_HOME": str(self.home / "cache"),
            "XDG_STATE_HOME": str(self.home / "state"),
            "PYTHONPATH": os.pathsep.join(filter(None, python)),
            # Nobody listens there: what a benchmark measures must not hang on the network.
            "HF_ENDPOINT": "http://127.0.0.1:9",
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
        }

    def at_the_app(self) -> dict[str, str]:
        """The environment for a start of the app that is like every other one.

        The tour was seen, and nothing else is remembered of how the app was left.
        """
        state = self.paths.state
        state.mkdir(parents=True, exist_ok=True)
        (state / "remembered.json").write_text('{"tour-seen": true}')
        return self.environment

    @property
    def paths(self) -> Paths:
        """The folders of this reader's paperterm."""
        from paperterm.library.paths import Paths

        homes = (self.home / name for name in ("data", "config", "cache", "state"))
        return Paths(*(home / "paperterm" for home in homes))

    def run(self, *arguments: str) -> str:
        """What `paperterm ARGUMENTS` prints; raises when it fails."""
        done = subprocess.run(
            python("paperterm", *arguments),
            env=self.environment,
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            check=True,
        )
        return done.stdout

    def search(self, *arguments: str) -> list[dict[str, object]]:
        """The papers that `paperterm search ARGUMENTS` finds."""
        return [json.loads(line) for line in self.run("search", "--json", *arguments).splitlines()]


def python(module: str, *arguments: str) -> list[str]:
    """The command that runs a module with this Python."""
    return [sys.executable, "-m", module, *arguments]


def write_papers(file: Path, count: int) -> Path:
    """Write generated papers to a file."""
    with file.open("w", encoding="utf-8") as stream:
        for paper in Papers(count):
            stream.write(json.dumps(paper) + "\n")
    return file


def starter_reader(folder: Path) -> Reader:
    """A reader with the starter shelf, indexed."""
    reader = Reader(folder, "starter")
    reader.run("search", "a")
    return reader


def reader_with(folder: Path, count: int) -> Reader:
    """A reader with so many generated papers, indexed."""
    reader = Reader(folder, f"papers-{count}")
    reader.run("import", str(write_papers(folder / f"{count}.jsonl", count)))
    return reader


def title_start(paper: dict[str, object], length: int = 20) -> str:
    """As much of a paper's title as a narrow list shows, and no other paper's begins with."""
    return str(paper["title"])[:length].rstrip()
