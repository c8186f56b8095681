"""Saved searches, two lines each: the name and what is found, the query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from paperterm.model.text import shown
from paperterm.tui.cards import counted
from paperterm.tui.drawing import CURSOR
from paperterm.tui.keys import Keys
from paperterm.tui.typeset import cut
from paperterm.tui.widgets.beside_list import BesideList

if TYPE_CHECKING:
    from paperterm.library.saved.searches import Tally
    from paperterm.model.saved import Saved

_ROOM_FOR_COUNT = 30


class SearchList(BesideList):
    """Give it searches with `show`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "searches--name",
        "searches--facts",
        "searches--new",
        "searches--cursor",
        "searches--bar",
    }
    DEFAULT_CSS = """
    SearchList {
        background: $background; height: 1fr;
        & > .searches--name { color: $foreground; text-style: bold; }
        & > .searches--facts { color: $muted; }
        & > .searches--new { color: $secondary; }
        & > .searches--cursor { background: $panel; }
        & > .searches--bar { color: $primary; }
    }
    """
    EMPTY = ("searches--name", "searches--facts")

    def __init__(self, keys: Keys) -> None:
        """`keys` are in force."""
        super().__init__()
        self._keys = keys
        self._searches: Sequence[tuple[Saved, Tally | None]] = ()
        self.empty = ("Looking up the searches…",)

    @property
    def saved(self) -> Saved | None:
        """The search under the cursor."""
        return self._searches[self.cursor][0] if self.cursor < len(self._searches) else None

    def show(self, searches: Sequence[tuple[Saved, Tally | None]], on: str = "") -> None:
        """Take searches, in their order; the cursor goes `on` the one of that name.

        Else it stays on its search, or in its place when that is gone.
        """
        here = on or (self.saved.name if self.saved else "")
        rows = (row for row, (saved, _) in enumerate(searches) if saved.is_called(here))
        self._searches = searches
        saves = self._keys.hint("save_search", "saves what is looked for.")
        told = self._keys.hinted("", "search", "looks for papers")
        self.empty = ("No search is saved yet.", "; ".join(filter(None, (told, saves))))
        self.keep_place(len(searches), (), 2, next(rows, self.cursor))
        self._tell()

    def row_strip(self, row: int, line: int, width: int, current: bool) -> Strip:
        """Name, what is new, papers; query."""
        saved, tally = self._searches[row]
        under = self.painted("searches--cursor", Style()) if current else Style()
        base = self.base + under
        if line == 0:
            parts = _first(saved, tally, width - 2)
        else:
            parts = [(cut(shown(saved.query), width - 2), "facts")]
        bar = Segment(
            CURSOR + " " if current else "  ", base + self.painted("searches--bar", under)
        )
        body = [
            Segment(text, base + self.painted(f"searches--{name}", under)) for text, name in parts
        ]
        return Strip([bar, *body]).extend_cell_length(width, base)


def _first(saved: Saved, tally: Tally | None, room: int) -> list[tuple[str, str]]:
    new = f" +{tally.new:,} new" if tally and tally.new else ""
    papers = f" {counted(tally.all, 'paper')} " if tally and room >= _ROOM_FOR_COUNT else ""
    used = cell_len(new) + cell_len(papers)
    name = cut(shown(saved.name), max(0, room - used))
    gap = " " * max(0, room - cell_len(name) - used)
    return [(name + gap, "name"), (new, "new"), (papers, "facts")]
