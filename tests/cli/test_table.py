from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperterm.cli.table import cells, fit, rows
from paperterm.library.view import Entry
from paperterm.model.marks import Marks
from paperterm.model.paper import Paper

from .helpers import CONTROLS


def entry(title: str, tags: tuple[str, ...] = (), arxiv_id: str | None = None) -> Entry:
    paper = Paper(title, arxiv_id=arxiv_id, published=dt.date(2024, 8, 15))
    return Entry(1, paper, Marks(bool(tags), False, tags), "", dt.date(2024, 8, 15))


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("abc", 5, "abc  "),
        ("abcdef", 4, "abc…"),
        ("日本語", 6, "日本語"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日… "),
        ("cafe\u0301s", 5, "cafe\u0301s"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
    ],
)
def test_text_is_fitted_by_the_columns_it_takes(text: str, width: int, fitted: str) -> None:
    assert fit(text, width) == fitted


@settings(deadline=None)
@given(st.text(max_size=60), st.integers(0, 50))
def test_fitted_text_takes_exactly_its_columns(text: str, width: int) -> None:
    assert cells(fit(text, width)) == width


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.builds(
            entry,
            st.text(min_size=1, max_size=80),
            st.tuples() | st.tuples(st.text(min_size=1, max_size=40)),
            st.sampled_from([None, "2408.08066", "hep-th/9901001"]),
        ),
        max_size=4,
    ),
    st.integers(1, 120),
)
def test_no_row_is_wider_than_the_terminal(entries: list[Entry], width: int) -> None:
    for row in rows(entries, width):
        assert cells(row) <= width
        assert not CONTROLS.search(row)


def test_columns_stand_under_each_other() -> None:
    entries = [
        entry("A title", ("llm",), "2408.08066"),
        entry("語" * 60, (), "hep-th/9901001"),
        entry("Another", ("a", "b")),
    ]
    starts = {cells(row[: row.index("2024-08-15")]) for row in rows(entries, 100)}
    tags = {cells(row[: row.index("#")]) for row in rows(entries, 100) if "#" in row}
    assert len(starts) == 1
    assert len(tags) == 1


def test_a_long_list_is_not_held_back() -> None:
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield entry(f"Paper {taken}")

    listed = rows(endless(), 80)  # type: ignore[arg-type]
    assert "Paper 1" in next(listed)
    assert taken <= 1000
