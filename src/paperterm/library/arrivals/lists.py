"""Feeds that are one list each: asked for as they are now, or from a day on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from paperterm.errors import UsageError
from paperterm.library.arrivals import arxiv, huggingface, questions
from paperterm.library.arrivals.daily import keys_of
from paperterm.library.arrivals.outcome import Fetched, Step, Told
from paperterm.library.arrivals.post import Errand
from paperterm.library.feeds import FeedState, service_of
from paperterm.library.hands import Hands
from paperterm.model.feeds import FeedKind
from paperterm.model.paper import Sighting
from paperterm.model.record import Item, Record
from paperterm.sources import feeds, hf_api
from paperterm.web.answers import XML
from paperterm.web.services import Service

_MOST_NEW = 100
"""Papers of a query that are looked at when nobody asks for more."""
_WEEKEND = dt.timedelta(days=3)
"""The longest time between two lists of arXiv's on which nobody has missed one."""


@dataclass(frozen=True, slots=True)
class Order:
    """A feed that is to be fetched, and what that takes."""

    errand: Errand
    hands: Hands
    told: Told
    clock: Callable[[], dt.datetime]
    state: FeedState

    @property
    def about(self) -> str:
        """What the feed is of."""
        return self.state.feed.about

    def step(self, done: int = 0, total: int | None = 1, what: str = "") -> None:
        """Tell of the next request."""
        self.told(Step(self.state.feed.name, done, total, what))

    def take(self, items: Iterable[Item], fetched: Fetched) -> None:
        """Take in `items`, whole or not at all."""
        items = list(items)
        self.hands(lambda library: library.add(items, fetched.tally))
        fetched.keys += keys_of(items)


def arxiv_list(order: Order, since: dt.date | None, fetched: Fetched) -> dt.date | None:
    """What arXiv has announced last in some categories, or what was submitted since a day."""
    today = order.clock().date()
    if since is not None:
        query = questions.for_categories(order.about, since, today)
        _take_found(order, query, arxiv.MOST_PAPERS, fetched, on_days=True)
        return None
    order.step()
    announced = arxiv.announced(order.errand, order.about)
    order.take(seen_by(announced.items, fetched.feed), fetched)
    through = order.state.through
    if announced.day and through and announced.day - through > _WEEKEND:
        first = through + dt.timedelta(days=1)
        fetched.tally.remarks.append(
            f"lists between {through} and {announced.day} were missed; --since {first} fetches them"
        )
    return announced.day


def arxiv_query(order: Order, since: dt.date | None, fetched: Fetched) -> None:
    """The newest papers that a query to arXiv finds, or all that were submitted since a day."""
    query = questions.for_arxiv(order.about)
    if since is not None:
        query = f"({query}) AND {questions.submitted(since, order.clock().date())}"
    most = _MOST_NEW if since is None else arxiv.MOST_PAPERS
    _take_found(order, query, most, fetched)


def _take_found(
    order: Order, query: str, most: int, fetched: Fetched, *, on_days: bool = False
) -> None:
    """Take in what a query finds, each slice as it comes."""
    total: int | None = None
    order.step(total=None)
    for start, feed in arxiv.found(order.errand, query, most):
        total = feed.total
        items = seen_by(feed.items, fetched.feed, start, on_days=on_days)
        order.take(items, fetched)
        done = start + len(feed.items)
        order.step(done, min(total or done, most), f"papers from {done + 1} on")
    if total and total > most == arxiv.MOST_PAPERS:
        fetched.tally.remarks.append(
            f"there are {total:,} papers, and arXiv gives {most:,} at most; the newest were taken"
        )


def hugging_face_search(order: Order, since: dt.date | None, fetched: Fetched) -> None:
    """What Hugging Face's search finds now."""
    _refuse_since(order, since)
    order.step()
    answer = huggingface.search(order.errand, order.about)
    order.take(hf_api.found(answer, fetched.feed), fetched)


def web_feed(order: Order, since: dt.date | None, fetched: Fetched) -> None:
    """What an RSS or Atom feed holds now."""
    _refuse_since(order, since)
    order.step()
    name = f"The feed of {service_of(order.state.feed)}"
    announced = order.errand.read(
        order.about, Service.ELSEWHERE, XML, lambda body: feeds.read_feed(body, name)
    )
    order.take(seen_by(announced.items, fetched.feed), fetched)


def seen_by(
    items: Iterable[Item], source: str, start: int = 0, *, on_days: bool | None = None
) -> Iterator[Item]:
    """`items` as `source` has shown them, the first in place `start`.

    On the day that each tells of itself; if `on_days` is given: on that of its publication, or
    on none.
    """
    for item in items:
        if isinstance(item, Record):
            paper = item.paper
            own = next((sighting for sighting in paper.sightings), Sighting(source))
            day = own.day if on_days is None else paper.published if on_days else None
            sighting = Sighting(source, day, own.position + start)
            item = replace(item, paper=replace(paper, sightings=(sighting,)))
        yield item


def _refuse_since(order: Order, since: dt.date | None) -> None:
    if since is not None:
        raise UsageError(
            f"{order.state.feed.name} has no past to fetch; --since is for daily-papers and arXiv."
        )


Bringer = Callable[[Order, dt.date | None, Fetched], dt.date | None]

BRINGERS: dict[FeedKind, Bringer] = {
    FeedKind.ARXIV_LIST: arxiv_list,
    FeedKind.ARXIV_QUERY: arxiv_query,
    FeedKind.HF_SEARCH: hugging_face_search,
    FeedKind.WEB: web_feed,
}
"""What fetches a feed of each kind but Daily Papers; answers as `Office.fetch` needs it."""
