"""How well a paper answers a word: BM25F, a field at a time, the fields weighted and added up.

The formula is the one of Whoosh's `BM25F`, so that either engine gives the same score for the same
term; here it runs over whole posting arrays at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from paperterm.model.query import Field
from paperterm.search.corpus import Corpus, Ranges, distinct
from paperterm.search.flat import Array

K1 = 1.2
"""How soon a word's being there once more stops to matter."""
B = 0.75
"""How much a long text has to say a word more often, from 0 to 1."""

_SPARSE = 24
"""How many times more papers there must be than are found for sorting to be the quicker way."""

_MOST_HELD = 1_000_000
"""Papers in answers that are remembered, 12 bytes each."""

WEIGHTS: dict[Field, tuple[tuple[str, float], ...]] = {
    Field.ANY: (("title", 5.0), ("authors", 3.0), ("names", 3.0), ("abstract", 1.0)),
    Field.TITLE: (("title", 1.0),),
    Field.ABSTRACT: (("abstract", 1.0),),
    Field.AUTHOR: (("authors", 1.0),),
    Field.ID: (("names", 1.0),),
}
"""Where a text leaf looks, and how much a find there weighs."""


@dataclass(frozen=True, slots=True)
class Found:
    """Papers and their scores."""

    docs: Array
    """Numbers of papers, ascending, each once."""
    scores: Array
    optional: bool = False
    """True when, among other things asked for, papers without it are welcome too."""

    def __len__(self) -> int:
        return len(self.docs)

    def times(self, factor: float, reason: str = "") -> Found:
        """The same papers with other scores. `reason` is for the reader who asks why."""
        return Found(self.docs, self.scores * np.float32(factor), self.optional)

    def favoured(self, docs: Array, factor: float) -> Found:
        """The same papers, with other scores for those that are among `docs` (ascending)."""
        if not len(docs) or not len(self.docs):
            return self
        at = np.searchsorted(self.docs, docs)
        at[at == len(self.docs)] = 0
        scores = self.scores.copy()
        scores[at[self.docs[at] == docs]] *= np.float32(factor)
        return replace(self, scores=scores)

    def only(self, wanted: Array) -> Found:
        """Those of the papers for which `wanted`, by number, is true."""
        keep = wanted[self.docs]
        return Found(self.docs[keep], self.scores[keep], self.optional)


def nothing() -> Found:
    """No paper."""
    return Found(np.zeros(0, np.intp), np.zeros(0, "f4"))


def plain(docs: Array) -> Found:
    """Papers that are there for a fact: their score is nought."""
    return Found(docs, np.zeros(len(docs), "f4"))


class Scorer:
    """Finds and scores terms in a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._norms: dict[str, Array] = {}
        self._kept: dict[Hashable, Found] = {}
        self._held = 0

    def once(self, key: Hashable, find: Callable[[], Found]) -> Found:
        """What `find` finds, remembered: as a text is typed, its words are asked for again."""
        if key not in self._kept:
            found = find()
            self._held += len(found)
            if self._held > _MOST_HELD:
                self._kept.clear()
                self._held = len(found)
            self._kept[key] = found
        return self._kept[key]

    def term(self, field: str, ranges: Ranges, weight: float = 1.0) -> Found:
        """The papers that have one term in a field, which weighs so much."""
        docs, counts = self.corpus.postings(field, ranges)
        if not len(docs):
            return nothing()
        if any(len(some) > 1 for some in ranges):  # two terms that count as one
            docs, place = np.unique(docs, return_inverse=True)
            counts = np.bincount(place, counts)
        return Found(docs, self._score(field, docs, counts.astype("f4"), len(docs), weight))

    def either(self, field: str, ranges: Ranges, weight: float = 1.0) -> Found:
        """The papers that have any of some terms in a field, as if these were one rare-ish term."""
        docs, _ = self.corpus.postings(field, ranges)
        if not len(docs):
            return nothing()
        docs = self._distinct(docs)
        return Found(docs, self._score(field, docs, np.float32(1), len(docs), weight))

    def _distinct(self, docs: Array) -> Array:
        if self._are_few(len(docs)):
            return distinct(docs)
        there = np.zeros(self.corpus.size, bool)
        there[docs] = True
        return np.flatnonzero(there)

    def _are_few(self, number: int) -> bool:
        """Whether so many papers are quicker sorted than marked among all."""
        return number * _SPARSE < self.corpus.size

    def rarity(self, frequency: int) -> float:
        """How much a term says that so many papers have: the inverse document frequency."""
        return math.log(self.corpus.size / (frequency + 1)) + 1

    def _score(
        self, field: str, docs: Array, counts: Array | np.float32, frequency: int, weight: float
    ) -> Array:
        most = np.float32(self.rarity(frequency) * (K1 + 1) * weight)
        return np.asarray(counts * most / (counts + self._norm(field)[docs]), "f4")

    def _norm(self, field: str) -> Array:
        if field not in self._norms:
            lengths, average = self.corpus.lengths(field)
            self._norms[field] = (K1 * (1 - B + B / average * lengths)).astype("f4")
        return self._norms[field]

    def union(self, found: Sequence[Found], *, best: bool = False) -> Found:
        """The papers of any of them; scores are added up, or the best one taken."""
        some = [each for each in found if len(each.docs)]
        if len(some) < 2:
            return Found(some[0].docs, some[0].scores) if some else nothing()
        if self._are_few(sum(len(each.docs) for each in some)):
            return _sorted_union(some, np.maximum if best else np.add)
        there = np.zeros(self.corpus.size, bool)
        scores = np.zeros(self.corpus.size, "f4")
        for each in some:
            there[each.docs] = True
            if best:
                scores[each.docs] = np.maximum(scores[each.docs], each.scores)
            else:
                scores[each.docs] += each.scores
        docs = np.flatnonzero(there)
        return Found(docs, scores[docs])

    def meet(self, found: Sequence[Found]) -> Found:
        """The papers of all of them; scores are added up."""
        first, *others = sorted(found, key=len)
        for other in others:
            at = np.searchsorted(other.docs, first.docs)
            at[at == len(other)] = 0
            keep = other.docs[at] == first.docs if len(other) else np.zeros(len(first), bool)
            scores = first.scores[keep] + (other.scores[at[keep]] if len(other) else 0)
            first = Found(first.docs[keep], scores)
        return first

    def add(self, found: Found, bonus: Found) -> Found:
        """`found`, with the scores of those that `bonus` has, too, added."""
        scores = np.zeros(self.corpus.size, "f4")
        scores[bonus.docs] = bonus.scores
        return replace(found, scores=found.scores + scores[found.docs])


def _sorted_union(found: Sequence[Found], joined: np.ufunc) -> Found:
    docs = np.concatenate([each.docs for each in found])
    scores = np.concatenate([each.scores for each in found])
    order = docs.argsort(kind="stable")
    docs = docs[order]
    first = np.ones(len(docs), bool)
    np.not_equal(docs[1:], docs[:-1], out=first[1:])
    starts = first.nonzero()[0]
    return Found(docs[starts], joined.reduceat(scores[order], starts))
