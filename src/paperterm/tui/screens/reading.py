"""Shelves, list and abstract on the screen, and what is shown in them kept up with the library."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Input

from paperterm.errors import PapertermError
from paperterm.model.pattern import Patterns
from paperterm.model.saved import Saved
from paperterm.model.text import shown
from paperterm.tui.deeds import Done, Found, Watched
from paperterm.tui.screens.following import FollowingScreen
from paperterm.tui.selection import Selection
from paperterm.tui.session import Changed, Session
from paperterm.tui.shelves import Shelf
from paperterm.tui.status import SORT_NAMES, empty_text, status_text
from paperterm.tui.timing import Timing
from paperterm.tui.widgets.below import below
from paperterm.tui.widgets.key_line import KeyLine
from paperterm.tui.widgets.panes import Panes
from paperterm.tui.widgets.paper_list import PaperList
from paperterm.tui.widgets.search_bar import SearchBar
from paperterm.tui.widgets.shelf_list import ShelfList

_LIST_FIRST_SECONDS = 0.2
"""What the index waits for after the first list has come, so that it is painted first."""
_ROOM_FOR_HINTS = 90
"""Columns from which on the search bar has room for a hint."""
_ROOM_FOR_WORLD = 70
"""Columns from which on it has room for who has found what in the world."""
_BETWEEN_KEYS = 0.12
"""How long the first hit must stand while the reader types, before its abstract is shown.

So must a paper that a cursor passes which moves as often: on a slow line, the way there is shown
before what is passed.
"""
_PATIENCE = 1.0
"""How many seconds a key typed ahead waits for the list."""
_PATIENCE_MARKED = 10.0
"""The same where a mark changes it, which comes to an end: also behind another copy's write."""


