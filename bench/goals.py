"""What paperterm wants to reach, by the size of the library, and what was reached beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bench.report import table


class Unit(StrEnum):
    """How a figure is written."""

    MILLISECONDS = "ms"
    RATIO = ""
    RATE = "papers/CPU s"
    MEGABYTES = "MB"

    def written(self, value: float) -> str:
        """``12.3 ms``, ``0.21``, ``2,000 papers/CPU s``, ``150 MB``."""
        digits = {Unit.MILLISECONDS: 1, Unit.RATIO: 2}.get(self, 0)
        return f"{value:,.{digits}f} {self.value}".rstrip()


@dataclass(frozen=True, slots=True)
class Goal:
    """One figure; milliseconds are given as such."""

    name: str
    unit: Unit
    limits: dict[int, float]
    """By the number of papers: what it should be at most."""
    at_least: bool = False
    """It should be that at least."""


def _both(small: float, large: float) -> dict[int, float]:
    return {10_000: small, 100_000: large}


KEY = Goal("engine, a key while typing, p95", Unit.MILLISECONDS, _both(3, 15))
FULL_TEXT = Goal("a word letter by letter / FTS5", Unit.RATIO, _both(0.5, 0.15))
TANTIVY = Goal("all classes but phrase / tantivy", Unit.RATIO, _both(2, 2))
RATE = Goal("index built", Unit.RATE, _both(1_800, 2_000), at_least=True)
RATE_SHARE = Goal("index built, rate / FTS5's", Unit.RATIO, _both(0.33, 0.4), at_least=True)
OPENED = Goal("index opened", Unit.MILLISECONDS, _both(5, 5))
UPDATED = Goal("one paper changed: indexed and found", Unit.MILLISECONDS, _both(15, 15))
PAINTED = Goal("key to painted list, p95, seen from outside", Unit.MILLISECONDS, _both(30, 50))
OWN_CLOCK = Goal("key to painted list, p95, own clock", Unit.MILLISECONDS, _both(30, 50))
STALL = Goal("longest stall while indexing goes on", Unit.MILLISECONDS, _both(35, 35))
MEMORY = Goal("memory of the app, all used", Unit.MEGABYTES, _both(150, 300))


class Figures:
    """What one run measured of what has a goal."""

    def __init__(self, papers: int) -> None:
        self._papers = papers
        self._rows: list[list[str]] = []

    def add(self, goal: Goal, value: float | None, how: str = "") -> None:
        """Keep a figure; None when it could not be measured. `how` is told beside its name."""
        limit = goal.limits.get(self._papers)
        wanted, met = "", ""
        if limit is not None:
            wanted = f"{'at least' if goal.at_least else 'at most'} {goal.unit.written(limit)}"
        if limit is not None and value is not None:
            met = "yes" if (value >= limit if goal.at_least else value <= limit) else "NO"
        told = "-" if value is None else goal.unit.written(value)
        name = f"{goal.name}, {how}" if how else goal.name
        self._rows.append([name, told, wanted, met])

    def table(self) -> str:
        """All of them beside their goals; sizes without goals have none."""
        return table([f"{self._papers:,} papers", "measured", "goal", "met"], self._rows)
