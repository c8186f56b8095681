"""Where in a text the words are that a query found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from paperterm.model.pattern import ANYTHING, Pattern, Patterns
from paperterm.model.query import Field
from paperterm.search.analysis import (
    STOP_WORDS,
    Group,
    Piece,
    groups,
    initials,
    remembered,
    stem,
)

_MOST_REMEMBERED = 1 << 14
"""Surfaces of which one set of patterns remembers what it makes of them."""

BETWEEN_NAMES = ", "

Spans = list[tuple[int, int]]


class Hit(NamedTuple):
    """A stretch of a text that a pattern matched."""

    start: int
    end: int
    word: int
    """Which word or phrase of the query it is, a number: other readings of it have the same."""


def spans(text: str, patterns: Patterns, field: Field) -> Spans:
    """The character ranges of `text`, a paper's `field`, that `patterns` match, left to right.

    Ranges don't overlap. Words count as they were matched: in any inflection, with or without
    accents and hyphens; words in a row only where they stand in a row. A hyphenated word that
    matches as a whole is lit as a whole.
    """
    return joined(hits(text, patterns, field))


def hits(text: str, patterns: Patterns, field: Field) -> list[Hit]:
    """Every match in `text`, from left to right; those of several patterns may overlap."""
    return _lens(patterns, field).hits(text) if patterns else []


def name_hits(names: Sequence[str], patterns: Patterns) -> list[Hit]:
    """Every match in some authors' names, in the text that `BETWEEN_NAMES` makes of them.

    No row of words goes from one name to the next.
    """
    found: list[Hit] = []
    at = 0
    for name in names if patterns else ():
        found += (Hit(at + a, at + b, n) for a, b, n in hits(name, patterns, Field.AUTHOR))
        at += len(name) + len(BETWEEN_NAMES)
    return found


def joined(found: Iterable[Hit]) -> Spans:
    """The ranges that hits, given from left to right, cover."""
    ranges: Spans = []
    for start, end, _ in found:
        if ranges and start <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(ranges[-1][1], end))
        else:
            ranges.append((start, end))
    return ranges


class _Token(NamedTuple):
    """A piece of a surface that may have a place in a row."""

    place: int
    """Its position, counted from the surface's first."""
    text: str
    term: str
    start: int
    end: int


class _Seen(NamedTuple):
    """What the patterns make of one surface."""

    width: int
    """How many positions it takes."""
    lit: tuple[Hit, ...]
    """Matches by itself, counted from its first character."""
    tokens: tuple[_Token, ...]


@cache
def _passed_over(width: int) -> _Seen:
    """What nothing matches."""
    return _Seen(width, (), ())


class _Row(NamedTuple):
    """A pattern of several pieces."""

    number: int
    pieces: tuple[str, ...]
    open_end: bool

    def fits(self, at: int, token: _Token) -> bool:
        """Whether a token may be in the row's place `at`."""
        piece = self.pieces[at]
        if self.open_end and at == len(self.pieces) - 1:
            return token.text.startswith(piece) or token.term.startswith(piece)
        return piece in (token.term, ANYTHING)


