"""The section on the engines: all of them asked the same, in turns, and what that took."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack

from bench import goals
from bench.goals import Figures
from bench.peers import ENGINE, FTS5, TANTIVY, WHOLE, Engine, Engined, FullText, Whole
from bench.questions import TYPED, Kind, Question, questions
from bench.ratios import Times
from bench.report import Report, median, precise, table, tell
from bench.stock import Stock
from bench.work import papers_in

_EACH = 24
"""Questions of each class; of the classes that are typed, words."""
_HALF, _MOST = 0.5, 0.95


class Asked:
    """All the answers of one run."""

    def __init__(self, asked: Sequence[Question]) -> None:
        self.questions = asked
        self.times = Times()
        self.found: dict[str, dict[Question, int]] = {}

    def of(self, *kinds: Kind) -> list[Question]:
        """The questions of some kinds."""
        return [question for question in self.questions if question.kind in kinds]


def openers(stock: Stock, peers: Sequence[str]) -> list[Callable[[], Engine]]:
    """Functions that open paperterm's engine, its whole path, and the `peers`."""
    paths = stock.library.paths
    made: list[Callable[[], Engine]] = [lambda: Engined(paths), lambda: Whole(paths)]
    if FTS5 in peers:
        full_text = stock.full_text
        made.append(lambda: FullText(full_text))
    if TANTIVY in peers:
        from bench.peer_tantivy import Tantivy

        folder = stock.tantivy
        made.append(lambda: Tantivy(folder))
    return made


def ask_all(stock: Stock, rounds: int, peers: Sequence[str]) -> Asked:
    """Ask everybody everything, `rounds` times."""
    asked = Asked(questions(papers_in(stock.file), _EACH))
    opening = openers(stock, peers)
    for number in range(rounds):
        tell(f"Asking, round {number + 1} of {rounds}")
        with ExitStack() as closing:
            engines = [open_one() for open_one in opening]
            for engine in engines:
                closing.callback(engine.close)
            _round(engines, asked, number)
    return asked


def _round(engines: Sequence[Engine], asked: Asked, number: int) -> None:
    """One round. What was opened has answered nothing yet, so nothing is known by heart."""
    warm_up = Question(Kind.ALL, ("survey", "method"))
    for engine in engines:
        if ask := engine.prepare(warm_up):
            ask()
    gc.collect()
    for place, question in enumerate(asked.questions):
        turn = (place + number) % len(engines)
        for engine in (*engines[turn:], *engines[:turn]):
            if ask := engine.prepare(question):
                begun = time.perf_counter()
                found = ask()
                asked.times.add(engine.name, question, time.perf_counter() - begun)
                asked.found.setdefault(engine.name, {})[question] = found


def class_table(asked: Asked) -> str:
    """A row a class: milliseconds of each engine, and how many of theirs ours took."""
    names = [name for name in asked.times.names() if name != WHOLE]
    peers = [name for name in (FTS5, TANTIVY) if name in names]
    head = ["p50/p95, ms", *names, *(f"/ {peer}" for peer in peers)]
    rows = []
    for kind in Kind:
        some = asked.of(kind)
        spreads = [_spread(asked.times.percentiles(name, some, (_HALF, _MOST))) for name in names]
        ratios = [_ratio(asked.times.ratio(ENGINE, peer, some)) for peer in peers]
        rows.append([str(kind), *spreads, *ratios])
    rows.append(
        [
            "median of all but phrase",
            *[""] * len(names),
            *(_ratio(overall(asked, peer)) for peer in peers),
        ]
    )
    return table(head, rows)


def overall(asked: Asked, peer: str) -> float | None:
    """The median of the classes' ratios, the phrase's left out."""
    ratios = [
        asked.times.ratio(ENGINE, peer, asked.of(kind)) for kind in Kind if kind is not Kind.PHRASE
    ]
    some = [ratio for ratio in ratios if ratio is not None]
    return median(some) if some else None


def found_table(asked: Asked) -> str:
    """How many papers each engine found, so that one sees that all were asked the same."""
    names = [name for name in asked.found if name != WHOLE]
    rows = []
    for kind in Kind:
        some = [asked.found[name] for name in names]
        counts = [[found[one] for one in asked.of(kind) if one in found] for found in some]
        rows.append([str(kind), *(f"{median(each):,.0f}" if each else "-" for each in counts)])
    return table(["papers found, median", *names], rows)


def key_table(asked: Asked) -> str:
    """What a key costs while words are typed letter by letter."""
    keys = asked.of(*TYPED)
    rows = []
    for name in asked.times.names():
        spread = asked.times.percentiles(name, keys, (_HALF, _MOST, 1))
        rows.append([name, *(precise(value) for value in spread or ())])
    return table([f"a key, of {len(keys)}", "p50", "p95", "max"], rows)


def _spread(values: Sequence[float] | None) -> str:
    return "-" if values is None else "/".join(f"{value * 1000:.2f}" for value in values)


def _ratio(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def report(stock: Stock, rounds: int, peers: Sequence[str], to: Report, figures: Figures) -> Asked:
    """Measure and tell."""
    asked = ask_all(stock, rounds, peers)
    to.add(key_table(asked))
    to.add(class_table(asked))
    to.add(found_table(asked))
    slowest = asked.times.percentiles(ENGINE, asked.of(*TYPED), [_MOST])
    figures.add(goals.KEY, 1000 * slowest[0] if slowest else None)
    figures.add(goals.FULL_TEXT, asked.times.ratio(ENGINE, FTS5, asked.of(Kind.BEGINNING)))
    figures.add(goals.TANTIVY, overall(asked, TANTIVY))
    return asked
