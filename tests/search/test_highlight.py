import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperterm.model.pattern import Pattern, Patterns
from paperterm.model.query import And, Field, Node, Not, Or, Phrase, Word
from paperterm.search.analysis import readings
from paperterm.search.highlight import BETWEEN_NAMES, joined, name_hits, spans
from paperterm.search.patterns import patterns_of
from paperterm.search.reader import Reader

from .helpers import DOCUMENTS, hits, typed


def marked(text: str, patterns: Patterns, field: Field = Field.TITLE) -> list[str]:
    return [text[start:end] for start, end in spans(text, patterns, field)]


def lit(reader: Reader, query: str | Node, text: str, field: Field = Field.TITLE) -> list[str]:
    return marked(text, hits(reader, query).patterns, field)


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
        ("gpt 4", "GPT-4 and 4 others", ["GPT-4", "4"]),
    ],
)
def test_the_words_that_matched_are_marked(
    shelf: Reader, query: str, text: str, words: list[str]
) -> None:
    assert marked(text, hits(shelf, query).patterns or _patterns(query)) == words


def _patterns(query: str) -> Patterns:
    """For words the shelf does not hold: what a library that holds them would say."""
    ways = readings(query)
    return frozenset(one for way in ways for one in patterns_of(way, Field.ANY, prefix=False))


def test_a_beginning_marks_the_words_it_begins(shelf: Reader) -> None:
    text = "Mamba Retriever, retrieval, tree"
    assert lit(shelf, Word("retr", prefix=True), text) == ["Retriever", "retrieval"]


def test_a_beginning_marks_as_little_of_a_compound_as_the_word_would(shelf: Reader) -> None:
    text = "A long-context model, LongWriter"
    for query in (Word("long"), Word("long", prefix=True)):
        assert lit(shelf, query, text) == ["long", "Long"]
    assert lit(shelf, Word("longcon", prefix=True), text) == ["long-context"]


def test_the_words_of_a_phrase_are_marked_and_its_stop_words_are_not(shelf: Reader) -> None:
    query = Phrase("state of a fixed size")
    for field in (Field.TITLE, Field.ABSTRACT):
        assert lit(shelf, query, "A state of a fixed size", field) == ["state", "fixed", "size"]


def test_the_words_of_a_phrase_are_marked_only_where_they_stand_in_a_row(shelf: Reader) -> None:
    text = "State space, a space of states, state-space. StateSpace"
    assert lit(shelf, Phrase("state space"), text) == [
        *("State", "space"),
        *("state", "space"),
        "StateSpace",
    ]


def test_a_phrase_is_marked_as_the_index_has_it() -> None:
    """Abstracts are indexed without stop words: any word may be in such a place, but not none."""
    patterns, text = _patterns("state of a size"), "a state of the size, a state of size"
    assert marked(text, patterns, Field.ABSTRACT) == ["state", "size"]
    assert marked(text, patterns, Field.TITLE) == []


def test_a_phrase_with_a_hyphen_or_its_other_spelling_is_one(shelf: Reader) -> None:
    query = Phrase("long-context prompting")
    for text in ("Long-Context Prompting", "Longcontext prompting", "long context prompting"):
        assert lit(shelf, query, text) == text.split()
    assert lit(shelf, query, "context prompting, long prompting") == []


def test_the_parts_of_a_compound_are_not_marked_alone(shelf: Reader) -> None:
    text = "Training, pre-training, pretraining, pre and training"
    assert lit(shelf, "pre-training", text) == ["pre-training", "pretraining"]


def test_a_compound_still_being_typed_marks_what_begins_so(shelf: Reader) -> None:
    text = "Pre-training, pre and trains, pre-trip"
    assert lit(shelf, Word("pre-tra", prefix=True), text) == ["Pre-training"]


def test_a_field_is_marked_alone(shelf: Reader) -> None:
    query = Word("mamba", Field.TITLE)
    assert lit(shelf, query, "Mamba", Field.TITLE) == ["Mamba"]
    assert lit(shelf, query, "Mamba", Field.ABSTRACT) == []
    assert lit(shelf, Word("dao", Field.AUTHOR), "Tri Dao", Field.AUTHOR) == ["Dao"]
    assert lit(shelf, Word("dao", Field.AUTHOR), "Tri Dao", Field.TITLE) == []


