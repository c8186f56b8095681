"""Fetching on the command line: whose library it is, and what is told meanwhile."""

from __future__ import annotations

import math
import shutil
import sys
import threading
import time
from dataclasses import replace
from types import TracebackType

from paperterm.cli.output import is_terminal, tell
from paperterm.cli.session import Session
from paperterm.library.arrivals import office
from paperterm.library.arrivals.office import Office
from paperterm.library.arrivals.outcome import Step
from paperterm.library.door import Library
from paperterm.model.text import shown
from paperterm.web.waiting import Wait, Why

_LONG = 5.0
"""Seconds of a wait from which on it is told even to a log."""


class Followed:
    """One line on a terminal that says what is being done; elsewhere only long waits are told."""

    def __init__(self) -> None:
        self._on_terminal = is_terminal(sys.stderr)
        self._shown = False
        self._lock = threading.Lock()
        """Whoever writes to the terminal has it."""
        self._said = threading.Event()
        """Set when something else is to be said than the wait that is counted down."""

    def __enter__(self) -> Followed:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.clear()

    def step(self, step: Step) -> None:
        """Tell how far it is."""
        place = f" {step.done + 1} of {step.total}" if step.total and step.total > 1 else ""
        what = f", {step.what}" if step.what else ""
        self._line(f"Fetching {step.feed}{place}{what} …")

    def wait(self, wait: Wait) -> None:
        """Tell of a wait; one for our own manners is shorter than a reader's patience."""
        if self._on_terminal:
            if wait.why is not Why.PACE:
                self._count_down(wait)
        elif wait.seconds >= _LONG:
            tell(wait.sentence)

    def _count_down(self, wait: Wait) -> None:
        self._said.set()
        self._said = threading.Event()
        end = time.monotonic() + wait.seconds
        # The thread that tells of a wait is the one that waits.
        threading.Thread(target=self._tick, args=(wait, end, self._said), daemon=True).start()

    def _tick(self, wait: Wait, end: float, said: threading.Event) -> None:
        while (left := end - time.monotonic()) > 0:
            with self._lock:
                if said.is_set():
                    return
                self._write(replace(wait, seconds=left).sentence)
            said.wait(left - (math.ceil(left) - 1))

    def clear(self) -> None:
        """Take the line away."""
        self._said.set()
        with self._lock:
            if self._shown:
                sys.stderr.write("\r\x1b[K")
                sys.stderr.flush()
                self._shown = False

    def _line(self, text: str) -> None:
        self._said.set()
        if self._on_terminal:
            with self._lock:
                self._write(text)

    def _write(self, text: str) -> None:
        columns = shutil.get_terminal_size().columns - 1
        text = shown(text).encode(sys.stderr.encoding, "replace").decode(sys.stderr.encoding)
        sys.stderr.write(f"\r\x1b[K{text[:columns]}")
        sys.stderr.flush()
        self._shown = True


def open_office(session: Session, library: Library, followed: Followed) -> Office:
    """An office that works on `library`, open in this thread, which Ctrl-C ends at any moment."""
    return office.open_office(
        session.paths,
        session.settings,
        lambda work: work(library),
        told=followed.step,
        cancelled=threading.Event(),
        waiting=followed.wait,
    )
