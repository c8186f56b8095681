"""The door to papers that arrive: fetches feeds and pages, and books what came of it."""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from paperterm.errors import Offline, PapertermError, SourceError, TooBusy, WebError
from paperterm.library.arrivals import huggingface, lists, world
from paperterm.library.arrivals.adding import Added, Adding
from paperterm.library.arrivals.choosing import choosing
from paperterm.library.arrivals.daily import DailyPapers
from paperterm.library.arrivals.outcome import Fetched, Told, nobody
from paperterm.library.arrivals.post import Errand, errand_for
from paperterm.library.arrivals.resolving import Resolved, Resolving
from paperterm.library.arrivals.wants import wants
from paperterm.library.arrivals.world import Found
from paperterm.library.door import Library
from paperterm.library.feeds import FeedState, Problem, Trouble
from paperterm.library.hands import Hands
from paperterm.library.intake import Tally
from paperterm.library.paths import Paths
from paperterm.library.settings import Settings
from paperterm.library.when import now
from paperterm.model.feeds import DAILY, Feed, FeedKind
from paperterm.model.paper import Paper
from paperterm.model.record import Record
from paperterm.web.waiting import Caller, Waiting

Clock = Callable[[], dt.datetime]


def open_office(
    paths: Paths,
    settings: Settings,
    hands: Hands,
    *,
    told: Told = nobody,
    cancelled: threading.Event | None = None,
    waiting: Waiting | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Office:
    """An office for one piece of work of this reader's; cheap to open, nothing to close.

    `cancelled` can be set from any thread: what is being done then raises `Cancelled` within a
    tenth of a second, and what was taken in by then stays. `waiting` is told of every wait, `told`
    of every step, both in the thread that does the work. Raises `UsageError` for settings that
    name no service.
    """
    caller = Caller()
    if cancelled is not None:
        caller = replace(caller, cancelled=cancelled)
    if waiting is not None:
        caller = replace(caller, waiting=waiting)
    return Office(errand_for(paths, settings, environment, caller), hands, told)


class Office:
    """Fetches. Belongs to a thread that may wait; the library is in the hands of another."""

    def __init__(
        self, errand: Errand, hands: Hands, told: Told = nobody, clock: Clock = now
    ) -> None:
        self.errand = errand
        self.hands = hands
        self._told = told
        self._clock = clock
        self._daily = DailyPapers(errand, hands, told, clock)
        self._resolving = Resolving(errand, hands, told, clock)

    # Feeds

    def states(self) -> list[FeedState]:
        """Every feed, and how it stands."""
        return self.hands(lambda library: library.feeds.all())

    def fetch(self, feed: Feed, since: dt.date | None = None) -> Fetched:
        """Fetch what is new in `feed`, or what it has had since a day.

        What goes wrong on the way is in the answer and in the feed's state, and what came before
        it is in the library. Raises `Cancelled`, `LibraryError` and `UsageError`.
        """
        return self._booked(feed, lambda fetched: self._bring(feed, since, fetched))

    def fetch_due(self) -> Iterator[Fetched]:
        """Fetch every feed that is due, one after the other; raises as `fetch`."""
        for state in self.states():
            if state.due(self._clock()):
                yield self.fetch(state.feed)

    def _bring(self, feed: Feed, since: dt.date | None, fetched: Fetched) -> dt.date | None:
        """Fetch; the day up to which nothing is missing then, where that is known."""
        state = self.hands(lambda library: library.feeds.state_of(feed))
        if feed.kind is FeedKind.DAILY:
            today = self._daily.today
            self._daily.fetch_days(self._daily.missing(state.through, since), fetched)
            # What the reader asked for may begin after days that are missing still.
            whole = since is None or state.through is None or since <= state.through
            return today if whole else None
        bring = lists.BRINGERS[feed.kind]
        return bring(
            lists.Order(self.errand, self.hands, self._told, self._clock, state), since, fetched
        )

    # Pages of Daily Papers

    def fetch_day(self, day: dt.date, *, again: bool = False) -> Fetched:
        """The page of a day: asked for unless it is there and will not change, or `again`.

        Errors as with `fetch`. The papers there are found by `day:2025-11-06`, too.
        """
        return self._booked(
            DAILY,
            lambda fetched: self._daily.fetch_day(day, fetched, again=again),
            up_to_date=day == self._daily.today,
        )

    def fetch_week(self, day: dt.date) -> Fetched:
        """The page of the week that `day` is in, in the order of `Fetched.keys`.

        Errors as with `fetch`; with one, the keys are those of the answer before, if there is one.
        """
        name = huggingface.week_name(day)
        return self._page(f"week={name}", name)

    def fetch_month(self, day: dt.date) -> Fetched:
        """The page of the month that `day` is in, likewise."""
        name = huggingface.month_name(day)
        return self._page(f"month={name}", name)

    def fetch_trending(self) -> Fetched:
        """The papers that are much looked at now, likewise."""
        return self._page("sort=trending", "trending")

    def _page(self, query: str, name: str) -> Fetched:
        return self._booked(
            DAILY,
            lambda fetched: self._daily.fetch_page(query, name, fetched),
            up_to_date=False,
        )

    # Papers by name, and those of the world

    def add(self, lines: Iterable[str]) -> Iterator[Added]:
        """Add the papers that `lines` name: ids, addresses, DOIs, titles, or a paste of them.

        What became of each, as it is known. Raises `Cancelled` and `LibraryError`.
        """
        adding = Adding(self.errand, self.hands, self._told)
        try:
            yield from adding.add(wants(lines))
        finally:
            self.hands(lambda library: library.book(adding.tally))

    def resolve(self, most: int, *, unasked: bool = False) -> Iterator[Resolved]:
        """Look for the ids of at most so many papers known by title; see `Resolving.resolve`."""
        return self._resolving.resolve(most, unasked=unasked)

    def settle(self, paper: Paper, found: Paper) -> None:
        """Let `paper`, of the library, be `found`, which `resolve` could not be sure of."""
        self._resolving.settle(paper, found)

    def world_search(self, text: str) -> Iterator[Found]:
        """What the services find for a query, as it comes, not kept; see `world.search`."""
        return world.search(self.errand, text)

    def keep(self, papers: Iterable[Paper]) -> Tally:
        """Take papers that `world_search` has found into the library."""
        records = [Record(paper) for paper in papers]
        return self.hands(lambda library: library.add(records))

    # The books

    def _booked(
        self,
        feed: Feed,
        work: Callable[[Fetched], dt.date | None],
        *,
        up_to_date: bool = True,
    ) -> Fetched:
        """Do `work` for `feed`, and note how that went.

        That it went well is noted only if the feed is `up_to_date` then.
        """
        begun = self._clock()
        fetched = Fetched(feed.name, Tally(label=f"{feed.name} fetched", unasked=True))
        through = None
        try:
            self._choose(feed, fetched)
            through = work(fetched)
        except (WebError, SourceError) as error:
            fetched.error = _by_itself(error)
        finally:
            self.hands(lambda library: library.book(fetched.tally))
        trouble = _trouble(fetched.error)
        fetched.problem = trouble.problem if trouble else Problem.NONE

        def note(library: Library) -> str:
            if trouble or up_to_date:
                library.feeds.note(feed, begun, trouble, through)
            return library.feeds.state_of(feed).sentence(self._clock())

        fetched.state = self.hands(note)
        return fetched

    def _choose(self, feed: Feed, fetched: Fetched) -> None:
        """Let only those new papers be taken in that the feed's saved search finds."""

        def choose(library: Library) -> None:
            if only := library.feeds.state_of(feed).only:
                fetched.only, fetched.tally.wanted = choosing(library.searches, only)

        self.hands(choose)


def _by_itself(error: PapertermError) -> PapertermError:
    """`error` without where it was raised, and so without the answer that was being read there."""
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


def _trouble(error: PapertermError | None) -> Trouble | None:
    match error:
        case None:
            return None
        case Offline():
            return Trouble(Problem.OFFLINE, str(error))
        case TooBusy(retry_at=retry_at):
            return Trouble(Problem.BUSY, str(error), retry_at)
        case _:
            return Trouble(Problem.FAILED, str(error))
