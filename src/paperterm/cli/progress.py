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
        self._due = time.monotonic() + patience
        self._wanted = is_terminal(sys.stderr)
        self._shown = contextlib.ExitStack()
        self._advance: Callable[[int], None] | None = None
        self._done = 0

    def __enter__(self) -> Bar:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._shown.close()

    def update(self, done: int, total: int | None) -> None:
        """`done` steps of `total` are done; None when nobody knows how many there will be."""
        if not self._wanted:
            return
        if self._advance is None:
            if (total or 0) <= self._long and time.monotonic() < self._due:
                return
            # Of a generator click knows no length; it then shows that something moves.
            steps = (step for step in range(0))
            bar = click.progressbar(steps, total, label=self._label, file=sys.stderr)
            self._advance = self._shown.enter_context(bar).update
        self._advance(done - self._done)
        self._done = done
