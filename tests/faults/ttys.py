"""The program at a real terminal that is resized, closed, signalled, and looked at byte by byte."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import signal
import struct
import termios
import time
from collections.abc import Sequence

from bench.places import PROJECT, Reader, python
from bench.screen import Screen
from bench.terminal import Terminal

PATIENCE = 60.0
_MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
_TOKEN = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]P^_X].*?(?:\x07|\x1b\\|\x9c)|\x1b.?|[\x00-\x1f\x7f-\x9f]"
    r"|[\u202a-\u202e\u2066-\u2069\u200e\u200f]",
    re.DOTALL,
)
_BEGUN = re.compile(r"\x1b(\[[0-?]*)?\Z")
_OURS = re.compile(
    r"\x1b\[(?:[\d;:]*m|[\d;]*[HJKABCDG]|\?(?:25|7|100[0346]|101[56]|1049|2004|2026|2048)[hl]"
    r"|\?20(?:26|48)\$p|>\d+u|<u)"
    r"|\x1b\]22;[a-z-]*\x07|[\r\n]"  # the mouse pointer's shape; line ends
)
"""The sequences that painting is made of; a link, a title or a clipboard is none of them."""
ON_BEFORE = {b"25", b"7"}
"""Modes that are on in a terminal nobody has taken: its cursor, and the wrapping of lines."""


class Tty(Terminal):
    """paperterm at a terminal."""

    def __init__(
        self, reader: Reader, *arguments: str, command: Sequence[str] = (), **environment: str
    ) -> None:
        command = command or python("paperterm", *arguments)
        super().__init__(command, reader.environment | environment, str(PROJECT))
        self.status: int | None = None
        self.closed = False
        # Before the program has got as far as taking it.
        self.attributes = termios.tcgetattr(self._descriptor)

    def __exit__(self, *_: object) -> None:
        if self.status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self.process, 0)
        if not self.closed:
            os.close(self._descriptor)

    def signal(self, number: int) -> None:
        os.kill(self.process, number)

    def resize(self, columns: int, rows: int) -> None:
        self.screen = Screen(columns, rows)
        fcntl.ioctl(self._descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def close(self) -> None:
        """As a terminal's window is closed."""
        os.close(self._descriptor)
        self.closed = True

    def taken_in(self, seconds: float) -> None:
        """Take in what is written for some time."""
        until = time.monotonic() + seconds
        self.watch(lambda now: now > until, until)

    def alive(self) -> bool:
        if self.status is None:
            process, status = os.waitpid(self.process, os.WNOHANG)
            if process:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status is None

    def stopped(self) -> bool:
        """Wait until the program has been stopped, as by Ctrl-Z; whether it has."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.taken_in(0.05)  # it can't stop before all it has written is taken
            process, status = os.waitpid(self.process, os.WNOHANG | os.WUNTRACED)
            if process:
                return os.WIFSTOPPED(status)
        return False

    def ended(self, seconds: float = PATIENCE) -> int:
        """Wait until the program has ended; its exit status, below zero where a signal did it."""
        until = time.monotonic() + seconds
        while self.alive():
            assert time.monotonic() < until, f"still there:\n{self.picture}"
            if self.closed:
                time.sleep(0.02)
            else:
                self.taken_in(0.05)
        if not self.closed:
            self.taken_in(0.1)
        assert self.status is not None
        return self.status

    @property
    def picture(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.lines).rstrip()

    @property
    def on(self) -> set[bytes]:
        """The modes that are on now, by their numbers."""
        modes = set(ON_BEFORE)
        for numbers, what in _MODE.findall(bytes(self.output)):
            for number in numbers.split(b";"):
                (modes.add if what == b"h" else modes.discard)(number)
        return modes

    @property
    def taken(self) -> list[str]:
        """What of the terminal has not been given back; empty when all has."""
        found = [f"mode {mode.decode()}" for mode in sorted(self.on ^ ON_BEFORE)]
        if self.output.count(b"\x1b[>25u") > self.output.count(b"\x1b[<u"):
            found.append("the keyboard protocol")
        if termios.tcgetattr(self._descriptor) != self.attributes:
            found.append("raw mode")
        return found


def leaks(output: bytes) -> list[str]:
    """What in `output` a terminal acts on, and paperterm does not make to paint."""
    # What was read last may end in the midst of a sequence that is being written.
    found = _TOKEN.findall(_BEGUN.sub("", output.decode("utf-8", "surrogateescape")))
    return [token for token in found if not _OURS.fullmatch(token)]
