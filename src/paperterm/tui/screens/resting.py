"""A paper whose abstract was open for a while is read: for readers who have set how long."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from paperterm.tui import deeds
from paperterm.tui.deeds import Deed
from paperterm.tui.screens.reading import ReadingScreen

_LONGEST_STEP = 0.5
"""Seconds between two looks, at most."""
_STEPS = 5
"""Looks within the time that counts, at least."""


class Resting:
    """Looks now and then which abstract is open; one that stays is marked, once each time."""

    def __init__(
        self, screen: ReadingScreen, seconds: float, mark: Callable[[Deed, Sequence[int]], None]
    ) -> None:
        self._screen = screen
        self._seconds = seconds
        self._mark = mark
        self._open: int | None = None
        self._since = 0.0
        self._marked = False

    def begin(self) -> None:
        """From now on."""
        self._screen.set_interval(min(_LONGEST_STEP, self._seconds / _STEPS), self._look)

    def _look(self) -> None:
        if self._screen.papers.paper_id is None:
            return  # the list is being made anew, or has no paper
        now, here = time.monotonic(), self._seen()
        if here != self._open:
            self._open, self._since, self._marked = here, now, False
        elif here is not None and not self._marked and now - self._since >= self._seconds:
            self._marked = True
            self._mark(deeds.read_by_itself, [here])

    def _seen(self) -> int | None:
        """The paper whose abstract can be read now."""
        screen = self._screen
        abstract, paper_id = screen.panes.abstract, screen.papers.paper_id
        sheet = abstract.sheet
        before_all = screen.app.screen is screen
        if screen.searching or not before_all or not abstract.is_on_screen:
            return None
        if screen.focused is screen.bar.input:
            return None  # who types does not read
        there = sheet is not None and sheet.id == paper_id
        # Painted anew, the abstract is away for a moment and still the same.
        return paper_id if there or paper_id == self._open else None
