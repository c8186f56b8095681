"""A search done once more for the sake of one paper, with a record of how its score came about.

`TracingScorer` works as every `Scorer` does and, at each step, writes down what the step did to the
paper's score: so an explanation can't differ from the ranking.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from paperterm.model.query import And, Everything, FactLeaf, Node, Or
from paperterm.search.corpus import Corpus, Ranges
from paperterm.search.evaluate import Evaluation
from paperterm.search.flat import Array
from paperterm.search.scorer import Found, Scorer


@dataclass(frozen=True, slots=True)
class Find:
    """A term, or one of several, in a field of the paper."""

    field: str
    ranges: Ranges
    papers: int
    rarity: float
    score: float
    once: bool
    """Whether being there more often would make no difference."""


@dataclass(frozen=True, slots=True)
class Times:
    """A score multiplied; `reason` is empty for the weight of a field."""

    factor: float
    reason: str
    of: Trace


@dataclass(frozen=True, slots=True)
class Sum:
    """Scores added up."""

    of: tuple[Trace, ...]


@dataclass(frozen=True, slots=True)
class Under:
    """What a node of the query gave; nothing, when it is a mere condition."""

    node: Node
    of: Trace | None


Trace = Find | Times | Sum | Under


@dataclass(frozen=True, slots=True)
class Traced(Found):
    """Papers and their scores, and where one paper's score comes from."""

    number: int = -1
    trace: Trace | None = None
    """None when the paper is not among them, or for nothing that counts."""

    def times(self, factor: float, reason: str = "") -> Found:
        """As `Found.times`."""
        trace = self.trace and Times(factor, reason, self.trace)
        return replace(self, scores=Found.times(self, factor).scores, trace=trace)

    def only(self, wanted: Array) -> Found:
        """As `Found.only`."""
        left = Found.only(self, wanted)
        return replace(self, docs=left.docs, scores=left.scores, trace=self._if_in(left))

    def _if_in(self, found: Found) -> Trace | None:
        return self.trace if score_of(found, self.number) is not None else None


def score_of(found: Found, number: int) -> float | None:
    """A paper's score, or None when it is not found."""
    at = int(np.searchsorted(found.docs, number, "right")) - 1
    return float(found.scores[at]) if at >= 0 and found.docs[at] == number else None


class TracingScorer(Scorer):
    """Scores as its parent does, and keeps the record for paper `number`."""

    def __init__(self, corpus: Corpus, number: int) -> None:
        super().__init__(corpus)
        self.number = number

    def traced(self, found: Found, trace: Trace | None) -> Found:
        """`found`, with how the paper got its score there, if it is there."""
        there = score_of(found, self.number) is not None
        return Traced(
            found.docs, found.scores, found.optional, self.number, trace if there else None
        )

    def term(self, field: str, ranges: Ranges, weight: float = 1.0) -> Found:
        """As `Scorer.term`."""
        return self._find(field, ranges, super().term(field, ranges), once=False).times(weight)

    def either(self, field: str, ranges: Ranges, weight: float = 1.0) -> Found:
        """As `Scorer.either`."""
        return self._find(field, ranges, super().either(field, ranges), once=True).times(weight)

    def _find(self, field: str, ranges: Ranges, found: Found, *, once: bool) -> Found:
        score = score_of(found, self.number)
        if score is None:
            return found
        papers = len(found)
        find = Find(field, ranges, papers, self.rarity(papers), score, once)
        return self.traced(found, find)

    def union(self, found: Sequence[Found], *, best: bool = False) -> Found:
        """As `Scorer.union`."""
        scored = [(score_of(each, self.number) or 0.0, _trace(each)) for each in found]
        traces = [(score, trace) for score, trace in scored if trace is not None]
        if best and traces:
            traces = [max(traces, key=lambda one: one[0])]
        return self.traced(super().union(found, best=best), _sum([one for _, one in traces]))

    def meet(self, found: Sequence[Found]) -> Found:
        """As `Scorer.meet`."""
        return self.traced(super().meet(found), _sum(list(map(_trace, found))))

    def add(self, found: Found, bonus: Found) -> Found:
        """As `Scorer.add`."""
        return self.traced(super().add(found, bonus), _sum([_trace(found), _trace(bonus)]))


def _trace(found: Found) -> Trace | None:
    return found.trace if isinstance(found, Traced) else None


def _sum(traces: Sequence[Trace | None]) -> Trace | None:
    some = [trace for trace in traces if trace is not None]
    return Sum(tuple(some)) if len(some) > 1 else some[0] if some else None


class TracingEvaluation(Evaluation):
    """Walks as its parent does, and records which node of the query a score is from."""

    def __init__(
        self, scorer: Scorer, facts: Mapping[FactLeaf, Array], *, lenient: bool = False
    ) -> None:
        super().__init__(scorer, facts, lenient=lenient)
        assert isinstance(scorer, TracingScorer)
        self._tracer = scorer

    def _node(self, node: Node, *, wanted: bool) -> Found | None:
        found = super()._node(node, wanted=wanted)
        if found is None or not wanted or isinstance(node, (And, Or, Everything)):
            return found
        return self._under(node, found)

    def _joined(self, parts: Sequence[Node]) -> list[Found]:
        found = super()._joined(parts)
        return [self._under(part, one) for part, one in zip(parts, found, strict=True)]

    def _under(self, node: Node, found: Found) -> Found:
        return self._tracer.traced(found, Under(node, _trace(found)))
