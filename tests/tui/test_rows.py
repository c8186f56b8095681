from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from paperterm.tui.widgets.rows import Heading, Rows


@given(
    count=st.integers(0, 30),
    headed=st.sets(st.integers(0, 29)),
    tall=st.lists(st.integers(0, 29)),
    height=st.integers(1, 3),
)
def test_every_line_belongs_to_one_row_in_their_order(
    count: int, headed: set[int], tall: list[int], height: int
) -> None:
    headings = [Heading(row, str(row)) for row in sorted(headed) if row < count]
    rows = Rows(count, headings, height)
    rows.make_tall(row for row in tall if row < count)
    expected = [
        row for row in range(count) for _ in range(height + (row in set(tall)) + (row in headed))
    ]
    assert [rows.at(line) for line in range(rows.lines)] == expected
    assert rows.at(rows.lines) == count
    for row in range(count):
        assert rows.line_of(row) == expected.index(row) + rows.has_heading(row)
        assert rows.has_heading(row) == (row in headed)
        if row in headed:
            assert rows.heading_on(rows.line_of(row) - 1).row == row


@given(
    count=st.integers(0, 9),
    places=st.lists(st.integers(0, 9), max_size=8),
    tall=st.lists(st.integers(0, 8)),
)
def test_several_headings_above_one_row_and_below_the_last_have_lines_in_their_order(
    count: int, places: list[int], tall: list[int]
) -> None:
    headings = [
        Heading(min(place, count), str(number)) for number, place in enumerate(sorted(places))
    ]
    rows = Rows(count, headings, 2)
    rows.make_tall(row for row in tall if row < count)
    lines = [line for line in range(rows.lines) if line < rows.line_of(rows.at(line))]
    assert [rows.heading_on(line) for line in lines] == headings
    assert rows.lines == len(headings) + 2 * count + len({row for row in tall if row < count})
