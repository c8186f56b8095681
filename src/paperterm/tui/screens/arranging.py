"""What the main screen does about its panes, and to be as it was when the reader comes back."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

from paperterm.library.remembered import remember, remembered
from paperterm.library.saved import written
from paperterm.library.settings import Settings
from paperterm.model.saved import Saved
from paperterm.tui.left_off import Layout, read_layout, read_shelf, read_sort, told_shelf
from paperterm.tui.session import Session
from paperterm.tui.widgets.panes import ONE_PANE

if TYPE_CHECKING:
    from paperterm.library.door import Library
    from paperterm.library.paths import Paths
    from paperterm.tui.screens.main import MainScreen

_NAMES = {"shelves": "Shelves", "abstract": "Abstract"}


class Arranging:
    """Remembers when the app is left: one write, of all that has changed."""

    def __init__(self, screen: MainScreen, session: Session) -> None:
        self._screen = screen
        self._session = session
        self._layout = Layout()
        self._paper: int | None = None
        self._before: dict[str, object] = {}

    async def begin(self) -> None:
        """Arrange the panes, and go to the shelf, as they were left."""
        paths, session = self._session.desk.paths, self._session
        self._before, searches = await asyncio.to_thread(_read, paths)
        self._layout = read_layout(self._before.get("panes"))
        self._screen.panes.share_out(self._layout)
        if session.settings.sort is Settings().sort:  # what was set for good wins
            session.begin_sorted(read_sort(self._before.get("sort"), session.settings.sort))
        if (shelf := read_shelf(self._before.get("shelf"), searches)) is not None:
            session.root = shelf.root
            self._screen.panes.shelves.begin_at(shelf)

    async def find_paper(self) -> None:
        """Put the cursor where it was, unless the reader is at work already.

        An empty list is no place to begin at: then it is the Inbox.
        """
        if not self._screen.papers.view.ids and not self._session.searching:
            self._screen.panes.shelves.move_to(0)
        key = self._before.get("paper")
        if not isinstance(key, str) or self._before.get("shelf") != self._shelf():
            return
        found = await self._session.read(lambda library: library.ids_of([key]))
        papers = self._screen.papers
        if found and papers.cursor == 0 and not self._session.searching:
            ids = papers.view.ids
            row = await asyncio.to_thread(_row_of, ids, found[0])
            if row is not None and papers.view.ids is ids and papers.cursor == 0:
                papers.move_to(row)

    def note(self, paper_id: int | None) -> None:
        """The cursor is on a paper; in a search it is nowhere."""
        if not self._session.searching and paper_id is not None and paper_id > 0:
            self._paper = paper_id

    # The panes

    def resize(self, by: int) -> None:
        """Make the pane that the reader is in so many steps wider."""
        here = self._screen.panes.here.id or ""
        if self._screen.app.size.width < ONE_PANE:
            self._screen.keys.say("There is room for one pane, and it has all of it")
        else:
            self._arrange(self._layout.resized(here, by))

    def toggle(self, pane: str, action: str) -> None:
        """Hide a pane, or show it."""
        panes = self._screen.panes
        self._arrange(self._layout.toggled(pane))
        hidden = pane in self._layout.hidden
        if hidden and panes.here.id == pane:
            panes.enter(panes.papers)
        told = f"{_NAMES[pane]} hidden" if hidden else f"{_NAMES[pane]} shown"
        does = "shows it" if pane == "abstract" else "shows them"
        self._screen.keys.say(self._session.keys.hinted(told, action, does) if hidden else told)

    def _arrange(self, layout: Layout) -> None:
        self._layout = layout
        self._screen.panes.share_out(layout)

    # Leaving

    def _shelf(self) -> list[str] | None:
        return told_shelf(self._session.root)

    def keep(self) -> None:
        """The app is being left."""
        told: dict[str, object] = {
            "panes": self._layout.told() if self._layout != Layout() else None,
            "shelf": self._shelf(),
            "sort": self._session.shelf_sort.value,
        }
        paper, before = self._paper, self._before

        def work(library: Library) -> None:
            entries = library.entries([paper]) if paper is not None else []
            told["paper"] = entries[0].paper.key if entries else None
            if any(before.get(name) != value for name, value in told.items()):
                remember(library.paths.state, told)

        with contextlib.suppress(RuntimeError):  # nobody is there any more to write it
            self._session.desk.write(work)


def _read(paths: Paths) -> tuple[dict[str, object], tuple[Saved, ...]]:
    return remembered(paths.state), written.read(paths.searches).searches


def _row_of(ids: object, wanted: int) -> int | None:
    try:
        return int(ids.index(wanted))  # type: ignore[attr-defined]
    except ValueError:
        return None
