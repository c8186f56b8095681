"""Why a search found a paper, and what its place is made of; the numbers are those that ranked it.

A paper's score is the sum of what its `Part`s give, times its factors. A part gives the sum of its
`Evidence`; each piece of that is a product again. Nothing here works a score out: the numbers are
written down by `search.tracing` while the search is done once more.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from paperterm.model.pattern import Patterns
from paperterm.model.query import Field, Node, TextLeaf

Factor = tuple[str, float]
"""For what, in words for the reader, and what it multiplies by."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something found in one field of the paper."""

    field: Field
    patterns: Patterns
    """The words of the index that were found there; `highlight.spans` finds them in the text."""
    count: int
    """How often they are there, as the index counts."""
    papers: int
    """How many papers have such a word in this field."""
    weight: float
    """What a find in this field weighs."""
    rarity: float
    """How much a word says that so many papers have: from about 1 upwards."""
    presence: float
    """How much of this field is about it: more for being there often, less in a long text."""
    once: bool = False
    """Whether it counts once, however often it is there."""
    factors: tuple[Factor, ...] = ()
    """What lessens it: that the word only begins as asked, say."""
    words: tuple[str, ...] = ()
    """The words as they are written in the paper; those met first."""
    written: int = 0
    """How often they are written there: a compound like ``LoRA`` counts at both its ends."""

    @property
    def score(self) -> float:
        """What it gives."""
        return self.weight * self.rarity * self.presence * prod(by for _, by in self.factors)


@dataclass(frozen=True, slots=True)
class Part:
    """A word or phrase of the query. Without evidence it is not in the paper and need not be."""

    leaf: TextLeaf
    evidence: tuple[Evidence, ...] = ()

    @property
    def score(self) -> float:
        """What it gives."""
        return sum(each.score for each in self.evidence)


@dataclass(frozen=True, slots=True)
class Explanation:
    """All there is to say of one paper and one query."""

    parts: tuple[Part, ...]
    conditions: tuple[Node, ...]
    """What the paper had to be, too, and is; gives nothing."""
    factors: tuple[Factor, ...]
    """What all that was found is multiplied by."""
    score: float
    """What ranked the paper."""
    place: int
    """Its place among the papers found when the best comes first, from 1."""
    found: int
    """How many papers were found."""
    papers: int
    """How many papers the index knows."""

    @property
    def sum(self) -> float:
        """What was found in the paper, before the factors."""
        return sum(part.score for part in self.parts)

    @property
    def total(self) -> float:
        """The score, put together from what it is made of."""
        return self.sum * prod(by for _, by in self.factors)
