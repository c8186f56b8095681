"""The year of a page that does not print its own.

The page prints the years of papers from other years, so its own lies above the newest of those,
and not after the day its file was written.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from paperterm.model.record import Context
from paperterm.sources.page_lines import MONTHS, Stamp

_ENOUGH = 3
"""Papers that must print the newest year before the next one is believed to be the page's."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """What the dates of one page mean."""

    day: dt.date | None
    """The page's day, when a day is on the page."""
    last: dt.date | None
    """The day that nothing on the page is younger than; None when nothing depends on it."""
    remark: str = ""
    """What had to be assumed."""

    def date(self, stamp: Stamp | None) -> dt.date | None:
        """The date that `stamp` means; None for none, and for one that does not exist."""
        if stamp is None or stamp.year:
            return stamp.on(stamp.year) if stamp and stamp.year else None
        if self.last is None:
            return None
        this_year = stamp.on(self.last.year)
        if this_year and this_year > self.last:
            return stamp.on(self.last.year - 1)
        return this_year


def settle(day: Stamp | None, stamps: Sequence[Stamp], context: Context) -> Calendar:
    """The calendar of a page of `day` whose papers bear `stamps`."""
    if day and day.year:
        printed = day.on(day.year)
        return Calendar(printed, printed)
    yearless = [stamp for stamp in stamps if stamp.year is None]
    if context.as_of:
        known = _latest(day, context.as_of) if day else None
        return Calendar(known, known or context.as_of)
    # Without the page's day, its newest date without a year comes next to it.
    reference = day or max(yearless, key=lambda stamp: (stamp.month, stamp.day), default=None)
    if reference is None:
        return Calendar(None, None)
    years = [stamp.year for stamp in stamps if stamp.year]
    last = _assumed(reference, years, context.modified or dt.date.today())
    return Calendar(last if day else None, last, _remark(last, bool(day)))


def _assumed(reference: Stamp, years: Iterable[int], bound: dt.date) -> dt.date:
    upper = _latest(reference, bound)
    printed = Counter(years)
    if not printed:
        return upper
    newest = max(printed)
    lower = reference.on(newest + 1)
    return lower if lower and lower < upper and printed[newest] >= _ENOUGH else upper


def _latest(stamp: Stamp, bound: dt.date) -> dt.date:
    """The last such day that is not after `bound`."""
    # 29 February can be eight years away: 2096 and 2104 have one, 2100 has none.
    for year in range(bound.year, bound.year - 9, -1):
        found = stamp.on(year)
        if found and found <= bound:
            return found
    return bound


def _remark(last: dt.date, is_day: bool) -> str:
    if is_day:
        taken = f"The page's day is taken as {last.day} {MONTHS[last.month - 1]} {last.year}"
    else:
        taken = f"Dates without a year are taken as of {last.year}"
    return f"{taken}; the year is not on the page, --as-of settles it."
