"""Several segments become one: their sorted arrays are laid into each other, by numpy.

No text is read again. Papers keep their order, segment after segment, without the deleted ones;
a term's postings are those of the first segment, then those of the second, and so on, so they stay
ascending. What is held in memory is the new segment and one field of one old segment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from paperterm.search.corpus import Segment
from paperterm.search.flat import Array
from paperterm.search.inverter import FIELDS, PER_PAPER, packed_strings


def merged(segments: Sequence[Segment]) -> tuple[dict[str, Array], dict[str, int]]:
    """The arrays of a segment with all living papers of `segments`, and the tokens in each field.

    They are what `inverter.Inverter.arrays` gives. Raises `IndexUnusable` on damage.
    """
    old = [_Old(segment) for segment in segments]
    postings, totals = {}, {}
    used = np.zeros(0, bool)
    terms = sorted({term for one in old for term in one.terms})
    for one in old:
        one.number(terms)
    for field in FIELDS:
        made = _field(old, field, len(terms))
        used = made.used if not len(used) else used | made.used
        postings[field] = made
        totals[field] = len(made.arrays["places"])
    arrays = {name: np.concatenate([one.per_paper(name) for one in old]) for name in PER_PAPER}
    arrays |= _lexicon(old, terms, used)
    for field, made in postings.items():
        first, place = made.starts(used)
        arrays |= {f"{field}.first": first, f"{field}.place": place}
        arrays |= {f"{field}.{name}": values for name, values in made.arrays.items()}
    return arrays, totals


class _Old:
    """A segment that is to be merged."""

    def __init__(self, segment: Segment) -> None:
        self.segment = segment
        self.alive = np.ones(segment.size, bool)
        self.alive[segment.deleted] = False
        self.renumbered = (np.cumsum(self.alive) - 1).astype("u4")
        self.papers = int(np.count_nonzero(self.alive))
        self.terms = segment.lexicon.terms()
        self.numbers = np.zeros(0, "i8")
        """Which of the new terms each of its own is."""

    def number(self, terms: Sequence[bytes]) -> None:
        """Find its terms among all."""
        places = {term: place for place, term in enumerate(terms)}
        self.numbers = np.array([places[term] for term in self.terms], "i8")

    def per_paper(self, name: str) -> Array:
        """An array with an element a paper, without the deleted ones."""
        values: Array = self.segment.file.array(name)[self.alive]
        return values

    def field(self, name: str) -> _Part:
        """Its living postings in a field."""
        file = self.segment.file
        first = file.array(f"{name}.first").astype("i8")
        docs, counts = file.array(f"{name}.docs"), file.array(f"{name}.counts")
        places = file.array(f"{name}.places")
        if self.papers < len(self.alive):
            living = self.alive[docs]
            places = places[np.repeat(living, counts)]
            first = np.append(0, np.cumsum(living))[first]
            docs, counts = docs[living], counts[living]
        return _Part(first, self.renumbered[docs], counts, places)


@dataclass(frozen=True, slots=True)
class _Part:
    """One segment's share of a field."""

    first: Array
    """Where each term's postings begin, and at last where all end."""
    docs: Array
    counts: Array
    places: Array


@dataclass(frozen=True, slots=True)
class _Field:
    """A merged field, its terms still being all that any segment has."""

    arrays: dict[str, Array]
    first: Array
    place: Array

    @property
    def used(self) -> Array:
        """For each term whether it has postings."""
        there: Array = np.diff(self.first) > 0
        return there

    def starts(self, kept: Array) -> tuple[Array, Array]:
        """Where the postings and the places of the terms `kept` begin, and at last where all end.

        Terms that are not kept have none.
        """
        some = np.append(kept, True)
        return self.first[some].astype("<u4"), self.place[some].astype("<u4")


def _field(old: Sequence[_Old], name: str, terms: int) -> _Field:
    often = np.zeros((terms, len(old)), "u4")
    spread = np.zeros((terms, len(old)), "u4")
    for at, one in enumerate(old):
        part = one.field(name)
        ends = np.append(0, np.cumsum(part.counts, dtype="i8"))
        often[one.numbers, at] = np.diff(part.first)
        spread[one.numbers, at] = np.diff(ends[part.first])
    first, place = _starts(often), _starts(spread)
    docs, counts = np.zeros(first[-1], "<u4"), np.zeros(first[-1], "<u2")
    places = np.zeros(place[-1], "<u2")
    base = 0
    for at, one in enumerate(old):
        part = one.field(name)  # again, rather than to hold all of them
        row = one.numbers * len(old) + at
        to = _laid(first[row], often[one.numbers, at])
        docs[to], counts[to] = part.docs + np.uint32(base), part.counts
        places[_laid(place[row], spread[one.numbers, at])] = part.places
        base += one.papers
    lengths = np.concatenate([one.per_paper(f"{name}.lengths") for one in old])
    arrays = {"docs": docs, "counts": counts, "places": places, "lengths": lengths}
    every = slice(None, None, len(old))
    return _Field(arrays, first[every], place[every])


def _starts(lengths: Array) -> Array:
    """Where each of some runs begins when they lie in a row, and at last where they end."""
    return np.append(0, np.cumsum(lengths.ravel(), dtype="i8"))


def _laid(starts: Array, lengths: Array) -> Array:
    """The places of runs that begin at `starts`, one after the other."""
    before = np.cumsum(lengths, dtype="i8") - lengths
    laid: Array = np.repeat(starts - before, lengths) + np.arange(int(lengths.sum()))
    return laid


def _lexicon(old: Sequence[_Old], terms: Sequence[bytes], used: Array) -> dict[str, Array]:
    """Terms with postings, the words that are not terms, and all words."""
    texts: dict[bytes, int] = {}
    words: set[bytes] = set()
    for one in old:
        own, numbers = one.segment.lexicon.texts()
        texts.update(zip(own, one.numbers[numbers].tolist(), strict=True))
        words.update(one.segment.lexicon.words)
    places = np.cumsum(used) - 1
    kept = [term for term, there in zip(terms, used.tolist(), strict=True) if there]
    spoken = [(text, number) for text, number in sorted(texts.items()) if used[number]]
    known = {*kept, *(text for text, _ in spoken)}
    return {
        **packed_strings("terms", kept),
        **packed_strings("texts", [text for text, _ in spoken]),
        "texts.terms": places[[number for _, number in spoken]].astype("<u4"),
        **packed_strings("words", sorted(words & known)),
    }
