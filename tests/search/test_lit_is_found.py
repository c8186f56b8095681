"""What is lit is what was found: a paper has a word lit exactly when the index says so."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from paperterm.model.query import Field, Phrase, Word
from paperterm.search import store
from paperterm.search.document import Document, Stamp
from paperterm.search.highlight import name_hits, spans
from paperterm.search.matching import Matcher
from paperterm.search.reader import open_corpus
from paperterm.search.scorer import Scorer

WORDS = (
    *("long", "context", "longcontext", "long-context", "LongContext", "long-contexts"),
    *("pre-training", "pretraining", "training", "train", "LLM.int8()", "LLM", "int8", "8"),
    *("the", "of", "a", "their", "C++", "C", "GPT-4", "4", "Tri", "T.", "Jean-Baptiste", "J.-B."),
    *("Dao", "検索", "検", "Csordás", "csorda\u0301s", "BT^2", "retrieving", "retrieval", "retr"),
)
words = st.sampled_from(WORDS)
texts = st.lists(words, max_size=7).map(" ".join)
documents = st.lists(
    st.tuples(texts, texts, st.lists(texts, max_size=2).map(tuple)), min_size=1, max_size=4
)
beginnings = words.flatmap(lambda w: st.integers(1, len(w)).map(lambda end: w[:end]))
fields = st.sampled_from([f for f in Field if f is not Field.ID])
leaves = st.one_of(
    st.builds(Word, words, fields),
    st.builds(Word, beginnings, fields, st.just(True)),
    st.builds(Word, words, fields, st.booleans(), st.just(True)),
    st.builds(Phrase, st.lists(words, min_size=1, max_size=4).map(" ".join), fields),
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(papers=documents, asked=st.lists(leaves, min_size=8, max_size=16))
@example(papers=[("of C++ long-context", "", ())], asked=[Phrase("long-context")])
@example(papers=[("", "the long-context the train", ())], asked=[Phrase("context of train")])
def test_a_word_is_lit_in_every_paper_it_finds_and_in_no_other(
    papers: list[tuple[str, str, tuple[str, ...]]], asked: list[Word | Phrase]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "index"
        documents = [Document(at, *paper, ()) for at, paper in enumerate(papers)]
        store.build(folder, documents, Stamp("x", 0))
        scorer = Scorer(open_corpus(folder))
        for leaf in asked:
            matcher = Matcher(scorer)
            found = matcher.word(leaf) if isinstance(leaf, Word) else matcher.phrase(leaf)
            patterns = frozenset(matcher.patterns | matcher.faint)
            lit = [
                document.id
                for document in documents
                if spans(document.title, patterns, Field.TITLE)
                or spans(document.abstract, patterns, Field.ABSTRACT)
                or name_hits(document.authors, patterns)
            ]
            assert lit == ([] if found is None else found.docs.tolist()), leaf
