"""Daily Papers: a page a day, and the longer pages of weeks and months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from paperterm.errors import BadAnswer, PapertermError, SourceError, WebError
from paperterm.library.arrivals import huggingface
from paperterm.library.arrivals.outcome import Fetched, Step, Told
from paperterm.library.arrivals.post import Errand
from paperterm.library.door import Library
from paperterm.library.hands import Hands
from paperterm.model.feeds import DAILY
from paperterm.model.merge import normalised
from paperterm.model.pages import EARLIEST
from paperterm.model.record import Item, Record
from paperterm.sources import hf_api
from paperterm.storage.fetches import Page

FIRST_DAYS = 7
"""Days that are fetched when there were none before."""
MOST_DAYS = 60
"""Days that are fetched at once, unless the reader asks for more."""

_ODD_DAYS = 3
"""Days before the last one fetched that are looked at again, should they not be settled."""
_EMPTY_SETTLES = dt.timedelta(days=1)
"""How long after its end a day may still get its first papers."""
_LONGER_PAGE = 1000
"""The place of the first paper of a page that is no day's: behind all that a day's page has."""


@dataclass(frozen=True, slots=True)
class DailyPapers:
    """Fetches pages of Daily Papers."""

    errand: Errand
    hands: Hands
    told: Told
    clock: Callable[[], dt.datetime]
    """This moment, in UTC: the service's days are Greenwich's."""

    @property
    def today(self) -> dt.date:
        """The day whose page is still growing."""
        return self.clock().date()

    # By days

    def missing(self, through: dt.date | None, since: dt.date | None) -> list[dt.date]:
        """The days that have to be fetched, the newest first.

        `through` is the day up to which nothing is missing; `since` is the first day that the
        reader wants.
        """
        today = self.today
        if since is not None:
            first = max(since, EARLIEST)
        elif through is None:
            first = today - dt.timedelta(days=FIRST_DAYS - 1)
        else:
            first = min(through, today) - dt.timedelta(days=_ODD_DAYS)
            first = max(first, today - dt.timedelta(days=MOST_DAYS - 1))
        days = [today - dt.timedelta(days=back) for back in range((today - first).days + 1)]
        known = self.hands(lambda library: library.feeds.pages(DAILY, map(str, days)))
        return [day for day in days if not _is_settled(known.get(str(day)))]

    def fetch_days(self, days: list[dt.date], fetched: Fetched) -> None:
        """Fetch the pages of `days`, each of which is in the library when the next is begun.

        Raises `WebError`, `SourceError` or `Cancelled`.
        """
        for number, day in enumerate(days):
            self.told(Step(fetched.feed, number, len(days), str(day)))
            self._fetch_day(day, fetched)

    def fetch_day(self, day: dt.date, fetched: Fetched, *, again: bool = False) -> None:
        """Fetch the page of `day` unless it is there and will not change; raises as `fetch_days`.

        With `again`, it is fetched in any case.
        """
        known = self.hands(lambda library: library.feeds.pages(DAILY, [str(day)]))
        if (_is_settled(known.get(str(day))) and not again) or not EARLIEST <= day <= self.today:
            fetched.asked = False
            return
        self.fetch_days([day], fetched)

    def _fetch_day(self, day: dt.date, fetched: Fetched) -> None:
        begun = self.clock()
        items: list[Item] = []
        for start, answer in self._answers_of(day):
            if not answer.is_of(day):
                break
            items += hf_api.of_day(answer, day, start)
        records = sum(isinstance(item, Record) for item in items)
        ended = dt.datetime.combine(day, dt.time(), dt.UTC) + dt.timedelta(days=1)
        settled = begun >= (ended if records else ended + _EMPTY_SETTLES)

        def take(library: Library) -> None:
            library.add(items, fetched.tally)
            library.feeds.note_page(DAILY, str(day), begun, records, settled=settled)

        self.hands(take)
        fetched.keys += keys_of(items)

    def _answers_of(self, day: dt.date) -> Iterable[tuple[int, hf_api.Answer]]:
        try:
            yield from huggingface.answers(self.errand, huggingface.day_query(day))
        except BadAnswer as error:
            # The service takes the day that has just begun for one that does not exist yet.
            if error.status != 400 or day < self.today:
                raise

    # Longer pages

    def fetch_page(self, query: str, name: str, fetched: Fetched) -> None:
        """Fetch a page that is not a day's; its papers are filed under the days they name.

        When the service can't be asked, the keys of what it said last are given besides the
        error. Raises as `fetch_days`.
        """
        try:
            for start, answer in huggingface.answers(self.errand, query):
                self.told(Step(fetched.feed, start, None, name))
                self._take(answer, start, fetched)
        except (WebError, SourceError):
            if not fetched.keys:
                fetched.keys += _kept_keys(self.errand, query)
            raise

    def _take(self, answer: hf_api.Answer, start: int, fetched: Fetched) -> None:
        items = list(hf_api.of_days(answer, _LONGER_PAGE + start))
        self.hands(lambda library: library.add(items, fetched.tally))
        fetched.keys += keys_of(items)


def keys_of(items: Iterable[Item]) -> list[str]:
    """The keys of the papers among `items`, in their order."""
    return [normalised(item.paper).key for item in items if isinstance(item, Record)]


def _kept_keys(errand: Errand, query: str) -> list[str]:
    try:
        answers = huggingface.kept(errand, query)
    except PapertermError:
        return []
    return [key for start, one in answers for key in keys_of(hf_api.of_days(one, start))]


def _is_settled(page: Page | None) -> bool:
    return page is not None and page.settled
