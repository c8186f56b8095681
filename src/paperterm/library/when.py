"""Moments: as files keep them, and as people speak of them."""

from __future__ import annotations

import datetime as dt


def now() -> dt.datetime:
    """This moment, in UTC."""
    return dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """The day it is where the reader is."""
    return now().astimezone().date()


def stamp(moment: dt.datetime) -> str:
    """`moment` as files keep it: ISO, in UTC, to the second."""
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")


def moment(text: str | None) -> dt.datetime | None:
    """The moment that `stamp` wrote; None for anything else."""
    try:
        found = dt.datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return found.astimezone(dt.UTC) if found and found.tzinfo else None


def ago(then: dt.datetime, now: dt.datetime) -> str:
    """How long `then` is past: ``3 h ago``."""
    seconds = (now - then).total_seconds()
    return "a moment ago" if seconds < 60 else f"{_span(seconds)} ago"


def ahead(then: dt.datetime, now: dt.datetime) -> str:
    """How long it is until `then`: ``40 s``."""
    return _span((then - now).total_seconds())


def _span(seconds: float) -> str:
    if seconds < 99.5:
        return f"{max(1, round(seconds))} s"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} min"
    if seconds < 36 * 3600:
        return f"{round(seconds / 3600)} h"
    return f"{round(seconds / 86400)} days"
