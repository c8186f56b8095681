"""Commands that go to a shelf: those that are always there, saved searches, tags, days."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from paperterm.cli.plain.looking import visit
from paperterm.cli.plain.talk import Answer, Talk
from paperterm.errors import UsageError
from paperterm.library.saved.searches import query_of
from paperterm.library.view import Shelves
from paperterm.library.when import today
from paperterm.model.pages import Span, read_page
from paperterm.model.query import Everything, Is, Listed, Query, State, Tag
from paperterm.model.saved import Saved
from paperterm.model.text import shown
from paperterm.model.wording import counted, date_text, day_text

_TAGS_TOLD = 40
_CLOSE = 0.6
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A list with a name."""

    name: str
    """Clean text."""
    query: Query
    count: int | None = None
    """How many papers it holds; None where nobody has counted."""
    saved: Saved | None = None
    """The saved search that it is."""


def standing(shelves: Shelves) -> list[Shelf]:
    """The shelves that are no searches, tags or days; of states that few papers have, if any."""
    always = [
        Shelf("Inbox", Query(Is(State.INBOX)), shelves.inbox),
        Shelf("All", Query(Everything()), shelves.all),
        Shelf("Bookmarks", Query(Is(State.BOOKMARKED)), shelves.bookmarks),
    ]
    others = (
        Shelf("Later", Query(Is(State.LATER)), shelves.later),
        Shelf("Archived", Query(Is(State.ARCHIVED)), shelves.archived),
        Shelf("Removed", Query(Is(State.REMOVED)), shelves.removed),
    )
    return always + [one for one in others if one.count]


def begin(talk: Talk) -> Answer:
    """Go to the first shelf that holds papers."""
    shelves = standing(talk.library.shelves())
    first = next((shelf for shelf in shelves if shelf.count), shelves[0])
    return visit(talk, first.name, first.query)


def shelf(talk: Talk, text: str) -> Answer:
    """Go to a shelf; without a name, tell which there are."""
    name = shown(text).lstrip("#").casefold()
    if not name:
        return _told(talk)
    there = list(_shelves(talk))
    for one in there:
        if one.name.casefold() == name:
            return _visit(talk, one)
    begun = [one for one in there if one.name.casefold().startswith(name)]
    if len(begun) == 1:
        return _visit(talk, begun[0])
    raise UsageError(_unknown(shown(text), [one.name for one in begun or there]))


def day(talk: Talk, text: str) -> Answer:
    """Go to the papers of a day, a week or a month; without one, tell which there are."""
    if not text:
        return _days_told(talk.library.shelves())
    first, last, name = _span(text)
    return visit(talk, name, Query(Listed(first, last)))


def _span(text: str) -> tuple[dt.date, dt.date, str]:
    """The first and the last day that `text` spells, and what they are called."""
    if _YEAR.fullmatch(text):
        year = int(text)
        return dt.date(year, 1, 1), dt.date(year, 12, 31), text
    page = read_page(text, today())
    names = {Span.DAY: day_text(page.first), Span.MONTH: _month(page.first)}
    week = f"{day_text(page.first)} to {day_text(page.last)}"
    return page.first, page.last, names.get(page.span, week)


def _visit(talk: Talk, one: Shelf) -> Answer:
    newest = talk.library.searches.newest
    answer = visit(talk, one.name, one.query)
    if one.saved:
        talk.library.searches.look(one.saved, newest)
    return answer


def _shelves(talk: Talk) -> Iterator[Shelf]:
    """All of them but days, as names may mean them: the first of a name is meant by it."""
    shelves = talk.library.shelves()
    yield from standing(shelves)
    for saved in talk.library.searches.written().searches:
        yield Shelf(shown(saved.name), query_of(saved), saved=saved)
    for tag, count in shelves.tags:
        yield Shelf(shown(tag), Query(Tag(tag)), count)


def _told(talk: Talk) -> Answer:
    shelves = talk.library.shelves()
    lines = [f"{one.name}: {counted(one.count or 0, 'paper')}." for one in standing(shelves)]
    written = talk.library.searches.written()
    lines += map(shown, written.problems)
    lines += [f"Saved search {shown(one.name)}: {shown(one.query)}." for one in written.searches]
    lines += [
        f"Tag {shown(tag)}: {counted(count, 'paper')}." for tag, count in shelves.tags[:_TAGS_TOLD]
    ]
    if (more := len(shelves.tags) - _TAGS_TOLD) > 0:
        lines.append(f"There are {counted(more, 'more tag')}; shelf and a name goes to any.")
    return [*lines, "The command day tells the days."]


def _days_told(shelves: Shelves) -> Answer:
    lines = [f"{day_text(one)}: {counted(count, 'paper')}." for one, count in shelves.days]
    lines += [f"{_month(one)}: {counted(count, 'paper')}." for one, count in shelves.months]
    lines += [f"{one.year}: {counted(count, 'paper')}." for one, count in shelves.years]
    return lines or ["There are no papers yet."]


def _month(first: dt.date) -> str:
    return date_text(first).partition(" ")[2]


def _unknown(name: str, there: list[str]) -> str:
    import difflib  # only where a name is wrong

    folded = {one.casefold(): one for one in there}
    near = difflib.get_close_matches(name.casefold(), folded, 3, _CLOSE) or list(folded)[:3]
    some = ", ".join(folded[one] for one in near)
    return f"No one shelf is called {name[:60]}; there are {some}. The command shelf tells all."
