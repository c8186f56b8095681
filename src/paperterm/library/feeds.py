"""A reader's feeds: which there are, and how fetching each of them stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from paperterm.errors import LibraryReadOnly, UsageError
from paperterm.library.when import ago, ahead, moment, now, stamp
from paperterm.model.feeds import Feed, FeedKind, parse_feed
from paperterm.model.text import shown
from paperterm.storage.catalogue import Catalogue
from paperterm.storage.database import translated
from paperterm.storage.feeds import FeedStore, Subscription
from paperterm.storage.fetches import Fetch, FetchStore, Page
from paperterm.storage.marks import MarkStore

MOST_FEEDS = 200
_NAME_IN_LABEL = 100

_AGAIN_AFTER = {
    FeedKind.DAILY: dt.timedelta(minutes=30),
    FeedKind.ARXIV_LIST: dt.timedelta(hours=2),
    FeedKind.ARXIV_QUERY: dt.timedelta(hours=12),
    FeedKind.HF_SEARCH: dt.timedelta(hours=6),
    FeedKind.WEB: dt.timedelta(hours=1),
}
"""How long a feed that was fetched counts as fresh; arXiv's answers change once a day."""
_AFTER_TROUBLE = dt.timedelta(minutes=5)


class Problem(StrEnum):
    """What is wrong with a feed."""

    NONE = ""
    OFFLINE = "offline"
    BUSY = "busy"
    """The service asks to wait."""
    FAILED = "failed"
    """The service answered something that is of no use."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong while a feed was fetched."""

    problem: Problem
    message: str
    """A sentence."""
    retry_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed and how fetching it stands. Times are in UTC."""

    feed: Feed
    added: dt.datetime | None = None
    paused: bool = False
    papers: int = 0
    """How many papers of the library it has shown."""
    only: str = ""
    """The saved search that says which new papers are taken in; empty for all."""
    tried: dt.datetime | None = None
    succeeded: dt.datetime | None = None
    through: dt.date | None = None
    """The last day up to which nothing is missing, for a feed that comes by days."""
    problem: Problem = Problem.NONE
    message: str = ""
    """What is wrong now, a sentence; empty when nothing is."""
    retry_at: dt.datetime | None = None
    """When the service wants to be asked again, where it asks to wait."""
    removal: int = 0
    """The number of the action that has just removed it."""

    def due(self, now: dt.datetime) -> bool:
        """Whether it is time to fetch it, for a program that does so by itself."""
        if self.paused:
            return False
        if self.tried and self.tried > now:  # the clock was set back: no time noted means a thing
            return True
        if self.retry_at and now < self.retry_at:
            return False
        if self.tried is None:
            return True
        pause = _AFTER_TROUBLE if self.problem else _AGAIN_AFTER[self.feed.kind]
        return now - self.tried >= pause

    def sentence(self, now: dt.datetime) -> str:
        """When it last succeeded and what is wrong now, in a line without a full stop."""
        last = f"fetched {ago(self.succeeded, now)}" if self.succeeded else ""
        if wrong := self.wrong(now):
            told = f"{wrong}; showing what was {last}" if last else f"{wrong}; nothing fetched yet"
        else:
            told = last or "not fetched yet"
        return f"paused; {told}" if self.paused else told

    def wrong(self, now: dt.datetime) -> str:
        """What is wrong now, in a few words; empty when nothing is known to be."""
        match self.problem:
            case Problem.NONE:
                return ""
            case Problem.OFFLINE:
                return "offline"
            case Problem.BUSY if self.retry_at:
                if self.retry_at <= now:
                    return f"{service_of(self.feed)} asked to wait, and can be asked again now"
                return f"{service_of(self.feed)} asks to wait {ahead(self.retry_at, now)}"
            case _:
                return shown(self.message).rstrip(".")


def service_of(feed: Feed) -> str:
    """What messages call whoever is asked for a feed."""
    match feed.kind:
        case FeedKind.DAILY | FeedKind.HF_SEARCH:
            return "Hugging Face"
        case FeedKind.ARXIV_LIST | FeedKind.ARXIV_QUERY:
            return "arXiv"
        case FeedKind.WEB:
            return shown(feed.about.partition("://")[2].partition("/")[0])


class Feeds:
    """The feeds of an open library, in the hands of its thread."""

    def __init__(
        self, catalogue: Catalogue, marks: MarkStore, before_change: Callable[[], None]
    ) -> None:
        """`before_change` is called before the reader's own choice of feeds is changed."""
        self._chosen = FeedStore(marks.database)
        self._fetches = FetchStore(catalogue.database)
        self._before_change = before_change

    # Choosing

    def all(self) -> list[FeedState]:
        """Every feed there is, in the order in which they were added."""
        with translated("library", self._chosen.database.path):
            chosen = [(one, _feed_of(one.name)) for one in self._chosen.all()]
            return [self._state(one, feed) for one, feed in chosen if feed is not None]

    def named(self, name: str) -> FeedState:
        """The feed that `name` spells. Raises `UsageError` when there is none."""
        feed = parse_feed(name)
        with translated("library", self._chosen.database.path):
            chosen = self._chosen.get(feed.name)
            if chosen is None or not chosen.is_there:
                raise UsageError(
                    f"There is no feed {shown(feed.name)}; "
                    f"`paperterm feeds add {shown(feed.name)}` adds it."
                )
            return self._state(chosen, feed)

    def state_of(self, feed: Feed) -> FeedState:
        """How fetching `feed` stands, whether it is one of the reader's or not."""
        with translated("library", self._chosen.database.path):
            chosen = self._chosen.get(feed.name) or Subscription(feed.name, "")
            return self._state(chosen, feed)

    def add(self, name: str, only: str = "") -> tuple[FeedState, bool]:
        """Add the feed that `name` spells, or bring it back; also says whether it was not there.

        Of one that was not, only new papers that the saved search `only` finds are taken in.
        """
        feed = parse_feed(name)
        known = self._chosen.get(feed.name)
        if known and known.is_there:
            return self.named(feed.name), False
        self._allow_change()
        if len(self._chosen.all()) >= MOST_FEEDS:
            raise UsageError(f"There are {MOST_FEEDS} feeds, and more are not kept; remove one.")
        added = Subscription(
            feed.name,
            known.added_at if known and known.added_at else stamp(now()),
            known.paused_at if known else None,
            only=only or (known.only if known else ""),
        )
        self._change(added, "added")
        return self.named(feed.name), True

    def remove(self, name: str) -> FeedState:
        """Take a feed away; its papers stay, and undoing it, or `add`, brings it back as it was."""
        state = self.named(name)
        self._allow_change()
        chosen = self._chosen.get(state.feed.name) or Subscription(state.feed.name, "")
        number = self._change(replace(chosen, removed_at=stamp(now())), "removed")
        return replace(state, removal=number)

    def pause(self, name: str, *, paused: bool = True) -> bool:
        """Fetch a feed no more until it is resumed; whether that makes a difference."""
        state = self.named(name)
        if state.paused == paused:
            return False
        self._allow_change()
        chosen = self._chosen.get(state.feed.name) or Subscription(state.feed.name, "")
        since = stamp(now()) if paused else None
        self._change(replace(chosen, paused_at=since), "paused" if paused else "resumed")
        return True

    def take_only(self, name: str, what: str) -> str:
        """Take of a feed only new papers that the saved search `what` finds; empty takes all.

        Returns which search it was before.
        """
        state = self.named(name)
        if state.only != what:
            self._allow_change()
            chosen = self._chosen.get(state.feed.name) or Subscription(state.feed.name, "")
            self._change(replace(chosen, only=what), f"takes {_only(what)}")
        return state.only

    def search_renamed(self, before: str, after: str) -> None:
        """Let feeds that take only what a search finds go on with it under its new name."""
        for state in self.all():
            if state.only.casefold() == before.casefold():
                self.take_only(state.feed.name, after)

    def _change(self, feed: Subscription, what: str) -> int:
        """One action of the reader's; its number."""
        with self._chosen.database.transaction():
            return self._chosen.change(feed, f"feed {what}: {shown(feed.name)[:_NAME_IN_LABEL]}")

    def _allow_change(self) -> None:
        if self._chosen.database.read_only:
            raise LibraryReadOnly(self._chosen.database.read_only)
        self._before_change()

    def _state(self, chosen: Subscription, feed: Feed) -> FeedState:
        fetch = self._fetches.of(feed.name)
        state = FeedState(
            feed,
            moment(chosen.added_at),
            bool(chosen.paused_at),
            self._fetches.papers(feed.name),
            chosen.only,
        )
        if fetch is None:
            return state
        known = fetch.problem in list(Problem)
        return replace(
            state,
            tried=moment(fetch.tried_at),
            succeeded=moment(fetch.succeeded_at),
            through=_day(fetch.through),
            problem=Problem(fetch.problem) if known else Problem.FAILED,
            message=fetch.message,
            retry_at=moment(fetch.retry_at),
        )

    # What came of fetching

    def note(
        self,
        feed: Feed,
        at: dt.datetime,
        trouble: Trouble | None = None,
        through: dt.date | None = None,
    ) -> None:
        """Note that `feed` was fetched at `at`, or that this failed.

        `through` is the day up to which nothing is missing, where that is known.
        """
        with self._fetches.database.transaction():
            before = self._fetches.of(feed.name) or Fetch("")
            after = Fetch(
                stamp(at),
                before.succeeded_at if trouble else stamp(at),
                through.isoformat() if through else before.through,
            )
            if trouble:
                after = replace(
                    after,
                    problem=trouble.problem.value,
                    message=trouble.message,
                    retry_at=stamp(trouble.retry_at) if trouble.retry_at else None,
                )
            self._fetches.write(feed.name, after)

    def pages(self, feed: Feed, names: Iterable[str]) -> dict[str, Page]:
        """Those pages of `names` that were fetched."""
        with translated("library", self._fetches.database.path):
            return self._fetches.pages(feed.name, names)

    def note_page(
        self, feed: Feed, name: str, at: dt.datetime, papers: int, *, settled: bool
    ) -> None:
        """Note that the page `name` was fetched at `at`, with so many papers."""
        with self._fetches.database.transaction():
            self._fetches.write_page(feed.name, Page(name, stamp(at), papers, settled))

    # Papers whose ids are not known

    def nameless(self, most: int, sought_before: dt.datetime) -> list[int]:
        """Ids of at most so many papers without arXiv id and DOI, and not sought since then."""
        with translated("library", self._fetches.database.path):
            return self._fetches.nameless(most, stamp(sought_before))

    def note_sought(self, key: str, at: dt.datetime) -> None:
        """Note that the id of the paper with this key was looked for in vain."""
        with self._fetches.database.transaction():
            self._fetches.write_sought(key, stamp(at))


def _only(what: str) -> str:
    return f"only {shown(what)[:_NAME_IN_LABEL]}" if what else "all"


def _feed_of(name: str) -> Feed | None:
    """The feed of this name; None for one that only a later paperterm knows."""
    try:
        return parse_feed(name)
    except UsageError:
        return None


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None
