"""How whoever has no library of its own has one do something."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from paperterm.library.door import Library

Result = TypeVar("Result")


class Hands(Protocol):
    """Has a library do something, in the library's own thread, and waits for the result.

    With a desk, ``lambda work: desk.write(work).result()``; with a library of one's own,
    ``lambda work: work(library)``.
    """

    def __call__(self, work: Callable[[Library], Result], /) -> Result:
        """The result of `work`, or its error."""
        ...
