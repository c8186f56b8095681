"""Stamps: texts that put what was done on several machines in one order (a hybrid logical clock).

A stamp is greater than every stamp its machine had seen, and never less than its wall clock, in
microseconds; two machines never make the same.
"""

from __future__ import annotations

import re
import time

from paperterm.errors import UsageError

_STAMP = re.compile(r"([0-8]\d{15})-([0-9a-f]{12})", re.ASCII)


def next_stamp(machine: str, last: str, now: int | None = None) -> str:
    """The stamp that comes next on `machine`, which has seen none greater than `last`, if any.

    `now` is the wall clock in microseconds, by default as it is.
    """
    clock = time.time_ns() // 1000 if now is None else now
    return f"{max(clock, _ticks(last) + 1 if last else 0):016d}-{machine}"


def checked(text: str) -> str:
    """`text`, if it is a stamp that could have been made before the year 2255.

    Raises `UsageError`: one from beyond would leave no room for those to come.
    """
    if not _STAMP.fullmatch(text):
        raise UsageError("An entry of a journal bears no stamp that paperterm could have made.")
    return text


def _ticks(text: str) -> int:
    return int(text[:16])
