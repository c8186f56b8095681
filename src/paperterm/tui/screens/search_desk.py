"""The saved searches: what each looks for and finds, and what can be done with them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial, partialmethod
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from paperterm.model.saved import parse_query
from paperterm.model.text import shown
from paperterm.tui import saved_deeds
from paperterm.tui.action import Situation
from paperterm.tui.actions import bindings
from paperterm.tui.actions_beside import SEARCH_ACTIONS
from paperterm.tui.saved_deeds import Alter, Made
from paperterm.tui.screens.beside import BesideScreen
from paperterm.tui.screens.prompt import PromptScreen
from paperterm.tui.session import Session
from paperterm.tui.widgets.key_line import KeyLine
from paperterm.tui.widgets.search_list import SearchList

if TYPE_CHECKING:
    from paperterm.tui.screens.saving import Counted, Saving

_KEYS = "Enter keeps · Esc leaves"


class SearchDesk(BesideScreen):
    """Comes up before the main screen, which counts behind it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(SEARCH_ACTIONS)]

    def __init__(self, session: Session, saving: Saving) -> None:
        super().__init__(session)
        self._saving = saving

    def compose(self) -> ComposeResult:
        """What it is, the searches, keys."""
        yield Static("", classes="head", markup=False)
        yield SearchList(self._session.keys)
        yield KeyLine()

    @property
    def searches(self) -> SearchList:
        """The list."""
        return self.query_one(SearchList)

    def on_mount(self) -> None:
        """Show what is known, and count anew."""
        self._saving.hears = self._show
        self.set_focus(self.searches)
        self._show(self._saving.counted)
        self._saving.recount()

    def on_unmount(self) -> None:
        """The main screen counts for itself again."""
        self._saving.hears = None

    def _show(self, counted: Counted) -> None:
        if not self.query(SearchList):  # the app is being left
            return
        self.searches.show(counted)
        parts = [Content.styled("Searches", "bold $primary")]
        if counted:
            parts.append(Content.styled(f"{len(counted)}", "$muted"))
        self.query_one(".head", Static).update(Content("  ").join(parts))

    @on(SearchList.Moved)
    def _offer(self) -> None:
        self.keys.offer(self.offered(SEARCH_ACTIONS))

    def situation(self) -> Situation:
        """See `WorkingScreen`."""
        return Situation(has_search=self.searches.saved is not None)

    # Doing

    def _alter(self, alter: Alter) -> None:
        self.start(partial(self._told, partial(self._saving.alter, alter)), "searches")

    async def _told(self, change: Callable[[], Awaitable[Made]]) -> None:
        made = await change()
        if self.is_mounted:
            self.searches.show(self._saving.counted, made.on)
            self.keys.say(made.told)

    async def action_rename_search(self) -> None:
        """See `actions_beside.SEARCH_ACTIONS`, as for all that follow."""
        if (saved := self.searches.saved) is None:
            return
        name = saved.name

        def keep(new: str | None) -> None:
            if new is not None:
                self._alter(saved_deeds.rename(name, new))

        check = partial(self._saving.check_name, but=name)
        query = shown(saved.query)
        prompt = PromptScreen(f"Rename “{shown(name)}” to", query, _KEYS, check, shown(name))
        await self.app.push_screen(prompt, keep)

    async def action_edit_search(self) -> None:
        """Edit what it looks for."""
        if (saved := self.searches.saved) is None:
            return
        name = saved.name

        def check(query: str) -> None:
            parse_query(query)

        def keep(query: str | None) -> None:
            if query is not None:
                self._alter(saved_deeds.edit(name, query))

        example = "As in the search bar: words, tag:llm, is:unread, since:30d, …"
        question = f"What “{shown(name)}” looks for"
        prompt = PromptScreen(question, example, _KEYS, check, shown(saved.query))
        await self.app.push_screen(prompt, keep)

    def action_delete_search(self) -> None:
        """Take it away, not its papers."""
        if (saved := self.searches.saved) is not None:
            self._alter(saved_deeds.delete(saved.name, self._session.keys))

    def _move(self, by: int) -> None:
        if (saved := self.searches.saved) is not None:
            self._alter(saved_deeds.move(saved.name, by))

    action_move_search_down = partialmethod(_move, 1)
    action_move_search_up = partialmethod(_move, -1)

    def action_show_search(self) -> None:
        """Back to the papers, to those that it finds."""
        if (saved := self.searches.saved) is not None:
            self.dismiss()
            self._saving.go_to(saved)

    def action_undo_search(self) -> None:
        """Take back the last change of the searches."""
        self.start(partial(self._told, self._saving.undo), "searches")

    def action_close_searches(self) -> None:
        """Back to the papers."""
        self.dismiss()

    def action_leave_from_searches(self) -> None:
        """Leave paperterm."""
        self.app.exit()
