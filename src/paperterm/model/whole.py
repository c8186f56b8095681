"""What a library holds beside its papers, piece by piece, so that another one can become the same.

The reader's marks and what became of them are the entries of the journal; the rest is told here.
"""

from __future__ import annotations

from dataclasses import dataclass

from paperterm.model.journal import Entry
from paperterm.model.saved import Saved

KIND = "paperterm"
"""In a line of JSON that is no paper's, the field that says what it is."""


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine whose entries are the reader's own in this library."""

    id: str
    name: str
    upto: int
    """How many entries it had made."""


@dataclass(frozen=True, slots=True)
class Head:
    """That what follows is a whole library: the marks of its papers stand in its journal."""

    machines: tuple[Machine, ...]


@dataclass(frozen=True, slots=True)
class Colour:
    """The colour that was chosen for a tag; empty where the choice was taken back."""

    tag: str
    """Folded."""
    colour: str
    changed: str
    """When, an ISO time with zone."""


@dataclass(frozen=True, slots=True)
class Use:
    """How much a tag was used: see `library.frecency`."""

    tag: str
    """Folded."""
    weight: float
    at: str
    """An ISO time with zone."""


Told = Head | Entry | Colour | Use | Saved
