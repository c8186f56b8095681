"""A page of text that scrolls by the keys every list understands."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll

from paperterm.tui.actions import MOVES, bindings


class Page(VerticalScroll, can_focus=True):
    """Scrolls at once, so that every one of many quick keys counts."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(MOVES)]
    DEFAULT_CSS = "Page { scrollbar-size-vertical: 1; }"

    def _scroll(self, lines: int) -> None:
        self.scroll_to(y=self.scroll_offset.y + lines, animate=False, immediate=True)

    def action_cursor_down(self) -> None:
        """See `actions.MOVES`."""
        self._scroll(1)

    def action_cursor_up(self) -> None:
        """See `actions.MOVES`."""
        self._scroll(-1)

    def action_half_down(self) -> None:
        """See `actions.MOVES`."""
        self._scroll(max(1, self.size.height // 2))

    def action_half_up(self) -> None:
        """See `actions.MOVES`."""
        self._scroll(-max(1, self.size.height // 2))

    def action_page_down(self) -> None:
        """See `actions.MOVES`."""
        self._scroll(max(1, self.size.height))

    def action_page_up(self) -> None:
        """See `actions.MOVES`."""
        self._scroll(-max(1, self.size.height))

    def action_first(self) -> None:
        """See `actions.MOVES`."""
        self.scroll_to(y=0, animate=False, immediate=True)

    def action_last(self) -> None:
        """See `actions.MOVES`."""
        self.scroll_to(y=self.max_scroll_y, animate=False, immediate=True)
