"""The section on building the index: papers a CPU second and peak memory, each a process."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bench.peers import FTS5, TANTIVY
from bench.places import python
from bench.process import Run, measured
from bench.report import Report, median, table, tell
from bench.stock import Stock
from bench.work import full_text_table, tantivy_index

OURS = "paperterm"
_GOALS = {10_000: (1800, 0.33), 100_000: (2000, 0.4)}
"""By the number of papers: papers a CPU second, and how many of FTS5's."""


@dataclass
class Builder:
    """Somebody who builds an index in a new folder."""

    name: str
    build: Callable[[Path], Run]
    runs: list[Run] = field(default_factory=list)

    @property
    def cpu(self) -> float:
        """Seconds of CPU, the median of all rounds."""
        return median(run.cpu for run in self.runs)

    @property
    def seconds(self) -> float:
        """Seconds by the clock, the median of all rounds."""
        return median(run.seconds for run in self.runs)

    @property
    def megabytes(self) -> float:
        """The peak of memory, the median of all rounds."""
        return median(run.megabytes for run in self.runs)


def _builders(stock: Stock, peers: Sequence[str]) -> list[Builder]:
    def ours(folder: Path) -> Run:
        """The very process that the app and the import start."""
        catalogue, index = str(stock.library.paths.catalogue), str(folder / "index")
        command = python("paperterm.library.indexing", catalogue, index, "--anew")
        return measured(command, stock.reader.environment)

    works = {FTS5: full_text_table.__name__, TANTIVY: tantivy_index.__name__}
    builders = [Builder(OURS, ours)]
    for name, work in works.items():
        if name in peers:
            builders.append(Builder(name, partial(stock.work, work)))
    return builders


def measure(stock: Stock, rounds: int, peers: Sequence[str]) -> list[Builder]:
    """Let everybody build, in turns."""
    builders = _builders(stock, peers)
    for number in range(rounds):
        tell(f"Building, round {number + 1} of {rounds}")
        for builder in builders:
            with tempfile.TemporaryDirectory(dir=stock.folder) as folder:
                builder.runs.append(builder.build(Path(folder)))
    return builders


def rate_table(builders: Sequence[Builder], papers: int) -> str:
    """A row a builder; the goals stand beside paperterm's."""
    goal_rate, goal_share = _GOALS.get(papers, (None, None))
    theirs = {builder.name: papers / builder.cpu for builder in builders}
    head = [
        "one process each",
        "seconds",
        "CPU s",
        "papers/CPU s",
        "goal",
        "/ FTS5",
        "goal",
        "peak",
    ]
    rows = []
    for builder in builders:
        rate, ours = theirs[builder.name], builder.name == OURS
        share = f"{rate / theirs[FTS5]:.2f}" if FTS5 in theirs else "-"
        rows.append(
            [
                builder.name,
                f"{builder.seconds:.2f}",
                f"{builder.cpu:.2f}",
                f"{rate:,.0f}",
                f"{goal_rate:,}" if ours and goal_rate else "",
                share,
                f"{goal_share}" if ours and goal_share else "",
                f"{builder.megabytes:.0f} MB",
            ]
        )
    return table(head, rows)


def report(stock: Stock, rounds: int, peers: Sequence[str], to: Report) -> list[Builder]:
    """Measure and tell."""
    builders = measure(stock, rounds, peers)
    to.add(rate_table(builders, stock.count))
    return builders
