"""What came of fetching, and how it is followed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from paperterm.errors import PapertermError
from paperterm.library.feeds import Problem
from paperterm.library.intake import Tally


@dataclass(frozen=True, slots=True)
class Step:
    """How far fetching has come."""

    feed: str
    """The name of the feed."""
    done: int = 0
    total: int | None = None
    """How many steps there are; None when nobody knows."""
    what: str = ""
    """What is being fetched: ``2025-11-06``, ``papers from 100 on``."""


Told = Callable[[Step], None]
"""Called in the fetching thread before each request; must not raise or take long."""


def nobody(_step: Step) -> None:
    """For whom progress does not matter."""


@dataclass(slots=True)
class Fetched:
    """What came of fetching one feed or page."""

    feed: str
    """The name of the feed."""
    tally: Tally = field(default_factory=Tally)
    """What was taken in; it is in the library, whatever came afterwards."""
    keys: list[str] = field(default_factory=list)
    """The keys of the papers that were on the pages, in their order."""
    error: PapertermError | None = None
    """What ended it before its time; never a `Cancelled`."""
    problem: Problem = Problem.NONE
    """What kind of error that is."""
    state: str = ""
    """How the feed stands now, as `FeedState.sentence` says it."""
    only: str = ""
    """The saved search that said which new papers were taken in; empty where all were."""
    asked: bool = True
    """False when nothing had to be asked for: it was all there."""

    @property
    def kept(self) -> str:
        """How many of the papers that were not in the library are, where not all of them are."""
        left_out = len(self.tally.left_out)
        if not left_out:
            return ""
        return f", {self.tally.new} of {self.tally.new + left_out} kept (“{self.only}”)"

    @property
    def sentence(self) -> str:
        """For the reader: ``daily-papers: 12 new, 3 updated``."""
        counts = f"{self.tally.new} new, {self.tally.updated} updated{self.kept}"
        if self.error is None:
            return f"{self.feed}: {counts}"
        first = f"{counts}, then " if self.tally.new or self.tally.updated else ""
        return f"{self.feed}: {first}{self.state or str(self.error).rstrip('.')}"
