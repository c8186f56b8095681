"""A question that is answered on one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from paperterm.errors import UsageError
from paperterm.model.text import shown
from paperterm.tui.screens.framed import FramedScreen
from paperterm.tui.widgets.in_order import Line


class PromptScreen(FramedScreen[str | None]):
    """Answers with the text, or None when it was left; `check` refuses what makes no sense."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "leave", show=False)]
    DEFAULT_CSS = "PromptScreen > Vertical.-problem > Static { color: $error; }"

    def __init__(
        self,
        question: str,
        example: str,
        keys: str,
        check: Callable[[str], None],
        text: str = "",
    ) -> None:
        """`check` raises `UsageError` with what is wrong with a text.

        `text` stands there at first; it and all else is clean, and is shown as it is.
        """
        super().__init__()
        self._question = question
        self._example = example
        self._keys = keys
        self._check = check
        self._text = text

    def compose(self) -> ComposeResult:
        """A line to fill in, and what may stand there or is wrong with it."""
        with Vertical() as box:
            box.border_title = Content(self._question)
            box.border_subtitle = self._keys
            yield Line(self._text, max_length=2000, select_on_focus=False)
            yield Static(Content(self._example), markup=False)

    def on_mount(self) -> None:
        """Ready to type."""
        self.set_focus(self.query_one(Input))
        self.set_class(self.app.size.height < 10, "-low")

    def on_input_changed(self) -> None:
        """What was wrong may be right now."""
        self._tell(self._example, wrong=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the text, unless something is wrong with it."""
        try:
            self._check(event.value)
        except UsageError as error:
            self._tell(shown(str(error)), wrong=True)
        else:
            self.dismiss(event.value)

    def _tell(self, text: str, *, wrong: bool) -> None:
        self.query_one(Vertical).set_class(wrong, "-problem")
        self.query_one(Static).update(Content(text))

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)
