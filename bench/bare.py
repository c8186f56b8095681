"""The least Textual app that shows a text: what paperterm's start is compared with."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static

TEXT = "A bare Textual app"


class Bare(App[None]):
    """One text."""

    def compose(self) -> ComposeResult:
        """It."""
        yield Static(TEXT)


if __name__ == "__main__":
    Bare().run()
