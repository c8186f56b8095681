"""A list of any length, painted line by line: only what is on the screen is ever made.

Rows have one height; above some rows stands a heading of one line. Subclasses say what a row
looks like; moving, scrolling, the mouse and the cursor are here.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from paperterm.tui.actions import MOVES, bindings


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of its own above row `row`."""

    row: int
    text: str
    note: str = ""


class LineList(ScrollView, can_focus=True):
    """Rows with a cursor. Give it rows with `lay_out`; it posts `Moved` and `Chosen`."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(MOVES)]
    DEFAULT_CSS = """
    LineList { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """

    cursor: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Moved(Message):
        """The cursor came to rest on another row."""

        list: LineList
        row: int

        @property
        def control(self) -> LineList:
            """The list it happened in."""
            return self.list

    @dataclass
    class Chosen(Message):
        """A row was asked for: with the mouse, twice."""

        list: LineList
        row: int

        @property
        def control(self) -> LineList:
            """The list it happened in."""
            return self.list

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._count = 0
        self._row_height = 1
        self._headings: Sequence[Heading] = ()
        self._heading_rows: list[int] = []
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(1024)
        self._generation = 0

    # What subclasses say

    def row_strip(self, row: int, line: int, width: int, current: bool) -> Strip:
        """One line (from 0) of one row, `width` cells wide."""
        raise AssertionError("a list says what its rows look like")

    def heading_strip(self, heading: Heading, width: int) -> Strip:
        """A heading, `width` cells wide."""
        raise AssertionError("a list with headings says what they look like")

    # Rows

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    @property
    def row_height(self) -> int:
        """Lines a row has."""
        return self._row_height

    def lay_out(
        self, count: int, headings: Sequence[Heading] = (), row_height: int = 1, cursor: int = 0
    ) -> None:
        """New rows, from the top; the cursor goes to row `cursor`, and that is told."""
        self._set_rows(count, headings, row_height, cursor)
        self.scroll_to(y=0, animate=False, immediate=True)
        self._follow()
        self._tell()

    def keep_place(self, count: int, headings: Sequence[Heading], cursor: int) -> None:
        """New rows that look like the old ones: the reader is where they were, nothing is told."""
        shift = self._line_of(self.cursor) - self.scroll_offset.y if self._count else 0
        self._set_rows(count, headings, self._row_height, cursor)
        place = max(0, self._line_of(self.cursor) - shift)
        self.scroll_to(y=place, animate=False, immediate=True)
        self._follow()

    def _set_rows(
        self, count: int, headings: Sequence[Heading], row_height: int, cursor: int
    ) -> None:
        self._count = count
        self._headings = headings
        self._heading_rows = [heading.row for heading in headings]
        self._row_height = row_height
        self.repaint_rows()
        lines = count * row_height + len(headings)
        if lines != self.virtual_size.height:
            self.virtual_size = Size(self.room.width, lines)
        self.set_reactive(LineList.cursor, max(0, min(cursor, count - 1)))

    def repaint_rows(self) -> None:
        """Paint anew: what rows show has changed."""
        self._generation += 1
        self._strips.clear()
        self.refresh()

    def rows_on_screen(self, margin: int = 0) -> range:
        """The rows that can be seen, and `margin` more on each side."""
        top = self.scroll_offset.y
        first = self._row_at(top)
        last = self._row_at(top + max(1, self.room.height))
        return range(max(0, first - margin), min(self._count, last + 1 + margin))

    def _line_of(self, row: int) -> int:
        """The line a row begins on."""
        return row * self._row_height + bisect_right(self._heading_rows, row)

    def _row_at(self, line: int) -> int:
        """The row on a line; for a heading, the row below it."""
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            if self._line_of(middle) + self._row_height <= line:
                low = middle + 1
            else:
                high = middle
        return low

    @property
    def room(self) -> Size:
        """What there is for rows, beside the scrollbar."""
        return self.scrollable_content_region.size

    # Painting

    def render_line(self, y: int) -> Strip:
        """The line at `y` of what can be seen."""
        width = self.room.width
        line = self.scroll_offset.y + y
        row = self._row_at(line)
        if row >= self._count or width < 1:
            return Strip.blank(max(0, width), self.rich_style)
        offset = line - self._line_of(row)
        current = row == self.cursor
        key = (row, offset, width, current, current and self.has_focus, self._generation)
        strip = self._strips.get(key)
        if strip is None:
            if offset < 0:
                heading = self._headings[bisect_right(self._heading_rows, row) - 1]
                strip = self.heading_strip(heading, width)
            else:
                strip = self.row_strip(row, offset, width, current)
            strip = strip.adjust_cell_length(width, self.rich_style)
            self._strips[key] = strip
        return strip

    def notify_style_update(self) -> None:
        """Colours are part of what is kept."""
        super().notify_style_update()
        self._strips.clear()

    def on_resize(self) -> None:
        """Widths are part of the virtual size; the cursor stays in sight."""
        self._strips.clear()
        self.virtual_size = Size(
            self.room.width, self._count * self._row_height + len(self._headings)
        )
        self.call_after_refresh(self._follow)

    def on_focus(self) -> None:
        """The cursor looks different."""
        self._refresh_row(self.cursor)

    def on_blur(self) -> None:
        """The cursor looks different."""
        self._refresh_row(self.cursor)

    def _refresh_row(self, row: int) -> None:
        line = self._line_of(row) - self.scroll_offset.y
        self.refresh(Region(0, line, self.room.width, self._row_height))

    # The cursor

    def watch_cursor(self, old: int, new: int) -> None:
        """Paint both rows, keep the new one in sight, tell."""
        self._refresh_row(old)
        self._refresh_row(new)
        self._follow()
        self._tell()

    def move_to(self, row: int) -> None:
        """Put the cursor on a row; beyond the ends means the ends."""
        if self._count:
            self.cursor = max(0, min(row, self._count - 1))

    def _tell(self) -> None:
        self.post_message(self.Moved(self, self.cursor))

    def _follow(self) -> None:
        """Scroll as little as shows the cursor's row, with its heading if there is room."""
        if not self._count or not self.room.height:
            return
        top = self._line_of(self.cursor)
        bottom = top + self._row_height
        if self.cursor in self._heading_rows and self._row_height < self.room.height:
            top -= 1
        scroll = self.scroll_offset.y
        if top < scroll:
            self.scroll_to(y=top, animate=False, immediate=True)
        elif bottom > scroll + self.room.height:
            self.scroll_to(y=bottom - self.room.height, animate=False, immediate=True)

    @property
    def _page(self) -> int:
        return max(1, self.room.height // self._row_height)

    def action_cursor_down(self) -> None:
        """See `actions.MOVES`."""
        self.move_to(self.cursor + 1)

    def action_cursor_up(self) -> None:
        """See `actions.MOVES`."""
        self.move_to(self.cursor - 1)

    def action_half_down(self) -> None:
        """See `actions.MOVES`."""
        self.move_to(self.cursor + max(1, self._page // 2))

    def action_half_up(self) -> None:
        """See `actions.MOVES`."""
        self.move_to(self.cursor - max(1, self._page // 2))

    def action_page_down(self) -> None:
        """See `actions.MOVES`."""
        self.move_to(self.cursor + self._page)

    def action_page_up(self) -> None:
        """See `actions.MOVES`."""
        self.move_to(self.cursor - self._page)

    def action_first(self) -> None:
        """See `actions.MOVES`."""
        self.move_to(0)

    def action_last(self) -> None:
        """See `actions.MOVES`."""
        self.move_to(self._count - 1)

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """Once moves the cursor, twice chooses."""
        offset = event.get_content_offset(self)
        if offset is None or not self._count:
            return
        row = self._row_at(self.scroll_offset.y + offset.y)
        if row < self._count:
            self.move_to(row)
            if event.chain == 2:
                self.post_message(self.Chosen(self, row))
