"""The time between two requests to a service, kept by all running copies of paperterm together."""

from __future__ import annotations

import contextlib
import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from paperterm.errors import TooBusy
from paperterm.web.ledger import Ledger, Note
from paperterm.web.waiting import Caller, Wait, Why

LONGEST_HOLD = 3600.0
"""Seconds. A service that asks for more is asked once an hour whether it still means it."""

_YEAR = 366 * 24 * 3600.0
_MARGIN = 0.001
"""Seconds that are slept too long rather than too short."""


@dataclass(slots=True)
class Turn:
    """The time in which one request may be made."""

    hold: float = 0.0
    """Seconds that the service asks everybody to wait from the end of this turn on."""


@dataclass(frozen=True, slots=True)
class Pace:
    """When a service may be asked."""

    ledger: Path
    """The file that running copies share."""
    service: str
    """What messages call it."""
    interval: float
    """Seconds between two requests."""
    alone: bool
    """Whether a request has to be over before the interval to the next begins."""
    longest: float
    """Seconds of a wait that are slept at most; `TooBusy` is raised for a longer one."""

    @contextlib.contextmanager
    def turn(self, caller: Caller) -> Iterator[Turn]:
        """Wait until a request may be made; it is to be made within the block.

        Raises `TooBusy`, `Cancelled`, and `WebError` where the ledger can't be kept.
        """
        ledger = self._begin(caller)
        turn = Turn()
        if self.alone:
            with contextlib.closing(ledger):
                try:
                    yield turn
                finally:
                    self._note(ledger, turn, ended=True)
            return
        ledger.close()
        yield turn
        if turn.hold:
            with contextlib.closing(self._lock(caller)) as ledger:
                self._note(ledger, turn, ended=False)

    def _begin(self, caller: Caller) -> Ledger:
        """The ledger, locked, with our request in it."""
        while True:
            caller.check()
            ledger = self._lock(caller)
            try:
                now = time.monotonic()
                note = ledger.read(now)
                wait = self._wait(note, now)
                if wait is None:
                    # Noted before it is made: who is killed now may have made it.
                    ledger.write(replace(note, last=now))
                    return ledger
                ledger.write(note)
            except BaseException:
                ledger.close()
                raise
            ledger.close()
            if wait.seconds > self.longest:
                raise self._too_busy(wait)
            caller.sleep(wait)

    def _lock(self, caller: Caller) -> Ledger:
        patience = time.monotonic() + self.longest
        told = False
        while (ledger := Ledger.lock(self.ledger)) is None:
            wait = Wait(self.service, self.longest, Why.COPY)
            if time.monotonic() > patience:
                raise self._too_busy(wait)
            if not told:
                caller.waiting(wait)
                told = True
            caller.nap()
        return ledger

    def _wait(self, note: Note, now: float) -> Wait | None:
        held = min(note.hold_left(now), LONGEST_HOLD)
        paced = note.pace_left(self.interval, now)
        if max(held, paced) <= 0:
            return None
        if held > paced:
            return Wait(self.service, held + _MARGIN, Why.ASKED)
        return Wait(self.service, paced + _MARGIN, Why.PACE)

    def _note(self, ledger: Ledger, turn: Turn, *, ended: bool) -> None:
        now = time.monotonic()
        note = ledger.read(now)
        if ended:
            note = replace(note, last=now)
        if turn.hold > note.hold_left(now):
            note = replace(note, held_at=now, held_for=min(turn.hold, LONGEST_HOLD))
        ledger.write(note)

    def _too_busy(self, wait: Wait) -> TooBusy:
        if wait.why is Why.COPY:
            return too_busy(f"Another request to {self.service} does not end", wait.seconds)
        return too_busy(f"{self.service} asks for fewer requests", wait.seconds)


def too_busy(why: str, seconds: float) -> TooBusy:
    """The error for a wait of so many `seconds`, which may be any number."""
    wait = dt.timedelta(seconds=min(seconds, _YEAR))
    at = dt.datetime.now(dt.UTC) + wait
    local = at.astimezone()
    day = "" if local.date() == dt.date.today() else f" on {local:%Y-%m-%d}"
    return TooBusy(f"{why}; it may be asked again at {local:%H:%M}{day}.", at)
