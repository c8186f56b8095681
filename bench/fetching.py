"""Whether keys are answered while papers arrive: `python -m bench.fetching`.

A server on loopback drips pages of Daily Papers, 500 papers each, into the app, which takes them in
and indexes them, while words are typed into its search bar and its list is walked, key by key. The
same keys are pressed without a fetch, in turns.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.keys import press_one, wait_until
from bench.places import PROJECT, Reader, python, reader_with, temporary_folder, title_start
from bench.report import Report, arguments, milliseconds, percentile, table, tell
from bench.screen import Screen
from bench.terminal import Terminal
from bench.typing import BAR, Times, type_text

_TEXTS = ("diffusion pol", "sparse attention ker", "retr", "causal graph disc")
_GAP = 0.15
_STEPS = 20
_GOAL = 1.5
_WITHOUT, _WITH = "no fetch", "fetching"
_ECHO, _MOVE = "a letter to its echo", "a move to the list"

Seconds = dict[tuple[str, str], list[float]]
"""What was measured, by what was pressed and what went on."""


@contextmanager
def _service() -> Iterator[str]:
    command = python("bench.dripping")
    with subprocess.Popen(
        command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()


def _copied(reader: Reader, folder: Path, name: str, base: str) -> Reader:
    """Another reader with the same library, whose services are at `base`."""
    other = Reader(folder, name)
    shutil.copytree(reader.home, other.home, dirs_exist_ok=True)
    config = other.paths.config / "config.toml"
    config.parent.mkdir(parents=True, exist_ok=True)
    config.write_text(f'fetch = "asked"\n[services]\nhuggingface = "{base}"\n', "utf-8")
    return other


def _cursor(screen: Screen) -> int:
    """The line of the list that the cursor is on."""
    return next((row for row, line in enumerate(screen.lines) if "▌" in line[22:80]), -1)


def _walk(terminal: Terminal) -> list[float]:
    seconds = []
    for number in range(_STEPS):
        key = "j" if number % 8 < 4 else "k"
        before = _cursor(terminal.screen)
        seconds.append(press_one(terminal, key, lambda screen: _cursor(screen) != before))  # noqa: B023
        wait_until(terminal, time.monotonic() + _GAP)
    return seconds


def _round(reader: Reader, what: str, first: str, least: float, seconds: Seconds) -> bool:
    """Press the keys; whether, at their end, what was to go on still did."""
    with Terminal(python("paperterm"), reader.at_the_app(), str(PROJECT)) as terminal:
        terminal.wait_for_text(first)
        terminal.settle(0.5)
        if what == _WITH:
            terminal.press("R")
            terminal.wait_for_text("daily-papers ")
        times, end, steps = Times(), time.monotonic() + least, 0
        while time.monotonic() < end:
            seconds.setdefault((_MOVE, what), []).extend(_walk(terminal))
            terminal.press("/")
            wait_until(terminal, time.monotonic() + _GAP)
            text = _TEXTS[steps % len(_TEXTS)]
            type_text(terminal, text, _GAP, BAR, lambda screen: True, times)
            terminal.press("\x1b")
            wait_until(terminal, time.monotonic() + 3 * _GAP)
            steps += 1
        seconds.setdefault((_ECHO, what), []).extend(times.echoes)
        return what == _WITHOUT or terminal.screen.shows("daily-papers ")


def _told(seconds: Seconds, report: Report) -> None:
    head = ["from a key to its answer", "", "keys", "p50", "p95", "max"]
    rows, ratios = [], []
    for key in (_ECHO, _MOVE):
        for what in (_WITHOUT, _WITH):
            taken = seconds[key, what]
            spread = [milliseconds(percentile(taken, share)) for share in (0.5, 0.95, 1)]
            rows.append([key, what, str(len(taken)), *spread])
        ratio = [
            percentile(seconds[key, _WITH], share) / percentile(seconds[key, _WITHOUT], share)
            for share in (0.5, 0.95)
        ]
        ratios.append([key, *(f"{one:.2f}" for one in ratio), f"{_GOAL}"])
    report.add(table(head, rows))
    report.add(table(["fetching / no fetch", "p50", "p95", "goal"], ratios))


def _measure(folder: Path, papers: int, rounds: int, least: float, report: Report) -> None:
    tell(f"Making a library of {papers:,} papers…")
    reader = reader_with(folder, papers)
    first = title_start(reader.search("--limit", "1")[0])
    seconds: Seconds = {}
    with _service() as base:
        for number in range(rounds):
            tell(f"Round {number + 1} of {rounds}")
            for what in (_WITHOUT, _WITH):
                other = _copied(reader, folder, f"{number}-{what}", base)
                if not _round(other, what, first, least, seconds):
                    tell("The fetch was over before the last key.")
                shutil.rmtree(other.home)
    _told(seconds, report)


def main() -> None:
    """Measure and tell."""
    parser = arguments("bench.fetching", __doc__)
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument(
        "--seconds", type=float, default=12, metavar="S", help="of keys at least, each time"
    )
    options = parser.parse_args()
    report = Report(options.out)
    with temporary_folder() as folder:
        _measure(folder, options.papers, options.rounds, options.seconds, report)
    report.close()


if __name__ == "__main__":
    main()
