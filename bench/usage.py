"""What a program used, from its start to its end."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.places import PROJECT


@dataclass(frozen=True)
class Usage:
    """What it printed, how long it ran, and what it took."""

    said: str
    seconds: float
    """On the clock."""
    busy: float
    """Seconds in which a processor worked for it."""
    megabytes: float
    """The peak of its memory."""


def run(command: Sequence[str], environment: Mapping[str, str]) -> Usage:
    """Run a program to its end; raises RuntimeError when it fails."""
    begun = time.perf_counter()
    # Not communicate(): it would reap the process and lose its memory.
    process = subprocess.Popen(
        command,
        env=environment,
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed")
    return Usage(said, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
