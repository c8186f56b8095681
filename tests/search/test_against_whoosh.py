"""Our answers against those of Whoosh's own searcher, run over the very same index.

Words are of three letters, so that no other spelling is ever guessed; neither they nor their
beginnings are stop words, which a query can do without.
"""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import query as whoosh

from paperterm.model.query import And, Field, Node, Not, Or, Phrase, Word
from paperterm.search import codec, manifest, store
from paperterm.search.document import Document, Stamp
from paperterm.search.evaluate import Evaluation
from paperterm.search.reader import Reader, open_corpus
from paperterm.search.scorer import WEIGHTS, Scorer

VOCABULARY = ("cat", "dog", "cow", "cod", "emu", "elk", "yak", "owl", "bat", "hen", "fox", "gnu")
NAMES = {
    Field.TITLE: "title",
    Field.ABSTRACT: "abstract",
    Field.AUTHOR: "authors",
    Field.ID: "names",
}

words = st.sampled_from(VOCABULARY)
texts = st.lists(words, max_size=8).map(" ".join)
documents = st.builds(
    Document,
    st.integers(0, 25),
    texts,
    texts,
    st.lists(texts, max_size=2).map(tuple),
    st.lists(words, max_size=1).map(tuple),
)
batches = st.lists(
    st.tuples(
        st.lists(documents, max_size=8), st.lists(st.integers(0, 25), max_size=4), st.booleans()
    ),
    min_size=1,
    max_size=5,
)
"""What comes, what goes, and whether the segments become one then."""
fields = st.sampled_from(list(Field))
exact = st.builds(Word, words, fields)
leaves = st.one_of(
    exact,
    st.builds(
        Word, words.flatmap(lambda w: st.sampled_from([w[:1], w[:2], w])), fields, st.just(True)
    ),
    st.builds(Phrase, st.lists(words, min_size=2, max_size=3).map(" ".join), fields),
)


def trees(leaf: st.SearchStrategy[Node], *, negated: bool) -> st.SearchStrategy[Node]:
    def inner(node: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        parts = st.lists(node, min_size=2, max_size=3).map(tuple)
        kinds = [st.builds(And, parts), st.builds(Or, parts)]
        return st.one_of(*kinds, st.builds(Not, node)) if negated else st.one_of(*kinds)

    return st.recursive(leaf, inner, max_leaves=6)


def whooshed(node: Node) -> Any:
    """The same question in Whoosh's terms."""
    match node:
        case And(parts):
            return whoosh.And([whooshed(part) for part in parts])
        case Or(parts):
            return whoosh.Or([whooshed(part) for part in parts])
        case Not(part):
            return whoosh.And([whoosh.Every(), whoosh.Not(whooshed(part))])
        case Word() | Phrase():
            each = [in_field(node, name).with_boost(w) for name, w in WEIGHTS[node.field]]
            return each[0] if len(each) == 1 else whoosh.Or(each)
    raise TypeError(node)


def in_field(leaf: Word | Phrase, name: str) -> Any:
    if isinstance(leaf, Phrase):
        return whoosh.Phrase(name, leaf.text.split())
    return whoosh.Prefix(name, leaf.text) if leaf.prefix else whoosh.Term(name, leaf.text)


def indexed(folder: Path, history: list[tuple[list[Document], list[int], bool]]) -> Any:
    """An index with that history, and Whoosh's searcher on it."""
    first = {document.id: document for document in history[0][0]}
    store.build(folder, first.values(), Stamp("x", 0))
    for revision, (added, removed, merging) in enumerate(history[1:], 1):
        store.update(folder, added, removed, Stamp("x", revision))
        if merging:
            store.merge(folder, thoroughly=True)
    known = manifest.read(folder)
    return codec.searcher(known.home(folder), known.generation, known.files)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(batches, st.lists(trees(leaves, negated=True), min_size=15, max_size=25))
def test_the_same_papers_are_found(history: Any, nodes: list[Node]) -> None:
    with tempfile.TemporaryDirectory() as place:
        searcher = indexed(Path(place) / "index", history)
        reader = Reader(Path(place) / "index")
        for node in nodes:
            theirs = searcher.search(whooshed(node), limit=None)
            ours = list(reader.search(node, lambda leaf: []).ids)
            assert sorted(ours) == sorted(hit["id"] for hit in theirs), node


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(
    batches, st.lists(trees(exact, negated=False).map(lambda n: Or((n,))), min_size=15, max_size=25)
)
def test_with_the_same_scores(history: Any, nodes: list[Node]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "index"
        searcher = indexed(folder, history)
        corpus = open_corpus(folder)
        for node in nodes:
            theirs = {hit["id"]: hit.score for hit in searcher.search(whooshed(node), limit=None)}
            found = Evaluation(Scorer(corpus), {}).root(node)
            ids = corpus.ids[found.docs].tolist()
            assert dict(zip(ids, found.scores.tolist(), strict=True)) == pytest.approx(
                theirs, rel=1e-4
            ), node
