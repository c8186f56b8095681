"""Runs paperterm and notes when it imports what: `python -m bench.recorder FILE`.

Python's own `-X importtime` writes to standard error, which is where the app draws.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import runpy
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TextIO


class Recorder(importlib.abc.MetaPathFinder):
    """Finds nothing; writes down who was looked for, with the time in `time.monotonic` seconds."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Note the name."""
        self._stream.write(f"{time.monotonic():.6f} {fullname}\n")
        return None


def read_times(file: Path) -> dict[str, float]:
    """When each top-level package, and each module, was first looked for."""
    times: dict[str, float] = {}
    for line in file.read_text("utf-8").splitlines():
        seen, _, name = line.partition(" ")
        times.setdefault(name, float(seen))
        times.setdefault(name.partition(".")[0], float(seen))
    return times


def main() -> None:
    """Record until the program ends, however it does."""
    file = Path(sys.argv.pop(1))
    stream = file.open("w", buffering=1, encoding="utf-8")  # stays open to the end
    sys.meta_path.insert(0, Recorder(stream))
    runpy.run_module("paperterm", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
