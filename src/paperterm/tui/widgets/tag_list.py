"""All tags as a tree, a line each: its papers, its colour, and what is nearly the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip

from paperterm.library.tag_tree import TagTree
from paperterm.model.tags import Colours
from paperterm.model.text import shown
from paperterm.tui.cards import counted
from paperterm.tui.drawing import CURSOR, NEARLY
from paperterm.tui.keys import Keys
from paperterm.tui.tag_rows import TagRows
from paperterm.tui.theme import tag_classes, tag_css
from paperterm.tui.typeset import cut
from paperterm.tui.widgets.beside_list import BesideList

_ROOM_FOR_WORDS = 50
"""Columns from which on papers are called papers, and a colour is named."""


class TagList(BesideList):
    """Give it the tree with `show`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "tags--name",
        "tags--facts",
        "tags--near",
        "tags--cursor",
        "tags--bar",
        *tag_classes("tags"),
    }
    DEFAULT_CSS = f"""
    TagList {{
        background: $background; height: 1fr;
        & > .tags--name {{ color: $foreground; }}
        & > .tags--facts {{ color: $muted; }}
        & > .tags--near {{ color: $warning; }}
        & > .tags--cursor {{ background: $panel; text-style: bold; }}
        & > .tags--bar {{ color: $primary; }}
        {tag_css("tags")}
    }}
    """

    EMPTY = ("tags--facts", "tags--facts")

    def __init__(self, keys: Keys) -> None:
        """`keys` are in force."""
        super().__init__()
        self._keys = keys
        self._tags = TagRows()
        self._colours = Colours()
        self._near: Mapping[str, str] = {}
        self.empty = ("Looking up the tags…",)

    @property
    def tag(self) -> str | None:
        """The tag under the cursor."""
        place = self._place
        return None if place is None else self._tags.tree.names[place]

    @property
    def near(self) -> str:
        """What the tag under the cursor is nearly the same as, in words; clean text."""
        return self._near.get(self.tag or "", "")

    @property
    def foldable(self) -> bool:
        """Whether there are tags below the one under the cursor."""
        return self._place is not None and self._tags.tree.is_parent(self._place)

    @property
    def _place(self) -> int | None:
        return self._tags.places[self.cursor] if self.cursor < len(self._tags.places) else None

    def show(self, tree: TagTree, colours: Colours, near: Mapping[str, str]) -> None:
        """Take new ones; the cursor stays on its tag, or goes to what took its place.

        `near` says of a tag what it is nearly the same as.
        """
        here, row = self.tag, self.cursor
        self._tags.show(tree)
        self._colours, self._near = colours, near
        self.empty = (
            "No paper has a tag yet.",
            self._keys.hint("tag", "on a paper gives it some."),
        )
        found = self._tags.shown_for(here) if here else None
        self._lay_out(row if found is None else found)

    def go_to(self, tag: str) -> None:
        """Put the cursor on a tag; what it stands below is opened."""
        parts = tag.split("/")
        for depth in range(1, len(parts)):
            place = self._tags.tree.place("/".join(parts[:depth]))
            if place is not None and not self._tags.is_open(place):
                self._tags.fold(place, is_open=True)
        row = self._tags.shown_for(tag)
        self._lay_out(self.cursor if row is None else row)

    def next_near(self) -> bool:
        """Go to the next tag that another is nearly the same as; False when there is none."""
        tree, here = self._tags.tree, self._place or 0
        places = sorted(place for tag in self._near if (place := tree.place(tag)) is not None)
        after = [place for place in places if place > here] or places
        if after:
            self.go_to(tree.names[after[0]])
        return bool(after)

    def fold(self) -> None:
        """Open the tag under the cursor, or shut it."""
        if self._place is not None and self.foldable:
            self._fold(self._place, is_open=not self._tags.is_open(self._place))

    def fold_out(self) -> None:
        """Open the tag under the cursor."""
        if self._place is not None and self.foldable:
            self._fold(self._place, is_open=True)

    def fold_in(self) -> None:
        """Shut the tag under the cursor, or go to the one above it."""
        place = self._place
        if place is not None and self.foldable and self._tags.is_open(place):
            self._fold(place, is_open=False)
        elif place is not None and (above := self._tags.parent_row(place)) is not None:
            self.move_to(above)

    def _fold(self, place: int, *, is_open: bool) -> None:
        here = self.tag
        self._tags.fold(place, is_open=is_open)
        row = self._tags.shown_for(here) if here else None
        self._lay_out(self.cursor if row is None else row)

    def _lay_out(self, row: int) -> None:
        self.keep_place(len(self._tags.places), (), 1, row)
        self._tell()

    def on_click(self, event: events.Click) -> None:
        """On a triangle it opens and shuts; elsewhere as in every list."""
        offset = event.get_content_offset(self)
        row = self.top + (offset.y if offset else 0)
        if offset and row < len(self._tags.places):
            place = self._tags.places[row]
            depth = self._tags.tree.names[place].count("/")
            if self._tags.tree.is_parent(place) and offset.x == 1 + 2 * depth:
                event.prevent_default()
                self._fold(place, is_open=not self._tags.is_open(place))

    def row_strip(self, row: int, line: int, width: int, current: bool) -> Strip:
        """Triangle, tag, what it is nearly the same as, colour and papers."""
        place = self._tags.places[row]
        tag = self._tags.tree.names[place]
        colour = self._colours.of(tag)
        under = self.painted("tags--cursor", Style()) if current else Style()
        base = self.base + under

        def style(name: str) -> Style:
            return base + self.painted(f"tags--{name}", under)

        papers = self._tags.tree.counts[place]
        wide = width >= _ROOM_FOR_WORDS
        right = f"{colour:<7}{counted(papers, 'paper'):>14} " if wide else f" {papers:,} "
        lead = "  " * tag.count("/") + self._tags.sign(place)
        name = cut(f" {shown(tag.rpartition('/')[2])}", width - cell_len(lead + right) - 2)
        room = width - cell_len(lead + name + right) - 2
        near = cut(f"  {NEARLY} {self._near[tag]}", room) if tag in self._near else ""
        gap = " " * max(0, room - cell_len(near))
        return Strip(
            [
                Segment(CURSOR if current else " ", style("bar")),
                Segment(lead, style("facts")),
                Segment("#", style(f"tag-{colour}")),
                Segment(name, style("name")),
                Segment(near + gap, style("near")),
                Segment(right, style("facts")),
            ]
        )
