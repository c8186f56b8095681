"""Which of the papers that a service has found are in the library."""

from __future__ import annotations

from collections.abc import Iterable

from paperterm.library.batch import can_be_one
from paperterm.library.door import Library
from paperterm.model.merge import normalised
from paperterm.model.paper import Paper
from paperterm.model.record import Record
from paperterm.storage.rows import aliases


def here(library: Library, papers: Iterable[Paper]) -> dict[str, int]:
    """The keys of those of `papers` that the library has, with the number each has there.

    As taking them in would settle it: a paper of the same title with another id is another one.
    """
    found: dict[str, int] = {}
    for paper in papers:
        plain = normalised(paper)
        for entry in library.entries(library.ids_of(aliases(plain))):
            if can_be_one(plain, entry.paper):
                found[paper.key] = entry.id
                break
    return found


def keep(library: Library, papers: Iterable[Paper]) -> dict[str, int]:
    """Take papers in, whole; the keys they had, with the number that each has now."""
    papers = list(papers)
    library.add(map(Record, papers))
    return here(library, papers)
