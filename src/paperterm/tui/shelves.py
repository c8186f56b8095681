"""Shelves as the app names them, in their order."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperterm.library.view import Shelves
from paperterm.model.query import Everything, Is, Listed, Node, State
from paperterm.model.saved import Saved
from paperterm.model.text import shown
from paperterm.tui.cards import date_text
from paperterm.tui.drawing import ARCHIVED, BOOKMARKED, LATER, NEW, REMOVED, SEARCH

if TYPE_CHECKING:
    from paperterm.library.saved.searches import Tally

Root = Node | Saved
"""What a shelf holds."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A named view: what it is called, what it holds, how many."""

    name: str
    root: Root
    count: int | None
    """None while nobody can tell."""
    title: str = ""
    """What the list is called while it shows this shelf, where that is not its name."""
    indent: int = 0
    icon: str = " "
    sign: str = ""
    """The triangle of a tag that has others below it; a blank beside such."""
    colour: str = ""
    """A tag's, by its name."""
    new: int = 0
    """How many of a saved search have come since it was looked at."""

    def is_same(self, other: Shelf) -> bool:
        """Whether both are the one shelf, whatever their counts."""
        if isinstance(self.root, Saved) and isinstance(other.root, Saved):
            return self.root.is_called(other.root.name)
        return self.root == other.root


def saved_shelf(saved: Saved, tally: Tally | None) -> Shelf:
    """The shelf of a saved search; without a tally while only an index could tell."""
    count, new = (tally.all, tally.new) if tally else (None, 0)
    return Shelf(shown(saved.name), saved, count, icon=SEARCH, new=new)


def fixed_shelves(shelves: Shelves, searches: Sequence[Shelf] = ()) -> list[Shelf]:
    """The shelves that are no tags, in their order; `searches` are those of saved searches."""
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
    return [*fixed, *put_by, *searches, *days]


def keeping(shelves: Sequence[Shelf], shelf: Shelf, row: int) -> list[Shelf]:
    """`shelves` and one more, on which the reader is: a search in `row`, or the next there is."""
    if isinstance(shelf.root, Saved):
        first = sum(not isinstance(one.root, Saved | Listed) for one in shelves)
        end = first + sum(isinstance(one.root, Saved) for one in shelves)
        place = max(first, min(row, end))
    else:
        place = _place_of_days(shelves, shelf)
    return [*shelves[:place], shelf, *shelves[place:]]


def _place_of_days(shelves: Sequence[Shelf], shelf: Shelf) -> int:
    """Among the days, each before those that have ended before it begins."""

    def last_of(one: Shelf) -> dt.date:
        return (one.root.last if isinstance(one.root, Listed) else None) or dt.date.max

    places = (row for row, one in enumerate(shelves) if last_of(one) < last_of(shelf))
    return next(places, len(shelves))


def headed(shelves: Sequence[Shelf]) -> list[tuple[int, str]]:
    """The headings among shelves that are no tags, each with the row that it stands before."""
    kinds = [type(shelf.root) for shelf in shelves]
    names: tuple[tuple[type, str], ...] = ((Saved, "Searches"), (Listed, "Days"))
    return [(kinds.index(kind), name) for kind, name in names if kind in kinds]


def after_a_change(shelf: Shelf | None, searches: Sequence[Shelf]) -> Shelf | None:
    """The shelf that `shelf` is among newer `searches`: a search that was renamed stays itself."""
    if shelf is None or not isinstance(shelf.root, Saved):
        return shelf
    if any(one.is_same(shelf) for one in searches):
        return shelf
    query = shelf.root.query
    alike = [one for one in searches if isinstance(one.root, Saved) and one.root.query == query]
    return alike[0] if alike else shelf
