"""Spans of days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperterm.model.dates import read_since, read_span, since_begun, span_begun, write_span

days = st.dates()


@settings(deadline=None)
@given(days, days)
def test_a_span_written_reads_the_same(one: dt.date, other: dt.date) -> None:
    first, last = sorted((one, other))
    assert read_span(write_span(first, last)) == (first, last)
    assert read_span(write_span(first, None)) == (first, None)
    assert read_span(write_span(None, last)) == (None, last)


def test_the_ends_of_a_range_may_come_in_either_order() -> None:
    whole = (dt.date(2020, 1, 1), dt.date(2025, 6, 30))
    assert read_span("2020..2025-06") == read_span("2025-06..2020") == whole
    assert read_span("2020..2020-06") == (dt.date(2020, 1, 1), dt.date(2020, 6, 30))
    assert read_span("2020-06..2020") == (dt.date(2020, 6, 1), dt.date(2020, 12, 31))


@settings(deadline=None)
@given(days)
def test_a_year_and_a_month_are_written_short(day: dt.date) -> None:
    year, month = f"{day.year:04}", f"{day.year:04}-{day.month:02}"
    for text in (year, month, day.isoformat(), f"{year}..", f"..{month}"):
        span = read_span(text)
        assert span is not None
        assert write_span(*span) == text or text.endswith("-12")


@settings(deadline=None)
@given(days, st.sampled_from(["", ">", "<=", "2020..", "..", "2020-06-01.."]))
def test_every_beginning_of_a_span_is_known_as_one(day: dt.date, before: str) -> None:
    text = before + day.isoformat()
    for end in range(len(text)):
        assert read_span(text[:end]) or span_begun(text[:end]), text[:end]


def test_every_beginning_of_since_is_known_as_one() -> None:
    for text in ("7d", "12m", "1234y", "2024-06-05"):
        for end in range(len(text)):
            assert read_since(text[:end], dt.date.today()) or since_begun(text[:end])


@pytest.mark.parametrize(
    "text", ["banana", "2024-13", "2024-6", "2024-02-30", "20245", "2024-06-05-", ">>", "...", "d"]
)
def test_what_can_not_become_a_date_is_not_one_begun(text: str) -> None:
    assert read_span(text) is None
    assert not span_begun(text)
    assert not since_begun(text)


@settings(deadline=None)
@given(st.text())
def test_no_text_raises(text: str) -> None:
    span = read_span(text)
    assert span is None or span != (None, None)
    read_since(text, dt.date(2024, 2, 29))


@pytest.mark.parametrize(
    ("text", "today", "first"),
    [
        ("1y", "2024-02-29", "2023-02-28"),
        ("1m", "2024-03-31", "2024-02-29"),
        ("14m", "2024-01-15", "2022-11-15"),
        ("0d", "2024-01-15", "2024-01-15"),
        ("2w", "2024-01-15", "2024-01-01"),
    ],
)
def test_counting_back_keeps_to_the_calendar(text: str, today: str, first: str) -> None:
    assert read_since(text, dt.date.fromisoformat(today)) == dt.date.fromisoformat(first)


@pytest.mark.parametrize("text", ["9999y", "9999m", "2024y"])
def test_before_the_calendar_there_is_nothing(text: str) -> None:
    assert read_since(text, dt.date(800, 1, 1)) is None
