"""strace as a saboteur: the n-th system call of a kind kills the process, or fails."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

LIFE = Path(__file__).parent / "life.py"
WRITING = "pwrite64,fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat,mkdir,link"
"""Calls that change a disk. Plain `write` is not among them: a child talks by it."""


@dataclass(frozen=True)
class Ran:
    """What a child said, and how it ended: below zero where a signal did it."""

    status: int
    said: list[str]
    told: str

    def keys(self, what: str) -> set[str]:
        """Of what it has said that this was done with them."""
        said = (line.partition(" ") for line in self.said)
        return {key for done, _, key in said if done == what}


def lost(kept: set[str], *runs: Ran) -> int:
    """How many marks that were acknowledged, and that nobody took back, are not among `kept`.

    Undo takes back whosever mark was the last; who was killed at it may have, and did not say so.
    """
    marked: set[str] = set().union(*(ran.keys("marked") for ran in runs))
    undone: set[str] = set().union(*(ran.keys("undone") for ran in runs))
    undoing = sum(ran.said[-1:] == ["undoing"] for ran in runs)
    return max(0, len(marked - undone - kept) - undoing)


def traced(folder: Path, *strace: str, first: int = 1, base: str = "") -> Ran:
    """A reader's day under strace, which is told what to break."""
    if not shutil.which("strace"):
        pytest.skip("there is no strace to break system calls with")
    log = folder / "strace.txt"
    done = subprocess.run(
        ["strace", "-f", "-qq", "-o", str(log), *strace, *life(folder, first, base)],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=300,
    )
    if "ptrace" in done.stderr and "not permitted" in done.stderr:
        pytest.skip("this machine lets nobody trace")
    return Ran(done.returncode, done.stdout.split("\n")[:-1], done.stderr)


def life(folder: Path, first: int, base: str) -> list[str]:
    return [sys.executable, str(LIFE), str(folder), str(first), base]


def environment() -> dict[str, str]:
    path = os.pathsep.join(filter(None, sys.path))
    # Compiled modules would be written between the operations that are counted.
    return os.environ | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}


def calls(folder: Path, base: str = "") -> int:
    """How many calls of `WRITING` a day has that nothing disturbs."""
    folder.mkdir()
    ran = traced(folder, "-e", f"trace={WRITING}", base=base)
    assert ran.said[-1] == "ended", ran
    assert "indexed" in ran.said
    assert not base or "fetched" in ran.said
    return len(re.findall(r"^\d+ +\w+\(", (folder / "strace.txt").read_text(), re.MULTILINE))
