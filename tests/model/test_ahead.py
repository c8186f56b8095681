from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperterm.errors import UsageError
from paperterm.model.ahead import read_day_ahead

THURSDAY = dt.date(2025, 11, 6)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tomorrow", "2025-11-07"),
        ("fri", "2025-11-07"),
        ("Thursday", "2025-11-13"),
        ("mo", "2025-11-10"),
        ("3d", "2025-11-09"),
        ("in 3 days", "2025-11-09"),
        ("2w", "2025-11-20"),
        ("1m", "2025-12-06"),
        ("4 months", "2026-03-06"),
        ("1y", "2026-11-06"),
        ("7 nov", "2025-11-07"),
        ("6 nov", "2026-11-06"),
        ("Jan 2", "2026-01-02"),
        ("29 feb", "2028-02-29"),
        ("29. February 2028", "2028-02-29"),
        ("2026-1-2", "2026-01-02"),
        (" 2025-11-07 ", "2025-11-07"),
    ],
)
def test_a_day_to_come_is_read(text: str, day: str) -> None:
    assert read_day_ahead(text, THURSDAY).isoformat() == day


def test_a_month_later_is_never_beyond_the_month() -> None:
    assert read_day_ahead("1m", dt.date(2025, 1, 31)) == dt.date(2025, 2, 28)


@pytest.mark.parametrize("text", ["today", "0d", "2025-11-06", "2024-01-01", "6 nov 2025"])
def test_what_is_not_to_come_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="not to come"):
        read_day_ahead(text, THURSDAY)


@pytest.mark.parametrize(
    "text",
    ["", "m", "t", "ma", "nov", "31 nov", "30 feb", "9999y", "2026-13-01", "6 nov 7", "soon"],
)
def test_what_is_no_day_is_refused_with_what_would_be_one(text: str) -> None:
    with pytest.raises(UsageError, match="tomorrow, mon, 3d, 2w, 6 nov"):
        read_day_ahead(text, THURSDAY)


@given(st.text(max_size=30), st.dates())
def test_every_text_is_a_day_to_come_or_refused(text: str, today: dt.date) -> None:
    with contextlib.suppress(UsageError):
        assert read_day_ahead(text, today) > today
