"""A question that is answered by yes or no, before something is done to many papers at once."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from paperterm.tui.screens.framed import FramedScreen


class ConfirmScreen(FramedScreen[bool]):
    """Answers True when it is to be done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,y", "answer(True)", "yes", show=False),
        Binding("escape,n,q", "answer(False)", "no", show=False),
    ]
    DEFAULT_CSS = """
    ConfirmScreen > Vertical {
        border: round $warning;
        & > Static { color: $foreground; }
    }
    """

    def __init__(self, question: str, keys: str) -> None:
        """Both are clean text."""
        super().__init__()
        self._question = question
        self._keys = keys

    def compose(self) -> ComposeResult:
        """The question, and what may be answered."""
        with Vertical() as box:
            box.border_subtitle = self._keys
            yield Static(Content(self._question), markup=False)
            yield Static(Content.styled(self._keys, "$muted"), id="keys", markup=False)

    def on_mount(self) -> None:
        """On few lines there is no border, and so no place on it for the keys."""
        low = self.app.size.height < 10
        self.set_class(low, "-low")
        self.query_one("#keys").display = low

    def action_answer(self, answer: bool) -> None:
        """Yes or no."""
        self.dismiss(answer)
