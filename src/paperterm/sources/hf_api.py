"""Answers of Hugging Face's papers API: pages of Daily Papers, and what its search finds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from paperterm.errors import SourceError
from paperterm.model.paper import Sighting
from paperterm.model.record import Item, Record
from paperterm.model.text import shown
from paperterm.sources import huggingface
from paperterm.sources.fields import day_of, safe_json

MOST = 1000
"""Papers of one answer; the service gives at most 120."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The wrappers of one answer, and the day its page says it is of, if it does."""

    wrappers: tuple[object, ...]
    day: dt.date | None = None

    def is_of(self, day: dt.date) -> bool:
        """Whether it may be the page of `day`.

        Asked for a day without papers, the service may show the last one that has some: then
        every paper was listed on that other day, and none on `day`.
        """
        if self.day is not None:
            return self.day == day
        days = {listed for wrapper in self.wrappers if (listed := _listed(wrapper))}
        return not days or day in days


def read(body: bytes, name: str) -> Answer:
    """What `body`, which messages call `name`, holds. Raises `SourceError` when it is no answer."""
    value = safe_json(body, name)
    day = None
    if isinstance(value, Mapping) and isinstance(value.get("dailyPapers"), list):
        day = day_of(value.get("dateString")) if value.get("periodType", "day") == "day" else None
        value = value["dailyPapers"]
    if not isinstance(value, list):
        raise SourceError(f"{shown(name)} is not a list of papers.")
    if value and not any(map(huggingface.is_wrapper, value)):
        raise SourceError(f"{shown(name)} is a list of something else than papers.")
    return Answer(tuple(value[:MOST]), day)


def of_day(answer: Answer, day: dt.date, start: int = 0) -> Iterator[Item]:
    """The papers on the page of `day`; the answer's first is in place `start` of it."""
    for item in huggingface.take(_lined(answer), day):
        yield _moved(item, start)


def of_days(answer: Answer, start: int) -> Iterator[Item]:
    """The papers, each on the day it was listed; the first in place `start` of that day's page.

    A paper that does not say its day counts as met on none.
    """
    for item in huggingface.take(_lined(answer)):
        yield _moved(item, start)


def found(answer: Answer, source: str) -> Iterator[Item]:
    """The papers as `source` has found them: on no day, in their order."""
    for item in huggingface.take(_lined(answer)):
        if isinstance(item, Record):
            sightings = tuple(
                Sighting(source, None, sighting.position) for sighting in item.paper.sightings
            )
            item = replace(item, paper=replace(item.paper, sightings=sightings))
        yield item


def _lined(answer: Answer) -> Iterator[tuple[int, object]]:
    # There are no lines to name in an answer that nobody has as a file.
    return ((0, wrapper) for wrapper in answer.wrappers)


def _moved(item: Item, start: int) -> Item:
    if not isinstance(item, Record) or not start:
        return item
    sightings = tuple(replace(one, position=one.position + start) for one in item.paper.sightings)
    return replace(item, paper=replace(item.paper, sightings=sightings))


def _listed(wrapper: object) -> dt.date | None:
    """The day on which a wrapper says that its paper was listed."""
    if not isinstance(wrapper, Mapping):
        return None
    paper = wrapper.get("paper")
    inner = paper.get("submittedOnDailyAt") if isinstance(paper, Mapping) else None
    return day_of(inner or wrapper.get("submittedOnDailyAt"))
