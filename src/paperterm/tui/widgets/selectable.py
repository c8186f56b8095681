"""A list of papers in which some can be selected: one by one, along the cursor's way, or all."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from rich.text import Text
from textual import events
from textual.message import Message

from paperterm.tui.drawing import BOTH, CURSOR, SELECTED
from paperterm.tui.selection import Selection
from paperterm.tui.widgets.lines import LineList


class SelectableList(LineList):
    """Rows that can be selected; it posts `Selected` when others are than before."""

    @dataclass
    class Selected(Message):
        """Another number of papers is selected, or others."""

        list: SelectableList

        @property
        def control(self) -> SelectableList:
            """The list it happened in."""
            return self.list

        def can_replace(self, message: Message) -> bool:
            """Only the newest matters."""
            return isinstance(message, SelectableList.Selected)

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._selection = Selection()
        self._anchor: int | None = None
        """Where the range began that follows the cursor, if there is one."""
        self._own = 0
        self._called = ""

    def call_it(self, name: str) -> None:
        """Name the list on its border; clean text, which may hold what looks like markup."""
        self._called = name
        self._say_title()

    def _say_title(self) -> None:
        count = len(self.selection)
        self.border_title = Text(f"{self._called} · {count:,} selected" if count else self._called)

    @property
    def called(self) -> str:
        """The list's name."""
        return self._called

    @property
    def selection(self) -> Selection:
        """What is selected now, the range that follows the cursor included."""
        if self._anchor is None:
            return self._selection
        return self._selection.along(self._anchor, self.cursor)

    @property
    def in_range(self) -> bool:
        """Whether a range follows the cursor."""
        return self._anchor is not None

    def select(self, selection: Selection) -> None:
        """Let this be selected, and nothing follow the cursor any longer."""
        self._selection, self._anchor = selection, None
        self._tell_selected()

    def toggle(self, row: int) -> None:
        """Select a row, or select it no longer."""
        if row < self.count:
            self.select(self.selection.toggled(row))

    def begin_range(self) -> None:
        """From now on, all rows from here to the cursor are selected, besides what is so far."""
        if self.count:
            self._anchor = self.cursor
            self._tell_selected()

    def end_range(self) -> None:
        """What is selected stays so, wherever the cursor goes."""
        if self._anchor is not None:
            self.select(self.selection)

    def select_all_or_none(self) -> None:
        """All that was found here, or nothing where that is all selected already.

        What the world has found below it is selected by hand only.
        """
        ids, whole = self.selection.ids, ((0, self._own),) if self._own else ()
        self.select(Selection(ids, () if self.selection.spans == whole else whole))

    def _become(self, ids: Sequence[int], own: int) -> None:
        """Another list is shown, in which nothing is selected; `own` of it are not the world's."""
        self._selection, self._anchor, self._own = Selection(ids), None, own

    def _become_newer(self, ids: Sequence[int], own: int, renamed: Mapping[int, int]) -> None:
        """The same list is shown as it is now: what is selected stays so."""
        old, anchor = self._selection, self._anchor
        if renamed:
            old = Selection([renamed.get(one, one) for one in old.ids], old.spans)
        self._become(ids, own)
        self._selection = old.onto(ids)
        if anchor is not None:
            began = Selection(old.ids, ((anchor, anchor + 1),)).onto(ids)
            self._anchor = began.spans[0][0] if began.spans else None

    def _tell_selected(self) -> None:
        self.refresh()
        self._say_title()
        self.post_message(self.Selected(self))

    # Painting

    def face(self, row: int) -> Hashable:
        """Whether it is selected."""
        return row in self.selection

    def sign_before(self, row: int, line: int, *, current: bool) -> str:
        """What stands before a line of a row."""
        selected = row in self.selection
        if selected and line == 0:
            one_line = self.row_height == 1 and not self.is_tall(row)
            return BOTH if current and one_line else SELECTED
        return CURSOR if current else " "

    def watch_cursor(self, old: int, new: int) -> None:
        """A range follows."""
        super().watch_cursor(old, new)
        if self._anchor is not None:
            self._tell_selected()

    # The mouse

    def clicked(self, row: int, event: events.Click) -> None:
        """With Ctrl or Shift held, a click selects, or selects no longer."""
        if event.ctrl or event.shift:
            self.end_range()
            self.move_to(row)
            self.toggle(row)
        else:
            super().clicked(row, event)
