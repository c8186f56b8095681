"""A list of any length, painted line by line: only what is on the screen is ever made.

It scrolls by itself and paints its own scrollbar, so that new rows cost a repaint of the list and
no layout of the screen. Subclasses say what a row looks like; moving, scrolling, the mouse and the
cursor are here.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from paperterm.tui.actions import MOVES, bindings
from paperterm.tui.drawing import THUMB
from paperterm.tui.widgets.rows import Heading, Rows

_WHEEL = 3
"""Lines for a step of the mouse wheel."""


class LineList(Widget, can_focus=True):
    """Rows with a cursor. Give it rows with `lay_out`; it posts `Moved` and `Chosen`."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(MOVES)]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--thumb"}
    DEFAULT_CSS = "LineList > .lines--thumb { color: $line; }"

    cursor: reactive[int] = reactive(0, repaint=False)
    """The row the reader is on."""
    top: reactive[int] = reactive(0, repaint=False)
    """The first line that can be seen."""

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
        self._rows = Rows()
        self._strips: LRUCache[tuple[object, ...], Strip] = LRUCache(1024)
        self._base: Style | None = None
        self._painted: dict[tuple[str, Style], Style] = {}
        self._dragging = False

    # What subclasses say

    def row_strip(self, row: int, line: int, width: int, current: bool) -> Strip:
        """One line (from 0) of one row, `width` cells wide."""
        raise AssertionError("a list says what its rows look like")

    def face(self, row: int) -> Hashable:
        """What else a row's lines depend on, which may change from one painting to the next."""
        return None

    def heading_strip(self, heading: Heading, width: int) -> Strip:
        """A heading, `width` cells wide."""
        raise AssertionError("a list with headings says what they look like")

    # Rows

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._rows.count

    @property
    def row_height(self) -> int:
        """Lines a row has that is not tall."""
        return self._rows.height

    def lay_out(
        self, count: int, headings: Sequence[Heading] = (), row_height: int = 1, cursor: int = 0
    ) -> None:
        """New rows, from the top; the cursor goes to row `cursor`, and that is told."""
        self._set_rows(Rows(count, headings, row_height), cursor)
        self.top = 0
        self._follow()
        self._tell()

    def keep_place(
        self, count: int, headings: Sequence[Heading], row_height: int, cursor: int
    ) -> None:
        """New rows that look like the old ones: the reader is where they were, nothing is told."""
        shift = self._rows.line_of(self.cursor) - self.top
        self._set_rows(Rows(count, headings, row_height), cursor)
        self.top = self._rows.line_of(self.cursor) - shift
        self._follow()

    def _set_rows(self, rows: Rows, cursor: int) -> None:
        self._rows = rows
        self.set_reactive(LineList.cursor, max(0, min(cursor, rows.count - 1)))
        self.repaint_rows()

    def make_tall(self, rows: Iterable[int]) -> None:
        """Give some rows one more line; the cursor stays where it is, if it can be seen.

        If it can't, what is at the top stays.
        """
        fresh = [row for row in rows if not self._rows.is_tall(row)]
        if not fresh:
            return
        in_sight = self.cursor in self.rows_on_screen()
        row = self.cursor if in_sight else self._rows.at(self.top)
        shift = self._rows.line_of(row) - self.top
        self._rows.make_tall(fresh)
        self.repaint_rows()
        self.top = self._rows.line_of(row) - shift
        if in_sight:
            self._follow()

    def is_tall(self, row: int) -> bool:
        """Whether a row has one more line than others."""
        return self._rows.is_tall(row)

    def repaint_rows(self) -> None:
        """Paint anew: what rows show has changed."""
        self._strips.clear()
        self.refresh()

    def rows_on_screen(self, margin: int = 0) -> range:
        """The rows that can be seen, and `margin` more on each side."""
        first = self._rows.at(self.top)
        last = self._rows.at(self.top + max(1, self.size.height))
        return range(max(0, first - margin), min(self.count, last + 1 + margin))

    # Painting

    @property
    def room(self) -> int:
        """Cells there are for a row, beside the scrollbar."""
        return self.size.width - self._overflows

    @property
    def _overflows(self) -> bool:
        return self._rows.lines > self.size.height > 0

    def render_line(self, y: int) -> Strip:
        """The line at `y` of what can be seen."""
        width = max(0, self.room)
        line = self.top + y
        row = self._rows.at(line)
        if line >= self._rows.lines or width < 1:
            return Strip.blank(self.size.width, self.base)
        current = row == self.cursor
        key = (line, width, current, current and self.has_focus, self.face(row))
        strip = self._strips.get(key)
        if strip is None:
            offset = line - self._rows.line_of(row)
            if offset < 0:
                strip = self.heading_strip(self._rows.heading_on(line), width)
            else:
                strip = self.row_strip(row, offset, width, current)
            strip = strip.adjust_cell_length(width, self.base)
            self._strips[key] = strip
        return Strip.join([strip, self._scrollbar(y)]) if self._overflows else strip

    def _scrollbar(self, y: int) -> Strip:
        if y not in self._thumb():
            return Strip.blank(1, self.base)
        return Strip([Segment(THUMB, self.base + self.painted("lines--thumb", Style()))], 1)

    def _thumb(self) -> range:
        """The lines of what can be seen in which the scrollbar's thumb is."""
        height, lines = self.size.height, self._rows.lines
        size = max(1, height * height // lines)
        start = round(self.top * (height - size) / max(1, lines - height))
        return range(start, start + size)

    @property
    def base(self) -> Style:
        """The style of the list itself; remembered, since Textual works it out at every look."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    def painted(self, name: str, under: Style) -> Style:
        """The style of a component class, with `under` laid upon it; remembered."""
        key = (name, under)
        if key not in self._painted:
            self._painted[key] = self.get_component_rich_style(name, partial=True) + under
        return self._painted[key]

    def notify_style_update(self) -> None:
        """Colours are part of what is kept."""
        super().notify_style_update()
        self._base = None
        self._painted.clear()
        self._strips.clear()

    def on_resize(self) -> None:
        """The cursor stays in sight."""
        self._strips.clear()
        self._follow()

    def on_focus(self) -> None:
        """The cursor looks different."""
        self._refresh_row(self.cursor)

    def on_blur(self) -> None:
        """The cursor looks different."""
        self._refresh_row(self.cursor)

    def _refresh_row(self, row: int) -> None:
        if row < self.count:
            line = self._rows.line_of(row) - self.top
            self.refresh(Region(0, line, self.size.width, self._rows.height_of(row)))

    # Scrolling

    def validate_top(self, top: int) -> int:
        """Within what there is."""
        return max(0, min(top, self._rows.lines - self.size.height))

    def watch_top(self) -> None:
        """Every line is another one now."""
        self.refresh()

    def _follow(self) -> None:
        """Scroll as little as shows the cursor's row, with its heading if there is room."""
        height = self.size.height
        if not self.count or not height:
            return
        first = self._rows.line_of(self.cursor)
        last = first + self._rows.height_of(self.cursor)
        if self.cursor == self.count - 1 and self._rows.lines - first <= height:
            last = self._rows.lines  # headings that have no row yet
        if self._rows.has_heading(self.cursor) and last - first < height:
            first -= 1
        if first < self.top:
            self.top = first
        else:
            self.top = max(self.top, last - height)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls and leaves the cursor."""
        self.top += _WHEEL
        event.stop()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls and leaves the cursor."""
        self.top -= _WHEEL
        event.stop()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """The scrollbar can be taken hold of."""
        offset = event.get_content_offset(self)
        if offset is not None and self._overflows and offset.x >= self.room:
            self._dragging = True
            self.capture_mouse()
            self._drag_to(offset.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the scrollbar."""
        if self._dragging:
            self._drag_to(event.y - self.content_region.y + self.region.y)

    def on_mouse_up(self) -> None:
        """Let go of the scrollbar."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()

    def _drag_to(self, y: int) -> None:
        height = self.size.height
        self.top = round(y * (self._rows.lines - height) / max(1, height - 1))

    # The cursor

    def watch_cursor(self, old: int, new: int) -> None:
        """Paint both rows, keep the new one in sight, tell."""
        self._refresh_row(old)
        self._refresh_row(new)
        self._follow()
        self._tell()

    def move_to(self, row: int) -> None:
        """Put the cursor on a row; beyond the ends means the ends."""
        if self.count:
            self.cursor = max(0, min(row, self.count - 1))

    def _tell(self) -> None:
        self.post_message(self.Moved(self, self.cursor))

    @property
    def _page(self) -> int:
        return max(1, self.size.height // self.row_height)

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
        self.move_to(self.count - 1)

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """Once moves the cursor, twice chooses."""
        offset = event.get_content_offset(self)
        if offset is None or offset.x >= self.room:
            return
        row = self._rows.at(self.top + offset.y)
        if row < self.count:
            self.clicked(row, event)

    def clicked(self, row: int, event: events.Click) -> None:
        """A row was clicked."""
        self.move_to(row)
        if event.chain == 2:
            self.post_message(self.Chosen(self, row))
