"""Other spellings of a word that finds nothing: a slip of the finger, or two words in one."""

from __future__ import annotations

from dataclasses import dataclass

from paperterm.search.analysis import STOP_WORDS, stem
from paperterm.search.corpus import Corpus, Ranges
from paperterm.search.flat import Array

SHORTEST = 4
"""Characters; a shorter word is one slip away from half of the dictionary."""
MOST = 16
"""Spellings that are tried for one word."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What was searched instead of a word."""

    text: str
    docs: Array
    """The papers that it finds."""


def can_be_misspelt(text: str) -> bool:
    """Whether other spellings of a folded text are worth trying."""
    return len(text) >= SHORTEST and text.isascii() and text.isalnum() and not text.isdigit()


def ranges_of(corpus: Corpus, text: str) -> Ranges:
    """The terms that a text of the lexicon stands for: its stem, or itself if that is a term."""
    return merged(corpus.exact(stem(text)), corpus.exact(text))


def merged(first: Ranges, second: Ranges) -> Ranges:
    """The terms of both, without any of them twice."""
    return tuple(
        ours + tuple(one for one in theirs if not any(a <= one[0] < b for a, b in ours))
        for ours, theirs in zip(first, second, strict=True)
    )


def near(corpus: Corpus, text: str) -> list[str]:
    """The words of the corpus one slip away from `text`, the most frequent first."""
    words = (w for segment in corpus.segments for w in segment.lexicon.near(text))
    found = dict.fromkeys(word for word in words if word not in STOP_WORDS)
    return _most_frequent(corpus, {word: ranges_of(corpus, word) for word in found})


def near_beginnings(corpus: Corpus, text: str) -> list[str]:
    """What one slip makes of `text` and words of the corpus begin with, the most frequent first."""
    lexicons = [segment.lexicon for segment in corpus.segments]
    beginnings = (w for lexicon in lexicons for w in lexicon.near_beginnings(text))
    # A shorter beginning finds much that was never meant.
    found = dict.fromkeys(w for w in beginnings if len(w) >= max(len(text), SHORTEST))
    return _most_frequent(corpus, {word: corpus.starting(word) for word in found})


def _most_frequent(corpus: Corpus, found: dict[str, Ranges]) -> list[str]:
    def frequency(word: str) -> int:
        ranges = found[word]
        return 8 * corpus.frequency("title", ranges) + corpus.frequency("abstract", ranges)

    return sorted(found, key=frequency, reverse=True)[:MOST]


def halves(text: str) -> list[tuple[str, str]]:
    """The ways to take `text` for two words without the space between them."""
    return [(text[:at], text[at:]) for at in range(2, len(text) - 1)]
