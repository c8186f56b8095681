"""What was done, a line each: when, what, on how many papers, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from paperterm.library import history
from paperterm.tui.cards import counted, date_text
from paperterm.tui.drawing import CURSOR
from paperterm.tui.typeset import cut, padded
from paperterm.tui.widgets.beside_list import BesideList

if TYPE_CHECKING:
    from paperterm.library.history import Told

_AHEAD = 100
"""Rows below the screen from which on more are wanted."""
_ROOM_FOR_TIME, _ROOM_FOR_PAPERS = 60, 34
_ROOM_FOR_TITLE = 12
_TIME = 19
"""Cells of the longest day and time."""


class HistoryList(BesideList):
    """Give it entries with `show`; it posts `Wanted` when more may be needed soon."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "history--what",
        "history--undone",
        "history--facts",
        "history--cursor",
        "history--bar",
    }
    DEFAULT_CSS = """
    HistoryList {
        background: $background; height: 1fr;
        & > .history--what { color: $foreground; }
        & > .history--undone { color: $muted; text-style: strike; }
        & > .history--facts { color: $muted; }
        & > .history--cursor { background: $panel; }
        & > .history--bar { color: $primary; }
    }
    """

    EMPTY = ("history--facts", "history--facts")

    @dataclass
    class Wanted(Message):
        """Older entries, than the one of this number."""

        before: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._told: list[Told] = []
        self._whole = False
        self.empty = ("Looking up what was done…",)

    @property
    def told(self) -> Told | None:
        """The entry under the cursor."""
        return self._told[self.cursor] if self.cursor < len(self._told) else None

    @property
    def held(self) -> int:
        """How many entries there are here."""
        return len(self._told)

    def show(self, told: Sequence[Told], *, whole: bool) -> None:
        """Show entries, the newest first; `whole` when there are none before these."""
        self._told, self._whole = list(told), whole
        self.empty = ("Nothing was done yet.",)
        self.keep_place(len(told), (), 1, min(self.cursor, max(0, len(told) - 1)))
        self._tell()

    def add(self, told: Sequence[Told]) -> None:
        """Show older ones below; none when there are no more."""
        self.show([*self._told, *told], whole=not told)

    def watch_top(self) -> None:
        """Ask for what is about to come into sight."""
        super().watch_top()
        seen = self.rows_on_screen()
        if self._told and not self._whole and seen.stop + _AHEAD > len(self._told):
            self.post_message(self.Wanted(self._told[-1].number))

    def row_strip(self, row: int, line: int, width: int, current: bool) -> Strip:
        """When, what, where, on how many papers."""
        told = self._told[row]
        under = self.painted("history--cursor", Style()) if current else Style()
        base = self.base + under

        def style(name: str) -> Style:
            return base + self.painted(f"history--{name}", under)

        room = width - 2
        at = history.when(told)
        stamp = f"{date_text(at.date())} {at:%H:%M}" if at and room >= _ROOM_FOR_TIME else ""
        time = padded(stamp, _TIME) if room >= _ROOM_FOR_TIME else ""
        has_room = told.papers and room >= _ROOM_FOR_PAPERS
        papers = f"  {counted(told.papers, 'paper')}" if has_room else ""
        where = history.where(told)
        rest = f"  {where}" if where else ""
        left = room - sum(map(cell_len, (time, papers, rest)))
        what = cut(history.what(told), left)
        title = history.of_what(told)
        left -= cell_len(what)
        on = cut(f"  {title}", left) if title and left > _ROOM_FOR_TITLE else ""
        gap = " " * max(0, left - cell_len(on))
        return Strip(
            [
                Segment(CURSOR + " " if current else "  ", style("bar")),
                Segment(time, style("facts")),
                Segment(what, style("undone" if told.undone else "what")),
                Segment(on + gap + rest + papers, style("facts")),
            ]
        ).adjust_cell_length(width, base)
