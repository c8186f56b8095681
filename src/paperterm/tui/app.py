"""The app: themes, signals, and the way out."""

from __future__ import annotations

import io
import locale
import os
import sys
from collections.abc import Sequence
from typing import ClassVar

from rich.console import Console
from textual import events
from textual.app import App
from textual.command import Provider
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome, NoColor
from textual.screen import Screen
from textual.widget import MountError
from textual.worker import WorkerFailed

from paperterm.errors import LibraryDamaged, PapertermError
from paperterm.library.desk import Desk
from paperterm.library.remembered import remembered
from paperterm.library.settings import Settings, ThemeName
from paperterm.tui.guard import ControlGuard
from paperterm.tui.painting import Paint, Painting, has_unicode, last_theme, paint_of
from paperterm.tui.palette import ActionProvider
from paperterm.tui.screens import touring
from paperterm.tui.screens.main import MainScreen
from paperterm.tui.screens.reading import ReadingScreen
from paperterm.tui.session import Session
from paperterm.tui.terminal import ReaderDriver, kept
from paperterm.tui.widgets.in_order import InOrder

_COLOURLESS = (Monochrome, NoColor)
"""What Textual has for NO_COLOR: it paints in greys, which are colours to a terminal."""
_LAST_SYNC_SECONDS = 2.0
"""Seconds that leaving may wait for a shared folder."""
_TURN = 0.001
"""Seconds a thread may keep the interpreter from others: the interface gets its turn soon."""


class PapertermApp(App[None]):
    """paperterm at the terminal."""

    TITLE = "paperterm"
    CSS_PATH = "main.tcss"
    COMMANDS: ClassVar[set[type[Provider] | type]] = {ActionProvider}  # type: ignore[assignment]
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+backslash"

    def __init__(
        self, desk: Desk, settings: Settings, paint: Paint | None = None, *, first: bool = False
    ) -> None:
        """`paint` is what the terminal can be painted with: all there is, if nothing is said.

        With `first`, the reader was never here, and is shown around.
        """
        super().__init__()
        self._session = Session(desk, settings)
        self._session.is_first = first
        self.set_keymap(self._session.keys.keymap())
        self._guard = ControlGuard()
        self.failure: BaseException | None = None
        # A failure is told in one line by `run`; Textual would print a traceback with locals.
        self.error_console = Console(file=io.StringIO())
        self._painting = Painting(paint or Paint())
        chosen = settings.theme
        if chosen is ThemeName.LAST:
            chosen = last_theme(remembered(desk.paths.state))
        self.wear(chosen)

    def get_default_screen(self) -> Screen[None]:
        """The main screen is the only one that stays."""
        return MainScreen(self._session)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The guard comes last, but for what makes ASCII of it."""
        theirs = [one for one in super().get_line_filters() if not isinstance(one, _COLOURLESS)]
        return [*theirs, *self._painting.filters, self._guard, *self._painting.last]

    def on_resize(self) -> None:
        """A terminal of another size may show anything."""
        self._forget_screen()

    def redraw(self) -> None:
        """Paint all anew: something else has written to the terminal."""
        self._forget_screen()
        self.refresh(layout=True)

    def _forget_screen(self) -> None:
        if isinstance(self._driver, ReaderDriver):
            self._driver.forget()

    @property
    def painting(self) -> Painting:
        """How it is painted."""
        return self._painting

    def wear(self, theme: ThemeName) -> None:
        """Look like that from now on."""
        worn = self._painting.wear(theme)
        self.register_theme(worn)
        self.theme = worn.name

    async def on_event(self, event: events.Event) -> None:
        """A key ends the tour, waits for those before it, and then does its work."""
        if self._is_key(event):
            if isinstance(main := self.screen_stack[0], MainScreen):
                touring.end(main)
            if isinstance(typed := self.focused, InOrder):
                await typed.settled()
        await super().on_event(event)

    def _is_key(self, event: events.Event) -> bool:
        return isinstance(event, events.Key) and not event.is_forwarded and bool(self._screen_stack)

    def get_driver_class(self) -> type[Driver]:
        """The one that gives the terminal back, whoever asks us to go."""
        return ReaderDriver

    def on_reading_screen_closed(self, message: ReadingScreen.Closed) -> None:
        """Offer to restore what is damaged; else leave, and let the shell say why."""
        if isinstance(message.error, LibraryDamaged):
            from paperterm.tui.screens.recovery import offer

            offer(self, self._session, message.error)
        else:
            self.give_up(message.error)

    def give_up(self, error: PapertermError) -> None:
        """Leave; the shell says why."""
        self.failure = self.failure or error
        self.exit(return_code=1)

    def _handle_exception(self, error: Exception) -> None:
        if self._exit and isinstance(error, NoMatches | MountError):
            return  # a screen that was just coming is taken down half made
        # Later ones come of the first.
        cause = error.error if isinstance(error, WorkerFailed) else error
        self.failure = self.failure or cause
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        # Textual would lay out a traceback first, with everything that locals hold.
        self._close_messages_no_wait()


def run(desk: Desk, settings: Settings) -> int:
    """Open the app on a library; returns the exit status. Raises `PapertermError`.

    The desk is closed in the end: what the reader asked for is carried out first.
    """
    sys.setswitchinterval(_TURN)
    try:
        first = not remembered(desk.paths.state).get(touring.SEEN)
        app = PapertermApp(desk, settings, _paint(settings), first=first)
        with kept():
            app.run(mouse=settings.mouse)
    finally:
        if settings.sync is not None:
            desk.sync_at_last(settings.sync, _LAST_SYNC_SECONDS)
        desk.close()
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0


def _paint(settings: Settings) -> Paint:
    colours = Console(force_terminal=True).color_system
    stream = sys.stderr.encoding or ""
    shows_more = has_unicode(os.environ, stream, locale.getencoding())
    return paint_of(os.environ, colours, ascii=settings.ascii or not shows_more)
