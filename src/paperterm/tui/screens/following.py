"""A screen that is kept up with the library: with other copies' changes, and with its index."""

from __future__ import annotations

import asyncio
import time

from paperterm.library.outcome import Outcome
from paperterm.tui.progress import Progress
from paperterm.tui.screens.working import WorkingScreen
from paperterm.tui.session import Changed, Session

_WATCH_SECONDS = 1.0
"""How often the library is asked whether anything has changed it."""
_INDEX_SECONDS = 5.0
"""How long after one attempt to bring the index up comes the next, when it has to."""


class FollowingScreen(WorkingScreen):
    """Works in the background and tells what came of it: see the methods to be filled in."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._following = False
        self._watching = False
        self._index_tried = 0.0

    # What subclasses do with the news

    async def changed(self, what: Changed) -> None:
        """The library is not as it was; show it as it is now."""
        raise AssertionError("a screen shows what has changed")

    def say_doing(self, what: str, told: str) -> None:
        """How far something is that goes on by itself; empty when it is over."""
        raise AssertionError("a screen says what goes on")

    # Keeping up

    async def begin_following(self) -> None:
        """From now on, what others change is shown."""
        await self._session.changed()
        if not self._watching:
            self._watching = True
            self.set_interval(_WATCH_SECONDS, self.catch_up)

    def catch_up(self) -> None:
        """Show soon what has changed."""
        if not self._following:
            self._following = True
            self.start(self._follow, "watch")

    async def _follow(self) -> None:
        """Show what another copy, the command line or the indexing has changed meanwhile."""
        try:
            what = await self._session.changed()
            if what.anything:
                await self.changed(what)
            if what.papers:
                self.bring_up_index()
            self._session.caught_up()
        finally:
            self._following = False

    # The index

    def bring_up_index(self, *, patiently: bool = False) -> None:
        """Let the index follow the library; `patiently`: not if that was tried just now."""
        if not patiently or time.monotonic() > self._index_tried + _INDEX_SECONDS:
            self._index_tried = time.monotonic()
            self.start(self._index, "index", newest_only=True)

    async def _index(self) -> None:
        loop = asyncio.get_running_loop()

        def heard(told: str) -> None:
            loop.call_soon_threadsafe(self.say_doing, "index", told)

        try:
            outcome = await self._session.index(Progress("indexing", heard))
        finally:
            self.say_doing("index", "")
        if outcome is Outcome.BUSY:  # another copy is at it; see that it came to an end
            self.set_timer(_INDEX_SECONDS, self.bring_up_index)
        else:
            self.catch_up()
