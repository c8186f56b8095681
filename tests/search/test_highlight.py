import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperterm.model.query import And, Not, Phrase, Word
from paperterm.search.highlight import spans
from paperterm.search.reader import Reader

from .helpers import DOCUMENTS, hits, typed


def marked(text: str, terms: tuple[str, ...]) -> list[str]:
    return [text[start:end] for start, end in spans(text, frozenset(terms))]


@pytest.mark.parametrize(
    ("query", "text", "words"),
    [
        ("retrieval", "Retrieving what was retrieved", ["Retrieving", "retrieved"]),
        ("csordas", "by Róbert Csordás", ["Csordás"]),
        ("csordas", "by Csorda\u0301s.", ["Csorda\u0301s"]),
        ("context", "A long-context model", ["context"]),
        (
            "long-context",
            "A long-context model, a long context",
            ["long-context", "long", "context"],
        ),
        ("longcontext", "A long-context model", ["long-context"]),
        ("LLM.int8()", "LLM.int8(): 8-bit", ["LLM.int8"]),
        ("longwriter", "LongWriter writes", ["LongWriter"]),
        ("writer", "LongWriter", ["Writer"]),
        ("[MASK]", "All in The [MASK]", ["MASK"]),
        ("検索", "文書検索", ["検索"]),
        ("C++", "C++ and C", ["C++"]),
        ("GPT-4", "GPT-4 on 4 tasks", ["GPT-4"]),
        ("4", "GPT-4 on 4 tasks", ["4", "4"]),
    ],
)
def test_the_words_that_matched_are_marked(
    shelf: Reader, query: str, text: str, words: list[str]
) -> None:
    terms = hits(shelf, query).terms or _terms(query)
    assert marked(text, terms) == words


def _terms(query: str) -> tuple[str, ...]:
    """For words the shelf does not hold: what a library that holds them would say."""
    from paperterm.search.analysis import readings

    return tuple(piece.term for way in readings(query) for piece in way)


def test_a_beginning_marks_the_words_it_begins(shelf: Reader) -> None:
    terms = hits(shelf, Word("retr", prefix=True)).terms
    assert marked("Mamba Retriever, retrieval, tree", terms) == ["Retriever", "retrieval"]


def test_the_words_of_a_phrase_are_marked_and_its_stop_words_are_not(shelf: Reader) -> None:
    terms = hits(shelf, Phrase("state of a fixed size")).terms
    assert marked("A state of a fixed size", terms) == ["state", "fixed", "size"]


def test_what_was_to_be_left_out_is_not_marked(shelf: Reader) -> None:
    terms = hits(shelf, And((Word("mamba"), Not(Word("dense"))))).terms
    assert marked("Mamba, dense", terms) == ["Mamba"]


def test_another_spelling_is_marked_where_it_was_found(shelf: Reader) -> None:
    assert marked("Quantized by quantization", hits(shelf, "quantizaton").terms) == [
        "Quantized",
        "quantization",
    ]


def test_nothing_to_mark() -> None:
    assert spans("", frozenset({"a"})) == []
    assert spans("text", frozenset()) == []
    assert spans("text", frozenset({"*"})) == []


@settings(deadline=None)
@given(text=st.text(max_size=60), word=st.text(max_size=8))
def test_spans_are_inside_in_order_and_apart(shelf: Reader, text: str, word: str) -> None:
    found = spans(text, frozenset({word.lower(), f"{word[:2].lower()}*", "deep"}))
    ends = [0, *(end for _, end in found)]
    assert all(before <= start < end for before, (start, end) in zip(ends, found, strict=False))
    assert not found or found[-1][1] <= len(text)


def test_every_hit_of_a_title_word_is_marked_in_its_title(shelf: Reader) -> None:
    for document in DOCUMENTS:
        for word in document.title.split():
            terms = hits(shelf, typed(word, open_end=True)).terms
            assert spans(document.title, frozenset(terms)) or not any(c.isalnum() for c in word)
