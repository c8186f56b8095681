"""What a shelf or a search shows: an immutable, ordered sequence of papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from paperterm.library.tag_tree import TagTree
from paperterm.model.marks import Marks
from paperterm.model.paper import Paper
from paperterm.model.pattern import Patterns
from paperterm.model.query import Sort
from paperterm.model.tags import Colours


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper with what the reader says of it."""

    id: int
    paper: Paper
    marks: Marks
    added: str
    """When it first came, an ISO time with zone."""
    day: dt.date
    """The day it stands under."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A paper by name, with what the reader says of it: all that a mark needs to know."""

    id: int
    key: str
    marks: Marks


@dataclass(frozen=True, slots=True)
class View:
    """The answer to a query. Papers are ids; `Library.entries` gives what is on the screen."""

    ids: Sequence[int] = ()
    days: tuple[tuple[dt.date, int], ...] = ()
    """In an order by day: each day, and the place in `ids` where it begins."""
    sort: Sort = Sort.DAY
    library_size: int = 0
    """How many papers there are in all."""
    patterns: Patterns = frozenset()
    """What the index matched, for highlighting."""
    ranked: bool = False
    """Whether words were looked for in the index, so that `Library.explain` can tell of it."""
    hint: str = ""
    """What the reader should know of how the query was understood, one line."""
    seconds: float = 0.0
    """How long finding took."""
    indexed: bool = True
    """False when text was searched without the index, plainly, while that is being built."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The state of a library's files; each part is another when somebody else has changed it."""

    papers: int
    marks: int
    index: tuple[int, ...]
    saved: tuple[object, ...]
    """The saved searches, and what of them was looked at."""
    day: dt.date
    """Today: papers that were put off come back with it."""


@dataclass(frozen=True, slots=True)
class Shelves:
    """The named views there are, with their counts."""

    all: int = 0
    inbox: int = 0
    bookmarks: int = 0
    days: tuple[tuple[dt.date, int], ...] = ()
    """The last days there are papers of, newest first."""
    months: tuple[tuple[dt.date, int], ...] = ()
    """The months before, each by its first day and whole, newest first."""
    years: tuple[tuple[dt.date, int], ...] = ()
    """The years before those, likewise."""
    tree: TagTree = field(default_factory=TagTree)
    """A parent is there even when unused."""
    colours: Colours = field(default_factory=Colours)

    later: int = 0
    """How many are put off to a day to come."""
    archived: int = 0
    removed: int = 0

    @property
    def tags(self) -> tuple[tuple[str, int], ...]:
        """Every tag and parent with its papers, those below it included; alphabetical."""
        return tuple(zip(self.tree.names, self.tree.counts, strict=True))
