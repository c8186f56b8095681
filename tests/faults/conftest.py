"""Processes that may be killed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

CHILD = Path(__file__).parent / "child.py"
Start = Callable[..., "subprocess.Popen[str]"]
Killed = Callable[..., list[str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a deed of `child` on the library in `tmp_path`."""
    started: list[subprocess.Popen[str]] = []

    def start(deed: str, most: str = "any", when: str = "later") -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, str(CHILD), str(tmp_path), deed, most, when],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def said_until_killed(start: Start) -> Killed:
    """Starts a deed, and kills it some time after it has said so many things: all it had said."""

    def run(deed: str, wait: Callable[[], None], after: int = 0) -> list[str]:
        process = start(deed)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        said = [process.stdout.readline() for _ in range(after)]
        wait()
        process.kill()
        # The last line may have been cut off by the kill.
        return "".join((*said, process.stdout.read())).split("\n")[:-1]

    return run
