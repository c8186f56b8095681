"""Papers that arrive by themselves or when asked for, and the days of Daily Papers."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from paperterm.errors import Cancelled
from paperterm.library.settings import Fetch
from paperterm.library.when import now
from paperterm.model.pages import EARLIEST, Page, page_of, read_page
from paperterm.model.query import Listed
from paperterm.tui import errands, tidings
from paperterm.tui.screens.reading import ReadingScreen
from paperterm.tui.session import Session
from paperterm.tui.tidings import Tidings, page_name
from paperterm.tui.widgets.shelf_list import Shelf

if TYPE_CHECKING:
    from paperterm.library.arrivals.office import Office
    from paperterm.library.arrivals.outcome import Fetched
    from paperterm.library.feeds import FeedState

_FIRST_SECONDS = 0.5
"""What fetching waits for after the list has come: reading begins before it."""
_AGAIN_SECONDS = 300.0
"""How often it is looked whether a feed is due."""
_KEY_SECONDS = 0.15
"""How long a day must be wanted before it is asked for: many are passed on the way to one."""


class ArrivingScreen(ReadingScreen):
    """Fetches beside what the reader does; nothing of theirs waits for it."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._refreshing: threading.Event | None = None
        self._asked_to_refresh = False
        self._said_wrong = ""
        self.hears: Callable[[Tidings], None] | None = None
        """Who is told of what came of feeds, too: a screen that is before this one."""
        self._unadded = ""
        self._wanted: Page | None = None
        """The page that the reader is about to see."""
        self._calling: threading.Event | None = None

    # Feeds

    async def _begin(self) -> None:
        await super()._begin()
        if self._can_write and self._session.settings.fetch is Fetch.DUE and self._found:
            self.set_timer(_FIRST_SECONDS, self.refresh_due)
            self.set_interval(_AGAIN_SECONDS, self.refresh_due)

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
        self.start(partial(self._fetch_feeds, wanted, self._refreshing), "feeds")

    async def _fetch_feeds(
        self, wanted: Callable[[FeedState], bool], cancelled: threading.Event
    ) -> None:
        came: list[Fetched] = []
        loop = asyncio.get_running_loop()

        def heard(one: Fetched) -> None:
            came.append(one)
            if not cancelled.is_set():
                loop.call_soon_threadsafe(self._watch)

        def work(office: Office) -> None:
            errands.fetch_feeds(office, wanted, heard)

        try:
            await self._session.fetch(work, partial(self.say_doing, "feeds"), cancelled)
        except Cancelled:
            self.keys.say("Called off; what had come by then is here")
        else:
            self._tell_of_feeds(tidings.tidings(came), bool(came))
        finally:
            self._refreshing = None
            self._watch()

    def _tell_of_feeds(self, told: Tidings, fetched_any: bool) -> None:
        """What was not asked for is told only when there is something to tell, and once."""
        wrong = told.text if told.wrong else ""
        if self._asked_to_refresh or (fetched_any and (not wrong or wrong != self._said_wrong)):
            self._tell(told)
        if fetched_any:
            self._said_wrong = wrong

    def _tell(self, told: Tidings) -> None:
        self.keys.say(told.text, error=told.wrong)
        if self.hears is not None:
            self.hears(told)

    @property
    def fetching(self) -> str:
        """How far fetching the feeds is; empty when they are not being fetched."""
        return self._doing.get("feeds", "")

    @property
    def can_write(self) -> bool:
        """Whether the library can be changed."""
        return self._can_write

    def action_refresh(self) -> None:
        """Fetch what is new in every feed."""
        if self.refresh_feeds():
            self.keys.say("Fetching what is new · Esc calls it off")
        else:
            self._asked_to_refresh = True
            self.keys.say("Still fetching · Esc calls it off")

    async def action_feeds(self) -> None:
        """The feeds, on a screen of their own."""
        from paperterm.tui.screens.feeds import FeedsScreen

        await self.app.push_screen(FeedsScreen(self._session, self))

    # Papers by name

    async def action_add(self) -> None:
        """Ask for papers to add; what was typed and not added is there again the next time."""
        from paperterm.tui.screens.adding import AddScreen, Left

        def close(left: Left | None) -> None:
            self._unadded = left.text if left else ""
            if left and left.told:
                self.keys.say(left.told)
            self._watch()

        await self.app.push_screen(AddScreen(self._session, self._unadded), close)

    # Days

    def action_day_before(self) -> None:
        """The day before the one that is shown; on no day, the newest there is."""
        self._step(-1)

    def action_day_after(self) -> None:
        """The day after."""
        self._step(1)

    def _step(self, by: int) -> None:
        here = self._wanted or self._page_shown()
        if here is None:
            self.go_to_page(Page(self.panes.shelves.newest or now().date()))
        elif here.step(by).first > now().date():
            self.keys.say(f"{page_name(here)} is the newest there is")
        else:
            self.go_to_page(here.step(by))

    def _page_shown(self) -> Page | None:
        root = self._session.root
        if self._session.searching or not isinstance(root, Listed):
            return None
        return page_of(root.first, root.last) if root.first and root.last else None

    async def action_go_to_day(self) -> None:
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
        await self.app.push_screen(prompt, go)

    def go_to_page(self, page: Page) -> None:
        """Show a page of Daily Papers, which is fetched before, where it is not here."""
        if self._calling is not None:
            self._calling.set()
        self._wanted, self._calling = page, threading.Event()
        self.start(partial(self._go, page, self._calling), "page", newest_only=True)

    async def _go(self, page: Page, cancelled: threading.Event) -> None:
        try:
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
        elif not self._can_write:
            why = f"{name} is not here, and this library can only be read"
        else:
            return True
        if not quietly:
            self.keys.say(why)
        return False

    async def _bring(self, page: Page, cancelled: threading.Event, *, there: bool) -> None:
        def say(told: str) -> None:
            self.say_doing("page", told)

        if not there:
            self.keys.say(f"Fetching {page_name(page)} · Esc stays here")
        try:
            came = await self._session.fetch(
                lambda office: errands.fetch_page(office, page), say, cancelled
            )
        except Cancelled:
            if self._calling is cancelled:
                self.keys.say(f"Called off; {page_name(page)} is not fetched")
            return
        if came.error is None:
            self.keys.hush()
            if not there:
                self._show_page(page)
        elif there:
            self._tell(tidings.tidings([came]))
        else:
            self._tell(tidings.not_there(page, came))
        self._watch()

    def _show_page(self, page: Page) -> None:
        name = page_name(page)
        shelf = Shelf(name, Listed(page.first, page.last), 0)
        self.panes.shelves.visit(shelf)
        self.panes.enter(self.papers)

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
