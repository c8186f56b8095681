"""What a word or a phrase of a query finds.

A text is matched in every one of its `analysis.readings`: a reading of one piece is a term, one of
several is these terms next to each other. A paper counts once, with the best of the readings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from paperterm.model import ids
from paperterm.model.pattern import Pattern
from paperterm.model.query import Field, Phrase, Word
from paperterm.search import spelling
from paperterm.search.analysis import NAME_END, STOP_WORDS, Piece, initial, readings, stem
from paperterm.search.corpus import PLACE_BITS, Corpus, Ranges, common
from paperterm.search.flat import Array
from paperterm.search.patterns import patterns_of, says_little
from paperterm.search.scorer import WEIGHTS, Found, Scorer, nothing
from paperterm.search.spelling import Correction, can_be_misspelt

_BEGINNING = 0.9
"""What a word that only begins as asked is worth, beside the word itself."""
_MISSPELT = 0.6
"""What another spelling is worth, beside the one that was asked for."""
_LITTLE = 2
"""Papers that are so few that the word may be a slip, if the right one is far more frequent."""
_FAR_MORE = 20
"""How many times more frequent."""
_UNASKED = 0.2
"""What another spelling is worth where the word itself finds a little: that stays first."""
_JOINED = 0.5
"""What two words of a query are worth together, where they are written as one."""
_LONGEST = 64
"""Pieces of one phrase that are looked at."""
_SHIFT = 1 << 10
"""Keeps the place where a phrase begins from being negative."""

_PLACE = (1 << PLACE_BITS) - 1

_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)+")
_ARXIV_PREFIX = re.compile(r"arxiv:\s*(?=\S)", re.IGNORECASE)
_VERSION = re.compile(r"(\d{4}\.\d{4,5})v\d*", re.ASCII)


class _Slot(NamedTuple):
    """A place in a phrase."""

    offset: int
    ranges: Ranges
    any_of: bool
    """Whether several terms fit, which then score as one."""
    stop: bool


class Matcher:
    """Answers the text leaves of one query, and remembers what matched."""

    def __init__(self, scorer: Scorer, *, lenient: bool = False) -> None:
        self._scorer = scorer
        self._corpus: Corpus = scorer.corpus
        self._lenient = lenient
        self.patterns: dict[Pattern, None] = {}
        """What was looked for, to be lit where it is found."""
        self.faint: dict[Pattern, None] = {}
        """The same of words that say little."""
        self.corrections: list[Correction] = []

    def word(self, word: Word, *, wanted: bool = True) -> Found | None:
        """The papers with a word; None when there is nothing in it to look for.

        `wanted` is false below a `Not`: nothing is then guessed, and nothing is to be highlighted.
        """
        text = identifier(word.text)
        ways = readings(text)
        if not ways:
            return None
        found = [self._reading(way, word.field, word.prefix) for way in ways]
        found.append(self._initials(word, wanted=wanted))
        answer = self._scorer.union(found, best=True)
        if wanted and (word.fuzzy or self._lenient or not len(answer)):
            more = self._respelt(ways, word, missing=not len(answer))
            answer = self._scorer.union([answer, more], best=True)
        elif wanted and len(answer) <= _LITTLE:
            more = self._near(ways[-1], word, least=_FAR_MORE * len(answer))
            more = more.times(_UNASKED, "a spelling that was not asked for")
            answer = self._scorer.union([answer, more], best=True)
        elif word.fuzzy:
            answer = self._scorer.union([answer, self._near(ways[-1], word)], best=True)
        if wanted:
            self._remember(ways, word.field, prefix=word.prefix)
        optional = word.field is Field.ANY and all(p.text in STOP_WORDS for p in ways[-1])
        return replace(answer, optional=optional)

    def phrase(self, phrase: Phrase, *, wanted: bool = True) -> Found | None:
        """The papers with some words in a row; None when there is nothing to look for."""
        ways = readings(phrase.text)
        if not ways:
            return None
        if wanted:
            self._remember(ways, phrase.field, prefix=phrase.prefix)
        found = [self._reading(way, phrase.field, phrase.prefix) for way in ways]
        return self._scorer.union(found, best=True)

    def joined(self, first: Word, second: Word) -> Found:
        """The papers that have two words of a query written as one."""
        if first.fuzzy or second.fuzzy or first.prefix or first.field is not second.field:
            return nothing()
        ways = [*readings(first.text), *readings(second.text)]
        text = "".join(piece.text for way in ways for piece in way)
        if [len(way) for way in ways] != [1, 1] or not text.isalnum():
            return nothing()
        whole = Piece(0, len(text), text, stem(text), 0, 0)
        found = self._reading((whole,), first.field, second.prefix)
        if len(found):
            self._remember([(whole,)], first.field, prefix=second.prefix)
        return found.times(_JOINED, "both words written as one")

    def _remember(
        self, ways: Sequence[Sequence[Piece]], field: Field, *, prefix: bool = False
    ) -> None:
        for way in ways:
            known = self.faint if says_little(way) else self.patterns
            stems = self._corpus.stems(way[-1].text) if prefix else ()
            known |= dict.fromkeys(patterns_of(way[:_LONGEST], field, prefix=prefix, stems=stems))

    def _reading(self, way: Sequence[Piece], field: Field, prefix: bool) -> Found:
        if len(way) > 1:
            slots = [self._slot(at, piece) for at, piece in enumerate(way[:_LONGEST])]
            if prefix:
                slots[-1] = self._open_slot(slots[-1], way[-1])
            return self._row(slots, field)
        exact = self._corpus.exact(way[0].term)
        found = self._term(exact, field)
        if prefix:
            longer = self._either(self._corpus.starting(way[0].text), field)
            found = self._scorer.union(
                [found, longer.times(_BEGINNING, "only beginning so")], best=True
            )
        return found

    def _term(self, ranges: Ranges, field: Field) -> Found:
        return self._anywhere(self._scorer.term, ranges, field)

    def _either(self, ranges: Ranges, field: Field) -> Found:
        return self._anywhere(self._scorer.either, ranges, field)

    def _anywhere(
        self, find: Callable[[str, Ranges, float], Found], ranges: Ranges, field: Field
    ) -> Found:
        def union() -> Found:
            return self._scorer.union([find(name, ranges, w) for name, w in WEIGHTS[field]])

        return self._scorer.once((find.__name__, field, ranges), union)

    def _slot(self, offset: int, piece: Piece) -> _Slot:
        return _Slot(offset, self._corpus.exact(piece.term), False, piece.text in STOP_WORDS)

    def _open_slot(self, slot: _Slot, piece: Piece) -> _Slot:
        longer = self._corpus.starting(piece.text)
        return slot._replace(ranges=spelling.merged(longer, slot.ranges), any_of=True, stop=False)

    def _row(self, slots: Sequence[_Slot], field: Field) -> Found:
        found = []
        for name, weight in WEIGHTS[field]:
            # Abstracts are indexed without their stop words, which leave their places empty.
            used = [slot for slot in slots if not (slot.stop and name == "abstract")]
            begins = self._in_a_row(name, used)
            if len(begins):
                there = self._marked(begins >> PLACE_BITS)
                scores = [self._slot_scores(name, slot).only(there) for slot in used]
                found.append(self._scorer.union(scores).times(weight))
        return self._scorer.union(found)

    def _slot_scores(self, name: str, slot: _Slot) -> Found:
        find = self._scorer.either if slot.any_of else self._scorer.term
        return find(name, slot.ranges)

    def _in_a_row(self, name: str, slots: Sequence[_Slot], among: Array | None = None) -> Array:
        """Where the slots follow each other: `Corpus.places`, each shifted by `_SHIFT`.

        `among`, when given, says of each paper whether it is wanted.
        """
        corpus = self._corpus
        begins: Array | None = None
        for slot in sorted(slots, key=lambda slot: corpus.frequency(name, slot.ranges)):
            places = corpus.places(name, slot.ranges, among) - slot.offset + _SHIFT
            if slot.any_of:
                places.sort()
            begins = places if begins is None else common(begins, places)
            if not len(begins):
                break
            among = self._marked(begins >> PLACE_BITS)
        return np.zeros(0, "i8") if begins is None else begins

    def _marked(self, docs: Array) -> Array:
        """Of each paper whether it is one of these."""
        marked = np.zeros(self._corpus.size, bool)
        marked[docs] = True
        return marked

    def title_begins(self, words: Sequence[Word]) -> tuple[Array, Array]:
        """The papers whose titles begin with all of these words; those that are named so."""
        none = np.zeros(0, "i8")
        pieces = [piece for word in words for piece in (readings(word.text) or [()])[0]]
        slots = [self._slot(at, piece) for at, piece in enumerate(pieces[:_LONGEST])]
        if not slots:
            return none, none
        begun = named = self._beginning(slots)
        if len(begun):
            ends = self._corpus.places("title", self._corpus.exact(NAME_END), self._marked(begun))
            named = ends[ends & _PLACE == len(slots) - 1] >> PLACE_BITS
        if words[-1].prefix:
            slots[-1] = self._open_slot(slots[-1], pieces[-1])
            begun = self._beginning(slots)
        return begun, named

    def _beginning(self, slots: Sequence[_Slot]) -> Array:
        """The papers whose titles begin with these slots."""
        opened = self._corpus.opened("title", slots[0].ranges)
        if len(slots) == 1 or not len(opened):
            return opened
        begins = self._in_a_row("title", slots, self._marked(opened))
        first: Array = begins[begins & _PLACE == _SHIFT] >> PLACE_BITS
        return first

    def _initials(self, word: Word, *, wanted: bool) -> Found:
        """Authors by the first letters of their names."""
        dotted = _INITIALS.fullmatch(word.text)
        letter = len(word.text) == 1 and (word.field is Field.AUTHOR or self._lenient)
        if word.field not in (Field.ANY, Field.AUTHOR) or not (dotted or letter):
            return nothing()
        letters = [initial(piece.text) for piece in (readings(word.text) or [()])[0]]
        slots = [_Slot(at, self._corpus.exact(x), False, False) for at, x in enumerate(letters)]
        found = self._row(slots, Field.AUTHOR)
        if wanted and len(found):
            self.patterns[Pattern(tuple(letters), Field.AUTHOR)] = None
        return found.times(dict(WEIGHTS[word.field])["authors"])

    def _respelt(self, ways: Sequence[Sequence[Piece]], word: Word, *, missing: bool) -> Found:
        """What other spellings of a word find."""
        found = [self._near(ways[-1], word)]
        if missing:
            found.append(self._apart(ways[-1], word))
        if missing and word.prefix and not any(len(each) for each in found):
            found.append(self._near_beginning(ways[-1], word))
        return self._scorer.union(found, best=True)

    def _near(self, way: Sequence[Piece], word: Word, least: int = 1) -> Found:
        """Words one slip away that are in `least` papers."""
        if len(way) != 1 or not can_be_misspelt(way[0].text):
            return nothing()
        found = []
        for text in spelling.near(self._corpus, way[0].text):
            answer = self._term(spelling.ranges_of(self._corpus, text), word.field)
            if len(answer) >= least:
                found.append(self._correction(text, answer, readings(text), word.field))
        return self._scorer.union(found, best=True)

    def _apart(self, way: Sequence[Piece], word: Word) -> Found:
        if len(way) != 1 or not can_be_misspelt(way[0].text):
            return nothing()
        found = []
        for left, right in spelling.halves(way[0].text):
            if any(self._corpus.exact(readings(left)[0][0].term)):
                text = f"{left} {right}"
                two = readings(text)
                answer = self._reading(two[0], word.field, word.prefix)
                found.append(self._correction(text, answer, two, word.field, word.prefix))
        return self._scorer.union(found, best=True)

    def _near_beginning(self, way: Sequence[Piece], word: Word) -> Found:
        if len(way) != 1 or not can_be_misspelt(way[0].text):
            return nothing()
        found = []
        for text in spelling.near_beginnings(self._corpus, way[0].text):
            answer = self._either(self._corpus.starting(text), word.field)
            if len(answer):
                begun = Piece(0, len(text), text, text, 0, 0)
                self._remember([(begun,)], word.field, prefix=True)
            found.append(self._correction(f"{text}…", answer, [], word.field))
        return self._scorer.union(found, best=True)

    def _correction(
        self,
        text: str,
        found: Found,
        ways: Sequence[Sequence[Piece]],
        field: Field,
        prefix: bool = False,
    ) -> Found:
        if len(found):
            self.corrections.append(Correction(text, found.docs))
            self._remember(ways, field, prefix=prefix)
        return found.times(_MISSPELT, "another spelling")


@lru_cache(maxsize=1 << 10)
def identifier(text: str) -> str:
    """A paper's identifier for an address or a long spelling of one; other text as it is."""
    if name := ids.parse_arxiv_id(text) or ids.parse_doi(text):
        return name
    text = _ARXIV_PREFIX.sub("", text, count=1)
    version = _VERSION.fullmatch(text)
    return version[1] if version else text
