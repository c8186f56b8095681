"""Documents in, sorted posting arrays out: the bulk of indexing, done by numpy.

While documents come in, a field's text is only cut into surfaces, and each surface remembered as
a number. At the end every distinct surface is analysed once, and a field's tokens become one array
of keys (term, document, position) that a single sort brings into the order of the index.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from functools import cached_property

import numpy as np

from paperterm.search.analysis import (
    NAME_END,
    STOP_WORDS,
    Group,
    Piece,
    analyse,
    initials,
    surfaces,
)
from paperterm.search.document import Document
from paperterm.search.flat import Array

FIELDS = ("title", "abstract", "authors", "names")
PER_PAPER = ("ids", "days")
"""Arrays of a segment that have an element a paper: its id, and its date's ordinal or 0."""

_LONGEST = {"title": 4_000, "abstract": 60_000, "authors": 60_000, "names": 4_000}
"""Characters of a field that are indexed; positions have 16 bits."""

_GAP = "\n"
"""A surface of no pieces that takes a position: no phrase goes from one author to the next."""

_COLON = ":"
"""A surface that takes no position and has its token at the one before."""

_SPECIAL = {
    _GAP: Group((), (), ()),
    _COLON: Group((), (), (Piece(0, 0, NAME_END, NAME_END, -1, -1),)),
}

_NAME = re.compile(r":\s")

_POSITION_BITS = 16
_DOCUMENT_BITS = 18
"""Of a key; so one inverter takes 262,144 documents, and `store` gives it far fewer."""
_DOCUMENTS_AT_ONCE = 8192


class _Numbers(dict[str, int]):
    """Surfaces, numbered as they are met."""

    def __missing__(self, surface: str) -> int:
        number = self[surface] = len(self)
        return number


class _Stream:
    """One field's surfaces, document after document."""

    def __init__(self) -> None:
        self.surfaces = array("I")
        self.ends = array("Q")


class Inverter:
    """Takes documents one by one; `arrays` then gives all that a segment's file holds."""

    def __init__(self) -> None:
        self._numbers = _Numbers()
        self._streams = {field: _Stream() for field in FIELDS}
        self._ids = array("q")
        self._days = array("i")

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def ids(self) -> Array:
        """The papers' ids, in the order they came."""
        return np.array(self._ids, "<i8")

    def add(self, document: Document) -> None:
        """Take one document in."""
        self._take("title", (document.title,))
        self._take("abstract", (document.abstract,))
        self._take("authors", document.authors)
        self._take("names", document.names)
        self._ids.append(document.id)
        day = document.published
        self._days.append(day.toordinal() if day else 0)

    def _take(self, field: str, values: Iterable[str]) -> None:
        stream = self._streams[field]
        number = self._numbers.__getitem__
        left = _LONGEST[field]
        for value in values:
            text = value[:left]
            if field == "title" and (name := _NAME.search(text)):
                stream.surfaces.extend(map(number, surfaces(text[: name.start()])))
                stream.surfaces.append(number(_COLON))
                text = text[name.end() :]
            stream.surfaces.extend(map(number, surfaces(text)))
            left -= len(value) + 1
            if left <= 0:
                break
            if field in ("authors", "names"):
                stream.surfaces.append(number(_GAP))
        stream.ends.append(len(stream.surfaces))

    def arrays(self) -> tuple[dict[str, Array], dict[str, int]]:
        """The arrays of a segment's file, and the number of tokens in each field."""
        tokens = _Tokens(list(self._numbers))
        days = np.array(self._days, "<i4")
        arrays = {"ids": self.ids, "days": days, **tokens.lexicon()}
        totals = {}
        for field in FIELDS:
            keys = self._keys(field, tokens)
            postings = _postings(keys, len(tokens.terms), len(self))
            arrays |= {f"{field}.{name}": values for name, values in postings.items()}
            totals[field] = len(keys)
        return arrays, totals

    def _keys(self, field: str, tokens: _Tokens) -> Array:
        """One number for every token of a field, sorted: its term, document and position."""
        stream = self._streams[field]
        numbers = np.frombuffer(stream.surfaces, "u4") if stream.surfaces else np.zeros(0, "u4")
        ends = np.array(stream.ends, "i8")
        table = tokens.table(field)
        keys = []
        for first in range(0, len(ends), _DOCUMENTS_AT_ONCE):
            some = ends[first : first + _DOCUMENTS_AT_ONCE]
            begin = int(ends[first - 1]) if first else 0
            part = numbers[begin : int(some[-1])]
            keys.append(tokens.expand(table, part, some - begin, first))
        return _distinct(np.concatenate([np.zeros(0, "u8"), *keys]))


_USUAL, _STOP, _INITIAL = range(3)
"""Kinds of tokens."""

_LEFT_OUT = {"abstract": (_STOP, _INITIAL), "authors": ()}
"""Kinds of tokens that are not indexed; elsewhere initials are not."""

_Table = tuple[Array, Array, Array]
"""For each surface, where its tokens end; then all tokens' positions in it, and their terms."""


