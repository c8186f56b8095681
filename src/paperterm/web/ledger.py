"""A small file in which all running copies note when a service was asked last, and its lock.

The lock is flock's: it goes with the process that holds it, however that ends. Times are the
monotonic clock's, which all processes share and nobody sets; it begins anew with the machine.
"""

from __future__ import annotations

import contextlib
import fcntl
import math
import os
from dataclasses import dataclass
from pathlib import Path

from paperterm.errors import WebError

_LARGEST = 200
"""Bytes; three numbers."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is known of a service, in seconds of the monotonic clock."""

    last: float
    """When a request was last begun or, if they must not overlap, over."""
    held_at: float = 0.0
    """When the service asked to wait, and for how long."""
    held_for: float = 0.0

    def pace_left(self, interval: float, now: float) -> float:
        """How long it is until the next request, `interval` after the last."""
        return interval - (now - self.last)

    def hold_left(self, now: float) -> float:
        """How much of the wait that was asked for is left."""
        return self.held_for - (now - self.held_at)


class Ledger:
    """The file, open and locked."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def lock(cls, path: Path) -> Ledger | None:
        """Open and lock the file at `path`, or None when it is locked; never waits.

        Raises `WebError` where no such file can be.
        """
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(path, flags, 0o600)
        except OSError as error:
            raise _unwritable(error) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            if isinstance(error, BlockingIOError):
                return None
            raise _unwritable(error) from error
        return cls(descriptor)

    def read(self, now: float) -> Note:
        """What was noted, as far as it can be true `now`.

        A file that makes no sense speaks of a request made just now, and so does a time in the
        future: it is of before the machine was started.
        """
        try:
            text = os.pread(self._descriptor, _LARGEST, 0).decode("ascii")
            if not text:
                return Note(-math.inf)
            last, held_at, held_for = map(float, text.split())
        except (OSError, ValueError):
            return Note(now)
        if not all(map(math.isfinite, (last, held_at, held_for))):
            return Note(now)
        last = min(last, now)
        return Note(last, held_at, held_for) if held_at <= now else Note(last)

    def write(self, note: Note) -> None:
        """Note something else. Raises `WebError`."""
        last = note.last if math.isfinite(note.last) else 0.0
        text = f"{last!r} {note.held_at!r} {note.held_for!r}\n".encode()
        try:
            # Of one length, so that a kill can't leave half of a number and the end of another.
            os.pwrite(self._descriptor, text.ljust(_LARGEST), 0)
        except OSError as error:
            raise _unwritable(error) from error

    def close(self) -> None:
        """Let others at it."""
        with contextlib.suppress(OSError):
            os.close(self._descriptor)


def _unwritable(error: OSError) -> WebError:
    return WebError(
        "Nothing is fetched: when a service was asked last can't be noted in the state folder "
        f"({error.strerror or 'the system gave no reason'})."
    )
