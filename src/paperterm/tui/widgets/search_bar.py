"""The search bar: what is looked for, how it was understood, how much was found in what time."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from paperterm.tui.drawing import SEARCH
from paperterm.tui.timing import TimedInput

_SPARE = 10
"""Cells that the status may leave empty."""
_BESIDE_STATUS = 21
"""Cells that the sign, the input and an empty hint have at least."""


class SearchBar(Horizontal):
    """Posts Textual's `Input.Changed`."""

    DEFAULT_CSS = """
    SearchBar {
        height: 1; background: $surface;
        & > .prompt { width: 3; color: $primary; text-style: bold; }
        & > Input {
            width: 1fr; min-width: 16; height: 1; border: none; padding: 0; background: $surface;
            &:focus { border: none; background: $panel; background-tint: $panel 0%; }
        }
        & > .hint {
            width: auto; max-width: 55%; padding: 0 1; color: $warning;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        & > .status { max-width: 60%; padding: 0 1; color: $muted; text-align: right; }
        &.-short > .status { padding: 0; }
    }
    """

    def compose(self) -> ComposeResult:
        """Prompt, input, hint, status."""
        yield Static(f" {SEARCH} ", classes="prompt", markup=False)
        yield TimedInput(
            placeholder="Search all papers", id="search", select_on_focus=False, max_length=256
        )
        yield Static("", classes="hint", markup=False)
        yield Static("", classes="status", markup=False)

    @property
    def input(self) -> TimedInput:
        """Where the reader types."""
        return self.query_one(TimedInput)

    def set_hint(self, hint: str) -> None:
        """Say how the text was understood, where that needs saying; clean text."""
        place = self.query_one(".hint", Static)
        if str(place.content) != hint:
            place.display = bool(hint)
            place.update(Content(hint))

    def set_status(self, status: Content) -> None:
        """Say how much was found.

        Its room grows when it must and shrinks when much is left: laying out the screen for every
        number that is a digit longer would cost more than painting the list.
        """
        place = self.query_one(".status", Static)
        if place.content == status:
            return
        needed = status.cell_length + place.gutter.width
        width = place.styles.width
        room = width.cells if width and width.cells else 0
        if not needed <= room <= needed + _SPARE:
            # Wider, it would be pushed beyond the edge, and what it says later with it.
            place.styles.width = min(needed, max(1, self.app.size.width - _BESIDE_STATUS))
        place.update(status, layout=False)
