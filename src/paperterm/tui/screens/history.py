"""All that was done, the newest first; and taking back all of it down to a chosen action."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from paperterm.library import history
from paperterm.library.history import Told
from paperterm.model.text import shown
from paperterm.tui import undoing
from paperterm.tui.action import Situation
from paperterm.tui.actions import bindings
from paperterm.tui.actions_beside import HISTORY_ACTIONS
from paperterm.tui.cards import counted
from paperterm.tui.deeds import Deed, Done
from paperterm.tui.screens.beside import BesideScreen
from paperterm.tui.screens.confirm import ConfirmScreen
from paperterm.tui.session import Session
from paperterm.tui.widgets.history_list import HistoryList
from paperterm.tui.widgets.key_line import KeyLine

_SOME = 300
"""Entries that are fetched at once."""


class Marking(Protocol):
    """The main screen, as far as it matters here."""

    can_write: bool

    async def marked(self, deed: Deed) -> Done:
        """Carry out a deed, and show there what came of it."""


class HistoryScreen(BesideScreen):
    """Comes up before the main screen."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(HISTORY_ACTIONS)]

    def __init__(self, session: Session, main: Marking) -> None:
        super().__init__(session)
        self._main = main
        self._fetching = False

    def compose(self) -> ComposeResult:
        """What it is, the entries, keys."""
        yield Static(Content.styled("What was done", "bold $primary"), classes="head")
        yield HistoryList()
        yield KeyLine()

    @property
    def entries(self) -> HistoryList:
        """The list."""
        return self.query_one(HistoryList)

    def on_mount(self) -> None:
        """Look at once."""
        self.set_focus(self.entries)
        self.start(self._look, "history")

    def situation(self) -> Situation:
        """See `WorkingScreen`."""
        return Situation(can_write=self._main.can_write)

    async def _look(self) -> None:
        """As many as were here, and some at least."""
        most = max(_SOME, self.entries.held)
        told = await self._session.read(lambda library: library.history(most))
        if self.is_mounted:
            self.entries.show(told, whole=len(told) < most)
            self.keys.offer(self.offered(HISTORY_ACTIONS))

    @on(HistoryList.Wanted)
    def _fetch_more(self, message: HistoryList.Wanted) -> None:
        if not self._fetching:
            self._fetching = True
            self.start(partial(self._more, message.before), "history")

    async def _more(self, before: int) -> None:
        try:
            told = await self._session.read(lambda library: library.history(_SOME, before))
            if self.is_mounted:
                self.entries.add(told)
        finally:
            self._fetching = False

    # Doing

    async def _do(self, deed: Deed) -> None:
        done = await self._main.marked(deed)
        self.keys.say(done.told)
        await self._look()

    def action_undo_entry(self) -> None:
        """See `actions_beside.HISTORY_ACTIONS`, as for all that follow."""
        self.start(partial(self._do, undoing.undo), "history")

    def action_redo_entry(self) -> None:
        """Bring back what was taken back last."""
        self.start(partial(self._do, undoing.redo), "history")

    def action_undo_down_to(self) -> None:
        """Take back all down to the entry under the cursor, after saying how many they are."""
        if (told := self.entries.told) is not None:
            self.start(partial(self._ask, told), "history")

    async def _ask(self, told: Told) -> None:
        if told.undone:
            self.keys.say("It is taken back already")
            return
        if not told.own:
            self.keys.say(f"That was done on {shown(told.machine)}, and is taken back there")
            return
        if told.action:
            number = told.number
            times = await self._session.read(lambda library: library.undone_down_to(number))
            deed = undoing.undo_down_to(number)
            question = f"Take back {counted(times, 'action')}, down to “{history.what(told)}”?"
        else:  # what came by itself is in nobody's way
            deed = undoing.undo_only(told.number)
            question = f"Take back “{history.what(told)}”, and nothing else?"

        def answered(yes: bool | None) -> None:
            if yes:
                self.start(partial(self._do, deed), "history")

        await self.app.push_screen(ConfirmScreen(question, "y takes back · n leaves"), answered)

    def action_close_history(self) -> None:
        """Back to the papers."""
        self.dismiss()

    def action_leave_from_history(self) -> None:
        """Leave paperterm."""
        self.app.exit()
