"""How long marks take: `python -m bench.marks`.

In the app with a large library: from the key that bookmarks the paper under the cursor to its star
on the screen; and from the yes that bookmarks every paper of a year, a tenth of the library, to
the sentence that says it is done, which stands there when all of it is on the disk. Meanwhile the
cursor's keys are pressed: what they wait is what the interface was held up.

Beside it, the rows that one such bookmark leaves behind are written by sqlite3's `executemany`,
in one transaction, into an empty file of the same make.
"""

from __future__ import annotations

import re
import sqlite3
import time
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from bench.keys import press_one, wait_until
from bench.places import PROJECT, Reader, python, reader_with, temporary_folder
from bench.report import Report, arguments, median, milliseconds, percentile, table, tell
from bench.screen import Screen
from bench.terminal import Terminal, TooLate

_SINGLE = 60
"""Bookmarks set or taken away one by one, in each round."""
_GAP = 0.1
"""Seconds between an answer and the next key."""
_STEP = 0.05
"""Seconds between the cursor's keys while many papers are marked."""
_PAUSE = 0.5
_MOST = 120.0
"""Seconds after which the bookmark of many is given up."""
_YEAR = "date:2024"


@dataclass
class Times:
    """Seconds that were waited."""

    single: list[float] = field(default_factory=list)
    bulk: list[float] = field(default_factory=list)
    undo: list[float] = field(default_factory=list)
    keys: list[float] = field(default_factory=list)
    """Of the cursor, while many papers were marked or that was taken back."""
    plain: list[float] = field(default_factory=list)
    papers: int = 0
    """How many that was."""


def starred(screen: Screen) -> bool:
    """Whether the paper under the cursor has its star."""
    return screen.shows("▌●★") or screen.shows("▌ ★")


def unstarred(screen: Screen) -> bool:
    """Whether it has none."""
    return not starred(screen)


def cursor_line(screen: Screen) -> int:
    """The line in which the list has its cursor; -1 where there is none to be seen."""
    lines = (at for at, line in enumerate(screen.lines) if re.search(r"││[▌◆]", line))
    return next(lines, -1)


def mark_one_by_one(terminal: Terminal, times: Times) -> None:
    """Set a bookmark and take it away, again and again."""
    for _, answer in zip(range(_SINGLE), cycle((starred, unstarred)), strict=False):
        times.single.append(press_one(terminal, "b", answer))
        wait_until(terminal, time.monotonic() + _GAP)


def until_told(terminal: Terminal, key: str, text: str, waits: list[float]) -> float:
    """Press `key` and then the cursor's keys until `text` is told; the seconds that took."""
    begun, told = terminal.press(key), list[float]()

    def look(seen: float) -> bool:
        if not told and terminal.screen.shows(text):
            told.append(seen)
        return bool(told)

    for step in cycle("jjjkkk"):
        if time.monotonic() - begun > _MOST:
            raise TooLate(f"{text!r} was never told.")
        if terminal.watch(look, time.monotonic() + _STEP):
            break
        before, moved = cursor_line(terminal.screen), list[float]()
        pressed = terminal.press(step)

        def answered(seen: float) -> bool:
            look(seen)
            if cursor_line(terminal.screen) not in (before, -1):  # noqa: B023
                moved.append(seen)  # noqa: B023
            return bool(moved)  # noqa: B023

        if terminal.watch(answered, time.monotonic() + _MOST):
            waits.append(moved[0] - pressed)
    return told[0] - begun


def mark_many(terminal: Terminal, times: Times, papers: int) -> None:
    """Bookmark all papers of a year, and take that back."""
    terminal.press(f"/{_YEAR}")
    terminal.wait_for_text(f" of {papers:,} ")
    terminal.press("\r")
    terminal.settle(_PAUSE)
    terminal.press("X")
    terminal.wait_for_text(" selected")
    terminal.press("jjb")
    terminal.wait_for_text("y/n")
    found = re.search(r"Bookmark ([\d,]+) papers", "\n".join(terminal.screen.lines))
    if not found:
        raise TooLate("The app did not ask about the papers of a year.")
    times.papers = int(found[1].replace(",", ""))
    times.bulk.append(until_told(terminal, "y", "★ Bookmarked · ", times.keys))
    wait_until(terminal, time.monotonic() + _PAUSE)
    times.undo.append(until_told(terminal, "u", "Took back: bookmark", times.keys))
    terminal.press("\x1b")
    wait_until(terminal, time.monotonic() + _PAUSE)
    terminal.press("\x1b")
    terminal.settle(_PAUSE)


