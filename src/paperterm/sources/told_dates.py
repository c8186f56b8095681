"""Dates as bibliographies, feeds and mails tell them.

Some tell no day, or no month. Such a date is taken as the last day it can mean: when records of
a paper are merged the earlier date stands, so any date that is told more exactly wins over it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from email.utils import parsedate_to_datetime

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_NUMERIC = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?!\d)", re.ASCII)
_LONGEST_MAIL_DATE = 100


def span_end(year: int, month: int | None = None, day: int | None = None) -> dt.date | None:
    """The last day of what is told; None when there is no such year.

    A month or a day that does not exist counts as not told.
    """
    month = month if month and 1 <= month <= 12 else None
    day = day if month and day else None
    try:
        last = dt.date(year, month or 12, calendar.monthrange(year, month or 12)[1])
    except ValueError:
        return None
    return last.replace(day=day) if day and day <= last.day else last


def numeric_day(text: str) -> dt.date | None:
    """The date that `text` begins with: ``2025``, ``2025-06``, ``2025/06/23``, with more after."""
    match = _NUMERIC.match(text.strip())
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    return span_end(year or 0, month, day)


def month_number(text: str) -> int | None:
    """The month that `text` is or begins with: ``6``, ``jun``, ``June``."""
    text = text.strip().lower()
    if text.isascii() and text.isdecimal() and len(text) <= 2:
        return int(text) if 1 <= int(text) <= 12 else None
    return MONTHS.index(text[:3]) + 1 if text[:3] in MONTHS else None


def mail_day(text: str) -> dt.date | None:
    """The day of a date in the form of mails and RSS, in its own time zone."""
    if not text or len(text) > _LONGEST_MAIL_DATE:
        return None
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
