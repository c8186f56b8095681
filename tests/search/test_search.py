from pathlib import Path

import pytest

from paperterm.model.query import (
    And,
    Everything,
    Field,
    Is,
    Not,
    Or,
    Phrase,
    State,
    Tag,
    Word,
)
from paperterm.search import store
from paperterm.search.document import Document
from paperterm.search.reader import Reader

from .helpers import DOCUMENTS, STAMP, TITLES, find, hits, made, paper, typed

ALL = sorted(document.id for document in DOCUMENTS)


@pytest.mark.parametrize("title", TITLES)
def test_every_beginning_of_every_title_word_finds_its_paper(shelf: Reader, title: str) -> None:
    wanted = paper(title)
    for word in title.split():
        for end in range(1, len(word) + 1):
            node = Word(word[:end], prefix=True)
            assert wanted in find(shelf, node), f"{word[:end]!r} of {word!r}"


@pytest.mark.parametrize("title", TITLES)
def test_a_title_typed_from_its_beginning_brings_its_paper_to_the_top(
    shelf: Reader, title: str
) -> None:
    wanted = paper(title)
    start = len(title) // 3
    for end in range(start, len(title) + 1):
        assert find(shelf, typed(title[:end], open_end=True))[0] == wanted, title[:end]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("[MASK]", "It's All"),
        ("mask", "It's All"),
        ("its all in the mask", "It's All"),
        ("LLM.int8()", "LLM.int8"),
        ("llm.int8", "LLM.int8"),
        ("llm int8", "LLM.int8"),
        ("LLM int 8", "LLM.int8"),
        ("BT^2", "BT^2"),
        ("bt2", "BT^2"),
        ("BT²", "BT^2"),
        ("bAbI", "Memory"),
        ("babi", "Memory"),
        ("GPT-4", "GPT-4"),
        ("gpt4", "GPT-4"),
        ("gpt 4", "GPT-4"),
        ("C++", "Writing"),
        ("k-means", "k-means"),
        ("kmeans", "k-means"),
        ("k means", "k-means"),
        ("pretraining", "Efficient Continual"),
        ("pre-training", "Efficient Continual"),
        ("pre training", "Efficient Continual"),
        ("fine-tuning of quantized", "QLoRA"),
        ("long-context prompting", "A Survey"),
        ("long context prompting", "A Survey"),
        ("DeepSeek-R1", "DeepSeek"),
        ("deepseek r1", "DeepSeek"),
        ("deep seek", "DeepSeek"),
        ("Csordas", "Writing"),
        ("CSORDÁS", "Writing"),
        ("Lukasz Kaiser", "k-means"),
        ("Clavie", "It's All"),
        ("lecun", "Naïve"),
        ("naive bayes", "Naïve"),
        ("T. Dao", "Mamba:"),
        ("J.-B. Alayrac", "Writing"),
        ("检索 深", "深層"),
        ("検索", "深層"),
        ("文書", "深層"),
        ("$O(n^2)$", "Naïve"),
        ("2312.00007", "Mamba:"),
        ("2312.00007v3", "Mamba:"),
        ("arXiv:2312.00007", "Mamba:"),
        ("arxiv:2312.00007v1", "Mamba:"),
        ("https://arxiv.org/abs/2312.00007", "Mamba:"),
        ("00007", "Mamba:"),
    ],
)
def test_a_name_finds_its_paper_however_it_is_typed(shelf: Reader, query: str, title: str) -> None:
    if query == "检索 深":  # other characters than the title's: nothing is made up
        assert find(shelf, query) == []
    else:
        assert find(shelf, query)[:1] == [paper(title)]


def test_hyphen_space_or_neither_find_the_same_papers(shelf: Reader) -> None:
    spaced, written, joined = (
        find(shelf, q) for q in ("long context", "long-context", "longcontext")
    )
    assert set(spaced) >= {paper("A Survey"), paper("Mamba:")}
    assert set(written) == set(spaced)
    assert paper("A Survey") in joined


def test_cpp_is_not_any_c(shelf: Reader) -> None:
    assert find(shelf, "C++") == [paper("Writing")]


def test_stop_words_help_and_never_hinder(shelf: Reader) -> None:
    assert find(shelf, "the stories of a memory which was read") == [paper("Memory")]
    assert paper("It's All") in find(shelf, "the")
    assert find(shelf, "all in the") == [paper("It's All")]


