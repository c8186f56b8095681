"""A part of all papers: what is wanted of an input that holds more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from paperterm.model.paper import Paper


@dataclass(frozen=True, slots=True)
class Part:
    """The papers of some categories, and published since a day; as it stands, all of them.

    A paper that does not tell is not part of it.
    """

    categories: tuple[str, ...] = ()
    """Any of these will do; ``cs`` stands for all that begin with ``cs.``, too."""
    since: dt.date | None = None

    def __bool__(self) -> bool:
        return bool(self.categories or self.since)

    def holds(self, paper: Paper) -> bool:
        """Whether `paper` belongs to it."""
        return self.may_hold(paper.categories) and self.may_hold_day(paper.published)

    def may_hold(self, categories: Iterable[str]) -> bool:
        """Whether a paper of these categories may belong to it."""
        if not self.categories:
            return True
        wanted = [name.casefold() for name in self.categories]
        return any(
            name == each or name.startswith(f"{each}.")
            for name in map(str.casefold, categories)
            for each in wanted
        )

    def may_hold_day(self, published: dt.date | None) -> bool:
        """Whether a paper published on that day may belong to it."""
        return not self.since or (published is not None and published >= self.since)
