"""Numbers made readable: medians, tables, and where they are written to."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median

__all__ = [
    "Report",
    "arguments",
    "median",
    "milliseconds",
    "percentile",
    "precise",
    "table",
    "tell",
]


def percentile(values: Iterable[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def milliseconds(seconds: float) -> str:
    """``412 ms``."""
    return f"{seconds * 1000:,.0f} ms"


def precise(seconds: float) -> str:
    """``0.42 ms``, for what takes only a few."""
    return f"{seconds * 1000:,.2f} ms"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table that lines up as plain text too; the first column to the left."""
    body = [list(head), *(list(row) for row in rows)]
    widths = [max(len(row[place]) for row in body) for place in range(len(head))]
    rule = [
        "-" * width if place == 0 else "-" * (width - 1) + ":" for place, width in enumerate(widths)
    ]
    lines = [
        [
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        for row in (body[0], rule, *body[1:])
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


class Report:
    """Paragraphs, printed as they come and written to a file in the end."""

    def __init__(self, out: Path | None) -> None:
        self._out = out
        self._parts: list[str] = []

    def add(self, part: str) -> None:
        """Print a paragraph and keep it."""
        self._parts.append(part)
        sys.stdout.write(f"{part}\n\n")
        sys.stdout.flush()

    def close(self) -> None:
        """Write the file, if one was asked for."""
        if self._out:
            self._out.write_text("\n\n".join(self._parts) + "\n", "utf-8")


def arguments(program: str, description: str | None) -> argparse.ArgumentParser:
    """A parser with what every benchmark takes."""
    parser = argparse.ArgumentParser(prog=f"python -m {program}", description=description)
    parser.add_argument("--papers", type=int, default=10_000, metavar="N", help="library size")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the results as Markdown")
    return parser


def tell(text: str) -> None:
    """What is going on, for whoever waits."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
