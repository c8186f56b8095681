"""Why a paper is in the list, and what its place is made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from paperterm.model.laid_out import Row, laid_out, wrapped
from paperterm.model.say_why import Kind, Line
from paperterm.tui.widgets.page import Page

_STYLES = {
    Kind.PLACE: "",
    Kind.WORD: "bold $primary",
    Kind.FIND: "",
    Kind.NUMBERS: "$muted",
    Kind.SUM: "",
    Kind.SCORE: "bold",
    Kind.HEADING: "bold $primary",
    Kind.NOTE: "$muted",
}
_WIDEST = 96
"""Columns of the dialog; longer lines are hard to read."""
_BESIDE = 5
"""Columns of border, padding and scrollbar."""


class ExplainScreen(ModalScreen[None]):
    """Comes up over the main screen; any of its keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss", "close", show=False),
        Binding("e", "dismiss", "close", show=False, id="explain"),
        Binding("space", "read_on", show=False),
    ]
    DEFAULT_CSS = f"""
    ExplainScreen {{
        align: center middle;
        & > Page {{
            width: 100%; max-width: {_WIDEST}; height: auto; max-height: 100%;
            border: round $primary; background: $surface; padding: 0 1;
            & > Static {{ height: auto; width: 1fr; }}
        }}
    }}
    """

    def __init__(self, title: str, lines: Sequence[Line]) -> None:
        super().__init__()
        self._title = title
        self._lines = lines

    def compose(self) -> ComposeResult:
        """All of it as one text that scrolls."""
        with Page() as page:
            page.border_title = "Why it is here"
            page.border_subtitle = "Esc closes"
            yield Static(Content(""), markup=False)

    def on_resize(self) -> None:
        """As wide as there is room."""
        room = max(1, min(self.app.size.width, _WIDEST) - _BESIDE)
        title = [Content.styled(line, "bold") for line in wrapped(self._title, room, 0, cell_len)]
        rows = [_painted(row) for row in laid_out(self._lines, room, cell_len)]
        self.query_one(Static).update(Content("\n").join([*title, *rows]))

    def action_read_on(self) -> None:
        """A page on."""
        self.query_one(Page).action_page_down()


def _painted(row: Row) -> Content:
    style = _STYLES[row.kind]
    parts = [(row.text, style), (row.bar, "$hit"), (row.number, style)]
    return Content.assemble(*((text, how) if how else text for text, how in parts))
