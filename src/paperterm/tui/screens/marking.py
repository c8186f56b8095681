"""Marks on the main screen: carried out in the thread that writes, painted when on the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Future
from functools import cached_property, partial

from textual import on

from paperterm.tui.action import Situation
from paperterm.tui.actions import ACTIONS
from paperterm.tui.actions_beside import NOTE_ACTIONS
from paperterm.tui.asking import MANY
from paperterm.tui.cards import counted
from paperterm.tui.deeds import Deed, Done
from paperterm.tui.screens.reading import ReadingScreen
from paperterm.tui.screens.selecting import Selecting
from paperterm.tui.selection import Selection
from paperterm.tui.widgets.below import below
from paperterm.tui.widgets.paper_list import PaperList


class MarkingScreen(ReadingScreen):
    """Marks what is selected, or the paper under the cursor, and knows what can be done."""

    _revision = 0
    """Of the papers, after the last mark."""

    @cached_property
    def selecting(self) -> Selecting:
        """What sees to papers that are selected."""
        return Selecting(self.papers, self.keys, self._session, self.start_mark)

    def is_shown(self, before: Selection, *, again: bool) -> None:
        """What is selected belongs to a list."""
        self.selecting.follow(before, again=again)

    @on(PaperList.Selected, "#papers")
    def _say_selected(self) -> None:
        self._say_status()
        self.offer_keys()

    # Marks

    async def mark(self, deed: Deed, ids: Sequence[int]) -> None:
        """Do `deed` and show what came of it; raises what goes wrong."""
        await self._show_mark(self._session.carry_out(deed, ids, self.watched()), 0)

    def start_mark(self, deed: Deed, ids: Sequence[int], *, moves: bool = False) -> None:
        """Carry out `deed`; keys that are pressed next wait where it `moves` papers."""
        number = self.wait_for_mark() if moves else 0
        if len(ids) >= MANY:
            self.say_doing("marks", f"marking {counted(len(ids), 'paper')}")
        asked = self._session.carry_out(deed, ids, self.watched())
        self.start(partial(self._show_mark, asked, number), "marks")

    async def marked(self, deed: Deed) -> Done:
        """Do something with whichever papers it is about; it is on this screen then."""
        done = await self._session.carried_out(self._session.carry_out(deed, [], self.watched()))
        self.show_done(done)
        self._let_index_follow(done)
        await self._find(again=True)
        return done

    def _let_index_follow(self, done: Done) -> None:
        """Papers that a mark has changed, as an edit does, are soon found by what they say."""
        before, self._revision = self._revision, done.revision
        if before != done.revision:
            self.bring_up_index()

    async def _show_mark(self, asked: Future[Done], number: int) -> None:
        try:
            done = await self._session.carried_out(asked)
            if done.kept:
                papers = self.papers
                papers.show_again(papers.view, (), below(self._session.beyond), done.kept)
            moved = self._has_moved(done)
            self.show_done(done)
            self._let_index_follow(done)
            if done.told:
                self.keys.say(done.told)
            if moved or not await asyncio.to_thread(_all_in, self.papers.selection.ids, done.ids):
                await self._find(again=True)
        finally:
            self.mark_shown(number)
            if self.doing.pop("marks", ""):
                self._say_status()

    def _has_moved(self, done: Done) -> bool:
        """Whether papers that can be seen may no longer belong in this list."""
        before = ((card, self.papers.card_of(card.id)) for card in done.cards)
        return any(known is not None and known.place != card.place for card, known in before)

    # What can be done

    def situation(self) -> Situation:
        """See `WorkingScreen`."""
        papers, searching = self.papers, self._session.searching
        here = papers.paper_id
        ranked = papers.view.ranked and not (here and here < 0)
        typing = self.focused is self.bar.input
        editing = self.focused is not None and self.focused.id == "note"
        shelves = self.panes.shelves
        folds = self.panes.here is shelves and shelves.foldable is not None
        return Situation(
            here is not None,
            self.can_write,
            typing,
            ranked=ranked,
            searching=searching,
            editing=editing,
            on_parent=folds,
            in_abstract=self.panes.here is self.panes.abstract,
            selected=self.selected,
        )

    def offer_keys(self) -> None:
        """Those that matter here; of what is selected, if anything is."""
        here = self.situation()
        to = counted(here.selected, "paper") if here.selected and not here.typing else ""
        self.keys.offer(self.offered((*ACTIONS, *NOTE_ACTIONS)), to)


def _all_in(there: Sequence[int], ids: Sequence[int]) -> bool:
    return set(ids) <= set(there)
