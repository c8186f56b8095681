"""Spans of days as a query spells them: ``2024``, ``2024-06..2025-01``, ``>=2024-06``, ``7d``."""

from __future__ import annotations

import calendar
import datetime as dt
import re

Span = tuple[dt.date | None, dt.date | None]
"""The first and the last day, both included; None leaves that end open."""

_DAY = r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?"
_DATE = re.compile(_DAY, re.ASCII)
_COMPARED = re.compile(r"([<>]=?)(.+)", re.ASCII)
_AGO = re.compile(r"(\d{1,4})([dwmy])", re.ASCII)
# What a date looks like before its last part is there: 202, 2024-, 2024-1, 2024-06-, 2024-06-3.
_CUT_SHORT = r"(?:\d{0,3}|\d{4}-[01]?|\d{4}-(?:0[1-9]|1[0-2])-[0-3]?)"
_SPAN_BEGUN = re.compile(rf"(?:[<>]=?)?{_CUT_SHORT}|(?:{_DAY})?\.(?:\.{_CUT_SHORT})?", re.ASCII)
_SINCE_BEGUN = re.compile(rf"{_CUT_SHORT}", re.ASCII)


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _date_span(text: str) -> tuple[dt.date, dt.date] | None:
    match = _DATE.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if year is None or month is None:
            return dt.date(year or 0, 1, 1), dt.date(year or 0, 12, 31)
        if day is None:
            return dt.date(year, month, 1), _month_end(year, month)
        return dt.date(year, month, day), dt.date(year, month, day)
    except ValueError:
        return None


def _compared(sign: str, text: str) -> Span | None:
    if not (days := _date_span(text)):
        return None
    first, last = days
    try:
        match sign:
            case ">":
                return last + dt.timedelta(days=1), None
            case ">=":
                return first, None
            case "<":
                return None, first - dt.timedelta(days=1)
            case _:
                return None, last
    except OverflowError:
        return None


def _between(left: str, right: str) -> Span | None:
    from_days, to_days = _date_span(left), _date_span(right)
    if (left and not from_days) or (right and not to_days):
        return None
    if from_days and to_days:
        reverse = from_days[0] > to_days[1]
        return (to_days[0], from_days[1]) if reverse else (from_days[0], to_days[1])
    if from_days or to_days:
        return from_days[0] if from_days else None, to_days[1] if to_days else None
    return None


def read_span(text: str) -> Span | None:
    """The days that `text` spells, or None: a date, ``first..last``, or one after ``<``, ``>``.

    A year or a month means all of its days; the ends of a range may come in either order.
    """
    if match := _COMPARED.fullmatch(text):
        return _compared(match[1], match[2])
    left, dots, right = text.partition("..")
    return _between(left, right) if dots else _date_span(text)


def read_since(text: str, today: dt.date) -> dt.date | None:
    """The first day that `text` spells, or None: ``7d``, ``2w``, ``3m``, ``1y`` ago, or a date."""
    match = _AGO.fullmatch(text)
    if not match:
        days = _date_span(text)
        return days[0] if days else None
    count, unit = int(match[1]), match[2]
    try:
        if unit in "dw":
            return today - dt.timedelta(days=count * (7 if unit == "w" else 1))
        months = today.year * 12 + today.month - 1 - count * (12 if unit == "y" else 1)
        year, month = divmod(months, 12)
        end = _month_end(year, month + 1)
        return end.replace(day=min(today.day, end.day))
    except (OverflowError, ValueError):
        return None


def span_begun(text: str) -> bool:
    """Whether more typing could make `text` something for `read_span`."""
    return bool(_SPAN_BEGUN.fullmatch(text))


def since_begun(text: str) -> bool:
    """Whether more typing could make `text` something for `read_since`."""
    return bool(_SINCE_BEGUN.fullmatch(text))


def write_span(first: dt.date | None, last: dt.date | None) -> str:
    """The shortest text that `read_span` reads as these days; ``..`` when both ends are open."""
    left, right = _shortest(first, start=True), _shortest(last, start=False)
    if first and last:
        for text in (left, right, last.isoformat()):
            if _date_span(text) == (first, last):
                return text
    return f"{left}..{right}"


def _shortest(day: dt.date | None, start: bool) -> str:
    if day is None:
        return ""
    text = day.isoformat()
    for cut in (text[:4], text[:7]):
        days = _date_span(cut)
        if days and days[0 if start else 1] == day:
            return cut
    return text
