"""What a search matched, as a value: to be found again in a paper's text and lit there."""

from __future__ import annotations

from dataclasses import dataclass

from paperterm.model.query import Field

ANYTHING = ""
"""The piece that stands for a place in a row where any word may be."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A word, or several next to each other, as the index knows them."""

    pieces: tuple[str, ...]
    """One piece, or several in a row: terms, or `ANYTHING`. Never empty."""
    field: Field = Field.ANY
    """Where it was looked for."""
    open_end: bool = False
    """The last piece is the beginning of words as they are written, and no term."""


Patterns = frozenset[Pattern]