class _Lens:
    """The patterns that count in one field, made ready for many texts."""

    def __init__(self, patterns: Patterns, field: Field) -> None:
        self._initials = field is Field.AUTHOR
        self._left_out = STOP_WORDS if field is Field.ABSTRACT else frozenset()
        self._terms: dict[str, int] = {}
        self._beginnings: dict[str, int] = {}
        self._rows: list[_Row] = []
        here = (p for p in patterns if p.field in (Field.ANY, field) and any(p.pieces))
        numbers: dict[str, int] = {}
        for pattern in here:
            number = numbers.setdefault(_word(pattern), len(numbers))
            if len(pattern.pieces) > 1:
                self._rows.append(_Row(number, pattern.pieces, pattern.open_end))
            elif pattern.open_end:
                self._beginnings[pattern.pieces[0]] = number
            else:
                self._terms[pattern.pieces[0]] = number
        self._closed = {piece for row in self._rows for piece in row.pieces if piece}
        self._opened = tuple({row.pieces[-1] for row in self._rows if row.open_end})
        self._all_terms = self._closed.union(self._terms)
        self._all_beginnings = (*self._opened, *self._beginnings)
        if self._initials:  # any word may be a name
            self._all_beginnings += tuple(term[0] for term in self._all_terms if term[1:] == ".")
        self._known: dict[str, _Seen] = {}

    def hits(self, text: str) -> list[Hit]:
        found: list[Hit] = []
        placed: list[tuple[int, _Token]] = []
        position = 0
        known = self._known
        for match in groups(text):
            surface = match[0]
            seen = known.get(surface) or self._learn(surface)
            if seen.lit or seen.tokens:
                start = match.start()
                for left, right, word in seen.lit:
                    found.append(Hit(start + left, start + right, word))
                for token in seen.tokens:
                    moved = token._replace(start=start + token.start, end=start + token.end)
                    placed.append((position + token.place, moved))
            position += seen.width
        if placed:
            found += self._in_rows(placed)
            found.sort()
        return found

    def _learn(self, surface: str) -> _Seen:
        if len(self._known) >= _MOST_REMEMBERED:
            self._known.clear()
        group = remembered(surface)
        seen = self._seen(group) if self._is_concerned(group) else _passed_over(len(group.parts))
        self._known[surface] = seen
        return seen

    def _is_concerned(self, group: Group) -> bool:
        """Whether there may be anything to match. Mostly there is not, so this is quick."""
        terms, beginnings = self._all_terms, self._all_beginnings
        plain = group.parts is group.wholes
        for pieces in (group.parts,) if plain else (group.parts, group.runs, group.wholes):
            for _, _, text, term, _, _ in pieces:
                if term in terms or (
                    beginnings and (text.startswith(beginnings) or term.startswith(beginnings))
                ):
                    return True
        return False

    def _seen(self, group: Group) -> _Seen:
        lit = [Hit(p.start, p.end, number) for p, number in self._alone(group)]
        if self._initials:
            lit += [
                Hit(part.start, part.end, self._terms[term])
                for part, term in zip(group.parts, initials(group), strict=False)
                if term in self._terms
            ]
        tokens = tuple(self._tokens(group)) if self._rows else ()
        return _Seen(len(group.parts), tuple(sorted(lit)), tokens)

    def _alone(self, group: Group) -> list[tuple[Piece, int]]:
        """The pieces of a group that match by themselves, and what they match.

        Of those that are what was asked for the coarsest, of those that begin so the finest: a
        ``long`` still being typed lights no more of ``long-context`` than when it is finished.
        """
        if group.parts is group.wholes:
            return [*self._same(group.parts), *self._begun(group.parts)]
        coarse_first = (group.wholes, group.runs, group.parts)
        same = (self._same(pieces) for pieces in coarse_first)
        begun = (self._begun(pieces) for pieces in reversed(coarse_first))
        return [*next(filter(None, same), []), *next(filter(None, begun), [])]

    def _same(self, pieces: Iterable[Piece]) -> list[tuple[Piece, int]]:
        terms, left_out = self._terms, self._left_out
        return [(p, terms[p.term]) for p in pieces if p.term in terms and p.text not in left_out]

    def _begun(self, pieces: Iterable[Piece]) -> list[tuple[Piece, int]]:
        return [
            (piece, number)
            for piece in pieces
            for text, number in self._beginnings.items()
            if (piece.text.startswith(text) or piece.term.startswith(text))
            and piece.text not in self._left_out
        ]

    def _tokens(self, group: Group) -> Iterable[_Token]:
        for piece in group.pieces():
            text, term = piece.text, piece.term
            if text in self._left_out:
                continue
            begun = text.startswith(self._opened) or term.startswith(self._opened)
            if term in self._closed or begun:
                for place in {piece.first, piece.last}:
                    yield _Token(place, text, term, piece.start, piece.end)
        if self._initials:
            for at, (part, term) in enumerate(zip(group.parts, initials(group), strict=False)):
                if term in self._closed:
                    yield _Token(at, "", term, part.start, part.end)

    def _in_rows(self, placed: Sequence[tuple[int, _Token]]) -> Iterable[Hit]:
        there: dict[int, list[_Token]] = {}
        for position, token in placed:
            there.setdefault(position, []).append(token)
        for row in self._rows:
            known = [at for at, piece in enumerate(row.pieces) if piece]
            for position in there:
                tokens = [
                    [
                        token
                        for token in there.get(position + at - known[0], ())
                        if row.fits(at, token)
                    ]
                    for at in known
                ]
                if all(tokens):
                    yield from _telling(row, [token for some in tokens for token in some])


def _telling(row: _Row, tokens: Sequence[_Token]) -> Iterable[Hit]:
    """Of words in a row, those that are no stop words; unless there are no others."""
    telling = [token for token in tokens if token.text not in STOP_WORDS] or tokens
    return (Hit(token.start, token.end, row.number) for token in telling)


def _word(pattern: Pattern) -> str:
    """What the readings of one word have in common: written apart or not, finished or not."""
    *pieces, last = pattern.pieces
    return "".join([*pieces, stem(last) if pattern.open_end else last])


_lens = lru_cache(maxsize=32)(_Lens)
