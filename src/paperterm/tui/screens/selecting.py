"""What the main screen does about selected papers: which they are, and what is done with them.

Every mark comes through here (`carry_out`): what is selected is marked, else the paper under the
cursor. One call is one entry of the journal, taken back as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from paperterm.tui import asking, deeds
from paperterm.tui.cards import counted
from paperterm.tui.deeds import Deed
from paperterm.tui.screens.confirm import ConfirmScreen
from paperterm.tui.selection import Selection
from paperterm.tui.session import Session
from paperterm.tui.shelves import Root
from paperterm.tui.widgets.key_line import KeyLine
from paperterm.tui.widgets.paper_list import PaperList

if TYPE_CHECKING:
    from paperterm.tui.screens.tags import Wanted


class Mark(Protocol):
    """Carries out a deed, and shows soon what came of it."""

    def __call__(self, deed: Deed, ids: Sequence[int], *, moves: bool = False) -> None:
        """With `moves`, keys that are pressed next wait: papers may leave the list."""


Place = tuple[Root, str]
"""A list: its shelf, and what is looked for."""


class Selecting:
    """The reader's selection, in the list it belongs to.

    A newer state of the list, and another order, keep it. In another list nothing is selected: a
    mark must never reach a paper that can't be seen there. What was selected is put aside, and is
    selected again when its list is back.
    """

    def __init__(self, papers: PaperList, keys: KeyLine, session: Session, mark: Mark) -> None:
        self._papers = papers
        self._keys = keys
        self._session = session
        self._mark = mark
        self._here: Place | None = None
        self._aside: tuple[Place, Selection] | None = None

    @property
    def count(self) -> int:
        """How many papers are selected."""
        return len(self._papers.selection)

    @property
    def targets(self) -> Sequence[int]:
        """The papers that a mark is for."""
        selection, current = self._papers.selection, self._papers.paper_id
        return selection.chosen() or ([] if current is None else [current])

    # Selecting

    def toggle(self) -> None:
        """The paper under the cursor; then the next one is under it."""
        self._papers.end_range()
        self._papers.toggle(self._papers.cursor)
        self._papers.action_cursor_down()

    def range(self) -> None:
        """Begin a range that follows the cursor, or end it."""
        if self._papers.in_range:
            self._papers.end_range()
        else:
            self._papers.begin_range()

    def all_or_none(self) -> None:
        """All of the list, or nothing of it."""
        self._papers.select_all_or_none()

    def clear(self) -> bool:
        """Select nothing; False when nothing was selected."""
        if not self.count:
            return False
        self._papers.select(self._papers.selection.nothing())
        return True

    def follow(self, before: Selection, *, again: bool) -> None:
        """A list is shown; `before` was selected in the one that was there."""
        papers, there = self._papers, (self._session.root, self._session.text)
        if there == self._here:
            if not again:
                papers.select(before.onto(papers.selection.ids))
            return
        if before.spans and self._here is not None:
            self._aside = self._here, before
            wait = "waits" if len(before) == 1 else "wait"
            told = f"{counted(len(before), 'selected paper')} {wait} in the list you left"
            self._keys.say(told)
        back = papers.selection.nothing()
        if self._aside is not None and self._aside[0] == there:
            back, self._aside = self._aside[1].onto(back.ids), None
            are = "is" if len(back) == 1 else "are"
            self._keys.say(f"{counted(len(back), 'paper')} {are} selected again")
        papers.select(back)
        self._here = there

    # Marking

    async def carry_out(self, deed: Deed, *, moves: bool = False) -> None:
        """Do it to what is selected; where that is much, after asking."""
        ids = self.targets
        self._papers.end_range()
        if not ids:
            return
        if len(ids) < asking.MANY:
            self._mark(deed, ids, moves=moves)
            return
        question, exactly = await self._session.read(
            lambda library: asking.question(deed, library, ids)
        )
        await self.ask(question, exactly, ids, moves=moves)

    async def ask(
        self, question: str, deed: Deed, ids: Sequence[int], *, moves: bool = False
    ) -> None:
        """Do it to these papers; where they are many, if the reader says yes."""
        if len(ids) < asking.MANY:
            self._mark(deed, ids, moves=moves)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._mark(deed, ids, moves=moves)
            else:
                self._keys.say("Nothing was changed")

        keys = "y does it · n leaves it"
        keys = self._session.keys.hinted(keys, "undo", "takes it back, all at once")
        await self._papers.app.push_screen(ConfirmScreen(f"{question}  y/n", keys), answered)

    async def put_off(self) -> None:
        """Ask until when, and put off what is selected."""
        from paperterm.tui import putting_by
        from paperterm.tui.screens.putting_off import read_until, until_prompt

        ids = self.targets
        self._papers.end_range()

        def keep(text: str | None) -> None:
            if text is not None:
                what = putting_by.later(read_until(text))
                question = f"Put off {counted(len(ids), 'paper')}?"
                self._papers.run_worker(self.ask(question, what, ids, moves=True), group="asking")

        if ids:
            await self._papers.app.push_screen(until_prompt(), keep)

    async def edit_tags(self) -> None:
        """Ask for the tags of what is selected."""
        from paperterm.tui.screens.many_tags import ManyTagsScreen, TagsHeld

        ids = self.targets
        self._papers.end_range()
        known = await self._session.read(lambda library: library.tagging.known())
        held = await self._session.read(lambda library: TagsHeld(len(ids), library.tags_among(ids)))

        def keep(wanted: Wanted | None) -> None:
            added, removed = held.wanted(wanted.tags) if wanted is not None else ((), ())
            if added or removed:
                as_typed = wanted is not None and wanted.as_typed
                what = deeds.change_tags(added, removed, as_typed=as_typed)
                question = f"Change the tags of {counted(len(ids), 'paper')}?"
                self._papers.run_worker(self.ask(question, what, ids), group="asking")
            elif wanted is not None:
                self._keys.say("Tags as before")

        await self._papers.app.push_screen(ManyTagsScreen(held, known), keep)
