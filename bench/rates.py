"""The section on building the index: papers a CPU second and peak memory, each a process."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bench import goals
from bench.goals import Figures
from bench.peers import FTS5, TANTIVY
from bench.places import python
from bench.process import Run, measured
from bench.report import Report, median, table, tell
from bench.stock import Stock
from bench.work import full_text_table, tantivy_index

OURS = "paperterm"


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
    """A row a builder."""
    rows = [
        [
            builder.name,
            f"{builder.seconds:.2f}",
            f"{builder.cpu:.2f}",
            f"{papers / builder.cpu:,.0f}",
            f"{builder.megabytes:,.0f} MB",
        ]
        for builder in builders
    ]
    return table(["index built in a process", "s", "CPU s", "papers/CPU s", "peak memory"], rows)


def import_table(run: Run, papers: int) -> str:
    """What taking the papers in took, the index included."""
    row = [
        f"`paperterm import` of {papers:,}",
        f"{run.seconds:.1f}",
        f"{run.cpu:.1f}",
        f"{papers / run.cpu:,.0f}",
        f"{run.megabytes:,.0f} MB",
    ]
    return table(["index included, once", "s", "CPU s", "papers/CPU s", "peak memory"], [row])


def report(
    stock: Stock, rounds: int, peers: Sequence[str], to: Report, figures: Figures
) -> list[Builder]:
    """Measure and tell."""
    builders = measure(stock, rounds, peers)
    to.add(rate_table(builders, stock.count))
    assert stock.taken_in is not None
    to.add(import_table(stock.taken_in, stock.count))
    cpu = {builder.name: builder.cpu for builder in builders}
    figures.add(goals.RATE, stock.count / cpu[OURS])
    figures.add(goals.RATE_SHARE, cpu[FTS5] / cpu[OURS] if FTS5 in cpu else None)
    return builders
