"""An explanation is the ranking, taken apart."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paperterm.model.explanation import Evidence, Explanation, Part
from paperterm.model.query import And, Field, Is, Node, Not, Or, Phrase, State, Word, leaves
from paperterm.search import store
from paperterm.search.document import Document, Stamp
from paperterm.search.evaluate import evaluated
from paperterm.search.known import Facts
from paperterm.search.reader import Reader, open_corpus
from paperterm.search.scorer import Scorer

from . import test_against_whoosh as generated
from . import test_any_tree as hostile
from .helpers import DOCUMENTS, made, paper, typed

Index = Callable[[Path], Any]


def explained(reader: Reader, query: str | Node, title: str, **facts: list[int]) -> Explanation:
    root = typed(query) if isinstance(query, str) else query
    found = reader.explain(root, lambda leaf: facts[type(leaf).__name__], paper(title))
    assert found is not None
    return found


def part(explanation: Explanation, text: str) -> Part:
    (one,) = (each for each in explanation.parts if each.leaf.text == text)
    return one


def evidence(explanation: Explanation, text: str, field: Field) -> Evidence:
    (one,) = (each for each in part(explanation, text).evidence if each.field is field)
    return one


def terms(one: Evidence) -> set[str]:
    return {piece for pattern in one.patterns for piece in pattern.pieces}


def assert_adds_up(folder: Path, root: Node, facts: dict[Node, list[int]]) -> None:
    """Every paper of the answer is explained, by what its score is; and no other paper is."""
    corpus, reader = open_corpus(folder), Reader(folder)
    known = Facts(corpus)
    numbers = {leaf: known.of(leaf, facts.__getitem__) for leaf in facts}
    _, found = evaluated(Scorer(corpus), root, numbers)
    scores = dict(zip(corpus.ids[found.docs].tolist(), found.scores.tolist(), strict=True))
    places = list(reader.search(root, facts.__getitem__).ids)
    for paper_id in range(62):
        told = reader.explain(root, facts.__getitem__, paper_id)
        if paper_id not in scores:
            assert told is None
            continue
        assert told is not None
        assert told.score == pytest.approx(scores[paper_id], rel=1e-5, abs=1e-6)
        assert told.total == pytest.approx(told.score, rel=1e-4, abs=1e-5), root
        assert (told.place, told.found) == (places.index(paper_id) + 1, len(places))
        assert all(one.count > 0 and one.patterns for p in told.parts for one in p.evidence)
        assert all(not isinstance(node, Word | Phrase) for node in told.conditions)
    reader.close()


fuzzy = st.builds(Word, generated.words, generated.fields, st.booleans(), st.just(True))
trees = generated.trees(st.one_of(generated.leaves, fuzzy), negated=True)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(generated.batches, st.lists(trees, min_size=4, max_size=8))
def test_parts_times_factors_are_the_score_that_ranked(history: Any, nodes: list[Node]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "index"
        generated.indexed(folder, history)
        for node in nodes:
            assert_adds_up(folder, node, {})


@pytest.fixture(scope="module")
def shelf_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("explained") / "index")


@settings(deadline=None, max_examples=100)
@given(tree=hostile.trees, ids=st.lists(st.integers(0, 60), max_size=8, unique=True).map(sorted))
def test_so_they_are_for_any_tree_over_real_titles(
    shelf_folder: Path, tree: Node, ids: list[int]
) -> None:
    assert_adds_up(shelf_folder, tree, dict.fromkeys(leaves(tree), ids))


@settings(deadline=None, max_examples=60)
@given(
    document=st.sampled_from(DOCUMENTS),
    start=st.integers(0, 5),
    count=st.integers(1, 4),
    cut=st.integers(0, 3),
    open_end=st.booleans(),
)
def test_so_they_are_for_what_readers_type(
    shelf_folder: Path, document: Document, start: int, count: int, cut: int, open_end: bool
) -> None:
    text = " ".join((document.title + " " + document.abstract).split()[start : start + count])
    assert_adds_up(shelf_folder, typed(text[: len(text) - cut], open_end=open_end), {})


def test_it_says_what_was_found_where_and_how_often(shelf: Reader) -> None:
    told = explained(shelf, "mamba", "Mamba Retriever")
    title = evidence(told, "mamba", Field.TITLE)
    abstract = evidence(told, "mamba", Field.ABSTRACT)
    assert (terms(title), title.count, title.papers) == ({"mamba"}, 2, 2)
    assert (terms(abstract), abstract.count, abstract.papers) == ({"mamba"}, 1, 1)
    assert (title.weight, abstract.weight) == (5, 1)
    assert abstract.rarity > title.rarity > 1
    assert (told.place, told.found, told.papers) == (2, 2, len(DOCUMENTS))


def test_a_title_that_begins_so_and_the_paper_of_that_name_have_their_factors(
    shelf: Reader,
) -> None:
    assert explained(shelf, "mamba", "Mamba:").factors == (("being the paper of that name", 3.0),)
    assert explained(shelf, "mamba", "Mamba Retr").factors == (("a title that begins so", 1.25),)
    assert explained(shelf, "retrieval", "Mamba Retr").factors == ()


@pytest.mark.parametrize(
    ("query", "title", "text", "found", "factors"),
    [
        (Word("quan", prefix=True), "QLoRA", "quan", {"quantiz"}, (("only beginning so", 0.9),)),
        ("quantizaton", "QLoRA", "quantizaton", {"quantiz"}, (("another spelling", 0.6),)),
        (
            "long context",
            "A Survey",
            "long",
            {"longcontext"},
            (("both words written as one", 0.5),),
        ),
        (Word("mamba", prefix=True), "Mamba:", "mamba", {"mamba"}, ()),
    ],
)
def test_it_says_why_a_find_counts_less(
    shelf: Reader,
    query: str | Node,
    title: str,
    text: str,
    found: set[str],
    factors: tuple[tuple[str, float], ...],
) -> None:
    one = evidence(explained(shelf, query, title), text, Field.TITLE)
    assert terms(one) == found
    assert [(why, pytest.approx(by)) for why, by in factors] == list(one.factors)


def test_authors_are_explained_by_initial_and_phrases_by_their_words(shelf: Reader) -> None:
    told = explained(shelf, "T. Dao", "Mamba:")
    assert terms(evidence(told, "T.", Field.AUTHOR)) == {"t."}
    assert terms(evidence(told, "Dao", Field.AUTHOR)) == {"dao"}
    phrase = part(explained(shelf, Phrase("state spaces"), "Mamba:"), "state spaces")
    assert [terms(one) for one in phrase.evidence] == [{"state"}, {"space"}]


def test_what_is_not_in_the_paper_gives_nothing_and_is_listed(shelf: Reader) -> None:
    told = explained(shelf, Or((Word("qlora"), Word("mamba"))), "QLoRA")
    assert part(told, "mamba").evidence == ()
    assert part(told, "mamba").score == 0


def test_conditions_are_listed_and_give_nothing(shelf: Reader) -> None:
    unread, without = Is(State.UNREAD), Not(Word("dense"))
    query = And((Word("mamba"), unread, without))
    told = explained(shelf, query, "Mamba:", Is=[paper("Mamba:")])
    assert told.conditions == (unread, without)
    assert [one.leaf.text for one in told.parts] == ["mamba"]
    either = Or((unread, Word("qlora")))
    assert explained(shelf, either, "QLoRA", Is=[]).conditions == ()


def test_a_paper_that_is_not_found_has_no_explanation(shelf: Reader) -> None:
    assert shelf.explain(Word("mamba"), lambda leaf: [], paper("QLoRA")) is None
    assert shelf.explain(Word("mamba"), lambda leaf: [], 999_999) is None


def test_a_word_that_is_also_a_term_of_others_counts_once(tmp_path: Path) -> None:
    """``univers`` is what is left of ``universe``, and somebody's word with a term of its own."""
    folder = tmp_path / "index"
    documents = [
        Document(0, "univers universe", "", (), ()),
        Document(1, "universe", "", (), ()),
        Document(2, "univers", "", (), ()),
    ]
    store.build(folder, documents, Stamp("x", 0))
    reader = Reader(folder)
    found = list(reader.search(Word("universs"), lambda leaf: []).ids)
    assert sorted(found) == sorted(set(found)) == [0, 1, 2]
    assert_adds_up(folder, Word("universs"), {})
