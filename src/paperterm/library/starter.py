"""The starter shelf: papers for a first look, which leave when they are told to."""

from __future__ import annotations

from paperterm.library.batch import STARTER
from paperterm.model.merge import without_source
from paperterm.storage.catalogue import Catalogue
from paperterm.storage.marks import MarkStore

_STATE = "starter"


def is_due(catalogue: Catalogue) -> bool:
    """Whether this is a first look at an empty library."""
    return not catalogue.get_meta(_STATE) and not catalogue.revision


def settle(catalogue: Catalogue, state: str) -> None:
    """Remember that the shelf has been "added" or "removed", or was never wanted ("skipped")."""
    with catalogue.database.transaction():
        catalogue.set_meta(_STATE, state)


def remove(catalogue: Catalogue, store: MarkStore) -> tuple[int, int]:
    """Take out the papers only the shelf has shown, but for marked ones.

    Returns how many went, and how many stayed because of their marks. Papers that a real source
    has shown since are not the shelf's any more; they stay, and forget having been on it.
    """
    with catalogue.database.transaction():
        revision = catalogue.next_revision()
        own = catalogue.papers(catalogue.only_from(STARTER))
        marked = store.of([stored.paper.key for stored in own.values()])
        going = [
            i
            for i, stored in own.items()
            if stored.paper.key not in marked and stored.paper.told is None
        ]
        catalogue.remove(going, revision)
        shared = [i for i in catalogue.seen_by(STARTER) if i not in own]
        for paper_id, stored in catalogue.papers(shared).items():
            paper = without_source(stored.paper.as_told, STARTER)
            catalogue.replace(paper_id, paper, stored.added, revision)
        catalogue.set_meta(_STATE, "removed")
    return len(going), len(own) - len(going)
