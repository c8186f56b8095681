"""The section on memory: the app with everything loaded and used, and the process that indexes.

The index is deleted before, so that the app has it built. Linux tells what a process has now and
had at most; elsewhere nothing is measured.
"""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bench import goals
from bench.goals import Figures
from bench.keys import wait_until
from bench.painting import chosen
from bench.places import PROJECT, Reader, python
from bench.report import Report, table, tell
from bench.stalls import first_titles
from bench.stock import Stock
from bench.terminal import Terminal, TooLate

_SEARCHES = (
    "retrieval",
    "diffusion policy",
    "a",
    "the model",
    "sprase attention",
    '"neural network"',
)
_PAUSE = 0.5
_PATIENCE = 1200.0
"""Seconds that building the index may take."""
_PROCESSES = Path("/proc")


@dataclass
class Memory:
    """Megabytes of the app after its use and at most, and of its children at most."""

    now: float
    most: float
    children: float


def status(process: int) -> dict[str, float]:
    """Megabytes that a process has, by the system's name for it; empty when it is gone."""
    with suppress(OSError):
        lines = (_PROCESSES / str(process) / "status").read_text("utf-8").splitlines()
        return {
            name: int(value.split()[0]) / 1024
            for name, _, value in (line.partition(":") for line in lines)
            if name in ("VmHWM", "VmRSS")
        }
    return {}


def children(process: int) -> list[int]:
    """The processes that the threads of a process have started and that still run."""
    found: list[int] = []
    with suppress(OSError):
        for thread in (_PROCESSES / str(process) / "task").iterdir():
            found += map(int, (thread / "children").read_text("utf-8").split())
    return found


def use(reader: Reader, first: str) -> Memory:
    """Start the app without an index, wait for that, use everything that holds memory."""
    shutil.rmtree(reader.paths.index)
    with Terminal(python("paperterm"), reader.at_the_app(), str(PROJECT)) as terminal:
        terminal.wait_for_text(chosen(first))
        most = _watch_children(terminal)
        for text in _SEARCHES:
            _press(terminal, "/")
            for key in text:
                _press(terminal, key, 0.1)
            _press(terminal, "\r", 1.0)  # to the hits
            _scroll(terminal)
            _press(terminal, "\x1b")
            _press(terminal, "\x1b")
        for _ in range(4):  # every order of the list
            _press(terminal, "s", 1.0)
        _scroll(terminal)
        _press(terminal, "\r")  # the abstract
        _press(terminal, " ")
        _press(terminal, "\x1b")
        _press(terminal, "?")
        _press(terminal, "\x1b")
        told = status(terminal.process)
    return Memory(told["VmRSS"], told["VmHWM"], most)


def _watch_children(terminal: Terminal) -> float:
    """The most that a child had, until there has been one and there is none any more."""
    most, end = 0.0, time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        wait_until(terminal, time.monotonic() + 0.05)
        running = children(terminal.process)
        if most and not running:
            wait_until(terminal, time.monotonic() + 2 * _PAUSE)  # the new index is opened
            return most
        most = max([most, *(status(child).get("VmHWM", 0.0) for child in running)])
    raise TooLate("The index was not built in time.")


def _scroll(terminal: Terminal) -> None:
    for key in ("j" * 20, "\x1b[6~" * 10, "G", "g", "j"):  # also page down, the end, the beginning
        _press(terminal, key)


def _press(terminal: Terminal, key: str, pause: float = _PAUSE) -> None:
    terminal.press(key)
    wait_until(terminal, time.monotonic() + pause)


def report(stock: Stock, to: Report, figures: Figures) -> None:
    """Measure and tell."""
    if not (_PROCESSES / "self" / "status").exists():
        to.add("Memory can be measured on Linux only.")
        figures.add(goals.MEMORY, None)
        return
    tell("Using the app…")
    reader = stock.copy("using")
    memory = use(reader, first_titles(reader)[0])
    rows = [
        ["the app, after its use", f"{memory.now:,.0f} MB"],
        ["the app, at most", f"{memory.most:,.0f} MB"],
        ["the process that builds its index, at most", f"{memory.children:,.0f} MB"],
    ]
    to.add(table(["memory", "resident"], rows))
    figures.add(goals.MEMORY, memory.most)
