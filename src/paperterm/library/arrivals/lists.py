"""Feeds that are one list each: asked for whole, or from a day on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from paperterm.errors import UsageError
from paperterm.library.arrivals import huggingface
from paperterm.library.arrivals.daily import keys_of
from paperterm.library.arrivals.outcome import Fetched, Step, Told
from paperterm.library.arrivals.post import Errand, Hands
from paperterm.library.feeds import FeedState, service_of
from paperterm.model.feeds import FeedKind
from paperterm.model.record import Item
from paperterm.sources import hf_api, web_feed
from paperterm.web.answers import XML
from paperterm.web.services import Service


@dataclass(frozen=True, slots=True)
class Order:
    """A feed that is to be fetched, and what that takes."""

    errand: Errand
    hands: Hands
    told: Told
    clock: Callable[[], dt.datetime]
    state: FeedState

    def take(self, items: list[Item], fetched: Fetched) -> int:
        """Take in `items`, whole or not at all; how many of them were new papers."""
        before = fetched.tally.new
        self.hands(lambda library: library.add(items, fetched.tally))
        fetched.keys += keys_of(items)
        return fetched.tally.new - before


def hugging_face_search(order: Order, since: dt.date | None, fetched: Fetched) -> None:
    """What Hugging Face's search finds now."""
    _refuse_since(order, since)
    order.told(Step(fetched.feed, 0, 1))
    answer = huggingface.search(order.errand, order.state.feed.about)
    order.take(list(hf_api.found(answer, fetched.feed)), fetched)


def web_feed_of(order: Order, since: dt.date | None, fetched: Fetched) -> None:
    """What an RSS or Atom feed holds now."""
    _refuse_since(order, since)
    order.told(Step(fetched.feed, 0, 1))
    document = order.errand.get(order.state.feed.about, Service.ELSEWHERE, XML)
    name = f"The feed of {service_of(order.state.feed)}"
    order.take(list(web_feed.read(document.body, name, fetched.feed)), fetched)


def _refuse_since(order: Order, since: dt.date | None) -> None:
    if since is not None:
        raise UsageError(
            f"{order.state.feed.name} has no past to fetch; --since is for daily-papers and arXiv."
        )


Bringer = Callable[[Order, dt.date | None, Fetched], dt.date | None]

BRINGERS: dict[FeedKind, Bringer] = {
    FeedKind.HF_SEARCH: hugging_face_search,
    FeedKind.WEB: web_feed_of,
}
"""What fetches a feed of each kind but Daily Papers; answers as `Office.fetch` needs it."""
