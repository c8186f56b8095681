"""Waits: whom they are told to, and how they are called off."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from paperterm.errors import Cancelled

POLL = 0.05
"""Seconds between two looks at what can't wake us by itself."""


class Why(Enum):
    """What is waited for."""

    PACE = auto()
    """Our own manners: some time between two requests."""
    ASKED = auto()
    """The service has asked us to."""
    COPY = auto()
    """Another request, of this or another running copy, has to be over first."""
    AGAIN = auto()
    """The service failed; in a while it may be better."""


@dataclass(frozen=True, slots=True)
class Wait:
    """A wait that has begun."""

    service: str
    """What messages call it."""
    seconds: float
    why: Why

    @property
    def sentence(self) -> str:
        """For the reader: ``arXiv asks to wait 40 s.``"""
        time = f"{max(1, round(self.seconds))} s"
        match self.why:
            case Why.PACE:
                return f"{self.service} is asked again in {time}."
            case Why.ASKED:
                return f"{self.service} asks to wait {time}."
            case Why.COPY:
                return f"Another request to {self.service} is under way."
            case Why.AGAIN:
                return f"{self.service} did not answer; trying again in {time}."


Waiting = Callable[[Wait], None]
"""Called in the waiting thread at the beginning of each wait; must not raise or take long."""


def _not_told(_wait: Wait) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody for whom a service is asked."""

    cancelled: threading.Event = field(default_factory=threading.Event)
    """Set from any thread: what is being done is over within a tenth of a second."""
    waiting: Waiting = _not_told

    def check(self) -> None:
        """Raise `Cancelled` if it was called off."""
        if self.cancelled.is_set():
            raise Cancelled("Called off.")

    def sleep(self, wait: Wait) -> None:
        """Tell of `wait` and let it pass. Raises `Cancelled` as soon as it is called off."""
        self.waiting(wait)
        self.nap(wait.seconds)

    def nap(self, seconds: float = POLL) -> None:
        """Let a moment pass, untold. Raises `Cancelled` as soon as it is called off."""
        if self.cancelled.wait(seconds):
            self.check()


@dataclass(frozen=True, slots=True)
class Patience:
    """How long we wait for what, in seconds."""

    connect: float = 10.0
    """For a connection."""
    silence: float = 30.0
    """For the next byte; arXiv thinks for that long about a large query."""
    whole: float = 60.0
    """For one request from the first to the last byte, however steadily they come."""
    asked: float = 60.0
    """The longest that is slept because a service asks to; else `TooBusy` is raised."""
    tries: int = 4
    """How often a request is made, in all, before a failing service is given up."""
    pause: float = 1.0
    """Before the second try; each further one is twice as long, give or take a half."""
