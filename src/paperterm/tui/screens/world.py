"""What the main screen does to search the world: answers stream in below the library's own hits.

Beside it rather than in it, as is `arrivals`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from functools import partial
from typing import TYPE_CHECKING

from paperterm.errors import Cancelled
from paperterm.model.text import shown
from paperterm.tui import errands, tidings
from paperterm.tui.beyond import Beyond
from paperterm.tui.cards import counted
from paperterm.tui.meanwhile import Countdown
from paperterm.tui.screens.reading import ReadingScreen
from paperterm.tui.session import Session
from paperterm.web.waiting import Wait

if TYPE_CHECKING:
    from paperterm.library.arrivals.office import Office
    from paperterm.library.arrivals.world import Found


class World:
    """Asks the world for what stands in the search bar."""

    def __init__(self, screen: ReadingScreen, session: Session) -> None:
        self._screen = screen
        self._session = session

    def ask(self) -> None:
        """Ask; when that was done, go to the answers; when the reader is there, ask again."""
        screen, beyond = self._screen, self._session.beyond
        here = screen.papers.paper_id in beyond.ids and screen.panes.here is screen.papers
        if beyond.ids and not (here and beyond.over):
            screen.papers.move_to(len(screen.papers.view.ids))
            screen.panes.enter(screen.papers)
        elif beyond.text and not beyond.over:
            screen.keys.say("Still asking the world")
        else:
            question = _Question(screen, self._session)
            screen.start(question.ask, "world", newest_only=True)


class _Question:
    """One question, until it is answered or another one overtakes it."""

    def __init__(self, screen: ReadingScreen, session: Session) -> None:
        self._screen = screen
        self._session = session
        self._left = session.ask_world()
        self._text = session.beyond.text
        self._waits: dict[str, Countdown] = {}
        self._errors: list[str] = []
        screen.show_beyond()

    async def ask(self) -> None:
        """Ask, and show what comes."""
        keys = self._session.keys
        told = keys.hinted("Asking the world", "world", "again goes to its answers")
        self._screen.keys.say(told)
        loop = asyncio.get_running_loop()

        def later(do: Callable[[], None]) -> None:
            loop.call_soon_threadsafe(self._unless_left, do)

        def work(office: Office) -> None:
            errands.search_world(
                office,
                self._text,
                lambda names: later(partial(self._begin, names)),
                lambda found, known: later(partial(self._take, found, known)),
            )

        try:
            await self._session.fetch(work, lambda _: None, self._left, self._wait)
            self._end()
        except Cancelled:
            pass
        except BaseException:
            self._session.leave_world()
            self._screen.show_beyond()
            raise
        finally:
            for wait in self._waits.values():
                wait.stop()

    def _unless_left(self, do: Callable[[], None]) -> None:
        if not self._left.is_set():
            do()

    def _show(self, beyond: Beyond) -> None:
        self._session.beyond = beyond
        self._screen.show_beyond()

    def _begin(self, names: tuple[str, ...]) -> None:
        self._show(self._session.beyond.begun(names))

    def _take(self, found: Found, known: Collection[str]) -> None:
        if wait := self._waits.get(found.service):
            wait.stop()
        before = self._session.beyond
        after = before.answered(found.service, found.papers, known)
        if found.error:
            self._errors.append(shown(str(found.error)))
            after = after.said(found.service, error=tidings.short_error(found.error), over=True)
            self._screen.keys.say(" ".join(self._errors), error=True)
        elif found.last:
            after = after.said(found.service, over=True)
        self._show(after)
        changed = [one for one, paper in before.papers.items() if after.papers[one] != paper]
        if changed:
            self._screen.start(partial(self._tell_anew, changed), "world-cards")

    async def _tell_anew(self, changed: list[int]) -> None:
        """Show what is known of papers that a second service has told of."""
        papers = self._screen.papers
        found = await self._session.cards(changed, papers.view.patterns, papers.columns)
        papers.supply(found)
        if papers.paper_id in changed:
            self._screen.show_sheet_anew()

    def _wait(self, wait: Wait) -> None:
        name = wait.service

        def tell(wait: Wait) -> None:
            self._say_waiting(name, tidings.short_wait(wait))

        if name not in self._waits:
            self._waits[name] = Countdown(tell, lambda: self._say_waiting(name, ""))
        self._waits[name].begin(wait)

    def _say_waiting(self, name: str, waiting: str) -> None:
        if not self._left.is_set():
            self._show(self._session.beyond.said(name, waiting=waiting))

    def _end(self) -> None:
        beyond = self._session.beyond
        if beyond.text != self._text:
            return
        self._show(beyond.ended())
        if self._errors:
            return
        count = len(beyond.ids)
        if count:
            told = f"{counted(count, 'paper')} beyond this library · any mark keeps one"
        else:
            told = "The world has found nothing beyond this library"
        self._screen.keys.say(told)
