"""A command run to its end, and what it cost: its seconds, its CPU, the peak of its memory."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.places import PROJECT, python


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command."""

    said: str
    """What it printed."""
    seconds: float
    cpu: float
    """Seconds of CPU, its own and the system's for it; of all its threads and children."""
    megabytes: float
    """The most memory that it, or one of its children, had at a time."""


def measured(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Run a command. Raises `CalledProcessError` when it fails."""
    done = subprocess.run(
        python("bench.usage", *command),
        env=environment,
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return Run(**json.loads(done.stdout))
