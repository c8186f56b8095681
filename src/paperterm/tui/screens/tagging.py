"""Tags on the main screen: those of a paper, all of them, and what of them is folded."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.suggester import Suggester
from textual.widgets import Input

from paperterm.errors import PapertermError
from paperterm.library.folds import Folds, read_folds, write_folds
from paperterm.model.text import shown
from paperterm.tui import deeds
from paperterm.tui.cards import Card
from paperterm.tui.deeds import Deed, Done
from paperterm.tui.session import Session

if TYPE_CHECKING:
    from paperterm.tui.screens.main import MainScreen
    from paperterm.tui.screens.tags import Wanted


class TagSuggester(Suggester):
    """Completes the tag at the end of the search bar's text."""

    def __init__(self, complete: Callable[[str], Awaitable[str | None]]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        """The text with more at its end, or None."""
        try:
            return await self._complete(value)
        except PapertermError:
            return None  # the search itself tells what is wrong


class Tagging:
    """What the main screen leaves to others of tags."""

    def __init__(self, screen: MainScreen, session: Session) -> None:
        self._screen = screen
        self._session = session
        self._suggester = TagSuggester(self.complete)

    def suggest_in(self, line: Input) -> None:
        """Let the search bar complete a tag, while there is one in it: a letter costs less else."""
        line.suggester = self._suggester if "tag:" in line.value else None

    @property
    def can_write(self) -> bool:
        """Whether the library can be written to."""
        return self._screen.can_write

    async def begin(self) -> None:
        """Fold the shelves as they were when the app was last left."""
        folds = await asyncio.to_thread(read_folds, self._session.desk.paths.state)
        self._screen.panes.shelves.take_folds(folds)

    def keep(self, folds: Folds) -> None:
        """Remember what is folded."""
        self._screen.start(partial(self._keep, folds), "folds")

    async def _keep(self, folds: Folds) -> None:
        await self._session.change(lambda library: write_folds(library.paths.state, folds))

    async def edit(self, card: Card) -> None:
        """Ask for the tags of a paper; keys that are typed meanwhile wait for the prompt."""
        try:
            known = await self._session.read(lambda library: library.tagging.known())
        except PapertermError as error:
            self._screen.say_error(shown(str(error)))
            return
        from paperterm.tui.screens.tags import TagScreen

        def keep(wanted: Wanted | None) -> None:
            if wanted is not None:
                deed = deeds.set_tags(card.tags, wanted.tags, as_typed=wanted.as_typed)
                self._screen.start_mark(deed, [card.id])

        await self._screen.app.push_screen(TagScreen(card.tags, known), keep)

    async def show_all(self) -> None:
        """The screen of all tags."""
        from paperterm.tui.screens.tag_desk import TagDesk

        await self._screen.app.push_screen(TagDesk(self._session, self))

    async def carry_out(self, deed: Deed) -> Done:
        """Change tags of any papers; the main screen shows it, wherever the reader is."""
        return await self._screen.marked(deed)

    async def complete(self, text: str) -> str | None:
        """The text of the search bar with the tag at its end completed, or None."""
        known = await self._session.read(lambda library: library.tagging.known())
        from paperterm.library.completing import search_completion

        return search_completion(known, text)
