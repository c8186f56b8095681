"""The piece of a text that says best why a paper was found."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paperterm.model.pattern import Pattern, Patterns
from paperterm.model.query import Field
from paperterm.search.highlight import spans
from paperterm.search.snippets import Snippet, of_names, of_text

ABSTRACT = (
    "Transformers are slow on long inputs. We propose a state space model whose parameters are"
    " functions of the input. Language models of this kind scale linearly, and Mamba matches"
    " Transformers of twice its size, e.g. on language. It forgets what it does not need."
)
NAMES = ("Tim Dettmers", "Mike Lewis", "Younes Belkada", "Luke Zettlemoyer")


def words(*terms: str) -> Patterns:
    return frozenset(Pattern((term,)) for term in terms)


def lit(snippet: Snippet) -> list[str]:
    return [snippet.text[start:end] for start, end in snippet.spans]


def test_a_short_text_is_shown_whole() -> None:
    found = of_text("A state space.", words("space"), 40)
    assert found == Snippet("A state space.", ((8, 13),), 1)


def test_it_begins_with_the_sentence_of_the_hit_and_ends_with_a_word() -> None:
    found = of_text(ABSTRACT, words("space"), 60)
    assert found.text == "… We propose a state space model whose parameters are …"


def test_it_begins_with_a_word_where_the_sentence_begins_too_early() -> None:
    found = of_text(ABSTRACT, words("function"), 50)
    assert found.text == "… are functions of the input. Language models …"
    assert lit(found) == ["functions"]


def test_a_shortened_word_ends_no_sentence() -> None:
    found = of_text(ABSTRACT, words("languag", "twice"), 60)
    assert found.text == "… of twice its size, e.g. on language. It forgets what it …"


def test_at_the_end_there_is_more_of_what_comes_before() -> None:
    found = of_text(ABSTRACT, words("forget"), 90)
    assert found.text == "… It forgets what it does not need."
    assert of_text(ABSTRACT, words("need"), 24).text == "… what it does not need."


def test_most_words_of_the_query_come_first_then_most_hits_then_the_earliest() -> None:
    text = "mamba mamba mamba. " + "x " * 60 + "mamba space. " + "x " * 60 + "space mamba space."
    assert of_text(text, words("mamba", "space"), 40).text.endswith("space mamba space.")
    assert of_text(text, words("mamba"), 40).text.startswith("mamba mamba mamba.")
    twice = "space. " + "x " * 60 + "space."
    assert of_text(twice, words("space"), 40).text.startswith("space.")


def test_a_text_without_a_hit_has_no_snippet() -> None:
    assert of_text(ABSTRACT, words("retnet"), 60) == Snippet()
    assert of_text("", words("retnet"), 60) == Snippet()
    assert of_text(ABSTRACT, frozenset(), 60) == Snippet()
    assert of_text(ABSTRACT, words("space"), 0) == Snippet()


def test_of_authors_it_begins_with_a_name() -> None:
    assert of_names(NAMES, words("zettlemoy"), 40).text == "… Younes Belkada, Luke Zettlemoyer"
    assert of_names(NAMES, words("lewi"), 30).text == "… Mike Lewis, Younes …"
    assert of_names(NAMES, words("lewi"), 80).text == ", ".join(NAMES)
    assert of_names(NAMES, frozenset({Pattern(("lewi", "youn"))}), 80) == Snippet()


def test_scripts_without_spaces_are_cut_between_their_letters() -> None:
    text = "日本語の論文を探す。" * 20 + "深層学習による文書検索の方法を述べる。" + "日本語。" * 20
    found = of_text(text, frozenset({Pattern(("検", "索"))}), 30)
    assert lit(found) == ["検索"]
    assert found.text.startswith("… 深層学習")


texts = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(["cat", "dog.", "Cat", "of", "a-cat", "x" * 40, "猫の", "é", "—"]),
        max_size=60,
    ).map(" ".join),
)
patterns = st.frozensets(
    st.builds(
        Pattern,
        st.lists(st.sampled_from(["cat", "dog", "x" * 40, "猫", "x", ""]), min_size=1, max_size=2)
        .map(tuple)
        .filter(any),
        st.sampled_from([Field.ANY, Field.ABSTRACT, Field.AUTHOR]),
        st.booleans(),
    ),
    max_size=3,
)


@settings(deadline=None, max_examples=400)
@given(text=texts, patterns=patterns, length=st.integers(-1, 60))
@example(text="a" * 80, patterns=frozenset({Pattern(("a",), open_end=True)}), length=17)
def test_whatever_the_text_it_fits_and_shows_a_hit_when_there_is_one(
    text: str, patterns: Patterns, length: int
) -> None:
    found = of_text(text, patterns, length)
    assert len(found.text) <= max(0, length)
    assert bool(found.spans) == (length > 0 and bool(spans(text, patterns, Field.ABSTRACT)))
    ends = [0, *(end for _, end in found.spans)]
    assert all(a <= start < end for a, (start, end) in zip(ends, found.spans, strict=False))
    assert not found.spans or found.spans[-1][1] <= len(found.text)
    assert found.text.removeprefix("… ").removesuffix(" …") in text


@settings(deadline=None, max_examples=200)
@given(
    words_=st.lists(st.sampled_from(["cat", "dog.", "Cat", "of", "mouse", "e.g."]), max_size=80),
    length=st.integers(16, 70),
)
def test_it_begins_and_ends_with_whole_words(words_: list[str], length: int) -> None:
    text = " ".join(words_)
    found = of_text(text, words("cat"), length).text
    inside = found.removeprefix("… ").removesuffix(" …")
    assert f" {inside} " in f" {text} " or not found
    assert found.startswith("… ") == (not text.startswith(inside)) or not found


@pytest.mark.parametrize(
    "text",
    ["cat " * 50_000, "cat" * 50_000, "猫" * 100_000, "Cat. " * 40_000],
    ids=["words", "one word", "no spaces", "sentences"],
)
def test_the_time_grows_with_the_text_and_no_faster(text: str) -> None:
    few = frozenset({Pattern(("cat",)), Pattern(("猫",)), Pattern(("cat", "cat"))})
    begun = time.process_time()
    of_text(text, few, 100)
    assert time.process_time() - begun < 5
