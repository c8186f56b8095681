"""Ctrl-C between two papers, rather than in the middle of a batch of them."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterable, Iterator
from types import FrameType, TracebackType
from typing import TypeVar

Item = TypeVar("Item")


class Gently:
    """While it lasts, Ctrl-C raises `KeyboardInterrupt` only where nothing is half done.

    That is between two items that pass through `items`, and while waiting for input inside
    `waiting`. A second Ctrl-C is not put off. Where Ctrl-C is ignored or handled by somebody
    else, it stays so.
    """

    def __init__(self) -> None:
        self._asked = False
        self._waiting = False
        self._ours = False

    def __enter__(self) -> Gently:
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            with contextlib.suppress(ValueError):  # not in the main thread, where no signals come
                signal.signal(signal.SIGINT, self._interrupt)
                self._ours = True
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        if self._asked and kind is None:
            raise KeyboardInterrupt

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        if self._waiting or self._asked:
            raise KeyboardInterrupt
        self._asked = True

    def forget(self) -> None:
        """What was asked for has been done: go on as if nobody had."""
        self._asked = False

    def items(self, items: Iterable[Item]) -> Iterator[Item]:
        """`items`, with a place before each where Ctrl-C is heeded."""
        for item in items:
            if self._asked:
                raise KeyboardInterrupt
            yield item

    @contextlib.contextmanager
    def waiting(self) -> Iterator[None]:
        """A block that may take for ever, and that Ctrl-C may end at any moment."""
        self._waiting = True
        try:
            if self._asked:
                raise KeyboardInterrupt
            yield
        finally:
            self._waiting = False
