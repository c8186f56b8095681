"""Which shelves for days there are, and how many papers stand on each."""

from __future__ import annotations

import datetime as dt
import sqlite3

from paperterm.storage import facts

_DAYS, _MONTHS = 10, 12
"""How many days stand on shelves of their own, and how many months before those."""
Counts = tuple[tuple[dt.date, int], ...]


def calendar(connection: sqlite3.Connection) -> tuple[Counts, Counts, Counts]:
    """The last days; the months of the days before; the years of the months before."""
    all_days = facts.day_counts(connection)
    days, older = all_days[:_DAYS], all_days[_DAYS:]
    if not older:
        return tuple(days), (), ()
    newest = older[0][0]
    all_months = [month for month in facts.month_counts(connection) if month[0] <= newest]
    months, older_months = all_months[:_MONTHS], all_months[_MONTHS:]
    years = []
    if older_months:
        last = older_months[0][0]
        years = [year for year in facts.year_counts(connection) if year[0] <= last]
    return tuple(days), tuple(months), tuple(years)
