"""What the world has found for a search: beside the library's view, below it, and not kept.

The papers bear numbers below zero until they are kept: any mark keeps one, whole, and gives it the
number it has in the library. It stays where it is in the list.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from paperterm.library.view import Entry, View
from paperterm.model.marks import Marks

if TYPE_CHECKING:
    from paperterm.model.paper import Paper


@dataclass(frozen=True, slots=True)
class Asked:
    """A service that is asked, and what it has said so far; texts are clean."""

    name: str
    ids: tuple[int, ...] = ()
    waiting: str = ""
    """``waiting 3 s``: why nothing comes just now."""
    error: str = ""
    """A word for why no more comes: ``offline``."""
    over: bool = False

    @property
    def told(self) -> str:
        """``Hugging Face · 12``, ``arXiv · 50 · waiting 3 s``, ``arXiv: offline``."""
        count = f"{len(self.ids):,}" if self.ids or (self.over and not self.error) else ""
        state = "" if self.over else self.waiting or "asking…"
        told = " · ".join(filter(None, (self.name, count, state)))
        return f"{told}: {self.error}" if self.error else told


@dataclass(frozen=True, slots=True)
class Beyond:
    """The answers to one question; another one has other numbers."""

    text: str = ""
    """What was asked; empty when nothing is."""
    services: tuple[Asked, ...] = ()
    papers: Mapping[int, Paper] = field(default_factory=dict)
    """Those that are not kept."""
    kept: Mapping[int, int] = field(default_factory=dict)
    """The numbers they had, and those that they have in the library."""
    over: bool = False
    """Whether nothing more will come."""
    next: int = -1
    """The number of the next paper."""

    @property
    def ids(self) -> tuple[int, ...]:
        """All of them, in the order in which they are shown."""
        return tuple(one for service in self.services for one in service.ids)

    def entries(self, ids: Sequence[int]) -> list[Entry]:
        """Those of `ids` that are not kept, as if they were in a library, for showing them."""
        found = [(one, self.papers[one]) for one in ids if one in self.papers]
        return [
            Entry(one, paper, Marks(), "", paper.published or dt.date.min) for one, paper in found
        ]

    def told(self, *, roomy: bool) -> str:
        """For the search bar: ``world 12``, ``world 12 · arXiv waiting 3 s``; or ``+12``."""
        if not self.text:
            return ""
        if not roomy:
            return f"+{len(self.ids):,}"
        waited = [f"{one.name} {one.waiting or '…'}" for one in self.services if not one.over]
        more = waited[0] if len(waited) == 1 else "" if self.over else "…"
        return " · ".join(filter(None, (f"world {len(self.ids):,}", more)))

    def begun(self, names: Sequence[str]) -> Beyond:
        """These are asked."""
        return replace(self, services=tuple(map(Asked, names)))

    def answered(self, name: str, papers: Sequence[Paper], here: Collection[str]) -> Beyond:
        """A service has found `papers`; those whose keys are `here` are in the library already.

        One that another service has found before is told anew where it stands.
        """
        held = {paper.key: one for one, paper in self.papers.items()}
        after = self.next
        told, new = dict(self.papers), []
        for paper in papers:
            if paper.key in held:
                told[held[paper.key]] = paper
            elif paper.key not in here:
                held[paper.key] = after
                told[after] = paper
                new.append(after)
                after -= 1
        services = [
            replace(one, ids=(*one.ids, *new), waiting="") if one.name == name else one
            for one in self.services
        ]
        return replace(self, services=tuple(services), papers=told, next=after)

    def said(self, name: str, *, waiting: str = "", error: str = "", over: bool = False) -> Beyond:
        """How a service stands."""
        services = [
            replace(one, waiting=waiting, error=error, over=over) if one.name == name else one
            for one in self.services
        ]
        return replace(self, services=tuple(services))

    def ended(self) -> Beyond:
        """Nothing more will come."""
        services = [replace(one, waiting="", over=True) for one in self.services]
        return replace(self, services=tuple(services), over=True)

    def keeping(self, kept: Mapping[int, int]) -> Beyond:
        """These are in the library now."""
        services = [
            replace(one, ids=tuple(kept.get(number, number) for number in one.ids))
            for one in self.services
        ]
        papers = {number: paper for number, paper in self.papers.items() if number not in kept}
        return replace(self, services=tuple(services), papers=papers, kept={**self.kept, **kept})

    def beside(self, view: View) -> View:
        """`view`, without the papers that were kept from here and stand below it."""
        ours = set(self.kept.values())
        gone = [row for row, one in enumerate(view.ids) if one in ours] if ours else []
        if not gone:
            return view
        starts = [start - bisect_left(gone, start) for _, start in view.days]
        ends = [*starts[1:], len(view.ids) - len(gone)]
        days = [
            (day, start)
            for (day, _), start, end in zip(view.days, starts, ends, strict=False)
            if start < end
        ]
        ids = [one for one in view.ids if one not in ours]
        return replace(view, ids=ids, days=tuple(days))
