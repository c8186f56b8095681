"""The tag editor: all tags of a paper on one line, with completion from those in use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from paperterm.errors import UsageError
from paperterm.model.marks import parse_tags
from paperterm.model.text import shown

_OFFERED = 6


class TagScreen(ModalScreen[tuple[str, ...] | None]):
    """Answers with the tags the paper is to have, or None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "leave", show=False),
        Binding("tab", "complete", "complete", show=False, priority=True),
        Binding("down", "offer(1)", "next", show=False, priority=True),
        Binding("up", "offer(-1)", "previous", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    TagScreen {
        align: center bottom;
        & > Vertical {
            width: 100%; max-width: 90; height: auto; max-height: 100%;
            border: round $tag; background: $surface; padding: 0 1; margin: 0 0 1 0;
            & > Input {
                border: none; height: 1; padding: 0; background: $surface;
                &:focus { border: none; background-tint: $surface 0%; }
            }
            & > Static { height: auto; color: $muted; }
            & > #problem { color: $error; display: none; }
        }
        &.-problem #problem { display: block; }
        &.-low > Vertical { border: none; margin: 0; & > #offers { display: none; } }
    }
    """

    def __init__(self, tags: Sequence[str], known: Sequence[str]) -> None:
        super().__init__()
        self._tags = tags
        self._known = known
        self._offers: list[str] = []
        self._offered = 0

    def compose(self) -> ComposeResult:
        """A line to edit, and what it may be completed to."""
        with Vertical() as box:
            box.border_title = "Tags, with commas between"
            box.border_subtitle = "Tab completes · Enter keeps · Esc leaves"
            line = ", ".join(shown(tag) for tag in self._tags)
            yield Input(f"{line}, " if line else "", select_on_focus=False)
            yield from self.compose_more()
            yield Static("", id="problem", markup=False)
            yield Static("", id="offers", markup=False)

    def compose_more(self) -> ComposeResult:
        """What else is to be known, below the line."""
        yield from ()

    def on_mount(self) -> None:
        """Offer something at once."""
        self.set_focus(self.query_one(Input))
        self.set_class(self.app.size.height < 10, "-low")
        self._offer()

    def on_input_changed(self) -> None:
        """Offer what fits the part being typed."""
        self.remove_class("-problem")
        self._offered = 0
        self._offer()

    def _offer(self) -> None:
        before, part = self._split()
        taken = {tag.strip().casefold() for tag in before.split(",")}
        wanted = part.strip().lstrip("#").casefold()
        free = [tag for tag in self._known if tag.casefold() not in taken | {wanted}]
        begins = [tag for tag in free if tag.casefold().startswith(wanted)]
        holds = [tag for tag in free if wanted in tag.casefold() and tag not in begins]
        self._offers = [*begins, *holds][:_OFFERED]
        lines = [
            Content.styled(f"› {shown(tag)}", "bold $tag")
            if place == self._offered
            else Content(f"  {shown(tag)}")
            for place, tag in enumerate(self._offers)
        ]
        empty = Content("A tag may have parents: llm/long-context")
        self.query_one("#offers", Static).update(Content("\n").join(lines) if lines else empty)

    def _split(self) -> tuple[str, str]:
        value = self.query_one(Input).value
        head, comma, part = value.rpartition(",")
        return head + comma, part

    def action_offer(self, step: int) -> None:
        """Go to another completion."""
        if self._offers:
            self._offered = (self._offered + step) % len(self._offers)
            self._offer()

    def action_complete(self) -> None:
        """Take the completion."""
        if self._offers:
            head, _ = self._split()
            line = self.query_one(Input)
            line.value = f"{head}{' ' if head else ''}{shown(self._offers[self._offered])}, "
            line.cursor_position = len(line.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the tags, unless one of them can't be a tag."""
        try:
            self.dismiss(parse_tags(event.value))
        except UsageError as error:
            self.query_one("#problem", Static).update(Content(shown(str(error))))
            self.add_class("-problem")

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)
