"""The section on an index that is there: how soon it is open, and how soon it knows a change."""

from __future__ import annotations

import io
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from bench.goals import OPENED, UPDATED, Figures
from bench.peers import ENGINE, FTS5, TANTIVY, Engine, FullText, Index
from bench.questions import Kind, Question
from bench.report import Report, median, percentile, precise, table, tell
from bench.stock import Stock
from bench.work import papers_in
from paperterm.library.door import Library
from paperterm.library.outcome import Outcome
from paperterm.library.paths import Paths
from paperterm.model.record import Context

_OPENED = 15
"""How often each is opened a round."""
_CHANGED = 6
"""Papers that are changed, one by one; after more, a new index would be built at last."""
_FIRST = Question(Kind.FREQUENT, ("retrieval",))

Seconds = dict[str, list[float]]


def _opening(stock: Stock, peers: Sequence[str]) -> dict[str, Callable[[], Engine]]:
    index = stock.library.paths.index
    opening: dict[str, Callable[[], Engine]] = {ENGINE: lambda: Index(index)}
    if FTS5 in peers:
        opening[FTS5] = lambda: FullText(stock.full_text)
    if TANTIVY in peers:
        from bench.peer_tantivy import Tantivy

        opening[TANTIVY] = lambda: Tantivy(stock.tantivy)
    return opening


def open_all(stock: Stock, rounds: int, peers: Sequence[str]) -> tuple[Seconds, Seconds]:
    """Seconds until each is open, and until it has answered a first question."""
    opening = _opening(stock, peers)
    opened: Seconds = {name: [] for name in opening}
    answered: Seconds = {name: [] for name in opening}
    for open_one in opening.values():
        open_one().close()  # fills the system's caches
    for _ in range(rounds * _OPENED):
        for name, open_one in opening.items():
            begun = time.perf_counter()
            engine = open_one()
            opened[name].append(time.perf_counter() - begun)
            ask = engine.prepare(_FIRST)
            assert ask is not None
            ask()
            answered[name].append(time.perf_counter() - begun)
            engine.close()
    return opened, answered


def _changes(stock: Stock) -> Iterator[tuple[int, dict[str, Any], Question]]:
    """Papers with their numbers and a new word in the title, and a question for that word."""
    for number, paper in enumerate(islice(papers_in(stock.file), _CHANGED), 1):
        word = f"zyx{'qwvjkh'[number % 6]}word"
        changed = paper | {"title": f"{paper['title']} {word}"}
        yield number, changed, Question(Kind.RARE, (word,))


def change_ours(stock: Stock) -> list[float]:
    """Seconds from a paper changed in the catalogue to its being found in the index."""
    paths = stock.copy("changing").paths
    seconds = []
    with Library(paths) as library:
        for _, paper, question in _changes(stock):
            line = json.dumps(paper).encode()
            library.read(io.BytesIO(line), Context("changed"), "jsonl")
            begun = time.perf_counter()
            outcome = library.bring_up_index()
            _expect_one(_asked_once(paths, question))
            if outcome is Outcome.UPDATED:  # and not a new index for want of a better
                seconds.append(time.perf_counter() - begun)
    return seconds


def _asked_once(paths: Paths, question: Question) -> int:
    index = Index(paths.index)
    found = index.prepare(question)()
    index.close()
    return found


def _expect_one(found: int) -> None:
    if found != 1:
        raise RuntimeError(f"a changed paper was found {found} times")


def change_theirs(stock: Stock, peers: Sequence[str]) -> Seconds:
    """The same with the peers; they are changed for good, so this comes last."""
    seconds: Seconds = {}
    if FTS5 in peers:
        full_text = FullText(stock.full_text)
        for number, paper, question in _changes(stock):
            begun = time.perf_counter()
            full_text.replace(number, paper["title"])
            _found(full_text, question)
            seconds.setdefault(FTS5, []).append(time.perf_counter() - begun)
        full_text.close()
    if TANTIVY in peers:
        from bench.peer_tantivy import Tantivy

        tantivy = Tantivy(stock.tantivy)
        for number, paper, question in _changes(stock):
            begun = time.perf_counter()
            tantivy.replace(number, paper)
            _found(tantivy, question)
            seconds.setdefault(TANTIVY, []).append(time.perf_counter() - begun)
    return seconds


def _found(engine: Engine, question: Question) -> None:
    ask = engine.prepare(question)
    assert ask is not None
    _expect_one(ask())


def sync_one(folder: Path) -> float:
    """Seconds until a small new file is on the disk, which is what every change waits for."""
    file = folder / "synced"
    begun = time.perf_counter()
    with file.open("wb") as stream:
        stream.write(b"x")
        stream.flush()
        os.fsync(stream.fileno())
    taken = time.perf_counter() - begun
    file.unlink()
    return taken


def report(stock: Stock, rounds: int, peers: Sequence[str], to: Report, figures: Figures) -> None:
    """Measure and tell."""
    tell("Opening indexes…")
    opened, answered = open_all(stock, rounds, peers)
    tell("Changing papers…")
    changed = {ENGINE: change_ours(stock)} | change_theirs(stock, peers)
    rows = [
        [
            name,
            precise(median(opened[name])),
            precise(percentile(opened[name], 0.95)),
            precise(median(answered[name])),
            precise(median(changed[name])) if changed[name] else "-",
            precise(min(changed[name])) if changed[name] else "-",
        ]
        for name in opened
    ]
    head = ["", "opened", "p95", "first answer", "one paper changed and found", "best"]
    to.add(table(head, rows))
    synced = median(sync_one(stock.folder) for _ in range(_OPENED))
    to.add(f"On this disk a small file is safe after {precise(synced)}.")
    figures.add(OPENED, 1000 * median(opened[ENGINE]))
    ours = changed[ENGINE]
    figures.add(UPDATED, 1000 * median(ours) if ours else None)
