"""Which shelves for days there are, and how many papers stand on each."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Mapping, Sequence
from itertools import repeat

from paperterm.storage import facts

_SPANS = (10, 7, 4)
"""Days, months and years, as `facts.calendar_counts` has them."""
_DAYS, _MONTHS = 10, 12
"""How many days stand on shelves of their own, and how many months before those."""
Counts = tuple[tuple[dt.date, int], ...]


class Calendar:
    """The days that papers stand under; what is dear to count is counted once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """For the papers as they are now."""
        self._connection = connection
        self._all = [facts.calendar_counts(connection, span) for span in _SPANS]

    def without(self, hidden: Sequence[int]) -> tuple[Counts, Counts, Counts]:
        """The last days; the months of the days before; the years of the months before.

        Papers that are `hidden` do not count.
        """
        all_days, all_months, all_years = map(self._left, self._all, _SPANS, repeat(hidden))
        days, older = all_days[:_DAYS], all_days[_DAYS:]
        if not older:
            return days, (), ()
        all_months = tuple(month for month in all_months if month[0] <= older[0][0])
        months, older_months = all_months[:_MONTHS], all_months[_MONTHS:]
        if not older_months:
            return days, months, ()
        return days, months, tuple(year for year in all_years if year[0] <= older_months[0][0])

    def _left(self, counts: Mapping[dt.date, int], span: int, hidden: Sequence[int]) -> Counts:
        if not hidden:
            return tuple(counts.items())
        gone = facts.calendar_counts(self._connection, span, hidden)
        left = ((day, count - gone.get(day, 0)) for day, count in counts.items())
        return tuple((day, count) for day, count in left if count)
