"""Whether keys are answered as quickly while papers arrive: `python -m bench.fetching`.

A service on loopback drips five hundred papers a day into the app. Meanwhile keys are pressed,
each shortly after the last one was answered: the cursor goes up and down the list, then, in
another start, letters come and go in the search bar. The same is done with nothing to fetch.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.keys import wait_until
from bench.painting import chosen
from bench.places import PROJECT, Reader, python, reader_with, temporary_folder
from bench.report import Report, arguments, percentile, precise, table, tell
from bench.screen import Screen
from bench.stalls import Rounds, first_titles, longest, press_while, to_and_fro, up_and_down
from bench.terminal import Terminal, TooLate
from bench.typing import BAR

_WORD = "retrieval"
_SECONDS = 10.0
"""For how long keys are pressed."""
_PATIENCE = 30.0
_PAUSE = 0.5
_CONFIG = 'fetch = "asked"\n'
_NAMES = ("cursor in the list", "letters in the bar")


@contextmanager
def service() -> Iterator[str]:
    """The address of a service that drips."""
    command = python("bench.slow_service")
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.terminate()


def _fetching(screen: Screen) -> bool:
    return "daily-papers" in screen.lines[0]


def watch(reader: Reader, titles: list[str], *, bar: bool, fetch: bool) -> list[float]:
    """Start the app, let it fetch or not, press keys; the seconds that they waited."""
    with Terminal(python("paperterm"), reader.environment, str(PROJECT)) as terminal:
        terminal.wait_for_text(chosen(titles[0]))
        wait_until(terminal, time.monotonic() + 4 * _PAUSE)
        if fetch:
            terminal.press("R")
            _wait_for(terminal, _fetching)
        if bar:
            terminal.press("/")
            wait_until(terminal, time.monotonic() + _PAUSE)
        keys = to_and_fro(_WORD, BAR) if bar else up_and_down(titles)
        end = time.monotonic() + _SECONDS
        waits = press_while(terminal, keys, lambda: time.monotonic() < end)
        if fetch and not _fetching(terminal.screen):
            raise TooLate("The fetch was over before the keys were.")
        return waits


def _wait_for(terminal: Terminal, there: Callable[[Screen], bool]) -> None:
    end = time.monotonic() + _PATIENCE
    while not there(terminal.screen):
        if time.monotonic() > end:
            raise TooLate("The app did not say that it fetches.")
        wait_until(terminal, time.monotonic() + 0.1)


def _measure(folder: Path, count: int, rounds: int) -> dict[tuple[str, bool], Rounds]:
    found: dict[tuple[str, bool], Rounds] = {
        (name, fetch): [] for name in _NAMES for fetch in (False, True)
    }
    for number in range(rounds):
        tell(f"Round {number + 1} of {rounds}")
        place = folder / f"round-{number}"
        place.mkdir()
        reader = reader_with(place, count)
        reader.paths.config.mkdir(parents=True, exist_ok=True)
        (reader.paths.config / "config.toml").write_text(_CONFIG, "utf-8")
        titles = first_titles(reader)
        for bar, name in enumerate(_NAMES):
            for fetch in (False, True):
                with service() as address:
                    reader.environment["HF_ENDPOINT"] = address
                    waits = watch(reader, titles, bar=bool(bar), fetch=fetch)
                found[name, fetch].append(waits)
                titles = first_titles(reader)
    return found


def main() -> None:
    """Measure and tell."""
    parser = arguments("bench.fetching", __doc__)
    parser.set_defaults(papers=10_000)
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    options = parser.parse_args()
    report = Report(options.out)
    with temporary_folder() as folder:
        found = _measure(folder, options.papers, options.rounds)
    rows, ratios = [], []
    for name in _NAMES:
        spread = {}
        for fetch in (False, True):
            waits = [wait for some in found[name, fetch] for wait in some]
            spread[fetch] = [percentile(waits, 0.5), percentile(waits, 0.95)]
            times = [*spread[fetch], longest(found[name, fetch]), max(waits)]
            what = "papers arriving" if fetch else "nothing to fetch"
            rows.append([f"{name}, {what}", str(len(waits)), *map(precise, times)])
        both = zip(spread[True], spread[False], strict=True)
        ratios.append([name, *(f"{with_:.2f}" for with_ in (a / b for a, b in both))])
    report.add(
        table(["how long a key waits", "keys", "p50", "p95", "longest, a round", "longest"], rows)
    )
    report.add(table(["papers arriving / nothing to fetch", "p50", "p95"], ratios))
    report.close()


if __name__ == "__main__":
    main()
