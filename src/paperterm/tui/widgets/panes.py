"""Three panes side by side, or fewer where there is less room, and the ways between them."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget

from paperterm.tui.left_off import HIDEABLE, Layout
from paperterm.tui.widgets.abstract_pane import AbstractPane
from paperterm.tui.widgets.paper_list import PaperList
from paperterm.tui.widgets.shelf_list import ShelfList

ONE_PANE = 70
"""Columns under which there is one pane at a time."""


class Panes(Horizontal):
    """Shelves, list and abstract; a class says which of them the reader is in.

    How many are seen at once is the style sheet's matter, by the width of the screen.
    """

    def __init__(self) -> None:
        super().__init__()
        self._chosen = Layout()

    def compose(self) -> ComposeResult:
        """From left to right."""
        yield ShelfList(id="shelves")
        yield PaperList(id="papers")
        yield AbstractPane(id="abstract")

    @property
    def shelves(self) -> ShelfList:
        """The left pane."""
        return self.query_one(ShelfList)

    @property
    def papers(self) -> PaperList:
        """The middle pane."""
        return self.query_one(PaperList)

    @property
    def abstract(self) -> AbstractPane:
        """The right pane."""
        return self.query_one(AbstractPane)

    def on_mount(self) -> None:
        """The reader begins in the list."""
        self.shelves.border_title = "Shelves"
        self.abstract.border_title = "Abstract"
        self.enter(self.papers)

    @property
    def order(self) -> tuple[Widget, ...]:
        """From left to right."""
        return self.shelves, self.papers, self.abstract

    def share_out(self, layout: Layout) -> None:
        """Give the panes the room that the reader has chosen for them."""
        self._chosen = layout
        for name in HIDEABLE:
            self.set_class(name in layout.hidden, f"-no-{name}")
        self.on_resize()

    def on_resize(self) -> None:
        """One pane at a time has all the room, whatever was chosen."""
        alone = self.app.size.width < ONE_PANE
        shelves = None if alone else self._chosen.shelves
        share = None if alone else self._chosen.abstract
        for name in ("width", "min_width", "max_width"):
            setattr(self.shelves.styles, name, shelves)
        self.papers.styles.width = None if share is None else f"{100 - share}fr"
        self.abstract.styles.width = None if share is None else f"{share}fr"
        self.abstract.styles.max_width = None if share is None else "100%"

    @property
    def here(self) -> Widget:
        """The pane the reader is in, or was in before they went to search."""
        return next((pane for pane in self.order if self.has_class(f"-in-{pane.id}")), self.papers)

    def enter(self, pane: Widget) -> None:
        """Go to a pane; it comes to the front where only some are seen."""
        for other in self.order:
            self.set_class(other is pane, f"-in-{other.id}")
        self.screen.set_focus(pane)

    def step(self, by: int, *, around: bool = False) -> None:
        """Go to a neighbour; `around` goes on at the other end."""
        place = self.order.index(self.here) + by
        if around:
            place %= len(self.order)
        self.enter(self.order[max(0, min(place, len(self.order) - 1))])

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A click is a way into a pane too."""
        for pane in self.order:
            if pane is event.widget:
                for other in self.order:
                    self.set_class(other is pane, f"-in-{other.id}")
