"""The least Textual app that can be typed into: what paperterm's typing is compared with."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Input, Static

TEXT = "A bare Textual app to type in"


class Echo(App[None]):
    """An input."""

    AUTO_FOCUS = "Input"

    def compose(self) -> ComposeResult:
        """It, below a text that says that it is there."""
        yield Static(TEXT)
        yield Input()


if __name__ == "__main__":
    Echo().run()
