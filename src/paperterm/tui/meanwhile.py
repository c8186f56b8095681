"""What is said while a service is asked: steps, and waits that are counted down."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from dataclasses import replace

from paperterm.library.arrivals.outcome import Step
from paperterm.tui import tidings
from paperterm.web.waiting import Wait

_LONG_WAIT = 2.0
"""Seconds of a wait from which on it is told; shorter ones are our own manners."""


class Countdown:
    """Tells of a wait from second to second. Belongs to the thread of the running loop."""

    def __init__(self, tell: Callable[[Wait], None], over: Callable[[], None]) -> None:
        """`tell` is called with what is left of the wait, `over` when nothing is."""
        self._tell = tell
        self._over = over
        self._timer: asyncio.TimerHandle | None = None

    def begin(self, wait: Wait) -> None:
        """This is waited for now."""
        self.stop()
        self._tick(wait, asyncio.get_running_loop().time() + wait.seconds)

    def stop(self) -> None:
        """Nothing is waited for any more; nothing is told of that."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _tick(self, wait: Wait, end: float) -> None:
        loop = asyncio.get_running_loop()
        left = end - loop.time()
        if left < _INSTANT:
            self._timer = None
            self._over()
        else:
            self._tell(replace(wait, seconds=left))
            whole = math.ceil(left - _INSTANT) - 1  # the next that it comes down to
            self._timer = loop.call_at(end - whole, self._tick, wait, end)


_INSTANT = 0.02
"""Seconds that timers may be early or late."""


class Meanwhile:
    """Says one thing at a time, for one errand; `say` is called in the loop's thread."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._step = ""
        self._countdown = Countdown(
            lambda wait: say(tidings.wait_text(wait)), lambda: say(self._step)
        )

    def step(self, step: Step) -> None:
        """So far it is."""
        self._countdown.stop()
        self._step = tidings.step_text(step)
        self._say(self._step)

    def wait(self, wait: Wait) -> None:
        """This is waited for."""
        if wait.seconds >= _LONG_WAIT:
            self._countdown.begin(wait)

    def end(self) -> None:
        """It is over."""
        self._countdown.stop()
        self._say("")
