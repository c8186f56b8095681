"""What the reader is asked before many papers are marked at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from paperterm.model.query import Is, Query, State
from paperterm.tui import deeds
from paperterm.tui.cards import counted
from paperterm.tui.deeds import Deed

if TYPE_CHECKING:
    from paperterm.library.door import Library

MANY = 100
"""Papers from which on a mark is asked about."""

Question: TypeAlias = "tuple[str, Deed]"
"""What is asked, and the deed that is done on a yes: just that, whatever comes between."""


def question(deed: Deed, library: Library, ids: Sequence[int]) -> Question:
    """What to ask of a deed on many papers. One that is not known here is asked by its name."""
    if deed in _KNOWN:
        return _KNOWN[deed](library, ids)
    name = getattr(deed, "__name__", "change").replace("_", " ").strip().capitalize()
    return f"{name} {counted(len(ids), 'paper')}?", deed


def _bookmark(library: Library, ids: Sequence[int]) -> Question:
    wanted = not _all(library, ids, State.BOOKMARKED)
    what = "Bookmark" if wanted else "Take the bookmarks from"
    return f"{what} {counted(len(ids), 'paper')}?", partial(deeds.set_bookmarked, wanted)


def _read(library: Library, ids: Sequence[int]) -> Question:
    wanted = not _all(library, ids, State.READ)
    state = "read" if wanted else "unread"
    return f"Mark {counted(len(ids), 'paper')} as {state}?", partial(deeds.set_read, wanted)


def _all(library: Library, ids: Sequence[int], state: State) -> bool:
    return set(ids) <= set(library.find(Query(Is(state))).ids)


_KNOWN: dict[Deed, Callable[[Library, Sequence[int]], Question]] = {
    deeds.bookmark: _bookmark,
    deeds.read: _read,
}
