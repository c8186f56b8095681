"""XML from outside: read when it is well formed, and never more than that."""

from __future__ import annotations

import time
from xml.etree.ElementTree import tostring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperterm.errors import SourceError
from paperterm.sources.xml import LARGEST, safe_xml

ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
BOMB = f'<!DOCTYPE a [<!ENTITY e0 "ha">{ENTITIES}]><a>&e8;</a>'.encode()
FILE = b'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>'
ABROAD = b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd"><a/>'


def test_a_document_is_its_elements():
    root = safe_xml(b"\xef\xbb\xbf<?xml version='1.0'?><feed xmlns='x'><t>a &amp; b</t></feed>", "")
    assert [(element.tag, element.text) for element in root] == [("{x}t", "a & b")]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<a>ö</a>".encode(), "ö"),
        ("<a>ö</a>".encode("utf-16"), "ö"),
        ('<?xml version="1.0" encoding="iso-8859-1"?><a>ö</a>'.encode("latin-1"), "ö"),
        ('<?xml version="1.0" encoding="windows-1252"?><a>“</a>'.encode("cp1252"), "“"),
    ],
)
def test_its_encoding_is_the_one_it_says(body, text):
    assert safe_xml(body, "arXiv").text == text


@pytest.mark.parametrize("body", [BOMB, FILE, ABROAD, b"<!DOCTYPE html><html/>"])
def test_a_document_type_is_not_read(body):
    with pytest.raises(SourceError, match="arXiv has a document type, which is not read"):
        safe_xml(body, "arXiv")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"<a>",
        b"<a></b>",
        b"<a/><b/>",
        b"{}",
        b"<a>\0</a>",
        b"<a>\x1b[2J</a>",
        b"<a>&#xD800;</a>",
        b"<a>&nbsp;</a>",
        b"<a>\xff</a>",
        b"<p:a/>",
        b"<html><br></html>",
    ],
)
def test_what_is_not_well_formed_is_said_where(body):
    with pytest.raises(SourceError, match=r"^arXiv is not XML from line \d+, column \d+ on\.$"):
        safe_xml(body, "arXiv")


@pytest.mark.parametrize("encoding", ["utf-99", "utf-7", "zlib", "idna", "utf-32", "x" * 999])
def test_an_encoding_that_is_none_is_an_error(encoding):
    with pytest.raises(SourceError, match="arXiv is "):
        safe_xml(f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode(), "arXiv")


def test_a_document_that_is_too_large_is_not_begun():
    with pytest.raises(SourceError, match="arXiv is larger than 8 MB"):
        safe_xml(b"<a>" + b"x" * LARGEST + b"</a>", "arXiv")


@pytest.mark.parametrize(
    "body",
    [
        b"<a>" * 300_000 + b"</a>" * 300_000,
        b"<a " + b" ".join(b"b%d=''" % n for n in range(200_000)) + b"/>",
        b"<a>" + b"<b/>" * 500_000 + b"</a>",
        b"<a>" + b"x" * 4_000_000 + b"</a>",
        b"<a b='" + b"x" * 4_000_000 + b"'/>",
        b"<a><!--" + b"-x" * 2_000_000 + b"--></a>",
    ],
    ids=["deep", "attributes", "wide", "text", "value", "comment"],
)
def test_a_document_that_was_made_to_hurt_takes_little_time(body):
    began = time.monotonic()
    root = safe_xml(body, "arXiv")
    assert root.tag == "a"
    del root
    assert time.monotonic() - began < 5


def test_a_name_is_shown_safely():
    with pytest.raises(SourceError) as caught:
        safe_xml(b"<", "\x1b[2Jname")
    assert "\x1b" not in str(caught.value)


@given(st.binary(max_size=200) | st.text("<>/&;!a='\" \n[]-?", max_size=60).map(str.encode))
def test_any_bytes_are_a_document_or_an_error(body):
    try:
        root = safe_xml(body, "arXiv")
    except SourceError:
        return
    tostring(root)
