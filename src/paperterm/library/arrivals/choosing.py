"""Which papers of a feed are taken in: those that a saved search finds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from paperterm.errors import SourceError, UsageError
from paperterm.library.saved.searches import SavedSearches, query_of
from paperterm.library.when import today
from paperterm.model.paper import Paper
from paperterm.model.text import shown


def choosing(searches: SavedSearches, name: str) -> tuple[str, Callable[[Paper], bool]]:
    """The name of the saved search, and what says of a paper whether it finds that.

    Raises `SourceError` when there is no such search: what it would have kept out must not come
    in, and that there is none must not pass for nothing new.
    """
    try:
        saved = searches.named(name)
    except UsageError as error:
        raise SourceError(
            f"Only what the saved search “{shown(name)}” finds is taken in, and there is no such "
            "search; nothing was fetched."
        ) from error
    from paperterm.library.meeting import meets  # needed by nobody whose feeds take all

    return shown(saved.name), partial(meets, query_of(saved).root, today())
