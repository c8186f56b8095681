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
        above = [heading.row for heading in headings if heading.row <= row]
        if above:
            assert rows.heading_above(row).row == above[-1]
