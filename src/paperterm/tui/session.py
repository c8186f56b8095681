"""One reader at work: what they look at, and how it is fetched. Knows no widget.

Answers are fetched in the desk's threads. An answer that a newer question has overtaken is not
given, and one that was read before a mark is read again: what is shown never goes back.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from paperterm.errors import PapertermError
from paperterm.library.desk import Desk
from paperterm.library.outcome import Outcome, Progress
from paperterm.library.settings import Settings
from paperterm.library.view import Seen
from paperterm.model.explanation import Explanation
from paperterm.model.pattern import Patterns
from paperterm.model.query import Is, Sort, State
from paperterm.model.saved import Saved
from paperterm.tui import cards, deeds
from paperterm.tui.beyond import Beyond
from paperterm.tui.cards import Card, Sheet
from paperterm.tui.deeds import Deed, Done, Found, Watched
from paperterm.tui.keys import keys_of
from paperterm.tui.links import find_link, find_links
from paperterm.tui.shelves import Root

if TYPE_CHECKING:
    from paperterm.library.arrivals.office import Office
    from paperterm.library.door import Library
    from paperterm.web.waiting import Wait

Result = TypeVar("Result")
Told = TypeVar("Told")
_SHELF_SORTS = (Sort.DAY, Sort.DATE, Sort.COMMENTS, Sort.UPVOTES, Sort.TITLE)
_SEARCH_SORTS = (Sort.RELEVANCE, *_SHELF_SORTS)


@dataclass(frozen=True, slots=True)
class Changed:
    """What others have changed: another copy, the command line, the process that indexes."""

    papers: bool
    """Or the day, with which papers come back that were put off."""
    marks: bool
    index: bool
    saved: bool
    """The saved searches, or what of them was looked at."""

    @property
    def anything(self) -> bool:
        """Whether there is anything to be shown anew."""
        return self.papers or self.marks or self.index or self.saved


class Session:
    """Every coroutine raises `PapertermError` with a sentence for the reader."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self.desk = desk
        self.settings = settings
        self.keys = keys_of(settings.keys)
        self.is_first = False
        """Whether the reader was never here before."""
        self.root: Root = Is(State.INBOX)
        """What the current shelf holds; the Inbox is the first."""
        self.text = ""
        """What stands in the search bar."""
        self.beyond = Beyond()
        """What the world has found for that; gone with it."""
        self._leaving_world = threading.Event()
        self._sorts = {False: settings.sort, True: Sort.RELEVANCE}
        self._asked = 0
        self._marked = 0
        self._before: Seen | None = None
        self._seen: Seen | None = None

    @property
    def searching(self) -> bool:
        """Whether the list shows a search rather than a shelf."""
        return bool(self.text.strip())

    def search(self, text: str) -> None:
        """Look for `text` from now on. Each search begins with the best first."""
        if not text.strip():
            self._sorts[True] = Sort.RELEVANCE
        self.text = text
        if text.strip() != self.beyond.text:
            self.leave_world()

    def ask_world(self) -> threading.Event:
        """From now on, `beyond` is for what stands in the search bar; until the event is set."""
        self.leave_world()
        self.beyond = replace(self.beyond, text=self.text.strip())
        self._leaving_world = threading.Event()
        return self._leaving_world

    def leave_world(self) -> None:
        """The world's answers are no longer wanted."""
        self._leaving_world.set()
        self.beyond = Beyond(next=self.beyond.next)

    async def read(self, work: Callable[[Library], Result]) -> Result:
        """Look something up."""
        return await asyncio.wrap_future(self.desk.read(work))

    async def change(self, work: Callable[[Library], Result]) -> Result:
        """Change something that is no mark; it is on the disk then."""
        return await asyncio.wrap_future(self.desk.write(work))

    async def opened(self) -> None:
        """Return when the library is open."""
        await asyncio.wrap_future(self.desk.opened)

    async def index(self, progress: Progress) -> Outcome:
        """Bring the index up; `progress` is called in another thread. Then get it ready."""
        outcome = await asyncio.wrap_future(self.desk.index(progress))
        await self.read(lambda library: library.warm_up())
        return outcome

    async def fetch(
        self,
        work: Callable[[Office], Result],
        say: Callable[[str], None],
        cancelled: threading.Event,
        waiting: Callable[[Wait], None] | None = None,
    ) -> Result:
        """Ask the services; `say` is told how far that is. Who no longer waits has called it off.

        `waiting` is told of waits, if it is given, and `say` is not. Raises `Cancelled` soon after
        that is set.
        """
        from paperterm.tui.meanwhile import Meanwhile  # not on the way to the first paint

        loop = asyncio.get_running_loop()
        meanwhile = Meanwhile(say)

        def tell(listener: Callable[[Told], None], what: Told) -> None:
            with contextlib.suppress(RuntimeError):  # the app has gone meanwhile
                loop.call_soon_threadsafe(heard, listener, what)

        def heard(listener: Callable[[Told], None], what: Told) -> None:
            if not cancelled.is_set():
                listener(what)

        asked = self.desk.fetch(
            self.settings,
            work,
            told=lambda step: tell(meanwhile.step, step),
            waiting=lambda wait: tell(waiting or meanwhile.wait, wait),
            cancelled=cancelled,
        )
        try:
            return await asyncio.wrap_future(asked)
        finally:
            cancelled.set()
            meanwhile.end()

    # Finding

    @property
    def shelf_sort(self) -> Sort:
        """The order of a shelf."""
        return self._sorts[False]

    def begin_sorted(self, sort: Sort) -> None:
        """Let shelves begin in this order."""
        self._sorts[False] = sort

    def next_sort(self) -> Sort:
        """Go on to the next order; returns it."""
        sorts = _SEARCH_SORTS if self.searching else _SHELF_SORTS
        place = sorts.index(now) if (now := self._sorts[self.searching]) in sorts else -1
        self._sorts[self.searching] = sorts[(place + 1) % len(sorts)]
        return self._sorts[self.searching]

    async def find(self, rows: int, columns: int) -> Found | None:
        """The papers of the search or the shelf, and the cards of as many `rows`.

        Cards of a search have snippets for `columns`. None when a newer question overtook this one.
        """
        self._asked += 1
        asked, marked = self._asked, -1
        text, root, sort = self.text, self.root, self._sorts[self.searching]
        shelf_sort = self._sorts[False]

        def work(library: Library) -> Found | None:
            if asked != self._asked:
                return None
            if text.strip():
                return deeds.find_text(library, text, sort, shelf_sort, rows, columns)
            if isinstance(root, Saved):
                return deeds.find_saved(library, root, sort, rows, columns)
            return deeds.find_shelf(library, root, sort, rows)

        found: Found | None = None
        while marked != self._marked and asked == self._asked:
            marked = self._marked
            found = await self.read(work)
        return found if asked == self._asked else None

    async def cards(self, ids: Sequence[int], patterns: Patterns, columns: int) -> list[Card]:
        """The cards of some papers, with snippets for `columns`."""
        marked, found = -1, []
        while marked != self._marked:
            marked = self._marked
            found = await self.read(
                lambda library: [
                    *cards.cards(library, ids, patterns, columns),
                    *cards.cards_of(library, self.beyond.entries(ids), patterns, columns),
                ]
            )
        return found

    async def sheet(self, paper_id: int, patterns: Patterns) -> Sheet | None:
        """The sheet of a paper, or None when it is gone."""
        marked, found = -1, None
        link = self.settings.link
        if found_there := self.beyond.entries([paper_id]):
            return await self.read(
                lambda library: cards.sheet_of(library, found_there[0], patterns, link)
            )
        while marked != self._marked:
            marked = self._marked
            found = await self.read(lambda library: cards.sheet(library, paper_id, patterns, link))
        return found

    async def link(self, paper_id: int) -> str:
        """The link of a paper. Raises `PapertermError` when it is gone."""
        for entry in self.beyond.entries([paper_id]):
            return self.settings.link.of(entry.paper)
        return await self.read(lambda library: find_link(library, paper_id, self.settings))

    async def links(self, ids: Sequence[int]) -> str:
        """The links of papers, a line each. Raises `PapertermError` when all are gone."""
        beyond = {one.id: self.settings.link.of(one.paper) for one in self.beyond.entries(ids)}
        found = await self.read(lambda library: find_links(library, ids, self.settings)) | beyond
        if not found:
            raise PapertermError("These papers are no longer in the library.")
        return "\n".join(found[one] for one in ids if one in found)

    async def explain(self, paper_id: int) -> Explanation | None:
        """Why the search finds a paper; None when it does not, or can't tell."""
        query, root = deeds.typed(self.text), self.root
        if not self.searching and isinstance(root, Saved):
            from paperterm.library.saved.searches import query_of

            query = query_of(root)
        return await self.read(lambda library: library.explain(query, paper_id))

    # Marks

    def carry_out(self, deed: Deed, ids: Sequence[int], watched: Watched) -> Future[Done]:
        """Do something with papers: asked for at once, and done even if nobody waits for it.

        Those that the world has found are kept by it.
        """
        ids, beyond = [self.beyond.kept.get(one, one) for one in ids], self.beyond.papers
        unkept = {one: beyond[one] for one in ids if one in beyond}
        return self.desk.write(lambda library: deeds.carry_out(library, deed, ids, watched, unkept))

    async def carried_out(self, asked: Future[Done]) -> Done:
        """What came of `carry_out`, which is on the disk then."""
        done = await asyncio.wrap_future(asked)
        self._marked += 1
        self.beyond = self.beyond.keeping(done.kept)
        return done

    async def look(self, watched: Watched) -> Done:
        """All that is on the screen, as it is now."""
        marked, found = -1, None
        while marked != self._marked or found is None:
            marked = self._marked
            found = await self.read(lambda library: deeds.look(library, watched))
        return found

    async def changed(self) -> Changed:
        """What is not as it was when `caught_up` was last called."""
        seen = await self.read(lambda library: library.seen())
        before = self._before = self._before or seen
        self._seen = seen
        return Changed(
            (seen.papers, seen.day) != (before.papers, before.day),
            seen.marks != before.marks,
            seen.index != before.index,
            seen.saved != before.saved,
        )

    def caught_up(self) -> None:
        """What `changed` last told of is on the screen."""
        self._before = self._seen
