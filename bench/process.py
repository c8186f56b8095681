"""A command run to its end, and what it cost: its seconds, its CPU, the peak of its memory."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.places import PROJECT


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command."""

    said: str
    """What it printed."""
    seconds: float
    cpu: float
    """Seconds of CPU, its own and the system's for it, of all its threads."""
    megabytes: float
    """The most memory it had at a time."""


def measured(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Run a command. Raises `RuntimeError` when it fails."""
    begun = time.perf_counter()
    # Not communicate(): it would reap the process and lose what it used.
    process = subprocess.Popen(
        command, env=environment, cwd=PROJECT, stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed")
    cpu = usage.ru_utime + usage.ru_stime
    return Run(said, time.perf_counter() - begun, cpu, usage.ru_maxrss / 1024)
