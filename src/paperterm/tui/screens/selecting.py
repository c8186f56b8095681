"""What the main screen does about selected papers: which they are, and what is done with them.

Every mark comes through here (`carry_out`): what is selected is marked, else the paper under the
cursor. One call is one entry of the journal, taken back as one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from paperterm.model.query import Node
from paperterm.tui import asking, deeds
from paperterm.tui.cards import counted
from paperterm.tui.deeds import Deed
from paperterm.tui.screens.confirm import ConfirmScreen
from paperterm.tui.selection import Selection
from paperterm.tui.session import Session
from paperterm.tui.widgets.key_line import KeyLine
from paperterm.tui.widgets.paper_list import PaperList

Mark = Callable[[Deed, Sequence[int]], None]
Place = tuple[Node, str]
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
                papers.select(before.onto(papers.view.ids))
            return
        if before.spans and self._here is not None:
            self._aside = self._here, before
            self._keys.say(f"{len(before):,} selected papers wait in the list you left")
        back = Selection(papers.view.ids)
        if self._aside is not None and self._aside[0] == there:
            back, self._aside = self._aside[1].onto(papers.view.ids), None
            self._keys.say(f"{len(back):,} papers are selected again")
        papers.select(back)
        self._here = there

    # Marking

    async def carry_out(self, deed: Deed) -> None:
        """Do it to what is selected; where that is much, after asking."""
        ids = self.targets
        self._papers.end_range()
        if len(ids) < asking.MANY:
            if ids:
                self._mark(deed, ids)
            return
        asked, answer = await self._session.read(
            lambda library: asking.question(deed, library, ids)
        )
        await self.ask(asked, answer, ids)

    async def ask(self, question: str, deed: Deed, ids: Sequence[int]) -> None:
        """Do it to these papers; where they are many, if the reader says yes."""
        if len(ids) < asking.MANY:
            self._mark(deed, ids)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._keys.say(f"Marking {counted(len(ids), 'paper')}…")
                self._mark(deed, ids)
            else:
                self._keys.say("Nothing was changed")

        more = "u takes it back, all at once."
        await self._papers.app.push_screen(ConfirmScreen(question, more), answered)

    async def edit_tags(self, known: Sequence[str]) -> None:
        """Ask for the tags of what is selected."""
        from paperterm.tui.screens.many_tags import ManyTagsScreen, TagsHeld

        ids = self.targets
        self._papers.end_range()
        counts = await self._session.read(lambda library: library.tags_among(ids))
        held = TagsHeld(len(ids), counts)

        def keep(tags: tuple[str, ...] | None) -> None:
            added, removed = held.wanted(tags) if tags is not None else ((), ())
            if added or removed:
                what = deeds.change_tags(added, removed)
                question = f"Change the tags of {counted(len(ids), 'paper')}?"
                self._papers.run_worker(self.ask(question, what, ids), group="asking")
            elif tags is not None:
                self._keys.say("Tags as before")

        await self._papers.app.push_screen(ManyTagsScreen(held, known), keep)
