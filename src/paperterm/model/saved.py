"""Saved searches: a name, and the text of a query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from paperterm.errors import UsageError
from paperterm.model.nearest import nearest
from paperterm.model.text import shown

LONGEST_NAME = 60
"""Characters."""
LONGEST_QUERY = 256
"""Characters; the search bar takes no more."""
MOST_SEARCHES = 100


@dataclass(frozen=True, slots=True)
class Saved:
    """A search that stands as a shelf."""

    name: str
    query: str

    def is_called(self, name: str) -> bool:
        """Whether `name` means it: case does not matter."""
        return self.name.casefold() == shown(name).casefold()


def parse_name(text: str) -> str:
    """The name that a person meant. Raises `UsageError` with what is wrong with it."""
    name = shown(text)
    if not name:
        raise UsageError("A saved search needs a name.")
    if len(name) > LONGEST_NAME:
        raise UsageError(f"A name has at most {LONGEST_NAME} characters; this one has {len(name)}.")
    return name


def parse_query(text: str) -> str:
    """The text of a query to be saved. Raises `UsageError` when there is none, or too much."""
    query = shown(text)
    if not query:
        raise UsageError("A saved search needs a query.")
    if len(query) > LONGEST_QUERY:
        raise UsageError(
            f"A query has at most {LONGEST_QUERY} characters; this one has {len(query)}."
        )
    return query


def named(searches: Sequence[Saved], name: str) -> Saved:
    """The search of this name. Raises `UsageError`, with the nearest name, where there is none."""
    for saved in searches:
        if saved.is_called(name):
            return saved
    near = nearest(shown(name), (saved.name for saved in searches))
    hint = f"; did you mean {near!r}?" if near else "; `paperterm searches` lists them."
    raise UsageError(f"There is no saved search {shown(name)!r}{hint}")
