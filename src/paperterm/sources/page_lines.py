"""The kinds of lines on a Daily Papers page that was copied as text.

Under a paper's abstract stand ``  • 5 authors``, ``·`` and ``Aug 13, 2024 6``: a date, without
its year when that is the page's own, and the number of comments when there are any.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from paperterm.model.text import shown
from paperterm.sources.fields import MOST

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_LONGEST = 60
"""Characters of the longest line that can be something else than text."""

_BULLETS = "•·∙◦‣●*–—-"
_COUNT = r"(\d{1,3}(?:,\d{3})+|\d+)"
_AUTHORS = re.compile(
    rf"[{_BULLETS}]?\s*{_COUNT}\s+authors?(?:\s*[{_BULLETS}]\s*(.*))?", re.IGNORECASE | re.ASCII
)
_MANGLED_AUTHORS = re.compile(rf"[{_BULLETS}].{{0,30}}\bauthors?\W*", re.IGNORECASE)
_CUT_AUTHORS = re.compile(rf"[{_BULLETS}]\s*\d*\s*(?:a|au|aut|auth|autho|author)?")
_SEPARATOR = re.compile(rf"[|{_BULLETS}]")
_DATE = re.compile(
    r"([A-Z][a-z]{2})[a-z]{0,6}\.? (\d{1,2})(?:, ?(\d{4})| ((?:19|20)\d\d))?"
    rf"(?:\s*[{_BULLETS}]?\s+{_COUNT})?",
    re.ASCII,
)
_FURNITURE = frozenset(
    {
        "new",
        "daily papers",
        "get trending papers in your email inbox!",
        "subscribe",
        "trending papers",
        "daily",
        "weekly",
        "monthly",
        "trending",
        "previous",
        "next",
        "load more",
        "company",
        "© hugging face",
        "hugging face",
        "tos",
        "privacy",
        "about",
        "careers",
        "jobs",
        "website",
        "models",
        "datasets",
        "spaces",
        "buckets",
        "pricing",
        "docs",
        "enterprise",
        "community",
        "system theme",
        "log in",
        "sign up",
        "search papers",
        "",
    }
)
_BANNER_BY = re.compile(r"by\s*\S.{0,40}research community", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date as printed: the year only when it is there. The day exists in some year."""

    month: int
    day: int
    year: int | None = None

    def on(self, year: int) -> dt.date | None:
        """The date in `year`, or None: 29 February is not in every one."""
        try:
            return dt.date(year, self.month, self.day)
        except ValueError:
            return None


def plain(line: str) -> str:
    """`line` as its kind is told from: blanks of all kinds folded, nothing invisible in it."""
    return shown(line) if len(line) <= 4 * _LONGEST else line


def authors_in(text: str) -> tuple[int | None, str] | None:
    """The number in an author line (None when it is nonsense) and the rest of the line."""
    if len(text) > _LONGEST:
        return None
    if match := _AUTHORS.fullmatch(text):
        return number(match[1]), match[2] or ""
    return (None, "") if _MANGLED_AUTHORS.fullmatch(text) else None


def is_cut_off_author_line(text: str) -> bool:
    """Whether `text` is the beginning of an author line."""
    return len(text) <= _LONGEST and bool(_CUT_AUTHORS.fullmatch(text))


def is_separator(text: str) -> bool:
    """Whether `text` is the dot between the authors and the date."""
    return bool(_SEPARATOR.fullmatch(text))


def date_in(text: str) -> tuple[Stamp | None, int | None] | None:
    """The date (None when there is no such day) and the comments in a date line."""
    match = _DATE.fullmatch(text) if len(text) <= _LONGEST else None
    if not match or match[1] not in MONTHS:
        return None
    year = int(match[3] or match[4] or 0) or None
    stamp = Stamp(MONTHS.index(match[1]) + 1, int(match[2]), year)
    exists = stamp.on(year or 2000) is not None and (year is None or year >= 1900)
    return stamp if exists else None, number(match[5])


def number(text: str | None) -> int | None:
    """The count that `text` is, with or without commas between thousands; else None."""
    if not text or len(text) > 13 or not re.fullmatch(_COUNT, text, re.ASCII):
        return None
    count = int(text.replace(",", ""))
    return count if count < MOST else None


def is_furniture(text: str) -> bool:
    """Whether `text` is of the page around the papers: its banner, its foot, its menus."""
    return text.casefold() in _FURNITURE or bool(_BANNER_BY.fullmatch(text))


def is_banner(text: str) -> bool:
    """Whether `text` is the heading of every Daily Papers page."""
    return text.casefold() == "daily papers"
