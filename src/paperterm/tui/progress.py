"""How far a long piece of work is, and how long it will take, in a few cells."""

from __future__ import annotations

import time
from collections.abc import Callable

from paperterm.tui.drawing import DONE, TO_DO

_CELLS = 8
_EVERY = 0.2
"""Seconds between two things said; more would only flicker."""
_TOO_EARLY = 1.0
"""Seconds after which what is left can be foretold."""


class Progress:
    """Call it with what is done and how much there is; `say` gets a line for the reader."""

    def __init__(
        self, doing: str, say: Callable[[str], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._doing = doing
        self._say = say
        self._clock = clock
        self._begun: tuple[float, int] | None = None
        self._said = -_EVERY

    def __call__(self, done: int, total: int) -> None:
        """Any number of times a second, from any one thread."""
        now = self._clock()
        self._begun = self._begun or (now, done)
        if now - self._said >= _EVERY and total > 0:
            self._said = now
            self._say(f"{self._doing} {_bar(done, total)} {self._foretold(now, done, total)}")

    def _foretold(self, now: float, done: int, total: int) -> str:
        assert self._begun is not None
        seconds, steps = now - self._begun[0], done - self._begun[1]
        if seconds < _TOO_EARLY or steps <= 0:
            return f"{100 * done // total} %"
        return f"{duration(seconds * (total - done) / steps)} left"


def _bar(done: int, total: int) -> str:
    full = min(_CELLS, _CELLS * done // total)
    return DONE * full + TO_DO * (_CELLS - full)


def duration(seconds: float) -> str:
    """``8 s``, ``3 min``, ``2 h``: no more exactly than it is known."""
    if seconds < 100:
        return f"{max(1, round(seconds))} s"
    if seconds < 100 * 60:
        return f"{round(seconds / 60)} min"
    return f"{round(seconds / 3600)} h"
