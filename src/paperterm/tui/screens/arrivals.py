"""What the main screen does about papers that arrive, and about the days of Daily Papers.

Beside it rather than in it, so that the first paint does not wait for what is wanted later.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from paperterm.errors import Cancelled
from paperterm.library.settings import Fetch
from paperterm.library.when import now
from paperterm.model.pages import EARLIEST, Page, Span, page_of, read_page
from paperterm.model.query import Listed
from paperterm.tui import errands, tidings
from paperterm.tui.screens.reading import ReadingScreen
from paperterm.tui.session import Session
from paperterm.tui.shelves import Shelf
from paperterm.tui.tidings import Tidings, page_name

if TYPE_CHECKING:
    from paperterm.library.arrivals.office import Office
    from paperterm.library.arrivals.outcome import Fetched
    from paperterm.library.feeds import FeedState

_AGAIN_SECONDS = 300.0
"""How often it is looked whether a feed is due."""
_KEY_SECONDS = 0.15
"""How long a day must be wanted before it is asked for: many are passed on the way to one."""


class Arrivals:
    """Fetches beside what the reader does; nothing of theirs waits for it."""

    def __init__(self, screen: ReadingScreen, session: Session) -> None:
        self._screen = screen
        self._session = session
        self._refreshing: threading.Event | None = None
        self._asked_to_refresh = False
        self._resolving: threading.Event | None = None
        self._doubtful = 0
        """Papers known by title that may be several ones, as far as was found out by now."""
        self._said = ""
        """What was known last of feeds; empty at first."""
        self.hears: Callable[[Tidings], None] | None = None
        """Who is told of what came of feeds, too: a screen that is before this one."""
        self._unadded = ""
        self._wanted: Page | None = None
        """The page that the reader is about to see."""
        self._calling: threading.Event | None = None
        self._empty: frozenset[dt.date] = frozenset()
        """Days near the last page that are known to be empty."""

    # Feeds

    def begin(self) -> None:
        """From now on, feeds are fetched when they are due, if the reader lets that be done."""
        if self.can_write and self._session.settings.fetch is Fetch.DUE:
            self.refresh_due()
            self._screen.set_interval(_AGAIN_SECONDS, self.refresh_due)

    def refresh_due(self) -> None:
        """Fetch the feeds for which it is time, unless that is being done."""
        if self._refreshing is None:
            self._refresh(errands.due, asked=False)

    def refresh_feeds(self, wanted: Callable[[FeedState], bool] = errands.not_paused) -> bool:
        """Fetch some feeds because the reader wants that; False when others are being fetched."""
        if self._refreshing is None:
            self._refresh(wanted, asked=True)
            return True
        return False

    def _refresh(self, wanted: Callable[[FeedState], bool], *, asked: bool) -> None:
        self._refreshing, self._asked_to_refresh = threading.Event(), asked
        self._screen.start(partial(self._fetch_feeds, wanted, self._refreshing), "feeds")

    async def _fetch_feeds(
        self, wanted: Callable[[FeedState], bool], cancelled: threading.Event
    ) -> None:
        came: list[Fetched] = []
        loop = asyncio.get_running_loop()

        def heard(one: Fetched) -> None:
            came.append(one)
            if not cancelled.is_set():
                loop.call_soon_threadsafe(self._screen.catch_up)

        def work(office: Office) -> None:
            errands.fetch_feeds(office, wanted, heard)

        try:
            await self._session.fetch(work, partial(self._screen.say_doing, "feeds"), cancelled)
        except Cancelled:
            self._screen.keys.say("Called off; what had come by then is here")
        else:
            self._tell_of_feeds(came)
        finally:
            self._refreshing = None
            self._screen.catch_up()
        if not self._asked_to_refresh:
            self._resolve()

    def _resolve(self) -> None:
        """Find ids of papers known by title, unless that is being done; quietly."""
        if self._resolving is None:
            self._resolving = threading.Event()
            self._screen.start(partial(self._resolve_some, self._resolving), "resolve")

    async def _resolve_some(self, cancelled: threading.Event) -> None:
        try:
            doubtful = await self._session.fetch(errands.resolve_some, lambda _: None, cancelled)
        except Cancelled:
            return
        finally:
            self._resolving = None
        self._doubtful += doubtful
        if doubtful:
            self._screen.keys.say(f"{self._doubtful:,} doubtful: paperterm resolve")

    def _tell_of_feeds(self, came: Sequence[Fetched]) -> None:
        """Unasked, only what is news is told, and the same trouble once."""
        told = tidings.tidings(came, self._session.keys)
        is_news = told.text != self._said if told.wrong else any(one.tally.new for one in came)
        if self._asked_to_refresh or (came and (is_news or not self._said)):
            self._tell(told, unasked=not self._asked_to_refresh)
        if came:
            self._said = told.text

    def _tell(self, told: Tidings, *, unasked: bool = False) -> None:
        self._screen.keys.say(told.text, error=told.wrong, unasked=unasked)
        if self.hears is not None:
            self.hears(told)

    @property
    def fetching(self) -> str:
        """How far fetching the feeds is; empty when they are not being fetched."""
        return self._screen.doing.get("feeds", "")

    @property
    def can_write(self) -> bool:
        """Whether the library can be changed."""
        return self._screen.can_write

    def refresh_now(self) -> None:
        """Fetch what is new in every feed."""
        if self.refresh_feeds():
            self._screen.keys.say("Fetching what is new · Esc calls it off")
        else:
            self._asked_to_refresh = True
            self._screen.keys.say("Still fetching · Esc calls it off")

    async def show_feeds(self) -> None:
        """The feeds, on a screen of their own."""
        from paperterm.tui.screens.feeds import FeedsScreen

        await self._screen.app.push_screen(FeedsScreen(self._session, self))

    # Papers by name

    async def ask_for_papers(self) -> None:
        """Ask for papers to add; what was typed and not added is there again the next time."""
        from paperterm.tui.screens.adding import AddScreen, Left

        def close(left: Left | None) -> None:
            self._unadded = left.text if left else ""
            if left and left.told:
                self._screen.keys.say(left.told)
            self._screen.catch_up()

        await self._screen.app.push_screen(AddScreen(self._session, self._unadded), close)

    # Days

    def step(self, by: int) -> None:
        """So many days on, or back, past empty ones; from what is no day, to the newest one."""
        here = self._wanted or self._page_shown()
        if here is None:
            self.go_to_page(Page(self._screen.panes.shelves.newest or now().date()))
        elif (there := self._past_empty(here.step(by), by)).first > now().date():
            self._screen.keys.say(f"{page_name(here)} is the newest there is")
        else:
            self.go_to_page(there, by)

    def _past_empty(self, page: Page, by: int) -> Page:
        """The first page from `page` on that is not known to be empty."""
        while page.span is Span.DAY and page.day in self._empty:
            page = page.step(by)
        return page

    def _page_shown(self) -> Page | None:
        root = self._session.root
        if self._session.searching or not isinstance(root, Listed):
            return None
        return page_of(root.first, root.last) if root.first and root.last else None

    async def ask_for_day(self) -> None:
        """Ask for a day."""
        from paperterm.tui.screens.prompt import PromptScreen

        def check(text: str) -> None:
            read_page(text, now().date())

        def go(text: str | None) -> None:
            if text is not None:
                self.go_to_page(read_page(text, now().date()))

        prompt = PromptScreen(
            "Go to a day, a week or a month",
            "2025-11-06 · 6 nov · yesterday · 2025-W45 · 2025-11",
            "Enter goes there · Esc leaves",
            check,
        )
        await self._screen.app.push_screen(prompt, go)

    def go_to_page(self, page: Page, by: int = 0) -> None:
        """Show a page of Daily Papers, which is fetched before, where it is not here.

        Who comes by steps of `by` does not stop at a day that is known to be empty.
        """
        if self._calling is not None:
            self._calling.set()
        self._wanted, self._calling = page, threading.Event()
        self._screen.start(partial(self._go, page, by, self._calling), "page", newest_only=True)

    async def _go(self, page: Page, by: int, cancelled: threading.Event) -> None:
        try:
            around = page
            self._empty = await self._session.read(lambda lib: errands.empty_days(lib, around))
            if by and (there := self._past_empty(page, by)).first <= now().date():
                page = self._wanted = there
            known = await self._session.read(lambda library: errands.known(library, page))
            if known.there:
                self._show_page(page)
            if not known.whole and self._can_be_fetched(page, quietly=known.there):
                await asyncio.sleep(_KEY_SECONDS)
                await self._bring(page, cancelled, there=known.there)
        finally:
            if self._calling is cancelled:
                self._wanted = self._calling = None

    def _can_be_fetched(self, page: Page, *, quietly: bool) -> bool:
        name = page_name(page)
        if page.last < EARLIEST:
            why = f"There are no Daily Papers of {name}; they began in May 2023"
        elif not self.can_write:
            why = f"{name} is not here, and this library can only be read"
        else:
            return True
        if not quietly:
            self._screen.keys.say(why)
        return False

    async def _bring(self, page: Page, cancelled: threading.Event, *, there: bool) -> None:
        def say(told: str) -> None:
            self._screen.say_doing("page", told)

        if not there:
            self._screen.keys.say(f"Fetching {page_name(page)} · Esc stays here")
        try:
            came = await self._session.fetch(
                lambda office: errands.fetch_page(office, page), say, cancelled
            )
        except Cancelled:
            if self._calling is cancelled:
                self._screen.keys.say(f"Called off; {page_name(page)} is not fetched")
            return
        if came.error is None:
            self._screen.keys.hush()
            if not there:
                self._show_page(page)
        elif there:
            self._tell(tidings.tidings([came], self._session.keys))
        else:
            self._tell(tidings.not_there(page, came))
        self._screen.catch_up()

    def _show_page(self, page: Page) -> None:
        name = page_name(page)
        shelf = Shelf(name, Listed(page.first, page.last), 0)
        self._screen.panes.shelves.visit(shelf)
        self._screen.panes.enter(self._screen.papers)

    # Calling off

    def call_off(self) -> bool:
        """Give up what the reader asked to be fetched; whether there was anything."""
        called = False
        asked = self._refreshing if self._asked_to_refresh else None
        for cancelled in (self._calling, asked):
            if cancelled is not None and not cancelled.is_set():
                cancelled.set()
                called = True
        return called