class _Tokens:
    """What each distinct surface is made of, with the terms numbered in their order."""

    def __init__(self, distinct: list[str]) -> None:
        self.groups = [_SPECIAL.get(surface) or analyse(surface) for surface in distinct]
        self.widths = np.array([len(group.parts) for group in self.groups], "i8")
        self.widths[[surface == _GAP for surface in distinct]] = 1
        pieces = {piece for group in self.groups for piece in group.pieces()}
        terms = {piece.term for piece in pieces}
        terms |= {term for group in self.groups for term in initials(group)}
        self.terms = sorted(terms, key=lambda term: term.encode())
        self.number = {term: number for number, term in enumerate(self.terms)}
        self._tables: dict[tuple[int, ...], _Table] = {}
        self._words = {piece.text for piece in pieces}
        self._texts = {piece.text: piece.term for piece in pieces if piece.text != piece.term}

    def lexicon(self) -> dict[str, Array]:
        """The terms; words that are not terms, and the numbers of theirs; all words."""
        texts = sorted(self._texts, key=lambda text: text.encode())
        numbers = [self.number[self._texts[text]] for text in texts]
        return {
            **packed_strings("terms", [term.encode() for term in self.terms]),
            **packed_strings("texts", [text.encode() for text in texts]),
            "texts.terms": np.array(numbers, "<u4"),
            **packed_strings("words", sorted(word.encode() for word in self._words)),
        }

    def table(self, field: str) -> _Table:
        """How the surfaces of a field become tokens."""
        left_out = _LEFT_OUT.get(field, (_INITIAL,))
        if left_out not in self._tables:
            surface, places, terms, kinds = self._rows
            keep = ~np.isin(kinds, left_out)
            counts = np.bincount(surface[keep], minlength=len(self.widths))
            self._tables[left_out] = np.cumsum(counts), places[keep], terms[keep]
        return self._tables[left_out]

    @cached_property
    def _rows(self) -> tuple[Array, Array, Array, Array]:
        """Every token of every surface: the surface, the position in it, the term, the kind."""
        number = self.number
        rows = array("q")
        for surface, group in enumerate(self.groups):
            for piece in group.pieces():
                kind = _STOP if piece.text in STOP_WORDS else _USUAL
                rows.extend((surface, piece.first, number[piece.term], kind))
                if piece.last != piece.first:
                    rows.extend((surface, piece.last, number[piece.term], kind))
            for at, term in enumerate(initials(group)):
                rows.extend((surface, at, number[term], _INITIAL))
        table = np.array(rows, "i8").reshape(-1, 4)
        return table[:, 0], table[:, 1], table[:, 2], table[:, 3]

    def expand(self, table: _Table, numbers: Array, ends: Array, first: int) -> Array:
        """The keys of a row of documents, whose numbers begin at `first`."""
        stops, places, terms = table
        lengths = np.diff(ends, prepend=0)
        documents = np.repeat(np.arange(first, first + len(ends)), lengths)
        widths = self.widths[numbers]
        before = np.cumsum(widths) - widths
        if len(before):
            begins = before[np.minimum(ends - lengths, len(before) - 1)]
            before -= np.repeat(begins, lengths)
        counts = np.diff(stops, prepend=0)[numbers]
        total = np.cumsum(counts)
        which = np.repeat(stops[numbers] - total, counts) + np.arange(counts.sum())
        position = np.repeat(before, counts) + places[which]
        keys = (terms[which] << _DOCUMENT_BITS) + np.repeat(documents, counts)
        keys = (keys << _POSITION_BITS) + position
        kept: Array = keys[(position >= 0) & (position < 1 << _POSITION_BITS)].astype("u8")
        return kept


def _distinct(keys: Array) -> Array:
    keys.sort()
    fresh = np.ones(len(keys), bool)
    np.not_equal(keys[1:], keys[:-1], out=fresh[1:])
    return keys[fresh]


def packed_strings(name: str, lines: list[bytes]) -> dict[str, Array]:
    """Sorted strings as one text, a line each, and where each of them ends."""
    ends = np.cumsum([len(line) + 1 for line in lines], dtype="<u4")
    blob = b"\n".join([*lines, b""])
    return {name: np.frombuffer(blob, "u1"), f"{name}.ends": ends}


def _postings(keys: Array, terms: int, documents: int) -> dict[str, Array]:
    """The posting arrays of a field: per term, then per term and document, then per position."""
    pairs = keys >> np.uint64(_POSITION_BITS)
    starts = np.flatnonzero(np.diff(pairs, prepend=np.uint64(1 << 63)))
    counts = np.diff(starts, append=len(keys))
    heads = pairs[starts]
    which = (heads & np.uint64((1 << _DOCUMENT_BITS) - 1)).astype("<u4")
    of_term = (heads >> np.uint64(_DOCUMENT_BITS)).astype("i8")
    first = np.searchsorted(of_term, np.arange(terms + 1))
    lengths = np.bincount(which, weights=counts, minlength=documents)
    return {
        "first": first.astype("<u4"),
        "place": np.append(starts, len(keys))[first].astype("<u4"),
        "docs": which,
        "counts": counts.astype("<u2"),
        "places": (keys & np.uint64((1 << _POSITION_BITS) - 1)).astype("<u2"),
        "lengths": np.minimum(lengths, 65_535).astype("<u2"),
    }
