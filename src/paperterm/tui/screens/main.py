"""The main screen: what each key does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cached_property, partial, partialmethod
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from paperterm.model.text import shown
from paperterm.tui import deeds, links
from paperterm.tui.actions import ACTIONS, BY_ID, MOVES, bindings
from paperterm.tui.cards import Card
from paperterm.tui.deeds import Deed
from paperterm.tui.screens.reading import ReadingScreen
from paperterm.tui.screens.resting import Resting
from paperterm.tui.status import SORT_NAMES

if TYPE_CHECKING:
    from paperterm.tui.screens.arrivals import Arrivals

_ARRIVALS_SECONDS = 0.5
"""What fetching waits for after the list has come: reading begins before it."""
_PALETTE_ROOM = (24, 8)
"""The least columns and lines in which Textual's palette can lay itself out."""


class MainScreen(ReadingScreen):
    """Carries out the registry's actions, each in the method that bears its name."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings((*MOVES, *ACTIONS), priority=True)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The registry says when an action can be done."""
        known = BY_ID.get(action)
        return known.can_be_done(self._situation()) if known and self.is_mounted else True

    @cached_property
    def arrivals(self) -> Arrivals:
        """What sees to papers that arrive."""
        from paperterm.tui.screens.arrivals import Arrivals

        return Arrivals(self, self._session)

    async def _begin(self) -> None:
        await super()._begin()
        if self._found:
            self.set_timer(_ARRIVALS_SECONDS, lambda: self.arrivals.begin())
            if self.can_write and (seconds := self._session.settings.read_after):
                Resting(self, seconds, self._mark).begin()

    # Marks

    async def _do(self, deed: Deed) -> None:
        if not await self._in_step():
            self.keys.say("Still searching; nothing was marked")
        else:
            await self.selecting.carry_out(deed)

    async def _select(self, way: Callable[[], object]) -> None:
        if await self._in_step():
            way()
        else:
            self.keys.say("Still searching; nothing was selected")

    async def action_select(self) -> None:
        """Select, and go on."""
        await self._select(self.selecting.toggle)

    async def action_select_range(self) -> None:
        """Begin or end a range."""
        await self._select(self.selecting.range)

    async def action_select_all(self) -> None:
        """Select all, or none."""
        await self._select(self.selecting.all_or_none)

    async def action_bookmark(self) -> None:
        """See `actions.ACTIONS`, as for all that follow."""
        await self._do(deeds.bookmark)

    async def action_read(self) -> None:
        """Mark as read or unread."""
        await self._do(deeds.read)

    def action_undo(self) -> None:
        """Take back."""
        self._mark(deeds.undo, [])

    async def action_tag(self) -> None:
        """Edit tags."""
        if not await self._in_step():
            self.keys.say("Still searching; try again when the list is there")
        elif self.selecting.count:
            await self.selecting.edit_tags(self.panes.shelves.tags)
        elif (card := self.papers.card) is not None:
            from paperterm.tui.screens.tags import TagScreen

            def keep(tags: tuple[str, ...] | None) -> None:
                if tags is not None:
                    self._mark(deeds.set_tags(card.tags, tags), [card.id])

            await self.app.push_screen(TagScreen(card.tags, self.panes.shelves.tags), keep)

    # The paper

    async def action_explain(self) -> None:
        """Why it is here."""
        if not await self._in_step():
            self.keys.say("Still searching; try again when the list is there")
        elif (card := self.papers.card) is not None and self.papers.view.ranked:
            self.start(partial(self._explain, card), "explain")

    async def _explain(self, card: Card) -> None:
        explanation = await self._session.explain(card.id)
        if explanation is None:
            self.keys.say("The search has changed; there is nothing to explain")
            return
        from paperterm.model.say_why import guide, told
        from paperterm.tui.screens.explain import ExplainScreen

        lines = (*told(explanation, self.papers.view.sort), *guide())
        self.app.push_screen(ExplainScreen(card.title, lines))

    def action_copy(self) -> None:
        """Copy the link, or those of all that is selected."""
        copying = self._copy_many if self.selecting.count else self._copy_one
        self.start(copying, "links")

    async def _copy_one(self) -> None:
        await self._hand_over(self._copy)

    async def _copy_many(self) -> None:
        ids, settings = self.selecting.targets, self._session.settings
        found = await self._session.read(lambda lib: links.find_links(lib, ids, settings))
        told = shown(await asyncio.to_thread(self._copy, found))
        more = f" (the first {links.MOST:,} of {len(ids):,})" if len(ids) > links.MOST else ""
        self.keys.say(told + more)

    def action_open(self) -> None:
        """Open the link."""
        self.start(partial(self._hand_over, links.open_link), "links")

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

    # Papers that arrive

    def action_refresh(self) -> None:
        """Fetch what is new in every feed."""
        self.arrivals.refresh_now()

    async def action_feeds(self) -> None:
        """The feeds, on a screen of their own."""
        await self.arrivals.show_feeds()

    async def action_add(self) -> None:
        """Ask for papers to add."""
        await self.arrivals.ask_for_papers()

    async def action_go_to_day(self) -> None:
        """Ask for a day."""
        await self.arrivals.ask_for_day()

    def action_day_before(self) -> None:
        """The day before the one that is shown."""
        self.arrivals.step(-1)

    def action_day_after(self) -> None:
        """The day after."""
        self.arrivals.step(1)

    # Ways

    def action_search(self) -> None:
        """Go to the search bar."""
        self.set_focus(self.bar.input)

    async def action_search_done(self) -> None:
        """Go to the first hit."""
        await self._in_step()
        self.panes.enter(self.papers)

    async def action_escape(self) -> None:
        """Select nothing; call off; out of the abstract, the search, then another pane."""
        if self.selecting.clear():
            return
        in_bar = self.focused is self.bar.input
        if not in_bar and self.arrivals.call_off():
            return
        await self._in_step()
        if self._session.text and (in_bar or self.panes.here is self.papers):
            self.bar.input.value = ""
        self.panes.enter(self.papers)

    def action_sort(self) -> None:
        """Another order."""
        self.keys.say(f"Order: {SORT_NAMES[self._session.next_sort()]}")
        self._look_up()

    def _move(self, how: str) -> None:
        getattr(self.panes.here, f"action_{how}")()

    action_cursor_down = partialmethod(_move, "cursor_down")
    action_cursor_up = partialmethod(_move, "cursor_up")
    action_half_down = partialmethod(_move, "half_down")
    action_half_up = partialmethod(_move, "half_up")
    action_page_down = partialmethod(_move, "page_down")
    action_page_up = partialmethod(_move, "page_up")
    action_first = partialmethod(_move, "first")
    action_last = partialmethod(_move, "last")

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

    def action_abstract_page(self) -> None:
        """Read on, in the abstract."""
        self.panes.abstract.action_page_down()

    async def action_help(self) -> None:
        """Every key."""
        from paperterm.tui.screens.help import HelpScreen

        await self.app.push_screen(HelpScreen())

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

    action_leave = action_quit
