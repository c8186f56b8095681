"""What the headers of an answer ask us to wait."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

_LONGEST_DATE = 64
"""Characters; a date of HTTP has 29."""
_SECONDS = re.compile(r"\d{1,9}", re.ASCII)
_PARAMETER = re.compile(r";\s*([rt])=(\d{1,9})(?=\s*(?:;|$))", re.ASCII)


def seconds_asked(headers: Mapping[str, str]) -> float | None:
    """How many seconds Retry-After asks for, at least 0; None when it is not there or senseless.

    A date in it is taken by the service's own clock, if the answer says what that shows.
    """
    value = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(value):
        return float(value)
    until = _date(value)
    if until is None:
        return None
    now = _date(headers.get("date", "")) or dt.datetime.now(dt.UTC)
    return max(0.0, (until - now).total_seconds())


def budget_spent(headers: Mapping[str, str]) -> float | None:
    """In how many seconds there are requests again, if the RateLimit says that none is left.

    ``"api";r=0;t=55``: 0 requests remain, 55 seconds are to go.
    """
    waits = []
    for policy in headers.get("ratelimit", "").split(","):
        said = {name: int(value) for name, value in _PARAMETER.findall(policy)}
        if said.get("r") == 0 and "t" in said:
            waits.append(float(said["t"]))
    return max(waits, default=None)


def _date(value: str) -> dt.datetime | None:
    try:
        date = parsedate_to_datetime(value[:_LONGEST_DATE])
        # A date that names no zone is one of Greenwich, as all of HTTP's are.
        return date.astimezone(dt.UTC) if date.tzinfo else date.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        return None
