"""What the catalogue knows of the papers of one batch, looked up all at once and kept up."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from paperterm.model.paper import Paper
from paperterm.storage.catalogue import Catalogue
from paperterm.storage.rows import aliases


class Held(NamedTuple):
    """A paper of the catalogue's, as it is within the batch's transaction."""

    id: int
    paper: Paper
    added: str
    """When it first came, an ISO time with zone."""


class Known:
    """The papers that those of a batch may be; new ones are written together at the end.

    Use it inside one transaction, through which all changes of papers go.
    """

    def __init__(
        self, catalogue: Catalogue, papers: Sequence[Paper], added: str, revision: int
    ) -> None:
        self._catalogue = catalogue
        self._added = added
        self._revision = revision
        self._names = catalogue.ids_by_name(chain.from_iterable(map(aliases, papers)))
        met = sorted({paper_id for ids in self._names.values() for paper_id in ids})
        self._held = {
            stored.id: Held(stored.id, stored.paper.as_told, stored.added)
            for stored in catalogue.papers(met).values()
        }
        self._next_id = catalogue.next_id()
        self._new: dict[str, dict[int, Paper]] = {}
        """Those that are not written yet, by when they came."""

    def named(self, *names: str) -> list[Held]:
        """The papers known by any of `names`, which are names of the batch's, oldest first."""
        found = {paper_id for name in names for paper_id in self._names.get(name, ())}
        return [self._held[paper_id] for paper_id in sorted(found)]

    def add(self, paper: Paper, added: str = "") -> int:
        """Take in a paper that is not there yet, and came then or just now; returns its id."""
        paper_id = self._next_id
        self._next_id += 1
        added = added or self._added
        self._new.setdefault(added, {})[paper_id] = paper
        self._hold(paper_id, paper, added)
        return paper_id

    def replace(self, paper_id: int, paper: Paper, added: str) -> None:
        """Put `paper` where another version of it was; its old names stay names of it."""
        self.write()
        self._catalogue.replace(paper_id, paper, added, self._revision)
        self._hold(paper_id, paper, added)

    def absorb(self, kept: int, absorbed: int) -> None:
        """Take out `absorbed`, whose names become names of `kept`."""
        self.write()
        self._catalogue.absorb(kept, absorbed, self._revision)
        del self._held[absorbed]
        for ids in self._names.values():
            if absorbed in ids:
                ids.remove(absorbed)
                ids.add(kept)

    def write(self) -> None:
        """Write the new papers."""
        if self._new:
            new, self._new = self._new, {}
            for added, papers in new.items():
                self._catalogue.insert_all(papers, added, self._revision)

    def _hold(self, paper_id: int, paper: Paper, added: str) -> None:
        self._held[paper_id] = Held(paper_id, paper, added)
        for name in aliases(paper):
            self._names.setdefault(name, set()).add(paper_id)
