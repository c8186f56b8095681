"""What may be shown."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from paperterm.model.text import shown, shown_text, storable

BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
anything = st.text(st.characters(exclude_categories=()))
nasty = st.text(
    st.sampled_from(
        "a e\u0301\u0300\u0302\u0308\u0323\u0344\u200b\u200d\u202e\u00ad\x00\x1b\x7f\x85\x9b\r\n\t"
        "\u2028\u3000\ud800\udc00\ufeff\ufffe\U000e0001日[]/"
    )
)
texts = st.one_of(anything, nasty)


def harmless(text: str) -> bool:
    return not any(unicodedata.category(c) in ("Cc", "Cs") or c in BIDI for c in text)


@settings(deadline=None, max_examples=500)
@given(texts)
@example("a\x1b]52;c;x\x07b\x9b2J\x7f")
def test_nothing_shown_acts_on_a_terminal(text: str) -> None:
    assert harmless(shown(text))
    assert harmless(shown_text(text).replace("\n\n", ""))
    assert "\n\n\n" not in shown_text(text)


@settings(deadline=None, max_examples=500)
@given(texts)
@example(" \u200b ")
@example("e\u0301\u0301\u200b\u0301\u0301\u0301")
@example("a\n\u200b\nb")
def test_showing_twice_changes_nothing(text: str) -> None:
    assert shown(shown(text)) == shown(text)
    assert shown_text(shown_text(text)) == shown_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "It's All in The [MASK]", "A [/] B", "[@click=app.quit]x[/]", "[link=file:///etc/passwd]",
        "日本語", "Ünïcödé", "e\u0301", "👩\u200d🔬", "نمی\u200cخواهم", "$x^2$ & <b>", "😀",
    ],
)  # fmt: skip
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert shown(text) == text
    assert shown_text(text) == text


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  a \t b\r\n c ", "a b c"),
        ("a\u00a0b\u2028c\u3000d", "a b c d"),
        ("a\x00b", "a\ufffdb"),
        ("a\x1b[31mb", "a\ufffd[31mb"),
        ("a\ud800b", "a\ufffdb"),
        ("a\u202eb\u2066c", "abc"),
        ("zero\u200bwidth", "zerowidth"),
        ("soft\u00adhyphen", "softhyphen"),
        ("e" + "\u0301" * 50 + "x", "e" + "\u0301" * 4 + "x"),
        ("a \u200b b", "a b"),
    ],
)
def test_what_is_not_is_made_so(text: str, line: str) -> None:
    assert shown(text) == line


def test_paragraphs_stay_apart() -> None:
    assert shown_text("one\ntwo\n\n \n three\r\n\r\nfour\n") == "one two\n\nthree\n\nfour"
    assert shown_text("\n\n\x00\n\n") == "\ufffd"
    assert shown_text(" \n\n \u200b \n\n") == ""


@settings(deadline=None)
@given(anything)
def test_what_is_storable_is_utf_8(text: str) -> None:
    kept = storable(text)
    assert kept.encode().decode() == kept
    assert storable(kept) == kept
    if not any(unicodedata.category(c) == "Cs" for c in text):
        assert kept == text
