import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperterm.errors import SourceError
from paperterm.sources.decoding import Lines, refuse_binary

from .helpers import BANNER, PAGE, SECOND, papers, remarks

CHARACTERS = st.characters(codec="utf-8", exclude_characters="\r\ufeff")


def lines(data, step=3, longest=1000):
    chunks = (data[at : at + step] for at in range(0, len(data), step))
    read = Lines(chunks, longest)
    return [line.text for line in read], [remark.text for remark in read.remarks("in")]


def test_all_kinds_of_line_ends_end_a_line():
    for step in (1, 2, 3, 100):
        assert lines(b"a\r\nb\rc\n\r\n\nd", step) == (["a", "b", "c", "", "", "d"], [])
        assert lines(b"a\r", step) == (["a"], [])
    assert lines(b"") == ([], [])


def test_lines_are_numbered_from_one_and_other_separators_do_not_end_them():
    found = list(Lines(["a\u2028b\x0bc\x85\n".encode(), b"d"], 100))
    assert [(line.number, line.text) for line in found] == [(1, "a\u2028b\x0bc\x85"), (2, "d")]


@given(st.text(CHARACTERS, min_size=1), st.integers(1, 9))
@settings(deadline=None, max_examples=150)
def test_unicode_comes_through_in_every_encoding(text, step):
    expected = text.removesuffix("\n").split("\n")
    marks = {"utf-8": b"", "utf-8-sig": b"", "utf-16-le": codecs.BOM_UTF16_LE}
    marks["utf-16-be"] = codecs.BOM_UTF16_BE
    for encoding, mark in marks.items():
        assert lines(mark + text.encode(encoding), step, 10**6) == (expected, [])


def test_other_bytes_are_read_as_windows_1252_and_that_is_said():
    assert lines("caf\xe9 \u2013 \u201cx\u201d\nb".encode("cp1252")) == (
        ["café – “x”", "b"],
        ["in is not UTF-8; read as Windows-1252."],
    )


def test_a_damaged_place_in_utf8_costs_only_itself():
    found, said = lines("é1\n".encode() + b"\xc3(2 \xff\n" + "é3\n".encode())
    assert found == ["é1", "\ufffd(2 \ufffd", "é3"]
    assert said == ["in is not UTF-8; what could not be read was replaced."]


@pytest.mark.parametrize("missing", [1, 2, 3])
def test_a_character_cut_off_at_the_end_is_left_out_in_silence(missing):
    assert lines("ab\nc😀".encode()[:-missing]) == (["ab", "c"], [])
    utf16 = codecs.BOM_UTF16_LE + "ab\nc😀".encode("utf-16-le")
    assert lines(utf16[:-missing]) == (["ab", "c"], [])


def test_a_line_that_is_too_long_is_marked_and_the_rest_goes_on():
    read = Lines(iter([b"ab\n", b"c" * 50, b"c" * 60 + b"\nd\r\n", b"e" * 101]), 100)
    assert [(line.number, line.text, line.too_long) for line in read] == [
        (1, "ab", False),
        (2, "", True),
        (3, "d", False),
        (4, "", True),
    ]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        (b"\x1f\x8b\x08\x00", "a gzip file"),
        (b"PK\x03\x04\x14", "a zip archive"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"SQLite format 3\x00", "an SQLite database"),
    ],
)
def test_binary_input_is_named(head, kind):
    with pytest.raises(SourceError, match=f"^in seems to be {kind}, and papers are read from text"):
        refuse_binary(head, "in")


@pytest.mark.parametrize(
    "head",
    [
        b"text with a \x00 in it",
        bytes(range(256)),
        b"\x01\x02\x03 text",
        "no mark".encode("utf-16-le"),
        codecs.BOM_UTF32_LE + "marked".encode("utf-32-le"),
        codecs.BOM_UTF16_LE + "with \x00".encode("utf-16-le"),
    ],
)
def test_what_holds_control_codes_is_binary(head):
    with pytest.raises(
        SourceError, match=r"^in holds binary data, and papers are read from text\.$"
    ):
        refuse_binary(head, "in")


@pytest.mark.parametrize(
    "head", [b"", b"plain\ttext\r\n\x1b[31m", "é".encode("cp1252"), "é😀".encode("utf-16")]
)
def test_text_is_not_binary(head):
    refuse_binary(head, "in")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_page_is_the_same_in_every_encoding(encoding):
    page = PAGE.replace("depth.", "depth – “naïve”.")
    assert papers(page.encode(encoding)) == papers(page)
    assert len(papers(page)) == 4


def test_the_remark_of_a_page_in_another_encoding_reaches_the_reader():
    page = (BANNER + SECOND).replace("known", "naïve").encode("cp1252")
    assert "input is not UTF-8; read as Windows-1252." in remarks(page)
