"""Programs in a pseudo-terminal: keys go in, time-stamped pictures come out.

No question the program asks of the terminal is answered; Textual goes on without.
Times are seconds of `time.monotonic`, which all processes share.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence

from bench.screen import Screen

COLUMNS, ROWS = 120, 36
_PATIENCE = 60.0
_GRACE = 5.0
"""Seconds a program has for leaving when it is told to."""

Watcher = Callable[[float], bool]
"""Called after each piece of output with its time; True ends the watching."""


class TooLate(Exception):
    """The program did not show in time what was waited for; its message has the last screen."""


class Terminal:
    """A program at a terminal of its own, from its start to its end (`with`)."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        cwd: str,
        size: tuple[int, int] = (COLUMNS, ROWS),
    ) -> None:
        columns, rows = size
        self.screen = Screen(columns, rows)
        self.output = bytearray()
        """All that was written to the terminal."""
        winsize = struct.pack("HHHH", rows, columns, 0, 0)
        self.started = time.monotonic()
        self.process, self._descriptor = pty.fork()
        if self.process == 0:
            with contextlib.suppress(BaseException):
                fcntl.ioctl(0, termios.TIOCSWINSZ, winsize)
                os.chdir(cwd)
                os.execve(command[0], list(command), dict(environment))
            os._exit(127)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        """End the program, gently first."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process, number)
            if self._drain(time.monotonic() + _GRACE):
                break
        os.waitpid(self.process, 0)
        os.close(self._descriptor)

    def press(self, keys: str) -> float:
        """Send keys as a keyboard would; the time they were sent."""
        sent = time.monotonic()
        os.write(self._descriptor, keys.encode())
        return sent

    def watch(self, watcher: Watcher, until: float) -> bool:
        """Take in output up to the time `until`, or until `watcher` says True; whether it did."""
        while (left := until - time.monotonic()) > 0:
            if not select.select([self._descriptor], [], [], left)[0]:
                return False
            data = self._read()
            seen = time.monotonic()
            if not data:
                return False
            self.screen.feed(data)
            if watcher(seen):
                return True
        return False

    def wait_for(self, condition: Callable[[Screen], bool], what: str) -> float:
        """The time at which the screen first met `condition`; raises `TooLate` with `what`."""
        times: list[float] = [time.monotonic()]

        def watcher(seen: float) -> bool:
            times.append(seen)
            return condition(self.screen)

        if condition(self.screen) or self.watch(watcher, time.monotonic() + _PATIENCE):
            return times[-1]
        picture = "\n".join(line.rstrip() for line in self.screen.lines).rstrip()
        raise TooLate(f"The screen never showed {what}. It showed:\n{picture}")

    def wait_for_text(self, text: str) -> float:
        """The time at which `text` stood on the screen; raises `TooLate`."""
        return self.wait_for(lambda screen: screen.shows(text), repr(text))

    def settle(self, quiet: float) -> None:
        """Take in output until there has been none for `quiet` seconds.

        It ends by itself after a while: a cursor that blinks is never quiet.
        """
        end = time.monotonic() + _GRACE
        while time.monotonic() < end and self.watch(lambda _: True, time.monotonic() + quiet):
            pass

    def _read(self) -> bytes:
        try:
            data = os.read(self._descriptor, 65536)
        except OSError:  # Linux's way of saying that the other end is closed
            return b""
        self.output += data
        return data

    def _drain(self, until: float) -> bool:
        """Read on, so that the program can end; whether it did."""
        while (left := until - time.monotonic()) > 0:
            if select.select([self._descriptor], [], [], left)[0] and not self._read():
                return True
        return False
