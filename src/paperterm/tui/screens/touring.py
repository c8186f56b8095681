"""The tour: on the main screen when the app is opened for the first time, and when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperterm.library.remembered import remember
from paperterm.tui.session import Session
from paperterm.tui.widgets.key_line import KeyLine
from paperterm.tui.widgets.tour import LEAST_LINES, Tour

if TYPE_CHECKING:
    from paperterm.tui.screens.main import MainScreen

SEEN = "tour-seen"
"""The name under which it is remembered."""


async def show_first(screen: MainScreen, session: Session) -> None:
    """Show it to who was never here; the next start is not the first."""
    if screen.app.size.height >= LEAST_LINES:
        await show(screen, session)
        await session.change(lambda library: remember(library.paths.state, {SEEN: True}))


async def show(screen: MainScreen, session: Session) -> None:
    """Show it until the next key."""
    if screen.app.size.height < LEAST_LINES:
        screen.keys.say("The tour needs more lines; paperterm tour tells it, too")
    else:
        await screen.query(Tour).remove()
        await screen.mount(Tour(session.keys), before=screen.query_one(KeyLine))


def end(screen: MainScreen) -> None:
    """A key was pressed."""
    for tour in screen.query(Tour):
        tour.remove()
