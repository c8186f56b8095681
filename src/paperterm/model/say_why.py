"""An explanation in words: how the ranking works, told by the example of one paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from paperterm.model.explanation import Evidence, Explanation, Factor, Part
from paperterm.model.query import Field, Sort
from paperterm.model.say import ORDERS, clause, named
from paperterm.model.text import shown

_FIELDS = {
    Field.TITLE: "title",
    Field.AUTHOR: "authors",
    Field.ID: "ids",
    Field.ABSTRACT: "abstract",
}
_GUIDE = (
    "The first number is for where a word stands: a title counts most, then authors and ids, then"
    " the abstract.",
    "Rarity: a word that few papers have says more. It is 1 for a word that all have there, and 0.7"
    " more each time that half as many have it.",
    "Presence: how much of the text the word is, from 0 to 2.2. It grows each time the word is"
    " there, by less and less, and is smaller in a long text.",
    "A word that matches in several ways counts once, in the best of them.",
    "Of papers with the same score the newer comes first.",
)


class Kind(StrEnum):
    """What a line is, for those who paint it."""

    PLACE = "place"
    WORD = "word"
    FIND = "find"
    NUMBERS = "numbers"
    SUM = "sum"
    SCORE = "score"
    HEADING = "heading"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Line:
    """One statement, not yet cut to any width. Its text is clean."""

    kind: Kind
    text: str
    indent: int = 0
    number: str = ""
    share: float = 0.0
    """How much of all that was found it is, from 0 to 1."""


def told(explanation: Explanation, sort: Sort = Sort.RELEVANCE) -> Iterator[Line]:
    """All but the `guide`, line by line. `sort` is the order of the list that the reader sees."""
    yield Line(Kind.PLACE, _place(explanation, sort))
    for part in explanation.parts:
        yield from _part(part, explanation)
    if explanation.factors:
        yield Line(Kind.SUM, "Together", number=_number(explanation.sum))
    for why, by in explanation.factors:
        yield Line(Kind.SUM, f"for {why}", number=f"× {by:.5g}")
    yield Line(Kind.SCORE, "Score", number=_number(explanation.score))
    if explanation.conditions:
        met = "; ".join(shown(clause(node)) for node in explanation.conditions)
        yield Line(Kind.HEADING, "Also asked for, and met; it adds nothing to the score")
        yield Line(Kind.NOTE, met)


def guide() -> Iterator[Line]:
    """What the words and numbers mean."""
    yield Line(Kind.HEADING, "How to read this")
    for note in _GUIDE:
        yield Line(Kind.NOTE, note)


def _place(explanation: Explanation, sort: Sort) -> str:
    place, found = explanation.place, explanation.found
    if found == 1:
        return "The only paper found."
    said = f"{_ordinal(place)} of {found:,} papers found, when the best comes first."
    if sort is not Sort.RELEVANCE:
        said += f" The list has another order now: {ORDERS[sort]}."
    return said


def _part(part: Part, explanation: Explanation) -> Iterator[Line]:
    leaf = part.leaf
    name = shown(named(leaf))
    if leaf.field is not Field.ANY:
        name += f", in the {_FIELDS[leaf.field]} only"
    if not part.evidence:
        yield Line(Kind.WORD, name, number=_number(0))
        yield Line(Kind.FIND, "not in this paper, and it need not be", 2)
        return
    share = part.score / explanation.sum if explanation.sum else 0.0
    yield Line(Kind.WORD, name, 0, _number(part.score), share)
    for one in part.evidence:
        share = one.score / explanation.sum if explanation.sum else 0.0
        yield Line(Kind.FIND, _found(one, explanation), 2, _number(one.score), share)
        yield Line(Kind.NUMBERS, _product(one), 4)


def _found(one: Evidence, explanation: Explanation) -> str:
    """``title: “Mamba”, twice; 4 of 84 papers have it there``."""
    words = one.words or sorted(piece for pattern in one.patterns for piece in pattern.pieces)
    quoted = ", ".join(f"“{shown(word)}”" for word in words)
    written = one.written or one.count
    often = _times(written)
    if one.once and written > 1:
        often += " but counted once"
    elif not one.once and one.count > written:
        often += f" but counted {_times(one.count)}, at both ends of a compound"
    of = f"{one.papers:,} of {explanation.papers:,} papers"
    have = "has" if one.papers == 1 else "have"
    return f"{_FIELDS[one.field]}: {quoted}, {often}; {of} {have} it there"


def _product(one: Evidence) -> str:
    """``5 for the title × 3.82 for rarity × 0.87 for presence``."""
    factors: list[Factor] = [
        (f"the {_FIELDS[one.field]}", one.weight),
        ("rarity", one.rarity),
        ("presence", one.presence),
        *one.factors,
    ]
    return " ×\N{NO-BREAK SPACE}".join(f"{by:.3g} for {why}" for why, by in factors)


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def _number(value: float) -> str:
    return f"{value:,.2f}"


def _ordinal(number: int) -> str:
    tail = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10)
    return f"{number:,}{tail or 'th'}"
