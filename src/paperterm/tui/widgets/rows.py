"""Where the rows of a list are: lines counted from the top, however long the list is."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of its own above row `row`, or below the last one."""

    row: int
    text: str
    note: str = ""


class Rows:
    """Rows of one height, some of them a line taller, some with a heading above."""

    def __init__(self, count: int = 0, headings: Sequence[Heading] = (), height: int = 1) -> None:
        self.count = count
        self.height = height
        """Lines of a row that is not tall."""
        self.headings = headings
        self._heading_rows = [heading.row for heading in headings]
        self._tall: list[int] = []

    @property
    def lines(self) -> int:
        """How many lines there are in all."""
        return self.line_of(self.count)

    def make_tall(self, rows: Iterable[int]) -> None:
        """Give these rows one more line."""
        for row in rows:
            if not self.is_tall(row):
                insort(self._tall, row)

    def is_tall(self, row: int) -> bool:
        """Whether a row has one more line than others."""
        at = bisect_left(self._tall, row)
        return at < len(self._tall) and self._tall[at] == row

    def line_of(self, row: int) -> int:
        """The line a row begins on, below its heading."""
        headings = bisect_right(self._heading_rows, row)
        return row * self.height + headings + bisect_left(self._tall, row)

    def height_of(self, row: int) -> int:
        """How many lines a row has, its heading not counted."""
        return self.height + self.is_tall(row)

    def at(self, line: int) -> int:
        """The row on a line; for a heading, the row below it; `count` beyond the end."""
        low, high = 0, self.count
        while low < high:
            middle = (low + high) // 2
            if self.line_of(middle) + self.height_of(middle) <= line:
                low = middle + 1
            else:
                high = middle
        return low

    def has_heading(self, row: int) -> bool:
        """Whether there is a heading above this row."""
        at = bisect_left(self._heading_rows, row)
        return at < len(self._heading_rows) and self._heading_rows[at] == row

    def heading_on(self, line: int) -> Heading:
        """The heading on a line; there must be one. Several may be above one row."""
        row = self.at(line)
        above = bisect_right(self._heading_rows, row)
        return self.headings[above - (self.line_of(row) - line)]
