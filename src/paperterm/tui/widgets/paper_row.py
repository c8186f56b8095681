"""How the line of facts under a title is laid out in the list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len

from paperterm.tui.cards import Card, Spans, counted
from paperterm.tui.drawing import LATER
from paperterm.tui.typeset import cut, padded

_DATE = 11
"""Cells of the longest date."""


class Facts(NamedTuple):
    """Two texts that fill a line together."""

    columns: str
    hits: Spans
    """Where a search hit the columns."""
    tags: str

    def coloured(self, card: Card) -> Iterator[tuple[str, str]]:
        """The tags one by one, each with the name of its colour; what was cut off is left out."""
        place = 0
        for tag, colour in zip(card.tags, card.colours, strict=True):
            end = place + len(tag) + 2
            if part := self.tags[place:end]:
                yield part, colour
            place = end


def facts(card: Card, room: int) -> Facts:
    """Columns at the left as far as they fit, the reader's own tags at the right before all."""
    until = [f"{LATER} {card.later}"] if card.later else []
    tags = " ".join([*until, *(f"#{tag}" for tag in card.tags)])
    wide = room >= 58
    byline = 18 if wide else 15
    who = _fitted(card.byline, byline)
    columns = f"{padded(who, byline)} {card.date:>{_DATE}}"
    if tags and cell_len(columns) + 2 + cell_len(tags) > room:
        who = _fitted(card.byline, 10)
        columns = f"{padded(who, 10)} {card.date[-4:]}"
    if card.comments:
        told = counted(card.comments, "comment") if wide else f"{card.comments:,} comm."
        if cell_len(columns) + 2 + len(told) + (2 + cell_len(tags) if tags else 0) <= room:
            columns += f"  {told}"
    columns = cut(columns, room)
    tags = cut(tags, room - cell_len(columns) - 2)
    gap = room - cell_len(columns) - cell_len(tags)
    kept = len(who) if who == card.byline else who.find("…")
    hits = tuple((start, min(end, kept)) for start, end in card.byline_hits)
    return Facts(columns + " " * gap, hits, tags)


def _fitted(byline: str, width: int) -> str:
    """``van der We… +2``: a long name gives way, the number of authors does not."""
    if cell_len(byline) <= width:
        return byline
    name, plus, more = byline.rpartition(" +")
    return cut(name, width - cell_len(plus + more)) + plus + more if plus else cut(byline, width)
