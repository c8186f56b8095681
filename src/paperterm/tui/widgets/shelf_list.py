"""The shelves pane: Inbox, All, Bookmarks, days and tags, with their counts."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from paperterm.library.view import Shelves
from paperterm.model.query import Everything, Is, Listed, Node, State, Tag
from paperterm.model.text import shown
from paperterm.tui.cards import date_text
from paperterm.tui.typeset import cut
from paperterm.tui.widgets.lines import LineList
from paperterm.tui.widgets.rows import Heading


@dataclass(frozen=True, slots=True)
class Shelf:
    """A named view: what it is called, what it holds, how many."""

    name: str
    root: Node
    count: int
    title: str = ""
    """What the list is called while it shows this shelf, where that is not its name."""
    indent: int = 0
    icon: str = " "

    def is_same(self, other: Shelf) -> bool:
        """Whether both are the one shelf, whatever their counts."""
        return self.root == other.root


def shelves_of(shelves: Shelves) -> list[Shelf]:
    """The shelves in their order."""
    fixed = [
        Shelf("Inbox", Is(State.INBOX), shelves.inbox, icon="●"),
        Shelf("All", Everything(), shelves.all, "All papers"),
        Shelf("Bookmarks", Is(State.BOOKMARKED), shelves.bookmarks, icon="★"),
    ]
    states = (
        Shelf("Later", Is(State.LATER), shelves.later, icon="◦"),
        Shelf("Archived", Is(State.ARCHIVED), shelves.archived, icon="▪"),
        Shelf("Removed", Is(State.REMOVED), shelves.removed, icon="×"),
    )
    put_by = [shelf for shelf in states if shelf.count]
    days = [Shelf(date_text(day), Listed(day, day), count) for day, count in shelves.days]
    for month, count in shelves.months:
        last = month.replace(day=monthrange(month.year, month.month)[1])
        days.append(Shelf(date_text(month).partition(" ")[2], Listed(month, last), count))
    for year, count in shelves.years:
        days.append(Shelf(str(year.year), Listed(year, year.replace(month=12, day=31)), count))
    tags = [
        Shelf(shown(tag.rpartition("/")[2]), Tag(tag), count, f"#{shown(tag)}", tag.count("/"), "#")
        for tag, count in shelves.tags
    ]
    return fixed + put_by + days + tags


class ShelfList(LineList):
    """Give it shelves with `show`; it posts `Moved` when the reader goes to another."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "shelves--name",
        "shelves--count",
        "shelves--icon",
        "shelves--tag-icon",
        "shelves--new-icon",
        "shelves--heading",
        "shelves--bar",
        "shelves--cursor",
        "shelves--cursor-blurred",
    }
    DEFAULT_CSS = """
    ShelfList {
        background: $background;
        & > .shelves--name { color: $foreground; }
        & > .shelves--count { color: $muted; }
        & > .shelves--icon { color: $accent; }
        & > .shelves--tag-icon { color: $tag; }
        & > .shelves--new-icon { color: $secondary; }
        & > .shelves--bar { color: $primary; }
        & > .shelves--heading { color: $muted; text-style: bold; }
        & > .shelves--cursor { background: $panel; text-style: bold; }
        & > .shelves--cursor-blurred { background: $surface; text-style: bold; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shelves: list[Shelf] = []
        self._standing: list[Shelf] = []
        """Those that stay when the reader is elsewhere."""

    @property
    def shelf(self) -> Shelf | None:
        """The shelf under the cursor."""
        return self._shelves[self.cursor] if self.cursor < len(self._shelves) else None

    @property
    def newest(self) -> dt.date | None:
        """The last day there are papers of."""
        roots = (one.root for one in self._standing)
        return next((root.last for root in roots if isinstance(root, Listed)), None)

    @property
    def tags(self) -> list[str]:
        """Every tag there is a shelf of, the most used first."""
        shelves = sorted(self._shelves, key=lambda shelf: -shelf.count)
        return [shelf.root.name for shelf in shelves if isinstance(shelf.root, Tag)]

    def show(self, shelves: Shelves) -> None:
        """Take new counts. The cursor stays on its shelf, which stays too when it is empty."""
        current = self.shelf
        self._standing = shelves_of(shelves)
        self._shelves = list(self._standing)
        if current and not any(one.is_same(current) for one in self._shelves):
            if isinstance(current.root, Listed):
                self._put_in(current)
            else:
                place = min(self.cursor, len(self._shelves))
                self._shelves.insert(place, replace(current, count=0))
        self._lay_out(current)

    def visit(self, shelf: Shelf) -> None:
        """Go to a shelf of days, which is put up for that while where there is none."""
        self._shelves = list(self._standing)
        if not any(one.is_same(shelf) for one in self._shelves):
            self._put_in(shelf)
        row = next(row for row, one in enumerate(self._shelves) if one.is_same(shelf))
        self._lay_out(self._shelves[row])
        self._tell()

    def recount(self, root: Node, count: int) -> None:
        """The shelf of `root` is known to hold so many."""
        for row, shelf in enumerate(self._shelves):
            if shelf.root == root and shelf.count != count:
                self._shelves[row] = replace(shelf, count=count)
                self.repaint_rows()

    def _put_in(self, shelf: Shelf) -> None:
        """Among the days, each before those that have ended before it begins."""

        def last_of(one: Shelf) -> dt.date:
            return (one.root.last if isinstance(one.root, Listed) else None) or dt.date.max

        places = (
            row
            for row, one in enumerate(self._shelves)
            if isinstance(one.root, Tag) or last_of(one) < last_of(shelf)
        )
        place = next(places, len(self._shelves))
        self._shelves.insert(place, shelf)

    def _lay_out(self, current: Shelf | None) -> None:
        row = next(
            (i for i, one in enumerate(self._shelves) if current and one.is_same(current)), 0
        )
        kinds = [type(shelf.root) for shelf in self._shelves]
        chapters: tuple[tuple[type, str], ...] = ((Listed, "Days"), (Tag, "Tags"))
        headings = [Heading(kinds.index(kind), name) for kind, name in chapters if kind in kinds]
        if current is not None and self._shelves[row].is_same(current):
            self.keep_place(len(self._shelves), headings, 1, row)
        else:
            self.lay_out(len(self._shelves), headings, 1, row)

    def heading_strip(self, heading: Heading, width: int) -> Strip:
        """``Days``."""
        style = self.base + self.painted("shelves--heading", Style())
        return Strip([Segment(cut(f" {heading.text}", width), style)])

    def row_strip(self, row: int, line: int, width: int, current: bool) -> Strip:
        """Icon, name, and the count at the right."""
        shelf = self._shelves[row]
        under = Style()
        if current:
            name = "cursor" if self.has_focus else "cursor-blurred"
            under = self.painted(f"shelves--{name}", Style())
        base = self.base + under

        def style(name: str) -> Style:
            return base + self.painted(f"shelves--{name}", under)

        count = f"{shelf.count:,} " if width >= 12 else ""
        lead = "  " * shelf.indent
        name = cut(f" {shelf.name}", width - cell_len(count) - cell_len(lead) - 3)
        gap = width - cell_len(count) - cell_len(lead) - cell_len(name) - 2
        icon = {"#": "tag-icon", "●": "new-icon"}.get(shelf.icon, "icon")
        return Strip(
            [
                Segment("▌" if current else " ", style("bar" if self.has_focus else "count")),
                Segment(lead, base),
                Segment(shelf.icon, style(icon)),
                Segment(name + " " * max(0, gap), style("name")),
                Segment(count, style("count")),
            ]
        )
