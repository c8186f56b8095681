"""A question that is answered with yes or no."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static


class ConfirmScreen(ModalScreen[bool]):
    """Answers True after ``y``, False after ``n`` or Esc; every other key leaves it open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,Y", "answer(True)", "yes", show=False),
        Binding("n,N,q,escape", "answer(False)", "no", show=False),
    ]
    DEFAULT_CSS = """
    ConfirmScreen {
        align: center bottom;
        & > Vertical {
            width: 100%; max-width: 90; height: auto; max-height: 100%;
            border: round $accent; background: $surface; padding: 0 1; margin: 0 0 1 0;
            & > Static { height: auto; }
            & > #more { color: $muted; }
        }
        &.-low > Vertical { border: none; margin: 0; & > #more { display: none; } }
    }
    """

    def __init__(self, question: str, more: str = "") -> None:
        """Clean text: what is asked, and what should be known of it."""
        super().__init__()
        self._question = question
        self._more = more

    def compose(self) -> ComposeResult:
        """The question, and the two answers."""
        with Vertical():
            yield Static(
                Content.assemble((self._question, "bold"), "  ", ("y/n", "bold $primary")),
                markup=False,
            )
            yield Static(Content(self._more), id="more", markup=False)

    def on_mount(self) -> None:
        """Without a border where lines are few."""
        self.set_class(self.app.size.height < 10, "-low")

    def action_answer(self, yes: bool) -> None:
        """Be done."""
        self.dismiss(yes)
