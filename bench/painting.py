"""The section on typing in the app: from a key to the list that answers it, painted.

The clock outside stops when the terminal has got the number of papers found and the first of them,
chosen, at the head of the list. A list that answers a later key answers the earlier ones, too.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from dataclasses import replace as changed
from pathlib import Path

from bench import echo, goals
from bench.goals import Figures
from bench.keys import Condition, press_in_rhythm, wait_until
from bench.places import PROJECT, Reader, python, title_start
from bench.report import Report, percentile, precise, table, tell
from bench.screen import Screen
from bench.stock import Stock
from bench.terminal import Terminal
from bench.timings import VARIABLE, read_timings
from bench.typing import BARE, Spot
from bench.words import tail_word
from paperterm.library.door import Library
from paperterm.model.parse import parse
from paperterm.model.query import Sort

_RHYTHMS = {"150 ms apart": 0.15, "60 ms apart": 0.06}
_WARM_UP = "seg"
_TEXTS = (
    "retrieval",
    "diffusion policy",
    "sparse attention",
    "graph neural",
    "multi-agent",
    f"quantum {tail_word(3)}",
    "bayesian kernel",
    "segmentation",
)
_LOADED = 2.0
"""Seconds after the first list in which everything is loaded that a search needs."""
_PAUSE = 0.4


@dataclass(frozen=True, slots=True)
class Listed:
    """The answer to a text: so many papers, and this one first in the list, and chosen."""

    found: int
    papers: int
    title: str

    def __call__(self, screen: Screen) -> bool:
        """Whether the screen shows it."""
        counted = re.search(rf"(?<![\d,]){self.found:,} of {self.papers:,} ", screen.lines[0])
        return bool(counted) and screen.shows(chosen(self.title))


def chosen(title: str) -> str:
    """How the list shows the paper that the cursor is on."""
    return f"▌●  {title}"


@dataclass(frozen=True, slots=True)
class Echoed:
    """The answer to a text in a bare input: the text."""

    spot: Spot
    text: str

    def __call__(self, screen: Screen) -> bool:
        """Whether the screen shows it."""
        return self.spot.shows(screen, self.text)


@dataclass
class Seen:
    """Seconds until keys were answered."""

    outside: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)


def beginnings(text: str) -> Iterator[str]:
    """What stands in the bar after each key."""
    return (text[:length] for length in range(1, len(text) + 1))


def _answers(library: Library, papers: int, text: str) -> list[Condition]:
    answers: list[Condition] = []
    for typed in beginnings(text):
        query = parse(typed)
        view = library.find(changed(query, sort=Sort.RELEVANCE))
        entries = library.entries(view.ids[:1])
        if not entries:
            raise ValueError(f"no paper has {typed!r}; take a larger library")
        title = title_start({"title": entries[0].paper.title})
        answers.append(Listed(len(view.ids), papers, title))
    return answers


def _first_title(library: Library) -> str:
    """Of the paper that the app shows first."""
    view = library.find(parse(""), Sort.DAY)
    return title_start({"title": library.entries(view.ids[:1])[0].paper.title})


def type_in_bar(
    reader: Reader,
    first: str,
    gap: float,
    texts: Sequence[tuple[str, Sequence[Condition]]],
    timings: Path,
) -> Seen:
    """Type texts into paperterm's search bar, one after the other, in a rhythm."""
    seen = Seen()
    environment = reader.at_the_app() | {VARIABLE: str(timings)}
    with Terminal(python("paperterm"), environment, str(PROJECT)) as terminal:
        terminal.wait_for_text(chosen(first))
        terminal.settle(_PAUSE)
        wait_until(terminal, time.monotonic() + _LOADED)
        for place, (text, answers) in enumerate(texts):
            terminal.press("/")
            wait_until(terminal, time.monotonic() + _PAUSE)
            took = press_in_rhythm(terminal, text, gap, answers)
            if place:  # the first one warms up
                seen.outside += took
            terminal.settle(_PAUSE)
            terminal.press("\x1b")
            terminal.wait_for_text(chosen(first))
            terminal.settle(_PAUSE)
    known = {typed for text, _ in texts[1:] for typed in beginnings(text)}
    seen.own += [one.seconds for one in read_timings(timings) if one.text in known]
    return seen


def type_in_bare(reader: Reader, gap: float) -> list[float]:
    """Type the same into a bare Textual input; seconds to the echo."""
    seconds = []
    with Terminal(python("bench.echo"), reader.environment, str(PROJECT)) as terminal:
        terminal.wait_for_text(echo.TEXT)
        terminal.settle(_PAUSE)
        for place, text in enumerate((_WARM_UP, *_TEXTS)):
            answers = [Echoed(BARE, typed.rstrip()) for typed in beginnings(text)]
            took = press_in_rhythm(terminal, text, gap, answers)
            seconds += took if place else []
            terminal.press("\x15")
            terminal.settle(_PAUSE)
    return seconds


def measure(stock: Stock, rounds: int) -> tuple[dict[str, Seen], dict[str, list[float]]]:
    """Type everything in every rhythm, `rounds` times: in paperterm, and in the bare input."""
    with Library(stock.library.paths) as library:
        first = _first_title(library)
        texts = [(text, _answers(library, stock.count, text)) for text in (_WARM_UP, *_TEXTS)]
    bare: dict[str, list[float]] = {rhythm: [] for rhythm in _RHYTHMS}
    seen = {rhythm: Seen() for rhythm in _RHYTHMS}
    for number in range(rounds):
        tell(f"Typing, round {number + 1} of {rounds}")
        for rhythm, gap in _RHYTHMS.items():
            timings = stock.folder / f"timings-{number}-{gap}"
            bare[rhythm] += type_in_bare(stock.library, gap)
            took = type_in_bar(stock.library, first, gap, texts, timings)
            seen[rhythm].outside += took.outside
            seen[rhythm].own += took.own
    return seen, bare


def _row(name: str, rhythm: str, seconds: Sequence[float]) -> list[str]:
    if not seconds:
        return [name, rhythm, "0", "-", "-", "-"]
    spread = [precise(percentile(seconds, share)) for share in (0.5, 0.95, 1)]
    return [name, rhythm, str(len(seconds)), *spread]


def report(stock: Stock, rounds: int, to: Report, figures: Figures) -> dict[str, list[float]]:
    """Measure and tell; the seconds that may be plotted, by what they are."""
    seen, bare = measure(stock, rounds)
    rows = []
    for rhythm in _RHYTHMS:
        rows.append(_row("bare Textual input: key to echo", rhythm, bare[rhythm]))
        rows.append(_row("key to painted list, from outside", rhythm, seen[rhythm].outside))
        rows.append(_row("key to painted list, own clock", rhythm, seen[rhythm].own))
    to.add(table(["typing in the app", "keys", "answered", "p50", "p95", "max"], rows))
    for rhythm in _RHYTHMS:
        figures.add(goals.PAINTED, _p95(seen[rhythm].outside), rhythm)
        figures.add(goals.OWN_CLOCK, _p95(seen[rhythm].own), rhythm)
    echoes = [one for some in bare.values() for one in some]
    lists = [one for some in seen.values() for one in some.outside]
    return {"bare Textual input: echo": echoes, "paperterm: painted list": lists}


def _p95(seconds: Sequence[float]) -> float | None:
    return 1000 * percentile(seconds, 0.95) if seconds else None
