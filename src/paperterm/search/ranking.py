"""The order of what was found: by score; where scores are close, the reader's own and the new.

Papers that match alike are told apart by small factors: a bookmarked paper is worth a little more,
and so is a recent one. They are too small to put a paper before one that matches better.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np

from paperterm.search.corpus import Corpus
from paperterm.search.flat import Array
from paperterm.search.scorer import Found

BOOKMARKED = 0.03
"""What a bookmark adds to a score, as a share of it."""
NEWEST = 0.02
"""What it adds that a paper is as new as the newest one here."""
_HALVED = 730.0
"""Days in which a paper's newness is worth half as much."""


class Favour:
    """By how much each paper of a corpus is favoured; `bookmarked` are ids."""

    def __init__(self, corpus: Corpus, bookmarked: Sequence[int]) -> None:
        recent = 1 + np.float32(NEWEST) * _newness(corpus)
        kept = np.ones(corpus.size, "f4")
        kept[corpus.numbers(bookmarked)] += np.float32(BOOKMARKED)
        self.factors = (("being recent", recent), ("being bookmarked", kept))
        """For what, in words, and how much for every paper."""
        self.whole: Array = recent * kept
        """What each paper's score is multiplied by."""


def _newness(corpus: Corpus) -> Array:
    """For each paper from 0 (old, or of no known date) to 1 (as new as the newest one here)."""
    days = corpus.days.astype("f4")
    newest = days.max(initial=0)
    return np.where(days > 0, np.exp2((days - newest) / np.float32(_HALVED)), 0).astype("f4")


def ranked(corpus: Corpus, found: Found, favour: Favour) -> array[int]:
    """The ids of the papers found, best first; of equally good ones the last added first."""
    # A float's bits, when it is not negative, sort like the float: whole numbers that hold score
    # and age are sorted several times faster than by two keys, and tell the ids themselves.
    scores = np.maximum(found.scores, 0) * favour.whole[found.docs]
    keys = scores.astype("f4").view("u4").astype("u8") << np.uint64(32)
    keys |= corpus.ranks[found.docs]
    keys.sort()
    ids = corpus.by_rank[(keys[::-1] & np.uint64(0xFFFFFFFF)).astype("i8")]
    return array("q", ids.astype("i8", copy=False).tobytes())
