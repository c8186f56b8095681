"""From a query on the command line to papers, with the index brought up first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from paperterm.cli.output import tell
from paperterm.cli.progress import Bar
from paperterm.cli.session import Session
from paperterm.errors import IndexUnusable
from paperterm.library.door import Library
from paperterm.library.saved.searches import query_of
from paperterm.library.view import View
from paperterm.model.parse import parse
from paperterm.model.query import Query, Sort, Word, both, leaves

_MANY = 500
"""Papers from which on bringing up the index is worth a progress bar at once."""


def asked(words: Sequence[str], sort: str | None = None) -> Query:
    """What the arguments `words` ask for, as one query, in the order `sort` if that is given."""
    query = _understood(" ".join(words))
    return replace(query, sort=Sort(sort)) if sort else query


def saved_and(library: Library, name: str, query: Query) -> Query:
    """What the saved search `name` asks for and `query` too, in the order that `query` asks for.

    Raises `UsageError` where there is no such search.
    """
    saved = query_of(library.searches.named(name))
    hint = "; ".join(filter(None, (saved.hint, query.hint)))
    return Query(both(saved.root, query.root), query.sort or saved.sort, hint)


def find(session: Session, library: Library, query: Query) -> View:
    """The papers that a query finds; what is to be known of it is told."""
    if query.has_text:
        bring_up_index(library)
    view = library.find(query, session.settings.sort)
    if view.hint:
        tell(view.hint)
    if not view.indexed:
        tell("The search index could not be used; the words were looked for letter by letter.")
    return view


def _understood(text: str) -> Query:
    """The query as it stands; only a plain word at its end may be the beginning of one.

    In the app the last term is still being typed, and ``is:un`` may become anything; here it is
    all there is, and a slip in it must not find every paper.
    """
    settled, typed = parse(text, typing=False), parse(text)
    last = list(leaves(typed.root))[-1]
    if not isinstance(last, Word) or replace(last, prefix=False) not in leaves(settled.root):
        return settled
    return typed


def bring_up_index(library: Library) -> None:
    """Make the index follow the library; that it can't is told, and is no failure."""
    try:
        if library.index_behind() == 0:
            return
        with Bar("Indexing", _MANY) as bar:
            library.bring_up_index(bar.update)
    except IndexUnusable as error:
        tell(str(error))
