"""Papers in an order of the reader's, and where each stands in it."""

from __future__ import annotations

import contextlib
import datetime as dt
from array import array
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property


class Order:
    """Every paper in some order, with the day it stands under (ISO)."""

    def __init__(self, ids: array[int], days: list[str]) -> None:
        self.ids = ids
        self._days = days

    @cached_property
    def _places(self) -> array[int]:
        """For each id its place in the order."""
        places = array("q", bytes(8 * (max(self.ids, default=-1) + 1)))
        for place, paper_id in enumerate(self.ids):
            places[paper_id] = place
        return places

    def without(self, hidden: Collection[int]) -> Order:
        """The order of the papers that are not hidden."""
        ids, days = array("q"), list[str]()
        start = 0
        for place in [*sorted(map(self._places.__getitem__, hidden)), len(self.ids)]:
            ids.extend(self.ids[start:place])
            days.extend(self._days[start:place])
            start = place + 1
        return Order(ids, days)

    def of(self, found: Collection[int] | None) -> tuple[array[int], Sequence[str]]:
        """Those of the papers that were found, or all, and their days."""
        if found is None:
            return self.ids, self._days
        places = sorted(map(self._places.__getitem__, found))
        ids, days = self.ids, self._days
        return array("q", (ids[place] for place in places)), [days[place] for place in places]


def without(ids: Iterable[int], hidden: Collection[int]) -> array[int]:
    """`ids` but for those that are hidden."""
    return array("q", (one for one in ids if one not in hidden))


def day_starts(days: Sequence[str]) -> tuple[tuple[dt.date, int], ...]:
    """Each day in a row of days (ISO), and where it begins."""
    starts: list[tuple[dt.date, int]] = []
    last = ""
    for place, day in enumerate(days):
        if day != last:
            last = day
            with contextlib.suppress(ValueError):  # in a damaged catalogue it may be no day
                starts.append((dt.date.fromisoformat(day), place))
    return tuple(starts)
