"""What goes into the index, and the name of what is in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """A paper as the index sees it: only what can be searched."""

    id: int
    """The paper's number in the catalogue, from 0; a greater one is a newer paper."""
    title: str
    abstract: str
    authors: tuple[str, ...]
    names: tuple[str, ...]
    """What it is called by machines: an arXiv id, a DOI."""
    published: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which library an index was made from, and up to which of its changes."""

    library: str
    """The library's random id."""
    revision: int
    """The number of the last change that is in the index."""
    upto: int | None = None
    """While the index is being brought up, paper after paper: the last id that is; else None."""
    before: int = -1
    """The last change that is in of papers with greater ids than `upto`; -1: they are not in."""