def test_words_are_found_in_any_inflection(shelf: Reader) -> None:
    assert paper("Mamba Retriever") in find(shelf, "retrieving")
    assert find(shelf, "quantization")[:1] == [paper("QLoRA")]


def test_the_paper_of_that_name_comes_before_those_that_mention_it_more(shelf: Reader) -> None:
    assert find(shelf, "mamba") == [paper("Mamba:"), paper("Mamba Retriever")]


def test_a_title_counts_more_than_an_abstract(shelf: Reader) -> None:
    found = find(shelf, "model")
    assert found.index(paper("Writing")) < found.index(paper("GPT-4"))


def test_of_equally_good_papers_the_newer_comes_first(shelf: Reader) -> None:
    assert find(shelf, Everything()) == ALL[::-1]


def test_a_phrase_wants_its_words_in_a_row(shelf: Reader) -> None:
    assert find(shelf, Phrase("linear-time sequence modeling")) == [paper("Mamba:")]
    assert find(shelf, Phrase("linear time sequence")) == [paper("Mamba:")]
    assert find(shelf, Phrase("time linear")) == []
    assert find(shelf, Phrase("state of a fixed size")) == [paper("Mamba:")]
    assert find(shelf, Phrase("pretraining by mitigating")) == [paper("Efficient Continual")]


def test_a_phrase_does_not_go_from_one_author_to_the_next(shelf: Reader) -> None:
    assert find(shelf, Phrase("tri dao")) == [paper("Mamba:")]
    assert find(shelf, Phrase("gu tri")) == []


def test_a_field_is_looked_at_alone(shelf: Reader) -> None:
    assert set(find(shelf, Word("guo", Field.AUTHOR))) == {
        paper("Efficient Continual"),
        paper("DeepSeek"),
    }
    assert find(shelf, Word("guo", Field.TITLE)) == []
    assert find(shelf, Word("report", Field.ABSTRACT)) == [paper("GPT-4")]
    assert find(shelf, Word("dao", Field.ID)) == []
    assert find(shelf, Word("2312.00004", Field.ID)) == [paper("GPT-4")]
    assert find(shelf, Word("2312.0000", Field.ID, prefix=True)) == ALL[9::-1]


def test_not_leaves_out_and_or_lets_in(shelf: Reader) -> None:
    mambas = {paper("Mamba:"), paper("Mamba Retriever")}
    assert find(shelf, And((Word("mamba"), Not(Word("retrieval"))))) == [paper("Mamba:")]
    assert set(find(shelf, Or((Word("mamba"), Word("qlora"))))) == mambas | {paper("QLoRA")}
    assert set(find(shelf, Not(Word("mamba")))) == set(ALL) - mambas
    assert find(shelf, And((Not(Word("mamba")), Word("mamba")))) == []
    assert set(find(shelf, Not(Not(Word("mamba"))))) == mambas


def test_facts_mix_with_words(shelf: Reader) -> None:
    read, dao = Is(State.READ), Word("dao")
    some = [paper("Mamba:"), paper("QLoRA"), 999_999]
    assert find(shelf, And((read, dao)), Is=some) == [paper("Mamba:")]
    assert find(shelf, And((Not(read), Word("mamba"))), Is=some) == [paper("Mamba Retriever")]
    assert set(find(shelf, Or((read, Word("gpt"))), Is=some)) == {*some[:2], paper("GPT-4")}
    assert find(shelf, And((read, Tag("x"))), Is=some, Tag=some[1:]) == [paper("QLoRA")]
    assert find(shelf, read, Is=[]) == []


def test_what_facts_raise_comes_through(shelf: Reader) -> None:
    with pytest.raises(KeyError):
        find(shelf, And((Word("mamba"), Is(State.READ))))


@pytest.mark.parametrize(
    ("query", "title", "shown"),
    [
        ("quantizaton", "QLoRA", "quantization"),
        ("mamab", "Mamba:", "mamba"),
        ("mixture mamba", "", ""),
        ("instrction masked", "It's All", "instruction"),
        ("technicalreport", "GPT-4", "technical report"),
        ("linear-tme", "Mamba:", "lineartime"),
        ("dettmrs", "QLoRA", "dettmers"),
    ],
)
def test_the_nearest_spelling_is_searched_and_said(
    shelf: Reader, query: str, title: str, shown: str
) -> None:
    answer = hits(shelf, query)
    if title:
        assert paper(title) in answer.ids
        assert answer.hint == f"showing “{shown}”"
    else:
        assert (list(answer.ids), answer.hint) == ([], "")


