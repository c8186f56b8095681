"""What the app asks an office to do, in a thread that may wait for the network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperterm.errors import UsageError
from paperterm.library.when import moment, now
from paperterm.model.feeds import DAILY
from paperterm.model.pages import Page, Span
from paperterm.model.query import Listed, Query, Sort
from paperterm.model.text import shown

if TYPE_CHECKING:
    from paperterm.library.arrivals.adding import Added
    from paperterm.library.arrivals.office import Office
    from paperterm.library.arrivals.outcome import Fetched
    from paperterm.library.arrivals.world import Found
    from paperterm.library.door import Library
    from paperterm.library.feeds import FeedState
    from paperterm.model.paper import Paper

_SHORT = 60
"""Characters of a line that name it."""
_AT_ONCE = 5
"""Papers whose ids are looked for between two looks at the feeds: some ten requests."""
_NEAR = 60
"""Days before and after a page of which it is known whether they are empty."""
_FRESH = dt.timedelta(minutes=10)
"""How long a page that still grows is not asked for again."""


def due(state: FeedState) -> bool:
    """Whether it is time to fetch a feed."""
    return state.due(now())


def not_paused(state: FeedState) -> bool:
    """Whether the reader wants a feed fetched at all."""
    return not state.paused


def fetch_feeds(
    office: Office, wanted: Callable[[FeedState], bool], heard: Callable[[Fetched], None]
) -> None:
    """Fetch the feeds that are `wanted`; `heard` is called with what came of each.

    Raises `Cancelled` and `LibraryError`; what goes wrong with one feed is no matter to others.
    """
    from paperterm.library.arrivals.outcome import Fetched
    from paperterm.library.feeds import Problem

    for state in office.states():
        if wanted(state):
            try:
                came = office.fetch(state.feed)
            except UsageError as error:
                came = Fetched(state.feed.name, error=error, problem=Problem.FAILED)
            heard(came)


def resolve_some(office: Office) -> int:
    """Find the ids of a few papers that are known by title; how many are doubtful.

    Only what is sure is taken. Raises `Cancelled` and `LibraryError`; that services fail is no
    matter, they are asked again another time.
    """
    found = office.resolve(_AT_ONCE, unasked=True)
    return sum(bool(one.doubtful) and not one.found for one in found)


@dataclass(frozen=True, slots=True)
class Known:
    """What the library has of a page of Daily Papers."""

    there: bool
    """There is something to show, or it was fetched and is empty."""
    whole: bool
    """Nothing is missing, as far as anybody could know by now."""


def known(library: Library, page: Page) -> Known:
    """What the library has of a page."""
    fetched = library.feeds.pages(DAILY, map(str, page.days))
    listed = library.find(Query(Listed(page.first, page.last))).ids

    def is_up_to_date(day: dt.date) -> bool:
        one = fetched.get(str(day))
        at = moment(one.fetched_at) if one else None
        return bool(one and (one.settled or (at and dt.timedelta() <= now() - at < _FRESH)))

    days = [day for day in page.days if day <= now().date()]
    return Known(bool(fetched or listed), all(map(is_up_to_date, days)))


def empty_days(library: Library, around: Page) -> frozenset[dt.date]:
    """The days near a page that are known to be over and to have brought nothing."""
    middle = around.first.toordinal()
    first, last = max(middle - _NEAR, 1), min(middle + _NEAR, dt.date.max.toordinal())
    days = [dt.date.fromordinal(number) for number in range(first, last + 1)]
    fetched = library.feeds.pages(DAILY, map(str, days))
    listed = library.find(Query(Listed(days[0], days[-1])), Sort.DAY).days
    filled = {day for day, _ in listed}

    def was_over(day: dt.date) -> bool:
        page = fetched.get(str(day))
        at = moment(page.fetched_at) if page else None
        return bool(page and (page.settled or (at and at.date() > day)))

    return frozenset(day for day in days if day not in filled and was_over(day))


def fetch_page(office: Office, page: Page) -> Fetched:
    """Fetch a page of Daily Papers; raises as `Office.fetch_day`."""
    match page.span:
        case Span.DAY:
            return office.fetch_day(page.day)
        case Span.WEEK:
            return office.fetch_week(page.day)
        case Span.MONTH:
            return office.fetch_month(page.day)


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one paper that the reader wanted added; clean text."""

    what: str
    """``added``, ``here already``, ``not found``, ``which?``, ``failed``."""
    told: str
    wanted: str = ""
    """The line it stood in, when it is not in the library now."""


def add_papers(office: Office, lines: Sequence[str], heard: Callable[[Report], None]) -> None:
    """Add what the lines name; `heard` is told of each. Raises `Cancelled`, `LibraryError`."""
    for added in office.add(lines):
        heard(_report(office, added))


def _report(office: Office, added: Added) -> Report:
    from paperterm.library.arrivals.adding import Became

    if added.key:
        title = office.hands(lambda library: _title(library, added.key))
        return Report("added" if added.became is Became.NEW else "here already", title)
    text = shown(added.want.text)
    if added.doubtful:
        near = "; ".join(f"{paper.arxiv_id or paper.key} {paper.title}" for paper in added.doubtful)
        return Report("which?", f"{_short(text)} may be: {shown(near)}", text)
    what = "failed" if added.became is Became.FAILED else "not found"
    return Report(what, f"{_short(text)}: {shown(added.why)}", text)


def _title(library: Library, key: str) -> str:
    entries = library.entries(library.ids_of([key])[:1])
    return shown(entries[0].paper.title if entries else key)


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


def search_world(
    office: Office,
    text: str,
    begun: Callable[[tuple[str, ...]], None],
    heard: Callable[[Found, Collection[str]], None],
) -> None:
    """Ask the world for `text`. `begun` is told who is asked, `heard` what each has found.

    With the keys of those papers that the library has. Raises `UsageError`, `Cancelled`,
    `LibraryError`; what goes wrong with one service is in what was found.
    """
    from paperterm.library.arrivals.here import here
    from paperterm.library.arrivals.world import services

    def known(papers: Sequence[Paper]) -> Collection[str]:
        return office.hands(lambda library: here(library, papers)) if papers else ()

    begun(services(text))
    for found in office.world_search(text):
        heard(found, known(found.papers))
