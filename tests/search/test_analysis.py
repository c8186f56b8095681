import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperterm.search import analysis


def texts(query: str) -> list[list[str]]:
    return [[piece.text for piece in way] for way in analysis.readings(query)]


@pytest.mark.parametrize(
    ("query", "ways"),
    [
        ("Mamba", [["mamba"]]),
        ("long-context", [["long", "context"], ["longcontext"]]),
        ("long\u2010context", [["long", "context"], ["longcontext"]]),
        ("LLM.int8()", [["llm", "int", "8"], ["llm", "int8"], ["llmint8"]]),
        ("LongWriter", [["long", "writer"], ["longwriter"]]),
        ("LLMs", [["llms"]]),
        ("BT^2", [["bt", "2"]]),
        ("C++", [["c++"]]),
        ("C#", [["c#"]]),
        ("10,000", [["10", "000"], ["10000"]]),
        ("Csordás", [["csordas"]]),
        ("Csorda\u0301s", [["csordas"]]),
        ("Łukasz", [["lukasz"]]),
        ("Søren", [["soren"]]),
        ("Straße", [["strasse"]]),
        ("inform\u00adation", [["information"]]),
        ("検索", [["検", "索"]]),
        ("データ", [["デ", "ー", "タ"]]),
        ("한국어", [["한국어"]]),
        ("[MASK]", [["mask"]]),
        ("++", []),
        ("", []),
    ],
)
def test_a_text_is_read_as_its_parts_its_runs_and_in_one_piece(
    query: str, ways: list[list[str]]
) -> None:
    assert texts(query) == ways


def test_words_of_one_stem_share_a_term() -> None:
    terms = {analysis.readings(w)[0][0].term for w in ("retrieval", "Retrieving", "retrieved")}
    assert len(terms) == 1


def test_a_part_knows_its_characters_and_its_place() -> None:
    group = analysis.analyse("pre-TrainedBERT")
    parts = [("pre-TrainedBERT"[p.start : p.end], p.first, p.last) for p in group.parts]
    assert parts == [("pre", 0, 0), ("Trained", 1, 1), ("BERT", 2, 2)]
    (whole,) = group.wholes
    assert (whole.start, whole.end, whole.first, whole.last) == (0, 15, 0, 2)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_tokens_that_are_short_folded_and_inside_of_it(text: str) -> None:
    found = [(match.start(), match[0]) for match in analysis.groups(text)]
    assert [surface for _, surface in found] == analysis.surfaces(text)
    for start, surface in found:
        assert text[start : start + len(surface)] == surface
        group = analysis.analyse(surface)
        assert [part.first for part in group.parts] == list(range(len(group.parts)))
        for piece in group.pieces():
            assert 0 <= piece.start < piece.end <= len(surface)
            assert 0 < len(piece.text) <= analysis.LONGEST_TERM
            assert piece.term and "\n" not in piece.term
            assert 0 <= piece.first <= piece.last < len(group.parts)


@settings(deadline=None)
@given(st.text(st.characters(codec="ascii", exclude_characters="+#"), max_size=60))
def test_accents_and_case_make_no_difference(text: str) -> None:
    accented = unicodedata.normalize("NFC", "".join(c + "\u0301" * c.isalpha() for c in text))
    plain = [[piece.text for piece in way] for way in analysis.readings(text.lower())]
    assert [[piece.text for piece in way] for way in analysis.readings(accented.lower())] == plain
