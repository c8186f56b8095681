"""Days, weeks and months as a reader spells them."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperterm.errors import UsageError
from paperterm.model.pages import Page, Span, page_of, read_page

TODAY = dt.date(2025, 11, 12)
DAYS = st.dates(dt.date(1000, 2, 1), dt.date(9000, 1, 1))


@pytest.mark.parametrize(
    ("text", "first", "span"),
    [
        ("2025-11-06", "2025-11-06", Span.DAY),
        ("today", "2025-11-12", Span.DAY),
        (" Yesterday ", "2025-11-11", Span.DAY),
        ("6 nov", "2025-11-06", Span.DAY),
        ("6. November", "2025-11-06", Span.DAY),
        ("Nov 6, 2024", "2024-11-06", Span.DAY),
        ("24 dec", "2024-12-24", Span.DAY),
        ("29 feb", "2024-02-29", Span.DAY),
        ("2025-W45", "2025-11-03", Span.WEEK),
        ("2025w1", "2024-12-30", Span.WEEK),
        ("2025-11", "2025-11-01", Span.MONTH),
        ("dec", "2024-12-01", Span.MONTH),
    ],
)
def test_what_can_be_spelled(text: str, first: str, span: Span) -> None:
    page = read_page(text, TODAY)
    assert (str(page.first), page.span) == (first, span)


@pytest.mark.parametrize(
    "text", ["", "6", "soon", "ju", "31 feb", "2025-13", "2025-W60", "6 nov 6", "99 nov", "99999"]
)
def test_what_is_no_day_is_refused_with_what_is(text: str) -> None:
    with pytest.raises(UsageError, match="is no day; 2025-11-06"):
        read_page(text, TODAY)


def test_what_is_to_come_is_refused() -> None:
    with pytest.raises(UsageError, match="still to come"):
        read_page("2025-11-13", TODAY)


@given(st.text(max_size=40))
def test_any_text_is_a_page_or_refused(text: str) -> None:
    with contextlib.suppress(UsageError):
        assert read_page(text, TODAY).first <= TODAY


@given(DAYS, st.sampled_from(Span))
def test_pages_follow_each_other_without_a_gap(day: dt.date, span: Span) -> None:
    page = Page(day, span)
    assert page.first <= day <= page.last
    assert page.step(1).first == page.last + dt.timedelta(days=1)
    assert page.step(1).step(-1).first == page.first
    assert len(page.days) == {Span.DAY: 1, Span.WEEK: 7}.get(span, len(page.days))
    assert page_of(page.first, page.last) == Page(page.first, span)
