"""Fetching on the command line: whose library it is, and what is told meanwhile."""

from __future__ import annotations

import shutil
import sys
import threading
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
                self._line(wait.sentence)
        elif wait.seconds >= _LONG:
            tell(wait.sentence)

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False

    def _line(self, text: str) -> None:
        if not self._on_terminal:
            return
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
