"""A list of papers on the command line: a line each, and what stands under it; never too wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from paperterm.cli.output import glyph, painted
from paperterm.library.view import Entry
from paperterm.model.text import shown

_SAMPLE = 500
"""Rows that the widths of the columns are taken from; a longer list is not held back for them."""
_NARROW = 40
"""Columns below which a title needs the room that the date would take."""
_GAP = "  "
INDENT = "    "
"""Before what stands under a paper's line."""


@dataclass(frozen=True, slots=True)
class _Row:
    star: bool
    name: str
    date: str
    title: str
    tags: str


def script_line(entry: Entry) -> str:
    """One paper for other programs: id, published, title; kept apart by tabs."""
    published = entry.paper.published.isoformat() if entry.paper.published else ""
    return "\t".join((shown(entry.paper.key), published, shown(entry.paper.title)))


def rows(
    entries: Iterable[Entry], width: int, below: Callable[[Entry], Iterable[str]] = lambda entry: ()
) -> Iterator[str]:
    """The papers for a person: star, id, date, title, tags, in at most `width` columns.

    `below` gives the lines that stand under the one of a paper.
    """
    each = ((entry, _row(entry)) for entry in entries)
    first = list(islice(each, _SAMPLE))
    name_width = max((cells(row.name) for _, row in first), default=0)
    tags_width = min(max((cells(row.tags) for _, row in first), default=0), width // 4)
    for entry, row in chain(first, each):
        yield _line(row, width, name_width, tags_width)
        yield from below(entry)


def snippet_line(text: str, spans: Sequence[tuple[int, int]], width: int) -> str:
    """A piece of a paper's text under its title: dim, but for the hits in it."""
    text = fit(text, width - len(INDENT)).rstrip().replace("…", glyph("…", "~"))
    parts, place = [INDENT], 0
    for start, end in spans:
        parts += [painted(text[place:start], dim=True), painted(text[start:end], bold=True)]
        place = end
    return "".join([*parts, painted(text[place:], dim=True)])


def _row(entry: Entry) -> _Row:
    paper = entry.paper
    return _Row(
        star=entry.marks.bookmarked,
        name=shown(paper.arxiv_id or paper.key),
        date=paper.published.isoformat() if paper.published else "",
        title=shown(paper.title),
        tags=" ".join(f"#{shown(tag)}" for tag in entry.marks.tags),
    )


def _line(row: _Row, width: int, name_width: int, tags_width: int) -> str:
    name = fit(row.name, max(name_width, cells(row.name)))
    star = glyph("★", "*") if row.star else " "
    used = 2 + cells(name)
    dated = width >= _NARROW
    room = width - used - len(_GAP) - (10 + len(_GAP) if dated else 0)
    tagged = tags_width > 0 and room - tags_width - len(_GAP) >= _NARROW // 2
    title = fit(row.title, room - (tags_width + len(_GAP) if tagged else 0))
    if room < 1:
        return fit(f"{star} {row.name}", width).rstrip()
    starred = painted(star, colour="yellow") if row.star else star
    parts = [f"{starred} {painted(name, dim=True)}"]
    parts += [painted(fit(row.date, 10), dim=True)] if dated else []
    parts += [title]
    parts += [painted(fit(row.tags, tags_width), colour="cyan")] if tagged else []
    return _GAP.join(parts).rstrip()


def cells(text: str) -> int:
    """Columns that `text` takes on a terminal."""
    return len(text) if text.isascii() else sum(map(_cells_of, text))


def _cells_of(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fit(text: str, width: int) -> str:
    """`text` in exactly `width` columns: filled up with blanks, or cut with an ellipsis."""
    missing = width - cells(text)
    if missing >= 0:
        return text + " " * missing
    ending = glyph("…", "...")[: max(width, 0)]
    left = max(width - len(ending), 0)
    kept: list[str] = []
    for character in text:
        left -= _cells_of(character)
        if left < 0:
            break
        kept.append(character)
    cut = "".join(kept) + ending
    return cut + " " * (width - cells(cut))
