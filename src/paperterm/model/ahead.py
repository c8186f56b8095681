"""Days to come, as a reader spells them: ``tomorrow``, ``mon``, ``3d``, ``2w``, ``6 nov``."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from paperterm.errors import UsageError
from paperterm.model.text import shown

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_IN = re.compile(r"(?:in )?(\d{1,4}) ?(d|days?|w|weeks?|m|months?|y|years?)", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_WORDS = re.compile(r"(?:(\d{1,2})\.? )?([a-z]{3,9})\.?(?: (\d{1,2}))?(?: (\d{4}))?", re.ASCII)
_YEARS_AHEAD = 8
"""From any day on, 29 February is at most so many years away."""


def read_day_ahead(text: str, today: dt.date) -> dt.date:
    """The day after `today` that `text` spells; one without its year is the next such day.

    Raises `UsageError` with what may be spelled, and for a day that is not to come.
    """
    plain = " ".join(text.lower().replace(",", " ").split())
    try:
        day = _spelled(plain, today)
    except (ValueError, OverflowError):
        day = None
    if day is None:
        raise UsageError(
            f"{shown(text)[:40] or 'Nothing'!r} is no day; tomorrow, mon, 3d, 2w, 6 nov and "
            "2026-11-06 are understood."
        )
    if day <= today:
        raise UsageError(f"{shown(text)[:40]} is not to come.")
    return day


def _spelled(text: str, today: dt.date) -> dt.date | None:
    if text in ("today", "tomorrow"):
        return today + dt.timedelta(days=text == "tomorrow")
    if match := _IN.fullmatch(text):
        return _later(today, int(match[1]), match[2][0])
    if match := _ISO.fullmatch(text):
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    if len(text) > 1 and (weekday := _one_of(_WEEKDAYS, text)) is not None:
        return today + dt.timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if match := _WORDS.fullmatch(text):
        return _in_words(match, today)
    return None


def _later(today: dt.date, count: int, unit: str) -> dt.date:
    if unit in "dw":
        return today + dt.timedelta(days=count * (7 if unit == "w" else 1))
    months = today.year * 12 + today.month - 1 + count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    return dt.date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _one_of(names: tuple[str, ...], begun: str) -> int | None:
    found = [place for place, name in enumerate(names) if name.startswith(begun)]
    return found[0] if len(found) == 1 else None


def _in_words(match: re.Match[str], today: dt.date) -> dt.date | None:
    month = _one_of(_MONTHS, match[2])
    number = match[1] or match[3]
    if month is None or not number or (match[1] and match[3]):
        return None
    if match[4]:
        return dt.date(int(match[4]), month + 1, int(number))
    for year in range(today.year, today.year + _YEARS_AHEAD + 1):
        if int(number) <= calendar.monthrange(year, month + 1)[1]:
            day = dt.date(year, month + 1, int(number))
            if day > today:
                return day
    return None
