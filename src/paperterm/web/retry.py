"""Asking again when that may help.

A loop of our own: `stamina` chooses well how long to wait, but its sleep can neither be called off
nor tell one caller of itself, and here most of the waiting is the pace's, shared by all processes.
"""

from __future__ import annotations

import random
from http import HTTPStatus
from itertools import count

from paperterm.web.asked import budget_spent, seconds_asked
from paperterm.web.faults import Cut
from paperterm.web.pacing import Pace, too_busy
from paperterm.web.waiting import Caller, Patience, Wait, Why
from paperterm.web.wire import Reply, Request, exchange, prepare

_BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)
_FAILING = (
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.BAD_GATEWAY,
    HTTPStatus.GATEWAY_TIMEOUT,
)
_UNSAID = 60.0
"""Seconds after which a service that is too busy, and does not say how long, is worth a try."""


def persistent(request: Request, pace: Pace, patience: Patience, caller: Caller) -> Reply:
    """The reply to `request`, which says "too busy" never and "failing" only after all tries.

    Each try takes a turn of the `pace`. Raises `TooBusy`, `Cancelled` and what `exchange` raises.
    """
    prepare()
    for number in count(1):
        last = number >= patience.tries
        try:
            reply, hold = _once(request, pace, patience, caller, number)
        except Cut:
            if last:
                raise
        else:
            if reply.status in _BUSY:
                if last or hold > patience.asked:
                    why = f"{request.service} asks for fewer requests"
                    raise too_busy(why, max(hold, _UNSAID) if last else hold)
                continue  # the next turn begins with the wait that was asked for
            if last or reply.status not in _FAILING:
                return reply
        caller.sleep(Wait(request.service, _pause(patience, number), Why.AGAIN))
    raise AssertionError("counting has no end")


def _once(
    request: Request, pace: Pace, patience: Patience, caller: Caller, number: int
) -> tuple[Reply, float]:
    """One try, and the seconds that nobody may ask again for."""
    with pace.turn(caller) as turn:
        reply = exchange(request, patience, caller)
        turn.hold = _hold(reply, _pause(patience, number))
    return reply, turn.hold


def _hold(reply: Reply, pause: float) -> float:
    spent = budget_spent(reply.headers)
    if reply.status not in _BUSY:
        return spent or 0.0
    asked = seconds_asked(reply.headers)
    if asked is not None:
        return asked
    return pause if spent is None else spent


def _pause(patience: Patience, number: int) -> float:
    """A while, longer with each try, and not the same for all who were cut off together."""
    chance = random.uniform(0.5, 1.5)  # noqa: S311 - nobody gains by guessing it
    return patience.pause * float(2 ** (number - 1)) * chance
