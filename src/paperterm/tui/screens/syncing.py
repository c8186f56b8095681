"""What the main screen does to keep this library and a shared folder alike."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from paperterm.errors import Cancelled, LibraryBusy, SyncError
from paperterm.model.text import shown
from paperterm.model.wording import counted
from paperterm.tui.screens.reading import ReadingScreen
from paperterm.tui.session import Session

if TYPE_CHECKING:
    from paperterm.library.syncing.round import Report

_AGAIN_SECONDS = 5.0
"""Between two rounds; one in which nothing is new reads a list of files."""


class Syncs:
    """Syncs beside what the reader does; nothing of theirs waits for it."""

    def __init__(self, screen: ReadingScreen, session: Session, folder: Path) -> None:
        self._screen = screen
        self._session = session
        self._folder = folder
        self._busy = False
        self._wrong = ""
        """What was wrong in the last round; told once."""

    def begin(self) -> None:
        """From now on, both are alike within seconds."""
        self._look()
        self._screen.set_interval(_AGAIN_SECONDS, self._look)

    def _look(self) -> None:
        if not self._busy:
            self._busy = True
            self._screen.start(self._round, "sync")

    async def _round(self) -> None:
        try:
            asked = self._session.desk.sync(self._folder, threading.Event())
            report = await asyncio.wrap_future(asked)
        except (Cancelled, LibraryBusy):
            return
        except SyncError as error:
            self._tell_wrong(shown(str(error)))
        else:
            self._tell(report)
        finally:
            self._busy = False

    def _tell(self, report: Report) -> None:
        if report.heard:
            self._screen.catch_up()
            things = counted(report.heard, "action")
            self._screen.keys.say(f"Synced: {things} of other machines came", unasked=True)
        self._tell_wrong(report.problems[0] if report.problems else "")

    def _tell_wrong(self, wrong: str) -> None:
        if wrong and wrong != self._wrong:
            self._screen.keys.say(wrong, error=True, unasked=True)
        self._wrong = wrong
