"""What the main screen begins once its list is there, so that reading begins before it."""

from __future__ import annotations

from functools import partial
from operator import methodcaller
from typing import TYPE_CHECKING

from paperterm.errors import LibraryDamaged
from paperterm.tui.screens.resting import Resting
from paperterm.tui.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from paperterm.tui.screens.main import MainScreen

_SECONDS = 0.5
"""What all of it waits for after the list has come."""


def begin(screen: MainScreen, session: Session) -> None:
    """Begin each thing that this library and these settings ask for."""
    settings = session.settings
    screen.set_timer(
        _SECONDS, partial(screen.start, partial(_see_to_marks, screen, session), "marks")
    )
    screen.set_timer(_SECONDS, lambda: screen.arrivals.begin())
    screen.set_timer(_SECONDS, lambda: screen.notes.begin())
    if screen.can_write:
        if settings.sync is not None:
            screen.set_timer(_SECONDS, partial(_sync, screen, session, settings.sync))
        if settings.read_after:
            Resting(screen, settings.read_after, screen.start_mark).begin()


async def _see_to_marks(screen: MainScreen, session: Session) -> None:
    """See that the marks are those that were set, a part at a time; then make the day's copy.

    So the first mark need not, and what is damaged takes no sound copy's place.
    """
    after: int | None = 0
    try:
        while after is not None:
            after = await session.read(methodcaller("look_at_marks", after))
    except LibraryDamaged as error:
        screen.post_message(screen.Closed(error))
        return
    if screen.can_write:
        await session.change(methodcaller("keep_copy"))


def _sync(screen: MainScreen, session: Session, folder: Path) -> None:
    from paperterm.tui.screens.syncing import Syncs

    Syncs(screen, session, folder).begin()
