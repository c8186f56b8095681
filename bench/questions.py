"""What the engines are asked: classes of questions, made from the papers they are asked about.

The same papers give the same questions. A question is kept apart from how any engine has to be
asked it, so that all of them are asked the same.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Any

from bench.words import FIELD
from paperterm.search.analysis import STOP_WORDS

TAG = "to-read"
TAGGED_EVERY = 5
"""Of how many papers one carries the tag."""

_SAMPLE = 10_000
"""Papers that are looked at for words; how frequent a word is hardly changes after them."""
_RARE = (2, 10)
"""Papers of the sample that have a rare word."""
_SHARES = {"frequent": (0.08, 0.9), "middling": (0.005, 0.08)}
"""The share of the papers that have a word which is called so."""
_WORD = re.compile(r"(?<![\w'-])[a-z]{4,}(?![\w'-])")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MISSPELT_FROM = 6
"""Letters of the words that a typo is made in."""


class Kind(StrEnum):
    """A class of questions, as the tables call it."""

    RARE = "rare word"
    FREQUENT = "frequent word"
    ALL = "three words, AND"
    ANY = "three frequent words, OR"
    BEGINNING = "prefix while typing"
    WORD_AND_BEGINNING = "word + prefix"
    PHRASE = "phrase"
    TYPO = "one typo"
    DATED = "date range, sorted by date"
    TAGGED = "word in a tag"


TYPED = (Kind.BEGINNING, Kind.WORD_AND_BEGINNING)
"""The classes that hold every key of words typed letter by letter."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question; what its words mean depends on its kind."""

    kind: Kind
    words: tuple[str, ...]
    first: dt.date = dt.date.min
    last: dt.date = dt.date.max
    """The range of dates that a `DATED` one asks for, both included."""

    @property
    def text(self) -> str:
        """The question in paperterm's own language."""
        words = " ".join(self.words)
        match self.kind:
            case Kind.ANY:
                return " OR ".join(self.words)
            case Kind.PHRASE:
                return f'"{words}"'
            case Kind.DATED:
                return f"{words} date:{self.first}..{self.last} sort:date"
            case Kind.TAGGED:
                return f"{words} tag:{TAG}"
            case _:
                return words


class _Sample:
    """The words of some papers, by how many of these have them."""

    def __init__(self, papers: Iterable[dict[str, Any]]) -> None:
        self.texts: list[list[str]] = []
        self.days: list[dt.date] = []
        counts: Counter[str] = Counter()
        self.known: set[str] = set()
        for paper in papers:
            abstract = str(paper["abstract"]).lower()
            self.texts.append(re.findall(r"[\w'-]+|[^\w\s]", abstract))
            self.days.append(dt.date.fromisoformat(paper["published"]))
            counts.update(set(_WORD.findall(abstract)) - STOP_WORDS)
            self.known.update(self.texts[-1])
        least, most = _RARE
        self.rare = sorted(word for word, often in counts.items() if least <= often <= most)
        self.frequent = sorted({*self._between(counts, *_SHARES["frequent"])} & {*FIELD})
        self.middling = sorted(self._between(counts, *_SHARES["middling"]))

    def _between(self, counts: Counter[str], least: float, most: float) -> Iterator[str]:
        papers = len(self.texts)
        return (word for word, often in counts.items() if least * papers <= often < most * papers)


def questions(papers: Iterable[dict[str, Any]], each: int, seed: int = 1) -> list[Question]:
    """So many questions of each kind; of the kinds that are typed, as many words."""
    sample = _Sample(islice(papers, _SAMPLE))
    chance = random.Random(seed)
    return [
        question
        for kind in Kind
        for _ in range(each)
        for question in _of_kind(kind, sample, chance)
    ]


def _of_kind(kind: Kind, sample: _Sample, chance: random.Random) -> list[Question]:
    match kind:
        case Kind.RARE:
            return [Question(kind, (chance.choice(sample.rare),))]
        case Kind.FREQUENT | Kind.TAGGED:
            return [Question(kind, (chance.choice(sample.frequent),))]
        case Kind.ALL:
            return [Question(kind, _together(sample, chance))]
        case Kind.ANY:
            return [Question(kind, tuple(chance.sample(sample.frequent, 3)))]
        case Kind.BEGINNING:
            return list(typed((), _one_word(sample, chance)))
        case Kind.WORD_AND_BEGINNING:
            first = chance.choice(chance.choice((sample.frequent, sample.middling)))
            return list(typed((first,), _one_word(sample, chance)))
        case Kind.PHRASE:
            return [Question(kind, _in_a_row(sample, chance))]
        case Kind.TYPO:
            return [Question(kind, (_misspelt(sample, chance),))]
        case Kind.DATED:
            last = chance.choice(sample.days)
            word = chance.choice(sample.frequent)
            return [Question(kind, (word,), last - dt.timedelta(365), last)]


def typed(before: tuple[str, ...], word: str) -> Iterator[Question]:
    """A question a key: what has been asked for when each letter of `word` has been typed."""
    kind = Kind.WORD_AND_BEGINNING if before else Kind.BEGINNING
    for length in range(1, len(word) + 1):
        yield Question(kind, (*before, word[:length]))


def _one_word(sample: _Sample, chance: random.Random) -> str:
    """A word that somebody looks for: often a common one, now and then a name."""
    return chance.choice(chance.choice((sample.frequent, sample.middling, sample.rare)))


def _together(sample: _Sample, chance: random.Random) -> tuple[str, ...]:
    """Three words that one paper has."""
    wanted = set(sample.frequent) | set(sample.middling)
    while True:
        words = sorted(wanted.intersection(chance.choice(sample.texts)))
        if len(words) >= 3:
            return tuple(chance.sample(words, 3))


def _in_a_row(sample: _Sample, chance: random.Random) -> tuple[str, ...]:
    """Two words that one paper has next to each other."""
    wanted = set(sample.frequent) | set(sample.middling)
    while True:
        text = chance.choice(sample.texts)
        place = chance.randrange(len(text) - 1)
        if wanted.issuperset(text[place : place + 2]):
            return tuple(text[place : place + 2])


def _misspelt(sample: _Sample, chance: random.Random) -> str:
    """A known word with one letter wrong, which makes it no known word."""
    words = [word for word in sample.middling if len(word) >= _MISSPELT_FROM]
    while True:
        wrong = misspelt(chance.choice(words), chance)
        if wrong not in sample.known:
            return wrong


def misspelt(word: str, chance: random.Random) -> str:
    """`word` with a letter too many, one missing, another one, or two of them swapped."""
    place = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    ways: Sequence[str] = (
        before + chance.choice(_LETTERS) + letter + after,
        before + after,
        before + chance.choice(_LETTERS) + after,
        before + after[0] + letter + after[1:],
    )
    return chance.choice(ways)
