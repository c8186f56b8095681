"""Saved searches on the main screen: their shelves, what is new in them, and saving one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from paperterm.errors import LibraryError, UsageError
from paperterm.model.saved import Saved, parse_name, parse_query
from paperterm.model.text import shown
from paperterm.tui import saved_deeds
from paperterm.tui.cards import counted
from paperterm.tui.saved_deeds import Alter, Made
from paperterm.tui.session import Session
from paperterm.tui.shelves import saved_shelf

if TYPE_CHECKING:
    from paperterm.library.saved.searches import Tally
    from paperterm.tui.screens.main import MainScreen

_LOOK_SECONDS = 1.0
"""How long a search must be shown to have been looked at: others are passed on the way to it."""
Counted = Sequence[tuple[Saved, "Tally | None"]]


class Saving:
    """What the main screen leaves to others of saved searches."""

    def __init__(self, screen: MainScreen, session: Session) -> None:
        self._screen = screen
        self._session = session
        self.counted: Counted = ()
        """The searches as they were counted last."""
        self.hears: Callable[[Counted], None] | None = None
        """Who is told of newer counts, too: a screen that is before this one."""
        self._asked = 0
        self._problems: tuple[str, ...] = ()
        self._done: list[Alter] = []
        """What takes back the changes made here, the last one at the end."""
        self._shown: tuple[Saved, int] | None = None
        """The search in the list, and the newest paper there was when it was looked up."""
        self._looked = False
        """Whether that was looked at."""

    # Counting

    def recount(self) -> None:
        """Count anew, soon."""
        self._screen.start(self._recount, "searches", newest_only=True)

    async def _recount(self) -> None:
        """One search at a time: whatever else is asked of the library goes between.

        Counts that newer ones have overtaken are not shown.
        """
        self._asked += 1
        asked, read = self._asked, self._session.read
        written = await read(lambda library: library.searches.written())
        if asked != self._asked:
            return
        if written.problems != self._problems:
            self._problems = written.problems
            for problem in written.problems:
                self._screen.say_error(shown(problem))
        known = dict(self.counted)
        self._show([(saved, known.get(saved)) for saved in written.searches])
        tallies = [
            await read(partial(lambda saved, library: library.searches.tally(saved), saved))
            for saved in written.searches
        ]
        if asked == self._asked:
            self._show(list(zip(written.searches, tallies, strict=True)))

    def _show(self, counted: Counted) -> None:
        if counted != self.counted:
            self.counted = counted
            shelves = self._screen.panes.shelves
            shelves.show_searches([saved_shelf(saved, tally) for saved, tally in counted])
            self._screen.follow_search(shelves.shelf)
        if self.hears is not None:
            self.hears(counted)

    # Looking

    def is_shown(self, upto: int, *, again: bool) -> None:
        """Another list is shown, or a newer state of it, of all papers up to number `upto`.

        What comes while a search is in the list has been looked at when the reader leaves it.
        """
        root = self._session.root
        here = root if isinstance(root, Saved) and not self._session.searching else None
        before = self._shown
        self._shown = (here, upto) if here else None
        if again and here and before and before[0] == here:
            return
        if before and self._looked:
            self._note(*before)
        self._looked = False
        if here:
            self._screen.set_timer(_LOOK_SECONDS, partial(self._rest, here))

    def _rest(self, saved: Saved) -> None:
        if self._looked or self._shown is None or self._shown[0] != saved:
            return
        if not self._screen.papers.is_on_screen:
            self._screen.set_timer(_LOOK_SECONDS, partial(self._rest, saved))
            return
        self._looked = True
        tally = dict(self.counted).get(saved)
        if tally and tally.new:
            told = f"{counted(tally.new, 'paper')} new here since you last looked"
            self._screen.keys.say(told)
        self._note(*self._shown)

    def _note(self, saved: Saved, upto: int) -> None:
        self._screen.start(partial(self._note_look, saved, upto), "looks")

    async def _note_look(self, saved: Saved, upto: int) -> None:
        await self._session.change(lambda library: library.searches.look(saved, upto))
        self.recount()

    # Changing

    async def save(self) -> None:
        """Ask for a name for what is looked for."""
        try:
            query = parse_query(self._session.text)
        except UsageError as error:
            self._screen.say_error(shown(str(error)))
            return
        from paperterm.tui.screens.prompt import PromptScreen

        def keep(name: str | None) -> None:
            if name is not None:
                self._screen.start(partial(self._save, name, query), "saving")

        keys = "Enter saves · Esc leaves"
        prompt = PromptScreen("Save this search as", shown(query), keys, self.check_name)
        await self._screen.app.push_screen(prompt, keep)

    async def _save(self, name: str, query: str) -> None:
        made = await self.alter(saved_deeds.add(name, query, self._session.keys))
        self._screen.keys.say(made.told)

    def check_name(self, name: str, but: str = "") -> None:
        """Raises `UsageError` for a name that can't be given; the search `but` may have its own."""
        parse_name(name)
        for saved, _ in self.counted:
            if saved.is_called(name) and not saved.is_called(but):
                raise UsageError(f"There is a saved search “{shown(saved.name)}” already.")

    async def show_all(self) -> None:
        """The screen of saved searches."""
        from paperterm.tui.screens.search_desk import SearchDesk

        await self._screen.app.push_screen(SearchDesk(self._session, self))

    async def alter(self, alter: Alter) -> Made:
        """Change the searches; the shelves follow."""
        made = await self._session.change(alter)
        if made.back is not None:
            self._done.append(made.back)
        await self._recount()
        return made

    async def undo(self) -> Made:
        """Take back the last change made here; without one, bring back what was deleted last."""
        back = self._done.pop() if self._done else saved_deeds.bring_back()
        try:
            made = await self._session.change(back)
        except LibraryError:
            self._done.append(back)  # the file can't be changed just now
            raise
        await self._recount()
        return made

    def go_to(self, saved: Saved) -> None:
        """Show what a search finds."""
        self._screen.go_to_shelf(saved_shelf(saved, None))
