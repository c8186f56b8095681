"""From the record of how a paper got its score to an `Explanation`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from paperterm.model.explanation import Evidence, Factor, Part
from paperterm.model.pattern import Pattern
from paperterm.model.query import Field, Node, Not, Phrase, TextLeaf, Word
from paperterm.search.corpus import Corpus, Ranges
from paperterm.search.tracing import Find, Sum, Times, Trace, Under

_FIELDS = {
    "title": Field.TITLE,
    "authors": Field.AUTHOR,
    "names": Field.ID,
    "abstract": Field.ABSTRACT,
}
"""In the order in which evidence is listed."""


class _Step(NamedTuple):
    """A find, with all that it was multiplied by."""

    node: Node | None
    find: Find
    factors: tuple[Factor, ...]


def parts_of(
    corpus: Corpus, root: Node, trace: Trace | None, number: int
) -> tuple[tuple[Part, ...], tuple[Node, ...]]:
    """What each word and phrase of a query gave paper `number`; and the conditions it meets."""
    steps = list(_steps(trace))
    conditions = dict.fromkeys(node for node in _nodes(trace) if not isinstance(node, TextLeaf))
    parts = []
    for leaf in dict.fromkeys(_wanted(root)):
        evidence = [_evidence(corpus, step, number) for step in steps if step.node == leaf]
        order = list(_FIELDS.values())
        parts.append(Part(leaf, tuple(sorted(evidence, key=lambda one: order.index(one.field)))))
    return tuple(parts), tuple(conditions)


def _wanted(node: Node) -> Iterator[TextLeaf]:
    """The words and phrases that a paper should have, as they stand in the query."""
    if isinstance(node, (Word, Phrase)):
        yield node
    elif not isinstance(node, Not):
        for part in getattr(node, "parts", ()):
            yield from _wanted(part)


def _steps(
    trace: Trace | None, node: Node | None = None, factors: tuple[Factor, ...] = ()
) -> Iterator[_Step]:
    match trace:
        case Find():
            yield _Step(node, trace, factors)
        case Times(factor, reason, of):
            yield from _steps(of, node, ((reason, factor), *factors))
        case Sum(of):
            for each in of:
                yield from _steps(each, node, factors)
        case Under(inner, of):
            yield from _steps(of, inner, factors)


def _nodes(trace: Trace | None) -> Iterator[Node]:
    match trace:
        case Times(_, _, of):
            yield from _nodes(of)
        case Sum(of):
            for each in of:
                yield from _nodes(each)
        case Under(node, _):
            yield node


def _evidence(corpus: Corpus, step: _Step, number: int) -> Evidence:
    find = step.find
    field = _FIELDS[find.field]
    terms, count = _terms(corpus, find.field, find.ranges, number)
    return Evidence(
        field,
        frozenset(Pattern((term,), field) for term in terms),
        count,
        find.papers,
        weight=float(np.prod([by for reason, by in step.factors if not reason])),
        rarity=find.rarity,
        presence=find.score / find.rarity,
        once=find.once,
        factors=tuple((reason, by) for reason, by in step.factors if reason),
    )


def _terms(corpus: Corpus, field: str, ranges: Ranges, number: int) -> tuple[Sequence[str], int]:
    """Which of some terms a paper has in a field, and how often it has them all in all."""
    terms: list[str] = []
    count = 0
    for segment, some in zip(corpus.segments, ranges, strict=True):
        if not 0 <= number - segment.base < segment.size:
            continue
        first = segment.file.array(f"{field}.first")
        for each in some:
            docs, counts = segment.postings(field, each)
            at = np.flatnonzero(docs == number - segment.base)
            count += int(counts[at].sum())
            numbers = np.searchsorted(first, at + segment.posted(field, each)[0], "right") - 1
            terms += [segment.lexicon.term(int(n)).decode("utf-8", "replace") for n in numbers]
    return terms, count
