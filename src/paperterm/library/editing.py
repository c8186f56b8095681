"""Edits of papers: written into the journal, and laid over the papers of the catalogue."""

from __future__ import annotations

from paperterm.library.marking import Marked, subject_of
from paperterm.model.edits import NAMES, Edit, edit_of
from paperterm.model.paper import Paper
from paperterm.storage import edits
from paperterm.storage.catalogue import Catalogue
from paperterm.storage.marks import MarkStore

_LAID = "edits"
"""What the catalogue remembers while there may be edits in it."""


def edit(catalogue: Catalogue, store: MarkStore, paper: Paper, wanted: Edit) -> Marked:
    """Let `wanted` stand over `paper`, as one action; on the disk when this returns.

    What of it says just what the services tell is no edit. An empty one takes the edit away.
    """
    told, before = paper.as_told, edit_of(paper)
    wanted = wanted.beyond(told)
    changed = [
        name for field, name in NAMES.items() if getattr(wanted, field) != getattr(before, field)
    ]
    label = f"edit of {', '.join(changed)}" if wanted else "edits taken away"
    with store.database.transaction():
        done = store.record_edit(told.key, wanted.text, label, subject_of(told))
    follow(catalogue)
    return Marked(label, (told.key,) if done else ())


def follow(catalogue: Catalogue) -> None:
    """Show papers as the reader has edited them, or as services tell them again."""
    connection = catalogue.database.connection
    any_wanted = edits.are_there(connection)
    if not any_wanted and not catalogue.get_meta(_LAID):
        return
    if not edits.behind(connection):
        return
    with catalogue.database.transaction():
        revision = catalogue.next_revision()
        wanted = dict(edits.behind(connection))
        for paper_id, stored in catalogue.papers(list(wanted)).items():
            edits.lay(connection, paper_id, wanted[paper_id])
            catalogue.replace(paper_id, stored.paper.as_told, stored.added, revision)
        catalogue.set_meta(_LAID, "1" if any_wanted else "")
