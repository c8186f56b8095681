"""The index as the library asks it: a query's tree in, the ids of papers out, best first."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np

from paperterm.errors import IndexUnusable
from paperterm.model.explanation import Explanation
from paperterm.model.pattern import Patterns
from paperterm.model.query import And, Everything, FactLeaf, Node, Not, Or, Phrase, Word, leaves
from paperterm.search import codec, manifest, ranking
from paperterm.search.corpus import Corpus, Segment
from paperterm.search.document import Stamp
from paperterm.search.evaluate import Evaluation, evaluated
from paperterm.search.flat import Array
from paperterm.search.known import Ask, Facts
from paperterm.search.matching import Matcher
from paperterm.search.ranking import Favour
from paperterm.search.scorer import Found, Scorer

Answer = TypeVar("Answer")

_MOST_NAMED = 3
"""Other spellings that a hint names."""
_TRIES = 50
"""How often an index is opened that is being replaced at that very moment."""


@dataclass(frozen=True, slots=True)
class Hits:
    """The answer to a query."""

    ids: Sequence[int]
    """The ids of all papers found, in the order of `ranking`."""
    patterns: Patterns = frozenset()
    """What matched, for `highlight.spans`."""
    hint: str = ""
    """Which other spelling was searched, or empty. Outside text may be in it."""


class Reader:
    """An open index. It stays as it was when opened; use one a thread.

    Raises `IndexUnusable` for whatever is wrong with the folder.
    """

    def __init__(self, folder: Path, after: Reader | None = None) -> None:
        """Open the index; what it still has in common with that of the reader `after` is kept."""
        self._folder = folder
        old = after._scorer.corpus.segments if after and after._scorer else ()
        self._manifest, corpus = _open(folder, old)
        self._scorer: Scorer | None = Scorer(corpus)
        self.stamp: Stamp = self._manifest.stamp
        self.count: int = corpus.count
        self._facts = Facts(corpus)
        self._bookmarked: Sequence[int] = ()
        self._favour: Favour | None = None

    def search(
        self,
        root: Node,
        facts: Ask,
        bookmarked: Sequence[int] = (),
    ) -> Hits:
        """The papers that `root` finds. `facts` gives the ids that a fact leaf stands for.

        `bookmarked` are ids; of these, and of each answer of `facts`, give the same object again
        while it is the same.
        Raises `IndexUnusable` when the index turns out to be damaged, and what `facts` raises.
        """
        return self._asked(root, facts, bookmarked, _answer)

    def explain(
        self, root: Node, facts: Ask, paper_id: int, bookmarked: Sequence[int] = ()
    ) -> Explanation | None:
        """Why `root` finds a paper, and where its score comes from; None when it does not.

        Raises as `search` does.
        """
        return self._asked(root, facts, bookmarked, partial(_explained, paper_id=paper_id))

    def _asked(
        self,
        root: Node,
        facts: Ask,
        bookmarked: Sequence[int],
        answer: Callable[[Scorer, Node, dict[FactLeaf, Array], Favour], Answer],
    ) -> Answer:
        if self._scorer is None:
            raise IndexUnusable("The search index was closed.")
        asked = (leaf for leaf in leaves(root) if not isinstance(leaf, _OURS))
        known = {leaf: self._facts.of(leaf, facts) for leaf in asked}
        try:
            return answer(self._scorer, root, known, self._favoured(bookmarked))
        except IndexUnusable:
            raise
        except Exception as error:
            raise IndexUnusable(f"The search index is damaged: {error!r}.") from error

    def _favoured(self, bookmarked: Sequence[int]) -> Favour:
        if self._favour is None or bookmarked is not self._bookmarked:
            assert self._scorer is not None
            self._bookmarked = bookmarked
            self._favour = Favour(self._scorer.corpus, bookmarked)
        return self._favour

    def up_to_date(self) -> bool:
        """Whether this is still the newest index in the folder; takes microseconds."""
        return manifest.identity(self._folder) == self._manifest.identity

    def close(self) -> None:
        """Let the files go. Hits already given stay good."""
        self._scorer = None


_OURS = (Word, Phrase, Everything, And, Or, Not)


def open_corpus(folder: Path) -> Corpus:
    """The papers of the index in `folder`. Raises `IndexUnusable`."""
    return _open(folder)[1]


def _open(folder: Path, old: Sequence[Segment] = ()) -> tuple[manifest.Manifest, Corpus]:
    for _ in range(_TRIES):
        known = manifest.read(folder)
        try:
            return known, _corpus(folder, known, old)
        except FileNotFoundError as error:
            if manifest.identity(folder) == known.identity:  # nobody has put another in its place
                raise IndexUnusable("The search index is incomplete.") from error
        except IndexUnusable:
            raise
        except Exception as error:
            raise IndexUnusable(f"The search index can't be opened: {error!r}.") from error
    raise IndexUnusable("The search index is incomplete.")


def _corpus(folder: Path, known: manifest.Manifest, old: Sequence[Segment]) -> Corpus:
    home, generation, files = known.home(folder), known.generation, known.files
    lexicons = {segment.file: segment.lexicon for segment in old}
    segments: list[Segment] = []
    base = 0
    for file, deleted in codec.open_segments(home, generation, files, lexicons):
        segments.append(Segment(file, base, deleted, lexicons.get(file)))
        base += segments[-1].size
    corpus = Corpus(segments)
    if corpus.count != known.papers:
        raise IndexUnusable("The search index is damaged: papers are missing.")
    return corpus


def _answer(scorer: Scorer, root: Node, facts: dict[FactLeaf, Array], favour: Favour) -> Hits:
    walk, found = evaluated(scorer, root, facts)
    if not len(found):
        return Hits(array("q"))
    ids = ranking.ranked(scorer.corpus, found, favour)
    return Hits(ids, _patterns(walk.matcher), _hint(walk, found))


def _explained(
    scorer: Scorer, root: Node, facts: dict[FactLeaf, Array], favour: Favour, paper_id: int
) -> Explanation | None:
    from paperterm.search import explain, tracing  # seldom asked for

    corpus = scorer.corpus
    for number in corpus.numbers([paper_id]).tolist():
        tracer = tracing.TracingScorer(corpus, number)
        walk, found = evaluated(tracer, root, facts, tracing.TracingEvaluation)
        score = tracing.score_of(found, number)
        if score is not None:
            trace = found.trace if isinstance(found, tracing.Traced) else None
            parts, conditions = explain.parts_of(corpus, root, trace, number)
            factors = [(why, by) for why, docs, by in walk.factors if number in docs]
            factors += [(why, float(each[number])) for why, each in favour.factors]
            place = ranking.ranked(corpus, found, favour).index(paper_id) + 1
            return Explanation(
                parts,
                conditions,
                tuple((why, by) for why, by in factors if by != 1),
                score * float(favour.whole[number]),
                place,
                len(found),
                corpus.count,
            )
    return None


def _patterns(matcher: Matcher) -> Patterns:
    """What is worth lighting: words that say little only when there are no others."""
    return frozenset(matcher.patterns or matcher.faint)


def _hint(walk: Evaluation, found: Found) -> str:
    there = np.zeros(int(found.docs[-1]) + 1, bool)
    there[found.docs] = True
    texts: dict[str, int] = {}
    for correction in walk.matcher.corrections:
        docs = correction.docs[correction.docs < len(there)]
        if often := int(np.count_nonzero(there[docs])):
            texts[correction.text] = often
    named = sorted(texts, key=lambda text: -texts[text])[:_MOST_NAMED]
    return f"showing {', '.join(f'“{text}”' for text in named)}" if named else ""
