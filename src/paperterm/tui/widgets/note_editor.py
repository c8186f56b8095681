"""The editor a note is written in, below the abstract that it is about."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType

from paperterm.model.marks import LONGEST_NOTE
from paperterm.tui.actions import bindings
from paperterm.tui.actions_beside import NOTE_ACTIONS
from paperterm.tui.widgets.raw_text import RawText


class NoteEditor(RawText):
    """Its scroll bar is always there.

    Textual looks for the cursor when the bar comes or goes, and within an undo the cursor may be
    on a line that is no more.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(NOTE_ACTIONS, priority=True)]
    DEFAULT_CSS = """
    NoteEditor {
        dock: bottom; width: 100%; height: 50%; min-height: 5;
        border: none; border-top: solid $accent; background: $background; padding: 0;
        border-title-color: $accent;
        scrollbar-size-vertical: 1; overflow-y: scroll;
        &:focus { border: none; border-top: solid $accent; }
        & .text-area--cursor-line { background: $surface; }
        &.-long { border-title-color: $error; }
    }
    """

    def __init__(
        self,
        note: str,
        title: str,
        done: Callable[[], Awaitable[None]],
        gone: Callable[[], None],
    ) -> None:
        """`title` is the paper's, clean.

        `done` is called when the reader wants the note kept, `gone` when the editor is taken down.
        """
        super().__init__(note, id="note", tab_behavior="indent")
        self._done = done
        self._gone = gone
        self._title = title
        self._call_it(title)

    def on_mount(self) -> None:
        """Go on where the note ends."""
        self.move_cursor(self.document.end)

    def on_unmount(self) -> None:
        """The app may be on its way out."""
        self._gone()

    def on_text_area_changed(self) -> None:
        """A text that is too long says so while it is written."""
        length = sum(map(len, self.document.lines)) + self.document.line_count - 1
        too_long = length > LONGEST_NOTE
        self.set_class(too_long, "-long")
        self._call_it(f"{length:,} of {LONGEST_NOTE:,} characters" if too_long else self._title)

    def _call_it(self, what: str) -> None:
        self.border_title = Text(f"Note · {what}")

    def offer(self, text: str) -> None:
        """Put another text in place of this one; the editor's own undo brings it back."""
        self.replace(text, self.document.start, self.document.end)
        self.move_cursor(self.document.end)

    async def action_keep_note(self) -> None:
        """See `actions_beside.NOTE_ACTIONS`."""
        await self._done()

    async def action_close_note(self) -> None:
        """What was changed is kept."""
        await self._done()
