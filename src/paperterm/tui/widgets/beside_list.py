"""A list on a screen of its own, which says something in place of rows while it has none."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from paperterm.tui.typeset import cut
from paperterm.tui.widgets.lines import LineList


class BesideList(LineList):
    """Subclasses say in `empty` what stands there, a line each."""

    EMPTY: ClassVar[tuple[str, str]]
    """The component classes that the first of these lines is painted with, and the others."""

    empty: tuple[str, ...] = ()

    def render_line(self, y: int) -> Strip:
        """A line of a row, or of what is said in place of rows."""
        if self.count:
            return super().render_line(y)
        width = self.size.width
        told = cut(self.empty[y - 1], width) if 0 < y <= len(self.empty) else ""
        style = self.base + self.painted(self.EMPTY[y != 1], Style())
        return Strip([Segment(told.center(width), style)]).adjust_cell_length(width, style)
