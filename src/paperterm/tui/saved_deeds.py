"""What the app asks a library to do with saved searches, in the thread that writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from paperterm.model.text import shown
from paperterm.tui.keys import Keys

if TYPE_CHECKING:
    from paperterm.library.door import Library
    from paperterm.model.saved import Saved


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a change."""

    told: str
    """For the reader."""
    on: str = ""
    """The name of the search that it left."""
    back: Alter | None = None
    """Takes it back."""


Alter: TypeAlias = "Callable[[Library], Made]"
"""Changes the saved searches. Raises `UsageError` and `LibraryError`; all is then as before."""


def add(name: str, query: str, keys: Keys) -> Alter:
    """Save a search; `keys` are in force."""

    def alter(library: Library) -> Made:
        saved = library.searches.add(name, query)
        told = f"Saved as {_quoted(saved.name)}; it stands among the shelves"
        return Made(told + _hint(saved), saved.name, delete(saved.name, keys))

    return alter


def rename(name: str, new: str) -> Alter:
    """Give it another name."""

    def alter(library: Library) -> Made:
        before, after = library.searches.rename(name, new)
        told = f"{_quoted(before.name)} is called {_quoted(after.name)}"
        return Made(told, after.name, rename(after.name, before.name))

    return alter


def edit(name: str, query: str) -> Alter:
    """Give it another query."""

    def alter(library: Library) -> Made:
        before = library.searches.named(name)
        after = library.searches.file.edit(name, query)
        told = f"{_quoted(after.name)} looks for {shown(after.query)}"
        return Made(told + _hint(after), after.name, edit(after.name, before.query))

    return alter


def move(name: str, by: int) -> Alter:
    """Put it so many places further down."""

    def alter(library: Library) -> Made:
        searches = library.searches
        place = searches.written().searches.index(searches.named(name)) + 1
        came = searches.file.move(name, place + by)
        back = move(name, place - came) if came != place else None
        return Made(f"{_quoted(name)} is no. {came}", name, back)

    return alter


def delete(name: str, keys: Keys) -> Alter:
    """Take it out of the file, from where it can be brought back; `keys` are in force."""

    def alter(library: Library) -> Made:
        saved = library.searches.file.remove(name)
        told = f"Deleted {_quoted(saved.name)}; its papers stay"
        told = keys.hinted(told, "undo_search", "brings it back")
        return Made(told, back=bring_back(saved.name))

    return alter


def bring_back(name: str = "") -> Alter:
    """Bring back the deleted search of this name, or whichever was deleted last."""

    def alter(library: Library) -> Made:
        saved = library.searches.file.bring_back(name)
        return Made(f"{_quoted(saved.name)} is back", saved.name)

    return alter


def _quoted(name: str) -> str:
    return f"“{shown(name)}”"


def _hint(saved: Saved) -> str:
    from paperterm.library.saved.searches import query_of  # not on the way to the first paint

    hint = query_of(saved).hint
    return f"; {shown(hint)}" if hint else ""
