"""All segments of an index seen as one row of papers, numbered from 0 in the order they were added.

Which terms are meant is said by `Ranges`: for each segment, the ranges of its terms' numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from paperterm.search.flat import Array, FlatFile
from paperterm.search.lexicon import Lexicon, Range

Ranges = tuple[tuple[Range, ...], ...]

PLACE_BITS = 17
"""Bits of a place, in the numbers that `Corpus.places` gives; one more than are in use."""


def common(some: Array, others: Array) -> Array:
    """Those of the ascending numbers `some` that are among the ascending numbers `others`."""
    at = np.searchsorted(others, some)
    some, at = some[at < len(others)], at[at < len(others)]
    shared: Array = some[others[at] == some]
    return shared


def distinct(numbers: Array) -> Array:
    """Each of the numbers once, ascending; several times faster than `np.unique` of numpy 2.3."""
    ordered = np.sort(numbers)
    first = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    fresh: Array = ordered[first]
    return fresh


class Segment:
    """One file of the index. Papers are numbered from 0 within it."""

    def __init__(
        self, file: FlatFile, base: int, deleted: Iterable[int], lexicon: Lexicon | None = None
    ) -> None:
        self.file = file
        self.base = base
        self.size = file.size("ids")
        self.deleted = sorted(deleted)
        self.lexicon = lexicon or Lexicon(file)

    def posted(self, field: str, terms: Range) -> tuple[int, int]:
        """Where the postings of some terms begin and end."""
        first = self.file.raw(f"{field}.first")
        return first[terms[0]], first[terms[1]]

    def postings(self, field: str, terms: Range) -> tuple[Array, Array]:
        """The papers of some terms, term after term, and how often each has it."""
        begin, end = self.posted(field, terms)
        docs = self.file.slice(f"{field}.docs", begin, end)
        return docs, self.file.slice(f"{field}.counts", begin, end)

    def places(self, field: str, terms: Range) -> Array:
        """The positions that belong to `postings`, all in a row."""
        place = self.file.raw(f"{field}.place")
        return self.file.slice(f"{field}.places", place[terms[0]], place[terms[1]])


class Corpus:
    """The segments together, and what was deleted from them."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments
        self.size = sum(segment.size for segment in segments)
        deleted = [segment.base + number for segment in segments for number in segment.deleted]
        self.count = self.size - len(deleted)
        self.alive: Array | None = None
        """For each paper whether it still counts; None when all do."""
        if deleted:
            self.alive = np.ones(self.size, bool)
            self.alive[deleted] = False
        self._lengths: dict[str, tuple[Array, float]] = {}

    @cached_property
    def ids(self) -> Array:
        """The catalogue's id of each paper."""
        return self._joined("ids", "i8")

    @cached_property
    def days(self) -> Array:
        """The ordinal of each paper's date; 0 when that is not known."""
        return self._joined("days", "i4")

    @cached_property
    def by_rank(self) -> Array:
        """The ids of all papers, ascending."""
        return np.sort(self.ids)

    @cached_property
    def ranks(self) -> Array:
        """Where in `by_rank` each paper's id is."""
        return np.searchsorted(self.by_rank, self.ids).astype("u8")

    @cached_property
    def _by_id(self) -> Array:
        """The papers that count, in the order of their ids."""
        order = np.argsort(self.ids, kind="stable")
        return order if self.alive is None else order[self.alive[order]]

    def all(self) -> Array:
        """Every paper that counts."""
        return np.arange(self.size) if self.alive is None else np.flatnonzero(self.alive)

    def numbers(self, ids: Sequence[int]) -> Array:
        """The papers that have one of these ids, ascending; unknown ids are left out."""
        if not len(ids):
            return np.zeros(0, np.intp)
        wanted = distinct(np.asarray(ids, "i8"))
        order = self._by_id
        known = self.ids[order]
        at = np.searchsorted(known, wanted)
        at, wanted = at[at < len(known)], wanted[at < len(known)]
        return np.sort(order[at[known[at] == wanted]])

    def _joined(self, name: str, kind: str) -> Array:
        parts = [segment.file.array(name) for segment in self.segments]
        if len(parts) == 1:
            return parts[0]
        return np.concatenate(parts) if parts else np.zeros(0, kind)

    def lengths(self, field: str) -> tuple[Array, float]:
        """How many tokens each paper has in a field, and how many they have on average."""
        if field not in self._lengths:
            total = sum(segment.file.facts["totals"][field] for segment in self.segments)
            lengths = self._joined(f"{field}.lengths", "u2").astype("f4")
            self._lengths[field] = lengths, total / max(1, self.size) or 1.0
        return self._lengths[field]

    def exact(self, term: str) -> Ranges:
        """One term."""
        return tuple(tuple(segment.lexicon.find(term)) for segment in self.segments)

    def starting(self, beginning: str) -> Ranges:
        """The terms with a text that begins so."""
        return tuple(tuple(segment.lexicon.starting(beginning)) for segment in self.segments)

    def stems(self, beginning: str) -> set[str]:
        """Of the terms with a text that begins so, those that do not begin so themselves.

        ``retrievi`` begins ``retrieving``, whose term ``retriev`` finds ``retrieval``, too.
        """
        found = set()
        for segment in self.segments:
            for first, end in segment.lexicon.starting(beginning):
                term = segment.lexicon.term(first).decode() if end == first + 1 else beginning
                if not term.startswith(beginning):
                    found.add(term)
        return found

    def frequency(self, field: str, ranges: Ranges) -> int:
        """How many postings these terms have."""
        return sum(
            end - begin
            for segment, some in zip(self.segments, ranges, strict=True)
            for begin, end in (segment.posted(field, terms) for terms in some)
        )

    def postings(self, field: str, ranges: Ranges) -> tuple[Array, Array]:
        """The papers of these terms and how often each has them; of one term, ascending."""
        docs, counts = [], []
        for segment, some in zip(self.segments, ranges, strict=True):
            for terms in some:
                found, often = segment.postings(field, terms)
                docs.append(found.astype(np.intp) + segment.base)
                counts.append(often)
        if len(docs) == 1:
            return docs[0], counts[0]
        if not docs:
            return np.zeros(0, np.intp), np.zeros(0, "u2")
        return np.concatenate(docs), np.concatenate(counts)

    def places(self, field: str, ranges: Ranges, among: Array | None = None) -> Array:
        """Every place of these terms: a paper's number times ``1 << PLACE_BITS``, and a position.

        `among`, when given, says of each paper whether its places are wanted.
        """
        found = [np.zeros(0, "i8")]
        for segment, some in zip(self.segments, ranges, strict=True):
            for terms in some:
                docs, counts = segment.postings(field, terms)
                numbers = docs.astype("i8") + segment.base
                places = segment.places(field, terms)
                once = len(places) == len(docs)
                if among is not None:
                    wanted = among[numbers]
                    places = places[wanted if once else np.repeat(wanted, counts)]
                    numbers, counts = numbers[wanted], counts[wanted]
                numbers = numbers if once else np.repeat(numbers, counts)
                found.append((numbers << PLACE_BITS) + places)
        return np.concatenate(found)

    def opened(self, field: str, ranges: Ranges) -> Array:
        """The papers that have one of these terms at the very beginning of a field, ascending."""
        found = [np.zeros(0, np.intp)]
        for segment, some in zip(self.segments, ranges, strict=True):
            for terms in some:
                docs, counts = segment.postings(field, terms)
                places = segment.places(field, terms)
                if len(places) > len(docs):
                    places = places[np.cumsum(counts, dtype="i8") - counts]
                found.append(docs[places == 0].astype(np.intp) + segment.base)
        return distinct(np.concatenate(found))
