"""The section on the interface while the index is being built: how long a key may wait at worst.

The index is deleted and the app started, which builds it anew in a process of its own. Until that
is done keys are pressed, each shortly after the last one was answered: first the cursor goes up and
down the list, then, in another start, letters come and go in the search bar. The same is done once
the index is there. Any time the interface is blocked makes a key wait.

Whatever the machine does besides makes keys wait, too: so letters are also typed into a bare
Textual input while an index is built beside it.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle

from bench import echo, goals
from bench.goals import Figures
from bench.keys import Condition, press_one, wait_until
from bench.painting import Echoed, chosen
from bench.places import PROJECT, Reader, python, title_start
from bench.report import Report, median, percentile, precise, table, tell
from bench.screen import Screen
from bench.stock import Stock
from bench.terminal import Terminal, TooLate
from bench.typing import BAR, BARE, Spot
from paperterm.library.door import Library
from paperterm.model.parse import parse
from paperterm.model.query import Sort

_GAP = 0.03
"""Seconds between an answer and the next key."""
_STEPS = 12
"""Papers that the cursor goes down before it goes up again; all of them fit on the screen."""
_WORD = "retrieval"
_MOST = 60.0
"""Seconds after which indexing has been watched for long enough."""
_AT_REST = 6.0
"""Seconds for which keys are pressed when nothing is going on."""
_PAUSE = 0.5

Keys = Iterator[tuple[str, Condition]]
Rounds = list[list[float]]
"""Seconds that keys waited, in each round."""


def up_and_down(titles: list[str]) -> Keys:
    """The cursor's keys in the list, from its first paper on, and what each makes the screen show.

    `titles` are those of the first papers.
    """
    down = [("j", _Shows(chosen(title))) for title in titles[1:]]
    up = [("k", _Shows(chosen(title))) for title in titles[-2::-1]]
    return cycle((*down, *up))


def to_and_fro(word: str, spot: Spot) -> Keys:
    """The letters of `word` typed where `spot` is, and taken away again."""
    typed = [(word[at], Echoed(spot, word[: at + 1])) for at in range(len(word))]
    gone = [("\x7f", _Left(spot, word, at)) for at in range(len(word) - 1, -1, -1)]
    return cycle((*typed, *gone))


@dataclass(frozen=True, slots=True)
class _Shows:
    text: str

    def __call__(self, screen: Screen) -> bool:
        return screen.shows(self.text)


@dataclass(frozen=True, slots=True)
class _Left:
    """Of a word, so many letters are left; where there are none, a text may say what to type."""

    spot: Spot
    word: str
    letters: int

    def __call__(self, screen: Screen) -> bool:
        before = self.letters == 0 or self.spot.shows(screen, self.word[: self.letters])
        return before and not self.spot.shows(screen, self.word[: self.letters + 1])


def press_while(terminal: Terminal, keys: Keys, going_on: Callable[[], bool]) -> list[float]:
    """Press key after key as long as something goes on; how long each waited."""
    waits = []
    while going_on():
        key, answer = next(keys)
        waits.append(press_one(terminal, key, answer))
        wait_until(terminal, time.monotonic() + _GAP)
    return waits


def _indexing(screen: Screen) -> bool:
    return " indexing " in screen.lines[0]


def watch_once(reader: Reader, titles: list[str], *, bar: bool) -> tuple[list[float], list[float]]:
    """Delete the index, start the app, press keys until the index is there, and on at rest.

    The seconds that keys waited meanwhile, and afterwards.
    """
    shutil.rmtree(reader.paths.index)
    with Terminal(python("paperterm"), reader.at_the_app(), str(PROJECT)) as terminal:
        terminal.wait_for_text(chosen(titles[0]))
        if bar:
            terminal.press("/")
            wait_until(terminal, time.monotonic() + _PAUSE)
        keys = to_and_fro(_WORD, BAR) if bar else up_and_down(titles)
        seen = False
        end = time.monotonic() + _MOST

        def indexing() -> bool:
            nonlocal seen
            seen = seen or _indexing(terminal.screen)
            return time.monotonic() < end and (_indexing(terminal.screen) or not seen)

        meanwhile = press_while(terminal, keys, indexing)
        if not seen:
            raise TooLate("The app did not say that it builds the index.")
        wait_for_index(terminal)
        end = time.monotonic() + _AT_REST
        return meanwhile, press_while(terminal, keys, lambda: time.monotonic() < end)


def watch_bare(stock: Stock) -> list[float]:
    """Type into a bare input while an index is built beside it, by a process of its own."""
    index = stock.folder / "beside"
    reader = stock.library
    command = python("paperterm.library.indexing", str(reader.paths.catalogue), str(index))
    answers = to_and_fro(_WORD, BARE)
    with Terminal(python("bench.echo"), reader.environment, str(PROJECT)) as terminal:
        terminal.wait_for_text(echo.TEXT)
        terminal.settle(_PAUSE)
        with subprocess.Popen(
            command, env=reader.environment, cwd=PROJECT, stdout=subprocess.DEVNULL
        ) as process:
            end = time.monotonic() + _MOST
            waits = press_while(
                terminal, answers, lambda: process.poll() is None and time.monotonic() < end
            )
    shutil.rmtree(index)
    return waits


def wait_for_index(terminal: Terminal) -> None:
    """Return when the app says no longer that it builds the index."""
    end = time.monotonic() + 20 * _MOST
    while _indexing(terminal.screen):
        if time.monotonic() > end:
            raise TooLate("The index was not built in time.")
        wait_until(terminal, time.monotonic() + _PAUSE)
    wait_until(terminal, time.monotonic() + 2 * _PAUSE)  # the new index is opened


def first_titles(reader: Reader) -> list[str]:
    """The titles of the papers that the app shows first."""
    with Library(reader.paths) as library:
        ids = library.find(parse(""), Sort.DAY).ids[: _STEPS + 1]
        return [title_start({"title": entry.paper.title}) for entry in library.entries(ids)]


def longest(rounds: Rounds) -> float:
    """Of the longest wait of each round, the median: one busy moment of the machine's is not it."""
    return median(max(waits) for waits in rounds)


def report(stock: Stock, rounds: int, to: Report, figures: Figures) -> None:
    """Measure and tell."""
    reader = stock.copy("indexing")
    titles = first_titles(reader)
    bare: Rounds = []
    indexing: dict[str, Rounds] = {"cursor in the list": [], "letters in the bar": []}
    at_rest: dict[str, Rounds] = {name: [] for name in indexing}
    for number in range(rounds):
        tell(f"Indexing under keys, round {number + 1} of {rounds}")
        for bar, name in enumerate(indexing):
            meanwhile, afterwards = watch_once(reader, titles, bar=bool(bar))
            indexing[name].append(meanwhile)
            at_rest[name].append(afterwards)
        bare.append(watch_bare(stock))
    rows = [_row("letters in a bare input, an index built beside it", bare)]
    for name in indexing:
        rows.append(_row(f"{name}, while indexing", indexing[name]))
        rows.append(_row(f"{name}, at rest", at_rest[name]))
    head = ["how long a key waits", "keys", "p50", "p95", "longest, a round", "longest"]
    to.add(table(head, rows))
    figures.add(goals.STALL, 1000 * max(longest(some) for some in indexing.values()))


def _row(name: str, rounds: Rounds) -> list[str]:
    seconds = [wait for waits in rounds for wait in waits]
    spread = [percentile(seconds, 0.5), percentile(seconds, 0.95), longest(rounds), max(seconds)]
    return [name, str(len(seconds)), *map(precise, spread)]
