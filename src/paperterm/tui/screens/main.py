"""The main screen: shelves, list and abstract. It composes and routes; the work is elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widgets import Input

from paperterm.errors import PapertermError
from paperterm.library.door import Library
from paperterm.library.indexing import Outcome
from paperterm.model.text import shown
from paperterm.tui import deeds, links
from paperterm.tui.actions import ACTIONS, BY_ID, Situation, bindings
from paperterm.tui.deeds import Deed, Done, Found, Watched
from paperterm.tui.screens.help import HelpScreen
from paperterm.tui.screens.tags import TagScreen
from paperterm.tui.session import Session
from paperterm.tui.status import SORT_NAMES, empty_text, status_text
from paperterm.tui.widgets.key_line import KeyLine
from paperterm.tui.widgets.panes import Panes
from paperterm.tui.widgets.paper_list import PaperList
from paperterm.tui.widgets.search_bar import SearchBar
from paperterm.tui.widgets.shelf_list import ShelfList

_WATCH_SECONDS = 1.0
"""How often the library is asked whether another copy has changed it."""

_PALETTE_ROOM = (24, 8)
"""The least columns and lines in which Textual's palette can lay itself out."""


class MainScreen(Screen[None]):
    """What a reader looks at all day."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-medium"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (12, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = ""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._can_write = True
        self._indexing = ""

    def compose(self) -> ComposeResult:
        """Search above, panes side by side, keys below."""
        yield SearchBar()
        yield Panes()
        yield KeyLine()

    @property
    def panes(self) -> Panes:
        """The three panes."""
        return self.query_one(Panes)

    @property
    def papers(self) -> PaperList:
        """The list pane."""
        return self.query_one(PaperList)

    @property
    def bar(self) -> SearchBar:
        """The search bar."""
        return self.query_one(SearchBar)

    @property
    def keys(self) -> KeyLine:
        """The bottom line."""
        return self.query_one(KeyLine)

    def _start(
        self, work: Coroutine[None, None, None], group: str, *, newest_only: bool = False
    ) -> None:
        """Go on with `work` while the interface stays free; what goes wrong is said."""
        self.run_worker(self._guarded(work), group=group, exclusive=newest_only)

    async def _guarded(self, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        except PapertermError as error:
            self.keys.say(shown(str(error)), error=True)
        except NoMatches:
            if self.is_running:  # else the screen was taken down meanwhile
                raise

    # Beginning, and following what others change

    def on_mount(self) -> None:
        """Paint first; everything else comes after."""
        self.papers.say_empty(("Opening the library…",))
        self._start(self._begin(), "begin")

    async def _begin(self) -> None:
        await self._session.opened()
        self.panes.shelves.show(await self._session.read(Library.shelves))
        read_only = await self._session.read(lambda library: library.read_only)
        self._can_write = not read_only
        for problem in (*self._session.settings.problems, *([read_only] if read_only else [])):
            self.keys.say(shown(problem), error=True)
        await self._session.changed()
        self.set_interval(_WATCH_SECONDS, self._watch)
        self._start(self._index(), "index", newest_only=True)

    def _watch(self) -> None:
        self._start(self._follow(), "watch", newest_only=True)

    async def _follow(self) -> None:
        """Show what another copy, or the command line, has changed meanwhile."""
        papers, marks = await self._session.changed()
        if papers or marks:
            self._apply(await self._session.look(self._watched()))
        if papers:
            await self._find(again=True)
            self._start(self._index(), "index", newest_only=True)

    async def _index(self) -> None:
        def heard(done: int, total: int) -> None:
            self.app.call_from_thread(self._say_indexing, f"indexing {done:,} of {total:,}")

        self._say_indexing("indexing…" if self._session.searching else "")
        try:
            outcome = await self._session.index(heard)
        finally:
            self._say_indexing("")
        if outcome is not Outcome.FRESH and self._session.searching:
            await self._find(again=True)

    def _say_indexing(self, told: str) -> None:
        self._indexing = told
        self._say_status()

    # Finding

    @on(ShelfList.Moved, "#shelves")
    def _go_to_shelf(self) -> None:
        shelf = self.panes.shelves.shelf
        if shelf is None:
            return
        self._session.root = shelf.root
        if self._session.text:
            self.bar.input.value = ""
        else:
            self._start(self._find(), "find")

    @on(Input.Changed, "#search")
    def _type(self, event: Input.Changed) -> None:
        self._session.text = event.value
        self._start(self._find(), "find")

    async def _find(self, *, again: bool = False) -> None:
        found = await self._session.find()
        if found is not None:
            self._show(found, again)

    def _show(self, found: Found, again: bool) -> None:
        papers, text = self.papers, shown(self._session.text)
        papers.say_empty(empty_text(self._session.root, text, found.view))
        (papers.show_again if again else papers.show)(found.view, found.cards)
        shelf = self.panes.shelves.shelf
        papers.call_it("Search" if text or shelf is None else shelf.title or shelf.name)
        papers.border_subtitle = SORT_NAMES[found.view.sort]
        if found.view.hint:
            self.keys.say(shown(found.view.hint))
        self._say_status()
        if not found.view.indexed and not self._indexing:
            self._start(self._index(), "index", newest_only=True)

    def _say_status(self) -> None:
        view = self.papers.view
        self.bar.set_status(status_text(view, self._session.searching, self._indexing))

    # Showing

    @on(PaperList.Wanted)
    def _supply(self, message: PaperList.Wanted) -> None:
        self._start(self._fetch(message.ids), "cards", newest_only=True)

    async def _fetch(self, ids: list[int]) -> None:
        self.papers.supply(await self._session.cards(ids, self.papers.view.terms))

    @on(PaperList.Moved, "#papers")
    def _show_sheet(self) -> None:
        self._start(self._fetch_sheet(self.papers.paper_id), "sheet", newest_only=True)
        self._offer_keys()

    async def _fetch_sheet(self, paper_id: int | None) -> None:
        found = None
        if paper_id is not None:
            found = await self._session.sheet(paper_id, self.papers.view.terms)
        if paper_id == self.papers.paper_id:
            self.panes.abstract.show(found)

    @on(PaperList.Chosen, "#papers")
    def _read_on(self) -> None:
        self.panes.enter(self.panes.abstract)

    # Marks

    def _watched(self) -> Watched:
        papers = self.papers
        return Watched(papers.known(), papers.paper_id, papers.view.terms)

    def _do(self, deed: Deed) -> None:
        paper_id = self.papers.paper_id
        ids = [] if paper_id is None else [paper_id]
        self._start(self._carry_out(deed, ids), "marks")

    async def _carry_out(self, deed: Deed, ids: list[int]) -> None:
        done = await self._session.carry_out(deed, ids, self._watched())
        self._apply(done)
        self.keys.say(done.told)

    def _apply(self, done: Done) -> None:
        self.papers.supply(done.cards)
        self.panes.shelves.show(done.shelves)
        if done.sheet is not None and done.sheet.id == self.papers.paper_id:
            self.panes.abstract.show(done.sheet)

    def action_bookmark(self) -> None:
        """See `actions.ACTIONS`, as for all that follow."""
        self._do(deeds.bookmark)

    def action_read(self) -> None:
        """Mark as read or unread."""
        self._do(deeds.read)

    def action_undo(self) -> None:
        """Take back."""
        self._do(deeds.undo)

    def action_tag(self) -> None:
        """Edit tags."""
        if (paper_id := self.papers.paper_id) is not None:
            self._start(self._edit_tags(paper_id), "tags", newest_only=True)

    async def _edit_tags(self, paper_id: int) -> None:
        have, known = await self._session.read(lambda library: deeds.tags_of(library, paper_id))
        chosen = await self.app.push_screen_wait(TagScreen(have, known))
        if chosen is not None:
            await self._carry_out(deeds.set_tags(chosen), [paper_id])

    # The paper

    def action_copy(self) -> None:
        """Copy the link."""
        self._start(self._hand_over(self._copy), "links")

    def action_open(self) -> None:
        """Open the link."""
        self._start(self._hand_over(links.open_link), "links")

    async def _hand_over(self, way: Callable[[str], str]) -> None:
        if (paper_id := self.papers.paper_id) is not None:
            settings = self._session.settings
            link = await self._session.read(lambda lib: links.find_link(lib, paper_id, settings))
            self.keys.say(shown(await asyncio.to_thread(way, link)))

    def _copy(self, link: str) -> str:
        """In a thread of its own; the terminal is the app's to write to."""

        def to_terminal(text: str) -> None:
            self.app.call_from_thread(self.app.copy_to_clipboard, text)

        return links.copy(link, to_terminal, self._session.desk.paths.state)

    # Ways

    def action_search(self) -> None:
        """Go to the search bar."""
        self.bar.input.focus()

    @on(Input.Submitted, "#search")
    def action_search_done(self) -> None:
        """Go to the first hit."""
        self.panes.enter(self.papers)

    def action_escape(self) -> None:
        """Out of the abstract, then out of the search, then out of another pane."""
        in_bar = self.bar.input.has_focus
        if self._session.text and (in_bar or self.panes.here is self.papers):
            self.bar.input.value = ""
        self.panes.enter(self.papers)

    def action_sort(self) -> None:
        """Another order."""
        self.keys.say(f"Order: {SORT_NAMES[self._session.next_sort()]}")
        self._start(self._find(), "find")

    def action_pane_right(self) -> None:
        """To the right."""
        self.panes.step(1)

    def action_pane_left(self) -> None:
        """To the left."""
        self.panes.step(-1)

    def action_next_pane(self) -> None:
        """Around."""
        self.panes.step(1, around=True)

    def action_abstract_down(self) -> None:
        """Read on without leaving the list."""
        self.panes.abstract.action_half_down()

    def action_abstract_up(self) -> None:
        """Read back."""
        self.panes.abstract.action_half_up()

    def action_help(self) -> None:
        """Every key."""
        self.app.push_screen(HelpScreen())

    def action_palette(self) -> None:
        """Actions by name."""
        width, height = self.app.size
        if width < _PALETTE_ROOM[0] or height < _PALETTE_ROOM[1]:
            self.keys.say("The palette needs more room")
        else:
            self.app.action_command_palette()

    def action_quit(self) -> None:
        """Leave."""
        self.app.exit()

    # What can be done

    def _situation(self) -> Situation:
        return Situation(self.papers.paper_id is not None, self._can_write, self._session.searching)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The registry's predicates decide."""
        known = BY_ID.get(action)
        return known.available(self._situation()) if known and self.is_mounted else True

    def _offer_keys(self) -> None:
        situation = self._situation()
        offered = [one for one in ACTIONS if one.footer and one.available(situation)]
        self.keys.offer(sorted(offered, key=lambda one: one.footer))

    def on_resize(self) -> None:
        """Rows may have another height now."""
        self.papers.rearrange()