Rows = list[tuple[object, ...]]


def rows_of(marks: Path) -> tuple[Rows, Rows, Rows]:
    """What the newest bookmark of many has left behind: states, subjects, its journal entry."""
    with sqlite3.connect(f"file:{marks}?mode=ro", uri=True) as connection:
        states = connection.execute("SELECT key, bookmarked, read FROM state").fetchall()
        subjects = connection.execute("SELECT key, paper FROM subject").fetchall()
        largest = "SELECT entry FROM op GROUP BY entry ORDER BY count(*) DESC LIMIT 1"
        entry = f"SELECT key, field, value, former FROM op WHERE entry = ({largest})"
        ops = connection.execute(entry).fetchall()
    connection.close()
    return states, subjects, ops


def write_plainly(file: Path, rows: tuple[Rows, Rows, Rows]) -> float:
    """Write the same rows with `executemany`; the seconds until they are on the disk."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE state (key TEXT PRIMARY KEY, bookmarked, read) WITHOUT ROWID")
    connection.execute("CREATE TABLE subject (key TEXT PRIMARY KEY, paper TEXT) WITHOUT ROWID")
    connection.execute("CREATE TABLE op (id INTEGER PRIMARY KEY, key, field, value, former)")
    states, subjects, ops = rows
    begun = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO state VALUES (?, ?, ?)", states)
    connection.executemany("INSERT INTO subject VALUES (?, ?)", subjects)
    connection.executemany("INSERT INTO op (key, field, value, former) VALUES (?, ?, ?, ?)", ops)
    connection.execute("COMMIT")
    seconds = time.perf_counter() - begun
    connection.close()
    return seconds


def _round(reader: Reader, papers: int, times: Times, number: int) -> None:
    with Terminal(python("paperterm"), reader.at_the_app(), str(PROJECT)) as terminal:
        terminal.wait_for_text(f"{papers:,} papers")
        terminal.settle(2 * _PAUSE)
        mark_one_by_one(terminal, times)
        mark_many(terminal, times, papers)
    rows = rows_of(reader.paths.marks)
    times.plain.append(write_plainly(reader.home / f"plain-{number}.db", rows))


def _tell(times: Times, report: Report) -> None:
    head = ["in the app", "times", "p50", "p95", "max"]
    named = (
        ("one bookmark, from the key to its star", times.single),
        (f"{times.papers:,} bookmarks, from the yes until it is told", times.bulk),
        ("the same taken back, by one key", times.undo),
        ("the cursor's keys meanwhile", times.keys),
    )
    report.add(table(head, [[name, str(len(some)), *_spread(some)] for name, some in named]))
    plain = median(times.plain)
    rows = [
        ["sqlite3 executemany of the same rows", milliseconds(plain), "1.0"],
        ["bookmarks, the first time", milliseconds(times.bulk[0]), _ratio(times.bulk[0], plain)],
    ]
    if len(times.bulk) > 1:
        later = median(times.bulk[1:])
        rows.append(["bookmarks, later", milliseconds(later), _ratio(later, plain)])
    rows.append(["taken back", milliseconds(median(times.undo)), _ratio(median(times.undo), plain)])
    report.add(table([f"{times.papers:,} papers", "median", "ratio"], rows))


def _spread(values: list[float]) -> list[str]:
    return [milliseconds(percentile(values, share)) for share in (0.5, 0.95, 1)]


def _ratio(one: float, other: float) -> str:
    return f"{one / other:.1f}"


def main() -> None:
    """Measure and tell."""
    parser = arguments("bench.marks", __doc__)
    parser.set_defaults(papers=100_000)
    parser.add_argument("--rounds", type=int, default=4, metavar="N")
    options = parser.parse_args()
    report, times = Report(options.out), Times()
    with temporary_folder() as folder:
        tell(f"Making a library of {options.papers:,} papers…")
        reader = reader_with(folder, options.papers)
        for number in range(options.rounds):
            tell(f"Round {number + 1} of {options.rounds}")
            _round(reader, options.papers, times, number)
    _tell(times, report)
    report.close()


if __name__ == "__main__":
    main()
