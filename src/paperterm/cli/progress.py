"""A progress bar on standard error, for work that turns out to be long."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable
from types import TracebackType

import click

from paperterm.cli.output import is_terminal

_PATIENCE = 0.5
"""Seconds after which work counts as long, whatever its size."""


class Bar:
    """Shows itself only when the work is long and a terminal is there to show it on."""

    def __init__(self, label: str, long: int, patience: float = _PATIENCE) -> None:
        """Work of more than `long` steps, or more than `patience` seconds, is long."""
        self._label = label
        self._long = long
        self._begun = time.monotonic()
        self._due = self._begun + patience
        self._wanted = is_terminal(sys.stderr)
        self._shown = contextlib.ExitStack()
        self._advance: Callable[[int, str | None], None] | None = None
        self._done = 0
        self._first: int | None = None
        """Steps that were done before all that is timed here."""

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._shown.close()

    def update(self, done: int, total: int | None, papers: int | None = None) -> None:
        """`done` steps of `total` are done; None when nobody knows how many there will be.

        Where steps are not papers, `papers` tells how many have been read with them.
        """
        if not self._wanted:
            return
        self._first = done if self._first is None else self._first
        if self._advance is None:
            if (total or 0) <= self._long and time.monotonic() < self._due:
                return
            # Of a generator click knows no length; it then shows that something moves.
            steps = (note for note in list[str]())
            bar = click.progressbar(
                steps,
                total,
                label=self._label,
                file=sys.stderr,
                width=0,
                show_eta=papers is None,
                item_show_func=lambda note: note,
            )
            self._advance = self._shown.enter_context(bar).update
        note = None if papers is None else self._note(done, total, papers)
        self._advance(done - self._done, note)
        self._done = done

    def _note(self, done: int, total: int | None, papers: int) -> str:
        """How quickly it goes, and how long it will take."""
        seconds = max(time.monotonic() - self._begun, 0.001)
        rate = f"{papers / seconds:,.0f} papers/s"
        fresh = done - (self._first or 0)
        if total is None or fresh <= 0:
            return rate
        return f"{rate}, {_duration(seconds * (total - done) / fresh)} left"


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
