"""The search bar: what is looked for, and how much was found in what time."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static


class SearchInput(Input):
    """An input whose keys beside typing are the screen's, in the order they are pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "screen.search_done", "to the hits", show=False, priority=True),
    ]


class SearchBar(Horizontal):
    """Posts Textual's `Input.Changed`."""

    DEFAULT_CSS = """
    SearchBar {
        height: 1; background: $surface;
        & > .prompt { width: 3; color: $primary; text-style: bold; }
        & > SearchInput {
            width: 1fr; height: 1; border: none; padding: 0; background: $surface;
            &:focus { border: none; background: $panel; background-tint: $panel 0%; }
        }
        & > .status { width: auto; max-width: 60%; padding: 0 1; color: $muted; }
    }
    """

    def compose(self) -> ComposeResult:
        """Prompt, input, status."""
        yield Static(" ⌕ ", classes="prompt", markup=False)
        yield SearchInput(
            placeholder="Search all papers", id="search", select_on_focus=False, max_length=256
        )
        yield Static("", classes="status", markup=False)

    @property
    def input(self) -> SearchInput:
        """Where the reader types."""
        return self.query_one(SearchInput)

    def set_status(self, status: Content) -> None:
        """Say how much was found."""
        self.query_one(".status", Static).update(status)
