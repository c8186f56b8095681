"""From a query on the command line to papers, with the index brought up first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from paperterm.cli.output import tell
from paperterm.cli.progress import Bar
from paperterm.cli.session import Session
from paperterm.errors import IndexUnusable
from paperterm.library.door import Library
from paperterm.library.view import View
from paperterm.model.parse import parse
from paperterm.model.query import Sort

_MANY = 500
"""Papers from which on bringing up the index is worth a progress bar at once."""


def find(session: Session, library: Library, words: Sequence[str], sort: str | None = None) -> View:
    """The papers that the arguments `words`, as one query, find; what is to be known is told."""
    query = parse(" ".join(words))
    if sort:
        query = replace(query, sort=Sort(sort))
    if query.has_text:
        bring_up_index(library)
    view = library.find(query, session.settings.sort)
    if view.hint:
        tell(view.hint)
    if not view.indexed:
        tell("The search index could not be used; the words were looked for letter by letter.")
    return view


def bring_up_index(library: Library) -> None:
    """Make the index follow the library; that it can't is told, and is no failure."""
    try:
        if library.index_behind() == 0:
            return
        with Bar("Indexing", _MANY) as bar:
            library.bring_up_index(bar.update)
    except IndexUnusable as error:
        tell(str(error))
