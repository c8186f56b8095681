"""Pages of Daily Papers: a day, a week or a month, and how a reader spells them."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from dataclasses import dataclass
from enum import Enum, auto

from paperterm.errors import UsageError
from paperterm.model.text import shown

EARLIEST = dt.date(2023, 5, 1)
"""There are no Daily Papers of before."""

_NAMES = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_WEEK = re.compile(r"(\d{4})-?w(\d{1,2})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", re.ASCII)
_WORDS = re.compile(r"(?:(\d{1,2})\.? )?([a-z]{3,9})\.?(?: (\d{1,2}))?(?: (\d{4}))?", re.ASCII)
_LAST_WEEK = 53


class Span(Enum):
    """How long a page is."""

    DAY = auto()
    WEEK = auto()
    MONTH = auto()


@dataclass(frozen=True, slots=True)
class Page:
    """The page of the day, week or month that `day` is in."""

    day: dt.date
    span: Span = Span.DAY

    @property
    def first(self) -> dt.date:
        """Its first day."""
        match self.span:
            case Span.DAY:
                return self.day
            case Span.WEEK:
                return self.day - dt.timedelta(days=self.day.weekday())
            case Span.MONTH:
                return self.day.replace(day=1)

    @property
    def last(self) -> dt.date:
        """Its last day."""
        match self.span:
            case Span.DAY:
                return self.day
            case Span.WEEK:
                return self.first + dt.timedelta(days=6)
            case Span.MONTH:
                return self.day.replace(day=monthrange(self.day.year, self.day.month)[1])

    @property
    def days(self) -> list[dt.date]:
        """Every day of it."""
        count = (self.last - self.first).days + 1
        return [self.first + dt.timedelta(days=number) for number in range(count)]

    def step(self, by: int) -> Page:
        """The next page of its kind, or, for -1, the one before."""
        one = dt.timedelta(days=1)
        return Page(self.last + one if by > 0 else self.first - one, self.span)


def page_of(first: dt.date, last: dt.date) -> Page | None:
    """The page that has just these days, if there is one."""
    pages = (Page(first, span) for span in Span)
    return next((page for page in pages if (page.first, page.last) == (first, last)), None)


def read_page(text: str, today: dt.date) -> Page:
    """The page that `text` spells: ``2025-11-06``, ``6 nov``, ``2025-W45``, ``nov 2025``.

    A day or month without its year is the last such one. Raises `UsageError` with what may be
    spelled, and for what is still to come.
    """
    plain = " ".join(text.lower().replace(",", " ").split())
    try:
        page = _spelled(plain, today)
    except (ValueError, OverflowError):
        page = None
    if page is None:
        raise UsageError(
            f"{shown(text)[:40] or 'Nothing'!r} is no day; 2025-11-06, 6 nov, yesterday, "
            "2025-W45 and 2025-11 are understood."
        )
    if page.first > today:
        raise UsageError(f"{shown(text)[:40]} is still to come.")
    return page


def _spelled(text: str, today: dt.date) -> Page | None:
    if text in ("today", "yesterday"):
        return Page(today - dt.timedelta(days=text == "yesterday"))
    if match := _WEEK.fullmatch(text):
        return Page(dt.date.fromisocalendar(int(match[1]), int(match[2]), 1), Span.WEEK)
    if match := _ISO.fullmatch(text):
        span = Span.DAY if match[3] else Span.MONTH
        return Page(dt.date(int(match[1]), int(match[2]), int(match[3] or 1)), span)
    if match := _WORDS.fullmatch(text):
        return _in_words(match, today)
    return None


def _in_words(match: re.Match[str], today: dt.date) -> Page | None:
    months = [n for n, name in enumerate(_NAMES, 1) if name.startswith(match[2])]
    if len(months) != 1 or (match[1] and match[3]):
        return None
    number = match[1] or match[3]
    span = Span.DAY if number else Span.MONTH
    if match[4]:
        return Page(dt.date(int(match[4]), months[0], int(number or 1)), span)
    for year in range(today.year, today.year - 9, -1):
        if number == "29" and months[0] == 2 and monthrange(year, 2)[1] < 29:
            continue
        page = Page(dt.date(year, months[0], int(number or 1)), span)
        if page.first <= today:
            return page
    return None
