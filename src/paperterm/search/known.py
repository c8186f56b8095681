"""What is known of papers besides their words, as numbers of papers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from paperterm.model.query import Dated, FactLeaf
from paperterm.search.corpus import Corpus
from paperterm.search.flat import Array

_MOST = 64
"""Leaves whose papers are kept."""

Ask = Callable[[FactLeaf], Sequence[int]]
"""Gives the ids that a leaf stands for."""


class Facts:
    """The papers of fact leaves. Dates are in the index; the rest is asked for."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._kept: dict[FactLeaf, tuple[Sequence[int], Array]] = {}

    def of(self, leaf: FactLeaf, ask: Ask) -> Array:
        """The numbers of the papers, ascending.

        They are not worked out again while `ask` gives the very same object. Raises what it does.
        """
        if isinstance(leaf, Dated):
            return self._dated(leaf)
        ids = ask(leaf)
        kept = self._kept.get(leaf)
        if kept is None or kept[0] is not ids:
            if len(self._kept) >= _MOST:
                self._kept.clear()
            kept = self._kept[leaf] = ids, self._corpus.numbers(ids)
        return kept[1]

    def _dated(self, leaf: Dated) -> Array:
        days = self._corpus.days
        first = leaf.first.toordinal() if leaf.first else 1
        last = leaf.last.toordinal() if leaf.last else np.iinfo(days.dtype).max
        return np.flatnonzero((days >= first) & (days <= last))
