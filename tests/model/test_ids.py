"""Names of papers and addresses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperterm.model import ids
from paperterm.model.ids import normal_title, parse_arxiv_id, parse_doi, safe_link, title_key


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("2310.06825", "2310.06825"),
        ("2310.06825v2", "2310.06825"),
        ("  2310.06825v12\n", "2310.06825"),
        ("0704.0001", "0704.0001"),
        ("1412.9999", "1412.9999"),
        ("1501.00001", "1501.00001"),
        ("arXiv:2310.06825v1", "2310.06825"),
        ("ARXIV: 2310.06825", "2310.06825"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("hep-th/9901001v3", "hep-th/9901001"),
        ("math.GT/0309136", "math/0309136"),
        ("arXiv:math.GT/0309136v1", "math/0309136"),
        ("10.48550/arXiv.2310.06825", "2310.06825"),
        ("doi:10.48550/ARXIV.2310.06825", "2310.06825"),
        ("https://doi.org/10.48550/arXiv.2310.06825", "2310.06825"),
        ("https://arxiv.org/abs/2310.06825v2", "2310.06825"),
        ("http://www.arxiv.org/pdf/2310.06825v2.pdf", "2310.06825"),
        ("arxiv.org/abs/hep-th/9901001", "hep-th/9901001"),
        ("https://arxiv.org/pdf/hep-th/9901001.pdf", "hep-th/9901001"),
        ("https://export.arxiv.org/abs/2310.06825?context=cs", "2310.06825"),
        ("https://arxiv.org/html/2310.06825/", "2310.06825"),
        ("https://huggingface.co/papers/2310.06825", "2310.06825"),
        ("https://huggingface.co/papers/2310.06825.md", "2310.06825"),
        ("hf.co/papers/2310.06825", "2310.06825"),
    ],
)
def test_an_id_has_one_form(text: str, canonical: str) -> None:
    assert parse_arxiv_id(text) == canonical


@pytest.mark.parametrize(
    "text",
    [
        "", "mamba", "2310", "2310.0682", "2310.068255", "1412.00001", "1501.0001", "2313.06825",
        "0703.0001", "2310.06825v0", "2310.06825v", "x2310.06825", "２３１０.06825",
        "2310.06825\x00", "../../../etc/passwd", "https://arxiv.org/abs/../../etc/passwd",
        "hep-th/../../x",
        "https://evil.example/abs/2310.06825", "https://arxiv.org.evil.example/abs/2310.06825",
        "https://arxiv.org/list/cs.CL/2310.06825", "https://[arxiv.org/abs/2310.06825",
        "https://huggingface.co/models/2310.06825", "arxiv:", "/", "//", "1" * 5000,
        "arXiv:" + " " * 200 + "2310.06825",
        "arxiv.org/abs/" + "2310.06825/" * 500,
    ],
)  # fmt: skip
def test_what_is_no_id_is_none(text: str) -> None:
    assert parse_arxiv_id(text) is None


new_ids = st.builds(
    "{:02}{:02}.{:05}".format, st.integers(15, 99), st.integers(1, 12), st.integers(0, 99999)
)
old_ids = st.builds(
    "{}/{:02}{:02}{:03}".format,
    st.sampled_from(["hep-th", "math", "cs", "cond-mat"]),
    st.integers(0, 99),
    st.integers(1, 12),
    st.integers(0, 999),
)


@settings(deadline=None)
@given(st.one_of(new_ids, old_ids), st.sampled_from(["", "v1", "v23"]))
def test_all_spellings_of_an_id_agree(arxiv_id: str, version: str) -> None:
    spelt = arxiv_id + version
    for text in (
        spelt,
        f"arXiv:{spelt}",
        f"https://arxiv.org/abs/{spelt}",
        f"arxiv.org/pdf/{spelt}",
    ):
        assert parse_arxiv_id(text) == arxiv_id
    assert parse_arxiv_id(ids.arxiv_url(arxiv_id)) == arxiv_id
    assert parse_arxiv_id(ids.huggingface_url(arxiv_id)) == arxiv_id


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(st.characters(exclude_categories=())), st.text("0123456789./v:arxiv-")))
def test_an_id_or_doi_read_twice_is_the_same(text: str) -> None:
    if arxiv_id := parse_arxiv_id(text):
        assert parse_arxiv_id(arxiv_id) == arxiv_id
        assert ".." not in arxiv_id
        assert arxiv_id.isascii()
    if doi := parse_doi(text):
        assert parse_doi(doi) == doi


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1145/3292500.3330701", "10.1145/3292500.3330701"),
        ("DOI: 10.1000/ABC", "10.1000/abc"),
        ("https://doi.org/10.1000/abc(1)", "10.1000/abc(1)"),
        ("https://dx.doi.org/10.1000%2Fabc", "10.1000/abc"),
        ("10.48550/arXiv.2310.06825", None),
        ("https://evil.example/10.1000/abc", None),
        ("10.1000/a b", None),
        ("10.1000/", None),
        ("10.1000/" + "x" * 5000, None),
        ("", None),
    ],
)
def test_a_doi_has_one_form(text: str, doi: str | None) -> None:
    assert parse_doi(text) == doi


@pytest.mark.parametrize(
    "other",
    [
        "Émile's  Attention: Is It All You Need?",
        "EMILE’S ATTENTION – IS IT ALL YOU NEED",
        "E\u0301mile's attention (is it all you need)",
        "emile s attention is it all you need",
    ],
)
def test_a_title_is_known_whatever_its_case_accents_and_punctuation(other: str) -> None:
    assert title_key(other) == title_key("Émile's attention: is it all you need?")


def test_different_titles_have_different_keys() -> None:
    titles = ["", "Mamba", "Mam ba", "Mamba 2", "???", "!!!", "日本語", "日本", "\ud800"]
    assert len({title_key(title) for title in titles}) == len(titles)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_a_title_normalised_twice_is_the_same(title: str) -> None:
    assert normal_title(normal_title(title)) == normal_title(title)


@pytest.mark.parametrize(
    "link",
    [
        "https://arxiv.org/abs/2310.06825",
        "http://example.org:8080/a?b=c&d=%20#e",
        "https://openreview.net/forum?id=x_-Y",
    ],
)
def test_a_plain_address_may_be_opened(link: str) -> None:
    assert safe_link(link) == link


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)", "file:///etc/passwd", "smb://host/x", "vscode://x",
        "data:text/html,x",
        "--remote=x", "-https://a.example/", "https://", "https:///x", "https://a b.example/",
        "https://a.example/ b", "https://a.example/\x1b[2J", "https://a.example/\n", " https://a.example",
        "https://a.example/\u202e", "https://ä.example/", "https://user@a.example/",
        "https://user:secret@a.example/", "https://:secret@a.example/", "https://@a.example/",
        "https://[a.example/", 'https://a.example/"x', "https://a.example/`x`", "https://a.example/\\x",
        "//a.example/", "a.example", "", "https://a.example/" + "x" * 2000, None, 7, b"https://a.example/",
    ],
)  # fmt: skip
def test_any_other_is_refused(link: object) -> None:
    assert safe_link(link) is None


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_a_search_address_is_always_safe(title: str) -> None:
    assert safe_link(ids.huggingface_search_url(title)) is not None


def test_a_doi_address_is_safe() -> None:
    assert ids.doi_url("10.1000/a<b>(c)") == "https://doi.org/10.1000/a%3Cb%3E(c)"
    assert safe_link(ids.doi_url('10.1000/a<b>"|`')) is not None


@given(st.text(st.characters(max_codepoint=127)))
def test_a_title_in_ascii_is_compared_as_any_other(text):
    other = normal_title(f"a {text} é")  # that is not ASCII
    assert normal_title(f"a {text} e") == other == f"{normal_title(f'a {text}')} e"