def test_a_word_that_finds_something_is_not_corrected(shelf: Reader) -> None:
    assert hits(shelf, "mamba").hint == ""
    assert hits(shelf, Word("mam", prefix=True)).hint == ""


def test_a_slip_in_a_word_still_being_typed(shelf: Reader) -> None:
    answer = hits(shelf, Word("quntiz", prefix=True))
    assert answer.ids[0] == paper("QLoRA")
    assert answer.hint == "showing “quantiz…”"


def test_nothing_is_guessed_below_not(shelf: Reader) -> None:
    assert find(shelf, Not(Word("mamab"))) == ALL[::-1]


def test_fuzzy_finds_the_word_and_its_neighbours(shelf: Reader) -> None:
    assert set(find(shelf, Word("qlora"))) == {paper("QLoRA")}
    assert set(find(shelf, Word("qlola", fuzzy=True))) == {paper("QLoRA")}


def test_the_word_itself_ranks_above_longer_ones(shelf: Reader) -> None:
    found = find(shelf, Word("gu", Field.AUTHOR, prefix=True))
    assert found[0] == paper("Mamba:")
    assert {paper("Efficient Continual"), paper("DeepSeek")} < set(found)


@pytest.mark.parametrize("text", ["", "!!!", "—", "\ud800", "()", "\x00"])
def test_a_word_without_letters_says_nothing(shelf: Reader, text: str) -> None:
    assert find(shelf, Word(text)) == ALL[::-1]
    assert find(shelf, And((Word(text), Word("qlora")))) == [paper("QLoRA")]
    assert find(shelf, Or((Word(text), Word("qlora")))) == [paper("QLoRA")]
    assert find(shelf, And((Not(Word(text)), Phrase(text), Word("qlora")))) == [paper("QLoRA")]


def test_hits_name_the_terms_that_matched_and_not_those_left_out(shelf: Reader) -> None:
    found = hits(shelf, And((Word("the"), Word("mamba"), Not(Word("dense")))))
    terms = {piece for pattern in found.patterns for piece in pattern.pieces}
    assert "mamba" in terms
    assert not any(term.startswith("dens") for term in terms)


def test_a_word_that_finds_a_little_may_be_a_slip(tmp_path: Path) -> None:
    slip = Document(1, "Quantizaton of everything", "", (), ())
    many = tuple(Document(n, f"Quantization {n}", "", (), ()) for n in range(10, 40))
    store.build(tmp_path / "index", [slip, *many], STAMP)
    reader = Reader(tmp_path / "index")
    found = hits(reader, "quantizaton")
    assert found.ids[0] == 1
    assert len(found.ids) == 31
    assert found.hint == "showing “quantization”"
    assert find(reader, Not(Word("quantizaton"))) == sorted((d.id for d in many), reverse=True)
    few = Reader(made(tmp_path / "few", (slip, *many[:19])))
    assert (find(few, "quantizaton"), hits(few, "quantizaton").hint) == ([1], "")


def test_a_phrase_may_end_in_the_beginning_of_a_word(folder: Path) -> None:
    reader = Reader(made(folder))
    for cut in ("state sp", "state s", "selective state spac"):
        assert find(reader, Phrase(cut)) == []
        assert paper("Mamba:") in find(reader, Phrase(cut, prefix=True)), cut
    assert find(reader, Phrase("mam", prefix=True)) == find(reader, Word("mam", prefix=True))
    assert find(reader, Phrase("space st", prefix=True)) == []


def test_no_beginning_shorter_than_what_is_typed_is_offered_and_no_stop_word(folder: Path) -> None:
    documents = (
        Document(1, "Scaling laws", "", (), ()),
        Document(2, "Models that can have a plan", "", (), ()),
    )
    reader = Reader(made(folder, documents))
    assert hits(reader, Word("scalx", prefix=True)).hint == "showing “scali…”"
    assert hits(reader, Word("xscan", prefix=True)).hint == ""
    assert find(reader, "havx") == find(reader, "cann") == []
