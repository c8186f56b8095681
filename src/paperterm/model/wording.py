"""Dates, names and counts in a reader's words, whatever the locale."""

from __future__ import annotations

import datetime as dt

from paperterm.model.text import shown

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def counted(number: int, thing: str) -> str:
    """``1 comment``, ``1,204 comments``."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def date_text(day: dt.date | None) -> str:
    """``6 Nov 2025``; empty for no date."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else ""


def day_text(day: dt.date) -> str:
    """``Thu 6 Nov 2025``."""
    return f"{_WEEKDAYS[day.weekday()]} {date_text(day)}"


def surname(name: str) -> str:
    """The part of a name that papers are cited by: ``Dao`` of ``Tri Dao`` and of ``Dao, Tri``."""
    name = shown(name)
    if "," in name:
        return name.split(",")[0].strip() or name
    words = name.split()
    if not words:
        return "?"
    start = len(words) - 1
    while start > 0 and words[start - 1].islower():
        start -= 1  # van der Werff
    return " ".join(words[start:])
