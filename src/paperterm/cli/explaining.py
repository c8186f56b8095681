"""An explanation under its paper on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paperterm.cli.output import glyph, painted
from paperterm.cli.table import INDENT, cells
from paperterm.library.door import Library
from paperterm.library.view import Entry
from paperterm.model.laid_out import Row, laid_out
from paperterm.model.query import Query, Sort
from paperterm.model.say_why import Kind, Line, guide, told

_WIDEST = 96
"""Columns of an explanation; longer lines are hard to read."""


def explanation_lines(
    library: Library, query: Query, sort: Sort, columns: int | None, entry: Entry
) -> Iterator[str]:
    """Why `query` finds a paper, in at most `columns`; nothing when that can't be told."""
    explanation = library.explain(query, entry.id)
    if explanation is not None:
        yield from _laid_out(told(explanation, sort), columns)
        yield ""


def guide_lines(columns: int | None) -> Iterator[str]:
    """How to read all of them."""
    yield from _laid_out(guide(), columns)


def _laid_out(lines: Iterable[Line], columns: int | None) -> Iterator[str]:
    width = max(1, min(columns or _WIDEST, _WIDEST) - len(INDENT))
    for row in laid_out(lines, width, cells, glyph("━", "=")):
        yield f"{INDENT}{_painted(row)}".rstrip()


def _painted(row: Row) -> str:
    head = row.kind in (Kind.WORD, Kind.SCORE, Kind.HEADING)
    dim = row.kind in (Kind.NUMBERS, Kind.NOTE)
    text, number = row.text, row.number
    if head or dim:
        text, number = (
            painted(part, bold=head, dim=dim) if part else "" for part in (text, number)
        )
    bar = painted(row.bar, colour="yellow") if row.bar.strip() else row.bar
    return f"{text}{bar}{number}" if row.number else text
