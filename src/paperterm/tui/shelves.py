"""Shelves as the app names them, in their order."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass

from paperterm.library.view import Shelves
from paperterm.model.query import Everything, Is, Listed, Node, State
from paperterm.tui.cards import date_text
from paperterm.tui.drawing import ARCHIVED, BOOKMARKED, LATER, NEW, REMOVED


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
    sign: str = ""
    """The triangle of a tag that has others below it; a blank beside such."""
    colour: str = ""
    """A tag's, by its name."""

    def is_same(self, other: Shelf) -> bool:
        """Whether both are the one shelf, whatever their counts."""
        return self.root == other.root


def fixed_shelves(shelves: Shelves) -> list[Shelf]:
    """The shelves that are no tags, in their order."""
    fixed = [
        Shelf("Inbox", Is(State.INBOX), shelves.inbox, icon=NEW),
        Shelf("All", Everything(), shelves.all, "All papers"),
        Shelf("Bookmarks", Is(State.BOOKMARKED), shelves.bookmarks, icon=BOOKMARKED),
    ]
    states = (
        Shelf("Later", Is(State.LATER), shelves.later, icon=LATER),
        Shelf("Archived", Is(State.ARCHIVED), shelves.archived, icon=ARCHIVED),
        Shelf("Removed", Is(State.REMOVED), shelves.removed, icon=REMOVED),
    )
    put_by = [shelf for shelf in states if shelf.count]
    days = [Shelf(date_text(day), Listed(day, day), count) for day, count in shelves.days]
    for month, count in shelves.months:
        last = month.replace(day=monthrange(month.year, month.month)[1])
        days.append(Shelf(date_text(month).partition(" ")[2], Listed(month, last), count))
    for year, count in shelves.years:
        days.append(Shelf(str(year.year), Listed(year, year.replace(month=12, day=31)), count))
    return fixed + put_by + days
