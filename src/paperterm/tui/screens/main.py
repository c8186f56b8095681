"""The main screen: what each key does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cached_property, partial, partialmethod
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import BindingType
from textual.widgets import Input

from paperterm.errors import LibraryDamaged
from paperterm.model.text import shown
from paperterm.tui import deeds, links, putting_by, undoing
from paperterm.tui.actions import ACTIONS, MOVES, bindings
from paperterm.tui.cards import Card
from paperterm.tui.deeds import Deed, Done, Found
from paperterm.tui.screens import afterwards, touring
from paperterm.tui.screens.arranging import Arranging
from paperterm.tui.screens.marking import MarkingScreen
from paperterm.tui.screens.saving import Saving
from paperterm.tui.screens.tagging import Tagging
from paperterm.tui.session import Changed
from paperterm.tui.status import SORT_NAMES
from paperterm.tui.widgets.paper_list import PaperList
from paperterm.tui.widgets.shelf_list import ShelfList

if TYPE_CHECKING:
    from paperterm.tui.app import PapertermApp
    from paperterm.tui.screens.arrivals import Arrivals
    from paperterm.tui.screens.notes import Notes
    from paperterm.tui.screens.world import World

_PALETTE_ROOM = (24, 8)
"""The least columns and lines in which Textual's palette can lay itself out."""