@pytest.mark.parametrize(
    ("query", "name", "words"),
    [
        ("T. Dao", "Tri Dao", ["Tri", "Dao"]),
        ("J.-B. Alayrac", "Jean-Baptiste Alayrac", ["Jean", "Baptiste", "Alayrac"]),
        ("J.-B. Alayrac", "Jean Alayrac", ["Alayrac"]),
    ],
)
def test_initials_mark_the_names_they_stand_for(
    shelf: Reader, query: str, name: str, words: list[str]
) -> None:
    assert lit(shelf, query, name, Field.AUTHOR) == words
    assert lit(shelf, query, "Trees, by Jean", Field.ABSTRACT) == []


def test_two_words_written_as_one_are_marked_as_that(shelf: Reader) -> None:
    text = "A Longcontext survey"
    assert lit(shelf, "long context", text) == ["Longcontext"]
    assert lit(shelf, "longcontext", "long context") == []
    assert lit(shelf, "technicalreport", "A technical report") == ["technical", "report"]


def test_stop_words_are_marked_only_when_there_is_nothing_else(shelf: Reader) -> None:
    assert lit(shelf, "the mamba", "The Mamba") == ["Mamba"]
    assert lit(shelf, "the", "The Mamba") == ["The"]
    assert lit(shelf, "the", "the mamba", Field.ABSTRACT) == []


def test_names_are_marked_one_by_one(shelf: Reader) -> None:
    names = ("Albert Gu", "Tri Dao")

    def found(query: Node) -> list[str]:
        text = BETWEEN_NAMES.join(names)
        hits_ = joined(name_hits(names, hits(shelf, query).patterns))
        return [text[start:end] for start, end in hits_]

    assert found(Phrase("tri dao")) == ["Tri", "Dao"]
    assert found(Phrase("gu tri")) == []
    assert found(Or((Word("gu"), Word("dao")))) == ["Gu", "Dao"]


def test_what_was_to_be_left_out_is_not_marked(shelf: Reader) -> None:
    query = And((Word("mamba"), Not(Word("dense"))))
    assert lit(shelf, query, "Mamba, dense") == ["Mamba"]


def test_another_spelling_is_marked_where_it_was_found(shelf: Reader) -> None:
    text = "Quantized by quantization"
    assert lit(shelf, "quantizaton", text) == ["Quantized", "quantization"]


def test_nothing_to_mark() -> None:
    word = frozenset({Pattern(("a",))})
    assert spans("", word, Field.TITLE) == []
    assert spans("text", frozenset(), Field.TITLE) == []
    assert spans("text", frozenset({Pattern(("",))}), Field.TITLE) == []


pieces = st.sampled_from(["", "deep", "dee", "a", "1", "t.", "c++"]) | st.text(max_size=4)
patterns = st.frozensets(
    st.builds(
        Pattern,
        st.lists(pieces, min_size=1, max_size=3).map(tuple),
        st.sampled_from(list(Field)),
        st.booleans(),
    ),
    max_size=4,
)
texts = st.text(max_size=60) | st.lists(
    st.sampled_from(["deep", "a-deep", "DeepA1", "1", "C++", "the", "Tri"]), max_size=12
).map(" ".join)


@settings(deadline=None)
@given(text=texts, patterns=patterns, field=st.sampled_from(list(Field)))
def test_spans_are_inside_in_order_and_apart(text: str, patterns: Patterns, field: Field) -> None:
    found = spans(text, patterns, field)
    ends = [0, *(end for _, end in found)]
    assert all(before <= start < end for before, (start, end) in zip(ends, found, strict=False))
    assert not found or found[-1][1] <= len(text)


def test_every_hit_of_a_title_word_is_marked_in_its_title(shelf: Reader) -> None:
    for document in DOCUMENTS:
        for word in document.title.split():
            found = lit(shelf, typed(word, open_end=True), document.title)
            assert found or not any(c.isalnum() for c in word)


def test_every_paper_a_phrase_finds_has_it_marked(shelf: Reader) -> None:
    for document in DOCUMENTS:
        words = document.abstract.split()
        for at in range(len(words) - 2):
            query = Phrase(" ".join(words[at : at + 3]))
            for paper_id in hits(shelf, query).ids:
                there = next(d for d in DOCUMENTS if d.id == paper_id)
                fields = ((there.title, Field.TITLE), (there.abstract, Field.ABSTRACT))
                assert any(lit(shelf, query, *field) for field in fields), (query, there.title)
