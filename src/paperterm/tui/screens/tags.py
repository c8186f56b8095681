"""The tag editor: all tags of a paper on one line, with completion from those in use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from paperterm.errors import UsageError
from paperterm.library.completing import Offer, offers
from paperterm.library.tagging import Known
from paperterm.model.marks import parse_tags
from paperterm.model.text import shown
from paperterm.tui.drawing import OFFERED
from paperterm.tui.screens.framed import FramedScreen
from paperterm.tui.widgets.in_order import Line


@dataclass(frozen=True, slots=True)
class Wanted:
    """The tags a paper is to have."""

    tags: tuple[str, ...]
    as_typed: bool = False
    """Capitals are meant, even where a tag is there without them."""


class TagScreen(FramedScreen[Wanted | None]):
    """Answers with the tags the paper is to have, or None when it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "leave", show=False),
        Binding("tab", "complete", "complete", show=False, priority=True),
        Binding("right", "complete_at_end", "complete", show=False, priority=True),
        Binding("down", "offer(1)", "next", show=False, priority=True),
        Binding("up", "offer(-1)", "previous", show=False, priority=True),
        Binding("ctrl+t", "keep_as_typed", "as typed", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    TagScreen {
        & > Vertical {
            border: round $tag;
            & > #problem { color: $error; display: none; }
            & > #hint { color: $warning; display: none; }
        }
        &.-problem #problem { display: block; }
        &.-hint #hint { display: block; }
        &.-low > Vertical > #offers { display: none; }
    }
    """

    def __init__(self, tags: Sequence[str], known: Known) -> None:
        super().__init__()
        self._tags = tags
        self._known = known
        self._offers: list[Offer] = []
        self._offered = 0

    def compose(self) -> ComposeResult:
        """A line to edit, and what it may be completed to."""
        with Vertical() as box:
            box.border_title = "Tags, with commas between"
            box.border_subtitle = "Tab completes · Enter keeps · Esc leaves"
            line = ", ".join(shown(tag) for tag in self._tags)
            yield Line(f"{line}, " if line else "", select_on_focus=False)
            yield from self.compose_more()
            yield Static("", id="problem", markup=False)
            yield Static("", id="hint", markup=False)
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
        self._hint()

    def _offer(self) -> None:
        before, part = self._split()
        taken = {tag.strip().casefold() for tag in before.split(",")}
        self._offers = offers(self._known, part, taken)
        lines = [
            Content.assemble(
                (
                    f"{OFFERED} {_text(offer)}" if place == self._offered else f"  {_text(offer)}",
                    style,
                ),
                (f"  {offer.papers:,}", "$muted"),
            )
            for place, offer in enumerate(self._offers)
            for style in ["bold $tag" if place == self._offered else ""]
        ]
        empty = Content("A tag may have parents: llm/long-context")
        self.query_one("#offers", Static).update(Content("\n").join(lines) if lines else empty)

    def _hint(self) -> None:
        """What of the line nearly equals a tag that there is."""
        hint = next(filter(None, map(self._about, self._parsed())), "")
        self.query_one("#hint", Static).update(Content(shown(hint)))
        self.set_class(bool(hint), "-hint")

    def _parsed(self) -> tuple[str, ...]:
        try:
            return parse_tags(self.query_one(Input).value)
        except UsageError:
            return ()

    def _about(self, tag: str) -> str:
        if tag in self._tags:
            return ""
        tree = self._known.tree
        if (place := tree.place(tag)) is not None:
            there = tree.names[place]
            return "" if there == tag else f"#{there} is there and will be used; ^t keeps #{tag}"
        near = self._known.near(tag)
        return f"#{tag} would be new; #{near} is there, and is nearly the same" if near else ""

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
        """Take the completion; of a tag with others below it, these are offered next."""
        if self._offers:
            head, _ = self._split()
            line, offer = self.query_one(Input), self._offers[self._offered]
            ending = "" if offer.has_below else ", "
            line.value = f"{head}{' ' if head else ''}{shown(offer.typed)}{ending}"
            line.cursor_position = len(line.value)

    def action_complete_at_end(self) -> None:
        """Take the completion, or go a letter to the right where there is one."""
        line = self.query_one(Input)
        if line.cursor_position >= len(line.value):
            self.action_complete()
        else:
            line.action_cursor_right()

    def on_input_submitted(self) -> None:
        """Keep the tags, unless one of them can't be a tag."""
        self._keep(as_typed=False)

    def action_keep_as_typed(self) -> None:
        """Keep them with the capitals they have here."""
        self._keep(as_typed=True)

    def _keep(self, *, as_typed: bool) -> None:
        try:
            self.dismiss(Wanted(parse_tags(self.query_one(Input).value), as_typed))
        except UsageError as error:
            self.query_one("#problem", Static).update(Content(shown(str(error))))
            self.add_class("-problem")

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)


def _text(offer: Offer) -> str:
    return shown(offer.typed)
