"""Where a conversation stands: which list was read out, how far, and which paper was opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

from paperterm.cli.session import Session
from paperterm.library.door import Library
from paperterm.library.view import Entry, View
from paperterm.model.query import Query

ROWS = 10
"""Papers that are read out at a time."""


@dataclass(slots=True)
class Listing:
    """A list of papers. It stays as it is while papers in it are marked, and so do its numbers."""

    name: str
    """``Inbox``, ``Search for mamba``: clean text."""
    query: Query
    view: View
    start: int = 0
    """The place of the first paper that was read out last, from 0."""

    @property
    def ids(self) -> Sequence[int]:
        """Its papers, the first of them number 1."""
        return self.view.ids

    def number_of(self, paper_id: int) -> int:
        """The number of a paper in it; 0 when it is not there."""
        return next((n for n, one in enumerate(self.ids, 1) if one == paper_id), 0)


@dataclass(slots=True)
class Talk:
    """One conversation with one reader."""

    session: Session
    library: Library
    say: Callable[[str], None]
    """Says a line at once; for what has to be known before the answer."""
    listing: Listing
    opened: int | None = None
    """The paper that was opened last."""
    over: bool = False
    """Whether the reader has asked to leave."""
    waiting: Callable[[], AbstractContextManager[None]] = field(default=nullcontext)
    """A block in which Ctrl-C is heeded at once, since nothing is half done in it."""

    def entry(self, paper_id: int) -> Entry | None:
        """A paper as it is now; None when it has left the library."""
        return next(iter(self.library.entries([paper_id])), None)


Answer = Sequence[str]
"""What is said to a command: clean lines."""
