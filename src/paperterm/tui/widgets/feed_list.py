"""The feeds, two lines each: the name and its papers, the kind and how fetching it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from paperterm.library.when import now
from paperterm.model.text import shown
from paperterm.tui.cards import counted
from paperterm.tui.drawing import CURSOR
from paperterm.tui.keys import Keys
from paperterm.tui.typeset import cut
from paperterm.tui.widgets.beside_list import BesideList

if TYPE_CHECKING:
    from paperterm.library.feeds import FeedState

_ROOM_FOR_KIND, _ROOM_FOR_COUNT = 70, 30


class FeedList(BesideList):
    """Give it the states of feeds with `show`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "feeds--name",
        "feeds--facts",
        "feeds--wrong",
        "feeds--paused",
        "feeds--cursor",
        "feeds--bar",
    }
    DEFAULT_CSS = """
    FeedList {
        background: $background; height: 1fr;
        & > .feeds--name { color: $foreground; text-style: bold; }
        & > .feeds--facts { color: $muted; }
        & > .feeds--wrong { color: $error; }
        & > .feeds--paused { color: $warning; }
        & > .feeds--cursor { background: $panel; }
        & > .feeds--bar { color: $primary; }
    }
    """

    EMPTY = ("feeds--name", "feeds--facts")

    def __init__(self, keys: Keys) -> None:
        """`keys` are in force."""
        super().__init__()
        self._keys = keys
        self._states: Sequence[FeedState] = ()
        self.empty = ("Looking up the feeds…",)

    @property
    def state(self) -> FeedState | None:
        """The feed under the cursor."""
        return self._states[self.cursor] if self.cursor < len(self._states) else None

    def show(self, states: Sequence[FeedState]) -> None:
        """Take new states; the cursor stays on its feed, or in its place when that is gone."""
        names = [state.feed.name for state in states]
        here = self.state.feed.name if self.state else ""
        row = names.index(here) if here in names else self.cursor
        self._states = states
        self.empty = (
            "There are no feeds.",
            self._keys.hint("add_feed", "adds one: daily-papers, arxiv:cs.CL, …"),
        )
        self.keep_place(len(states), (), 2, row)
        self._tell()

    def row_strip(self, row: int, line: int, width: int, current: bool) -> Strip:
        """Name and papers; kind and state."""
        state = self._states[row]
        under = self.painted("feeds--cursor", Style()) if current else Style()
        base = self.base + under
        bar = Segment(CURSOR + " " if current else "  ", base + self.painted("feeds--bar", under))
        parts = self._first(state, width - 2) if line == 0 else self._second(state, width - 2)
        body = [Segment(text, base + self.painted(f"feeds--{name}", under)) for text, name in parts]
        return Strip([bar, *body]).extend_cell_length(width, base)

    def _first(self, state: FeedState, room: int) -> list[tuple[str, str]]:
        papers = f" {counted(state.papers, 'paper')} " if room >= _ROOM_FOR_COUNT else ""
        name = cut(shown(state.feed.name), max(0, room - cell_len(papers)))
        gap = " " * max(0, room - cell_len(name) - cell_len(papers))
        return [(name + gap, "name"), (papers, "facts")]

    def _second(self, state: FeedState, room: int) -> list[tuple[str, str]]:
        kind = f"{state.feed.kind.label} · " if room >= _ROOM_FOR_KIND else ""
        kind += f"only “{shown(state.only)}” · " if state.only else ""
        told = cut(shown(state.sentence(now())), max(0, room - cell_len(kind)))
        name = "paused" if state.paused else "wrong" if state.problem else "facts"
        return [(kind, "facts"), (told, name)]
