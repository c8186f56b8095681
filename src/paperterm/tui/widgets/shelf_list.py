"""The shelves pane: Inbox, All, Bookmarks, searches, days and tags, with their counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from paperterm.library.folds import Folds
from paperterm.library.view import Shelves
from paperterm.model.query import Listed, Tag
from paperterm.model.saved import Saved
from paperterm.model.text import shown
from paperterm.tui.drawing import CURSOR, NEW
from paperterm.tui.shelves import (
    Root,
    Shelf,
    after_a_change,
    fixed_shelves,
    headed,
    keeping,
)
from paperterm.tui.tag_rows import TagRows
from paperterm.tui.theme import tag_classes, tag_css
from paperterm.tui.typeset import cut
from paperterm.tui.widgets.lines import LineList
from paperterm.tui.widgets.rows import Heading


class ShelfList(LineList):
    """Give it shelves with `show`; it posts `Moved` when the reader goes to another.

    The shelf of a tag is made when its row is painted or visited: there may be any number.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "shelves--name",
        "shelves--count",
        "shelves--icon",
        "shelves--new-icon",
        "shelves--heading",
        "shelves--bar",
        "shelves--cursor",
        "shelves--cursor-blurred",
        *tag_classes("shelves"),
    }
    DEFAULT_CSS = f"""
    ShelfList {{
        background: $background;
        & > .shelves--name {{ color: $foreground; }}
        & > .shelves--count {{ color: $muted; }}
        & > .shelves--icon {{ color: $accent; }}
        & > .shelves--new-icon {{ color: $secondary; }}
        & > .shelves--bar {{ color: $primary; }}
        & > .shelves--heading {{ color: $muted; text-style: bold; }}
        & > .shelves--cursor {{ background: $panel; text-style: bold; }}
        & > .shelves--cursor-blurred {{ background: $surface; text-style: bold; }}
        {tag_css("shelves")}
    }}
    """

    @dataclass
    class Folded(Message):
        """The reader has opened a tag, or shut one."""

        folds: Folds

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shelves = Shelves()
        self._searches: Sequence[Shelf] = ()
        self._fixed: list[Shelf] = []
        """Those that are no tags, a day the reader is on included."""
        self._standing: list[Shelf] = []
        """Those of them that stay when the reader is elsewhere."""
        self._tags = TagRows()
        self._gone: Shelf | None = None
        """The shelf of a tag that no paper has any more, while the reader is on it."""
        self._gone_at = 0
        """Its place among the rows of tags."""
        self._recounted: dict[Root, int] = {}
        self._first: Shelf | None = None

    # What there is

    @property
    def shelf(self) -> Shelf | None:
        """The shelf under the cursor."""
        return self._at(self.cursor) if self.cursor < self._length else None

    @property
    def newest(self) -> dt.date | None:
        """The last day there are papers of."""
        roots = (one.root for one in self._standing)
        return next((root.last for root in roots if isinstance(root, Listed)), None)

    @property
    def folds(self) -> Folds:
        """Which tags are open."""
        return self._tags.folds

    @property
    def _length(self) -> int:
        return len(self._fixed) + len(self._tags.places) + (self._gone is not None)

    def _at(self, row: int) -> Shelf:
        if row < len(self._fixed):
            shelf = self._fixed[row]
        elif (place := self._place(row)) is not None:
            shelf = self._tag_shelf(place)
        else:
            assert self._gone is not None
            shelf = self._gone
        count = self._recounted.get(shelf.root, shelf.count)
        return shelf if count == shelf.count else replace(shelf, count=count)

    def _place(self, row: int) -> int | None:
        """Which node of the tree a row shows, if it shows one."""
        row -= len(self._fixed)
        if self._gone is not None and row >= self._gone_at:
            row = row - 1 if row > self._gone_at else -1
        return self._tags.places[row] if 0 <= row < len(self._tags.places) else None

    def _tag_row(self, row: int) -> int:
        """The row of one of the rows of tags."""
        row += len(self._fixed)
        gone_before = self._gone is not None and row >= len(self._fixed) + self._gone_at
        return row + gone_before

    def _tag_shelf(self, place: int) -> Shelf:
        tree = self._tags.tree
        tag = tree.names[place]
        return Shelf(
            shown(tag.rpartition("/")[2]),
            Tag(tag),
            tree.counts[place],
            f"#{shown(tag)}",
            tag.count("/"),
            "#",
            self._tags.sign(place) if self._tags.has_parents else "",
            self._shelves.colours.of(tag),
        )

    def _row_of(self, shelf: Shelf) -> int | None:
        """The row of a shelf, or of the nearest open tag above it; None when it has none."""
        for row, one in enumerate(self._fixed):
            if one.is_same(shelf):
                return row
        if isinstance(shelf.root, Tag):
            row_of_tag = self._tags.shown_for(shelf.root.name)
            if row_of_tag is not None:
                return self._tag_row(row_of_tag)
            if self._gone is not None and self._gone.is_same(shelf):
                return len(self._fixed) + self._gone_at
        return None

    # What is shown

    def begin_at(self, shelf: Shelf) -> None:
        """Have the cursor on a shelf when the first are shown, if it is there."""
        self._first = shelf

    def show(self, shelves: Shelves) -> None:
        """Take new counts. The cursor stays on its shelf, which stays too when it is empty."""
        current, first = self.shelf, self._first
        self._first = None
        self._shelves = shelves
        self._recounted.clear()
        self._tags.show(shelves.tree)
        if current is None and first is not None:
            self._fixed = fixed_shelves(self._shelves, self._searches)
            if isinstance(first.root, Listed | Saved) or self._row_of(first) is not None:
                current = first
        self._arrange(current)

    def show_searches(self, searches: Sequence[Shelf]) -> None:
        """Take the shelves of saved searches; one that the reader is on stays until they leave."""
        current = after_a_change(self.shelf, searches)
        self._searches = searches
        for shelf in searches:
            self._recounted.pop(shelf.root, None)
        self._arrange(current)

    def _arrange(self, current: Shelf | None) -> None:
        self._standing = fixed_shelves(self._shelves, self._searches)
        self._fixed = list(self._standing)
        self._gone = None
        if current and self._row_of(current) is None:
            if isinstance(current.root, Listed | Saved):
                self._fixed = keeping(self._fixed, current, self.cursor)
            else:
                row = self.cursor - len(self._fixed)
                self._gone_at = max(0, min(row, len(self._tags.places)))
                self._gone = replace(current, count=0)
        self._lay_out(current)

    def visit(self, shelf: Shelf) -> None:
        """Go to a shelf of days, which is put up for that while where there is none."""
        self._fixed = list(self._standing)
        if self._row_of(shelf) is None:
            self._fixed = keeping(self._fixed, shelf, 0)
        row = self._row_of(shelf)
        self._lay_out(None if row is None else self._at(row))
        self._tell()

    def recount(self, root: Root, count: int) -> None:
        """The shelf of `root` is known to hold so many."""
        if self._recounted.get(root) != count:
            self._recounted[root] = count
            self.repaint_rows()

    def _lay_out(self, current: Shelf | None) -> None:
        row = None if current is None else self._row_of(current)
        headings = [Heading(row, name) for row, name in headed(self._fixed)]
        if self._length > len(self._fixed):
            headings.append(Heading(len(self._fixed), "Tags"))
        if row is None or current is None:
            self.lay_out(self._length, headings, 1)
        else:
            self.keep_place(self._length, headings, 1, row)
            if not self._at(row).is_same(current):
                self._tell()

    # Folding

    @property
    def foldable(self) -> int | None:
        """The node under the cursor that has tags below it, by its place in the tree."""
        place = self._place(self.cursor)
        return None if place is None or not self._tags.tree.is_parent(place) else place

    def take_folds(self, folds: Folds) -> None:
        """What was open and shut before."""
        current = self.shelf
        self._tags.take(folds)
        self._lay_out(current)

    def fold(self) -> None:
        """Open what is below the tag under the cursor, or shut it."""
        if (place := self.foldable) is not None:
            self._fold(place, is_open=not self._tags.is_open(place))

    def fold_out(self) -> bool:
        """Open the tag under the cursor; False when there is nothing to open."""
        place = self.foldable
        if place is None or self._tags.is_open(place):
            return False
        self._fold(place, is_open=True)
        return True

    def fold_in(self) -> bool:
        """Shut the tag under the cursor, or go to the one above it; False when there is none."""
        place = self.foldable
        if place is not None and self._tags.is_open(place):
            self._fold(place, is_open=False)
            return True
        place = self._place(self.cursor)
        above = None if place is None else self._tags.parent_row(place)
        if above is not None:
            self.move_to(self._tag_row(above))
        return above is not None

    def _fold(self, place: int, *, is_open: bool) -> None:
        current = self.shelf
        self._tags.fold(place, is_open=is_open)
        self._lay_out(current)
        self.post_message(self.Folded(self._tags.folds))

    def on_click(self, event: events.Click) -> None:
        """On a triangle it opens and shuts; elsewhere as in every list."""
        offset = event.get_content_offset(self)
        line = self.top + (offset.y if offset else 0)
        row = self._rows.at(line)
        if offset and row < self.count and line == self._rows.line_of(row):
            shelf, place = self._at(row), self._place(row)
            if place is not None and shelf.sign.strip() and offset.x == 1 + shelf.indent:
                event.prevent_default()
                self._fold(place, is_open=not self._tags.is_open(place))

    # Painting

    def heading_strip(self, heading: Heading, width: int) -> Strip:
        """``Days``."""
        style = self.base + self.painted("shelves--heading", Style())
        return Strip([Segment(cut(f" {heading.text}", width), style)])

    def row_strip(self, row: int, line: int, width: int, current: bool) -> Strip:
        """Icon, name, and the count at the right."""
        shelf = self._at(row)
        under = Style()
        if current:
            name = "cursor" if self.has_focus else "cursor-blurred"
            under = self.painted(f"shelves--{name}", Style())
        base = self.base + under

        def style(name: str) -> Style:
            return base + self.painted(f"shelves--{name}", under)

        count = f"{shelf.count:,} " if width >= 12 and shelf.count is not None else ""
        new = f"+{shelf.new:,} " if shelf.new else ""
        lead = " " * shelf.indent
        used = cell_len(new) + cell_len(count) + cell_len(lead) + cell_len(shelf.sign)
        name = cut(f" {shelf.name}", width - used - 3)
        gap = width - used - cell_len(name) - 2
        icon = {"#": f"tag-{shelf.colour}", NEW: "new-icon"}.get(shelf.icon, "icon")
        return Strip(
            [
                Segment(CURSOR if current else " ", style("bar" if self.has_focus else "count")),
                Segment(lead, base),
                Segment(shelf.sign, style("count")),
                Segment(shelf.icon, style(icon)),
                Segment(name + " " * max(0, gap), style("name")),
                Segment(new, style("new-icon")),
                Segment(count, style("count")),
            ]
        )
