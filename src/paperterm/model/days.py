"""Days as people read them, whatever the locale."""

from __future__ import annotations

import datetime as dt

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def date_text(day: dt.date | None) -> str:
    """``6 Nov 2025``; empty for no date."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else ""


def day_text(day: dt.date) -> str:
    """``Thu 6 Nov 2025``."""
    return f"{_WEEKDAYS[day.weekday()]} {date_text(day)}"