class MainScreen(MarkingScreen):
    """Carries out the registry's actions, each in the method that bears its name."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings((*MOVES, *ACTIONS), priority=True)]

    @cached_property
    def arrivals(self) -> Arrivals:
        """What sees to papers that arrive."""
        from paperterm.tui.screens.arrivals import Arrivals

        return Arrivals(self, self._session)

    @cached_property
    def notes(self) -> Notes:
        """What sees to notes that are written."""
        from paperterm.tui.screens.notes import Notes

        return Notes(self, self._session)

    @cached_property
    def world(self) -> World:
        """What asks the world."""
        from paperterm.tui.screens.world import World

        return World(self, self._session)

    @cached_property
    def tagging(self) -> Tagging:
        """What sees to tags."""
        return Tagging(self, self._session)

    @cached_property
    def saving(self) -> Saving:
        """What sees to saved searches."""
        return Saving(self, self._session)

    @cached_property
    def arranging(self) -> Arranging:
        """What sees to the panes, and to where the reader left off."""
        return Arranging(self, self._session)

    async def _begin(self) -> None:
        again = self._found
        if not again:
            await self.arranging.begin()
        await self.tagging.begin()
        await super()._begin()
        if self._found:
            self.saving.recount()
        if self._found and not again:
            await self.arranging.find_paper()
            if self._session.is_first:
                await touring.show_first(self, self._session)
            afterwards.begin(self, self._session)

    @on(PaperList.Moved, "#papers")
    def _note_place(self) -> None:
        self.arranging.note(self.papers.paper_id)

    def on_unmount(self) -> None:
        """The next start is as this one ends."""
        if self._found:
            self.arranging.keep()

    def say_damage(self, error: LibraryDamaged) -> None:
        """Where nothing can be shown, restoring is offered."""
        if self._found:
            super().say_damage(error)
        else:
            self.post_message(self.Closed(error))

    async def changed(self, what: Changed) -> None:
        """What is new in a search may be another number."""
        await super().changed(what)
        self.saving.recount()

    def show_done(self, done: Done) -> None:
        """Likewise."""
        super().show_done(done)
        self.saving.recount()

    def _show(self, found: Found, again: bool) -> None:
        super()._show(found, again)
        self.saving.is_shown(found.upto, again=again)

    # Marks

    async def _is_there(self, otherwise: str = "try again when the list is there") -> bool:
        """Whether the list shows what was last asked for; where it does not, that is said."""
        there = await self._in_step()
        if not there:
            self.keys.say(f"Still searching; {otherwise}")
        return there

    async def _do(self, deed: Deed, *, moves: bool = False) -> None:
        if await self._is_there("nothing was marked"):
            await self.selecting.carry_out(deed, moves=moves)

    async def _select(self, way: Callable[[], object]) -> None:
        if await self._is_there("nothing was selected"):
            way()

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

    async def action_archive(self) -> None:
        """Archive or bring back."""
        await self._do(putting_by.archive, moves=True)

    async def action_later(self) -> None:
        """Ask until when."""
        if await self._is_there():
            await self.selecting.put_off()

    async def action_remove(self) -> None:
        """Take out of the library or bring back."""
        await self._do(putting_by.removing(self._session.keys), moves=True)

    def action_undo(self) -> None:
        """Take back."""
        self.start_mark(undoing.undo, [], moves=True)

    def action_redo(self) -> None:
        """Bring back."""
        self.start_mark(undoing.redo, [], moves=True)

    async def action_history(self) -> None:
        """All that was done, on a screen of its own."""
        from paperterm.tui.screens.history import HistoryScreen

        await self.app.push_screen(HistoryScreen(self._session, self))

    async def action_tag(self) -> None:
        """Edit tags."""
        if not await self._is_there():
            return
        if self.selecting.count:
            await self.selecting.edit_tags()
        elif (card := self.papers.card) is not None:
            await self.tagging.edit(card)

    async def action_edit(self) -> None:
        """Edit the paper."""
        from paperterm.tui.screens.editing import edit_paper

        if await self._is_there() and (paper_id := self.papers.paper_id) is not None:
            self.start(partial(edit_paper, self, self._session, paper_id), "edit")

    async def action_tags(self) -> None:
        """All tags, on a screen of their own."""
        await self.tagging.show_all()

    @on(Input.Changed, "#search")
    def _suggest(self, event: Input.Changed) -> None:
        self.tagging.suggest_in(event.input)

    @on(ShelfList.Folded)
    def _keep_folds(self, message: ShelfList.Folded) -> None:
        self.tagging.keep(message.folds)

    async def action_note(self) -> None:
        """Write the note here."""
        if await self._is_there():
            await self.notes.write()

    async def action_note_outside(self) -> None:
        """Write the note in the reader's editor."""
        if await self._is_there():
            await self.notes.write_outside()

    # The paper

    async def action_explain(self) -> None:
        """Why it is here."""
        if not await self._is_there():
            return
        if (card := self.papers.card) is not None and self.papers.view.ranked:
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
        ids = self.selecting.targets
        found = await self._session.links(ids[: links.MOST])
        told = shown(await asyncio.to_thread(self._copy, found))
        more = f" (the first {links.MOST:,} of {len(ids):,})" if len(ids) > links.MOST else ""
        self.keys.say(told + more)

    def action_open(self) -> None:
        """Open the link."""
        self.start(partial(self._hand_over, links.open_link), "links")

    async def _hand_over(self, way: Callable[[str], str]) -> None:
        if (paper_id := self.papers.paper_id) is not None:
            link = await self._session.link(paper_id)
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

    def action_world(self) -> None:
        """Ask the world for what stands in the search bar."""
        self.world.ask()

    async def action_save_search(self) -> None:
        """Give what is looked for a name."""
        if await self._is_there("nothing was saved"):
            await self.saving.save()

    async def action_searches(self) -> None:
        """The saved searches, on a screen of their own."""
        await self.saving.show_all()

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

    def action_fold(self) -> None:
        """Open a tag among the shelves, or shut it."""
        self.panes.shelves.fold()

    def action_pane_right(self) -> None:
        """To the right; a tag that is shut is opened first."""
        if self.panes.here is not self.panes.shelves or not self.panes.shelves.fold_out():
            self.panes.step(1)

    def action_pane_left(self) -> None:
        """To the left; among the shelves, shut a tag or go to the one above."""
        if self.panes.here is not self.panes.shelves or not self.panes.shelves.fold_in():
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

    def action_narrower(self) -> None:
        """This pane."""
        self.arranging.resize(-1)

    def action_wider(self) -> None:
        """This pane."""
        self.arranging.resize(1)

    def action_hide_shelves(self) -> None:
        """Or show them."""
        self.arranging.toggle("shelves", "hide_shelves")

    def action_hide_abstract(self) -> None:
        """Or show it."""
        self.arranging.toggle("abstract", "hide_abstract")

    async def action_tour(self) -> None:
        """The first steps."""
        await touring.show(self, self._session)

    async def action_help(self) -> None:
        """Every key."""
        from paperterm.tui.screens.help import HelpScreen

        await self.app.push_screen(HelpScreen(self._session.keys))

    async def action_theme(self) -> None:
        """How it looks."""
        from paperterm.tui.screens.theming import choose

        await choose(self, self._session)

    def action_redraw(self) -> None:
        """Draw all anew."""
        cast("PapertermApp", self.app).redraw()

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