class ReadingScreen(FollowingScreen):
    """Composes the panes, routes answers to them; what keys do is `main.MainScreen`'s."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-medium"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (12, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = ""

    @dataclass
    class Closed(Message):
        """The library could not be opened: there is nothing to show."""

        error: PapertermError

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.can_write = True
        self.doing: dict[str, str] = {}
        self._sheet_patterns: Patterns = frozenset()
        self._moved = 0.0
        """When an abstract was last asked for."""
        self._found = False
        self._asked = 0
        self._answered = 0
        self._marked_until = 0.0
        self._timing = Timing()

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

    # Beginning, and what others change

    def on_mount(self) -> None:
        """Paint first; everything else comes after."""
        self.papers.say_empty(("Opening the library…",))
        self.call_after_refresh(self.start, self._begin, "begin")

    async def _begin(self) -> None:
        try:
            await self._session.opened()
        except PapertermError as error:
            self.post_message(self.Closed(error))
            return
        await self._session.changed()  # what changes from here on is not in what is looked up
        self._look_up()  # the list is wanted before the shelves
        self.panes.shelves.show(await self._session.read(lambda library: library.shelves()))
        read_only = await self._session.read(lambda library: library.read_only)
        self.can_write = not read_only
        settings, keys = self._session.settings, self._session.keys
        for problem in filter(None, (read_only, *settings.problems, *keys.problems)):
            self.keys.say(shown(problem), error=True, unasked=True)
        await self.begin_following()
        await self._in_step()
        self.set_timer(_LIST_FIRST_SECONDS, self.bring_up_index)

    async def changed(self, what: Changed) -> None:
        """Show what another copy, or the command line, has changed meanwhile."""
        if what.papers or what.marks:
            self.show_done(await self._session.look(self.watched()))
        by_words = self._session.searching or isinstance(self._session.root, Saved)
        if what.papers or (what.index and by_words):
            await self._find(again=True)

    def say_doing(self, what: str, told: str) -> None:
        """Beside the number of papers found."""
        self.doing[what] = told
        self._say_status()

    def say_error(self, told: str) -> None:
        """On the bottom line."""
        self.keys.say(told, error=True)

    # Finding

    @on(ShelfList.Moved, "#shelves")
    def _go_to_shelf(self) -> None:
        shelf = self.panes.shelves.shelf
        if shelf is None or (shelf.root == self._session.root and not self._session.text):
            return
        self._session.root = shelf.root
        if self._session.text:
            self.bar.input.value = ""
        else:
            self._look_up()

    def follow_search(self, shelf: Shelf | None) -> None:
        """The search that the list shows may have another name now, or look for something else."""
        root = self._session.root
        if (
            shelf
            and isinstance(root, Saved)
            and isinstance(shelf.root, Saved)
            and (root != shelf.root)
        ):
            self._session.root = shelf.root
            if not self._session.text:
                self._look_up()

    def go_to_shelf(self, shelf: Shelf) -> None:
        """Show a shelf, in the list."""
        self.panes.shelves.visit(shelf)
        self.panes.enter(self.papers)

    @on(Input.Changed, "#search")
    def _type(self, event: Input.Changed) -> None:
        self._session.search(event.value)
        self._look_up()

    def _look_up(self) -> None:
        """Ask at once: a key that is looked at next finds that an answer is awaited."""
        self._asked += 1
        self.start(partial(self._answer, self._asked), "find")

    async def _answer(self, asked: int) -> None:
        try:
            await self._find()
        finally:
            self._answered = max(self._answered, asked)

    async def _find(self, *, again: bool = False) -> None:
        pressed, text = self.bar.input.pressed, self._session.text
        found = await self._session.find(self.papers.screenful, self.papers.columns)
        if found is not None:
            self._show(found, again)
            if self._timing.wanted and text and not again:
                self.call_after_refresh(self._timing.note, pressed, text, found.view)

    @property
    def searching(self) -> bool:
        """Whether the list is about to change."""
        return self._answered < self._asked

    async def _in_step(self) -> bool:
        """Wait until the list shows what was last asked for, as it has nearly always long done.

        A key typed ahead must not act on a paper that is about to leave the list: False means
        that the list is still about to change.
        """
        patience = asyncio.get_running_loop().time() + _PATIENCE
        try:
            async with asyncio.timeout_at(max(patience, self._marked_until)):
                for pump in (self.bar.input, self.panes.shelves, self):
                    passed = asyncio.Event()
                    pump.call_later(passed.set)
                    await passed.wait()
                while self.searching:
                    await asyncio.sleep(0.005)
        except TimeoutError:
            return False
        return True

    def wait_for_mark(self) -> int:
        """Let keys that are pressed next wait for a mark; returns its number for `mark_shown`."""
        self._asked += 1
        self._marked_until = asyncio.get_running_loop().time() + _PATIENCE_MARKED
        return self._asked

    def mark_shown(self, number: int) -> None:
        """What came of the mark is on the screen."""
        self._answered = max(self._answered, number)
        if not self.searching:
            self._marked_until = 0.0

    def _show(self, found: Found, again: bool) -> None:
        with self.app.batch_update():  # one layout for all that changes
            self._show_all(found, again)

    def _show_all(self, found: Found, again: bool) -> None:
        self._found = True
        papers, text = self.papers, shown(self._session.text)
        papers.say_empty(empty_text(self._session.root, text, found.view, self._session.keys))
        beyond = self._session.beyond
        before = papers.selection
        shown_so = papers.show_again if again else papers.show
        shown_so(beyond.beside(found.view), found.cards, below(beyond))
        self.is_shown(before, again=again)
        shelf = self.panes.shelves.shelf
        name = (shelf.title or shelf.name) if shelf else "Inbox"
        if not text:
            self.panes.shelves.recount(self._session.root, len(found.view.ids))
        papers.call_it("Search" if text else name)
        self._say_hint()
        self._say_status()
        if not found.view.indexed:
            self.bring_up_index(patiently=True)

    def show_beyond(self) -> None:
        """What the world has found has changed."""
        self.papers.show_below(below(self._session.beyond))
        self._say_status()

    def _say_hint(self) -> None:
        """In the bar; where that has no room, on the list's border in place of its order."""
        view = self.papers.view
        hint, roomy = shown(view.hint), self.app.size.width >= _ROOM_FOR_HINTS
        self.bar.set_hint(hint if roomy else "")
        beside = bool(hint) and not roomy
        self.papers.note(hint if beside else SORT_NAMES[view.sort], warning=beside)

    def _say_status(self) -> None:
        if not self._found:
            return  # not even that there is nothing
        room = self.app.size.width
        world = self._session.beyond.told(roomy=room >= _ROOM_FOR_WORLD)
        doing = "  ".join(filter(None, (world, *self.doing.values())))
        searching, read_only = self._session.searching, not self.can_write
        self.bar.set_class(room < 40, "-short")
        self.bar.set_status(
            status_text(
                self.papers.view, searching, doing, read_only, room=room, selected=self.selected
            )
        )

    # Showing

    @on(PaperList.Wanted)
    def _supply(self, message: PaperList.Wanted) -> None:
        self.start(partial(self._fetch, message.ids), "cards", newest_only=True)

    async def _fetch(self, ids: list[int]) -> None:
        papers = self.papers
        papers.supply(await self._session.cards(ids, papers.view.patterns, papers.columns))

    @on(PaperList.Moved, "#papers")
    def _show_sheet(self) -> None:
        self.offer_keys()
        wanted, patterns = self.papers.paper_id, self.papers.view.patterns
        there = self.panes.abstract.sheet
        if (there.id if there else None) != wanted or patterns != self._sheet_patterns:
            self.show_sheet_anew()

    def show_sheet_anew(self) -> None:
        """More may be known of the paper under the cursor, or it is another one."""
        self.start(partial(self._fetch_sheet, self.papers.paper_id), "sheet", newest_only=True)

    async def _fetch_sheet(self, paper_id: int | None) -> None:
        found, patterns = None, self.papers.view.patterns
        moved, self._moved = self._moved, time.monotonic()
        passing = self._moved - moved < _BETWEEN_KEYS
        if self.focused is self.bar.input or passing:
            await asyncio.sleep(_BETWEEN_KEYS)
        if paper_id is not None:
            found = await self._session.sheet(paper_id, patterns)
        if paper_id == self.papers.paper_id:
            self.panes.abstract.show(found)
            self._sheet_patterns = patterns

    @on(PaperList.Chosen, "#papers")
    def _read_on(self) -> None:
        self.panes.enter(self.panes.abstract)

    # What is done with papers

    def show_done(self, done: Done) -> None:
        """Paint what has changed."""
        self.papers.supply(done.cards)
        self.panes.shelves.show(done.shelves)
        if done.sheet is not None and done.sheet.id == self.papers.paper_id:
            self.panes.abstract.show(done.sheet)

    def watched(self) -> Watched:
        """What is on the screen."""
        papers = self.papers
        link = self._session.settings.link
        return Watched(papers.known(), papers.paper_id, papers.view.patterns, papers.columns, link)

    @property
    def selected(self) -> int:
        """How many papers are selected."""
        return len(self.papers.selection)

    def is_shown(self, before: Selection, *, again: bool) -> None:
        """Another list is shown, or a newer state; `before` was selected in what was there."""
        raise AssertionError("a screen says what is selected in a list")

    def offer_keys(self) -> None:
        """Say which keys matter now."""
        raise AssertionError("a screen says what can be done")

    def on_descendant_focus(self) -> None:
        """Other keys matter in the search bar."""
        self.offer_keys()

    def on_resize(self) -> None:
        """Rows may have another height now, and snippets another length."""
        self.papers.rearrange()
        if self.papers.view.patterns:
            self.start(partial(self._fetch, self.papers.known()), "resized")
        self._say_hint()
        self._say_status()
