"""What goes into the index, and the name of what is in it."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which library an index was made from, and up to which of its changes."""

    library: str
    """The library's random id."""
    revision: int
    """The number of the last change that is in the index."""
