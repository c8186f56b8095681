"""What the index is made from, and what it says of itself; light to import."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """One paper as the index takes it. Text is raw."""

    id: int
    title: str
    abstract: str
    authors: tuple[str, ...]
    names: tuple[str, ...]
    """arXiv id, DOI."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which library an index is of, and up to which of its changes."""

    library: str
    revision: int
