"""A query's tree in, the papers it finds out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from paperterm.model.query import And, Everything, FactLeaf, Field, Node, Not, Or, Phrase, Word
from paperterm.search.flat import Array
from paperterm.search.matching import Matcher
from paperterm.search.scorer import Found, Scorer, nothing, plain

_BEGUN = 1.25
"""What it is worth that a title begins with the words of the query."""
_NAMED = 3.0
"""What it is worth that they are its whole name, all that stands before a colon."""


def evaluated(
    scorer: Scorer,
    root: Node,
    facts: Mapping[FactLeaf, Array],
    walking: type[Evaluation] | None = None,
) -> tuple[Evaluation, Found]:
    """The papers of a tree, and the walk that found them: a lenient one, when no other did."""
    walking = walking or Evaluation
    walk = walking(scorer, facts)
    found = walk.root(root)
    if not len(found):
        walk = walking(scorer, facts, lenient=True)
        found = walk.root(root)
    return walk, found


class Evaluation:
    """One walk over one tree. A node that says nothing, such as ``"++"``, is passed over."""

    def __init__(
        self, scorer: Scorer, facts: Mapping[FactLeaf, Array], *, lenient: bool = False
    ) -> None:
        self._scorer = scorer
        self._corpus = scorer.corpus
        self._facts = facts
        self.matcher = Matcher(scorer, lenient=lenient)
        self.factors: list[tuple[str, Array]] = []
        """What scores were multiplied by: for what, in words, and how much for every paper."""

    def root(self, node: Node) -> Found:
        """The papers of the whole tree, without the deleted ones."""
        found = self._node(node, wanted=True)
        if found is None:
            return plain(self._corpus.all())
        found = self._favoured(node, found)
        alive = self._corpus.alive
        return found if alive is None else found.only(alive)

    def _favoured(self, node: Node, found: Found) -> Found:
        """Better scores for titles that begin as asked, and for the paper of that very name."""
        parts = node.parts if isinstance(node, And) else (node,)
        words = [part for part in parts if isinstance(part, Word)]
        if not words or any(word.field not in (Field.ANY, Field.TITLE) for word in words):
            return found
        begun, named = (np.ones(self._corpus.size, "f4") for _ in range(2))
        begins, names = self.matcher.title_begins(words)
        begun[begins] = _BEGUN
        begun[names] = 1
        named[names] = _NAMED
        self.factors += [("a title that begins so", begun), ("being the paper of that name", named)]
        scores = found.scores * begun[found.docs] * named[found.docs]
        return replace(found, scores=scores)

    def _node(self, node: Node, *, wanted: bool) -> Found | None:
        match node:
            case Word():
                return self.matcher.word(node, wanted=wanted)
            case Phrase():
                return self.matcher.phrase(node, wanted=wanted)
            case Everything():
                return plain(self._corpus.all())
            case Not(part):
                return self._without(self._node(part, wanted=False))
            case And(parts):
                return self._and(parts, wanted=wanted)
            case Or(parts):
                each = [self._node(part, wanted=wanted) for part in parts]
                said = [found for found in each if found is not None]
                return self._scorer.union(said) if said else None
            case _:
                return plain(self._facts[node])

    def _without(self, found: Found | None) -> Found | None:
        if found is None:
            return None
        others = np.ones(self._corpus.size, bool)
        others[found.docs] = False
        return plain(np.flatnonzero(others))

    def _and(self, parts: Sequence[Node], *, wanted: bool) -> Found | None:
        said = []
        joined = self._joined(parts) if wanted else [nothing()] * len(parts)
        for part, one in zip(parts, joined, strict=True):
            found = self._node(part, wanted=wanted)
            if found is not None:
                optional = found.optional
                found = self._scorer.union([found, one], best=True) if len(one) else found
                said.append(replace(found, optional=optional))
        if not said:
            return None
        required = [found for found in said if not found.optional]
        if not required:
            return self._together(said)
        answer = self._scorer.meet(required)
        for found in said:
            if found.optional:
                answer = self._scorer.add(answer, found)
        return answer

    def _together(self, found: Sequence[Found]) -> Found:
        """Papers with all of some words that say little, or else with any of them."""
        answer = self._scorer.meet(found)
        return answer if len(answer) else self._scorer.union(found)

    def _joined(self, parts: Sequence[Node]) -> list[Found]:
        """For each part, the papers that have it written as one word with a neighbour."""
        found = [nothing() for _ in parts]
        for at, (first, second) in enumerate(pairwise(parts)):
            if isinstance(first, Word) and isinstance(second, Word):
                one = self.matcher.joined(first, second)
                if len(one):
                    found[at] = self._scorer.union([found[at], one], best=True)
                    found[at + 1] = one
        return found
