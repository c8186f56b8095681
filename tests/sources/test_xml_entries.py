"""XML from outside: read when it is well formed, and never more than that."""

from __future__ import annotations

import itertools
import time
from xml.etree.ElementTree import tostring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperterm.errors import SourceError
from paperterm.sources.xml_entries import LARGEST, XmlEntries, XmlEntry

ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
BOMB = f'<!DOCTYPE a [<!ENTITY e0 "ha">{ENTITIES}]><a>&e8;</a>'.encode()
FILE = b'<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><a>&f;</a>'
ABROAD = b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd"><a/>'


def read(body: bytes, name: str = "arXiv") -> tuple[list[XmlEntry], dict[str, list[str]]]:
    """The entries of a document, and the texts beside them."""
    entries = XmlEntries([body], name)
    return list(entries), entries.head


def test_a_document_is_its_entries_and_what_stands_beside_them():
    body = (
        b"\xef\xbb\xbf<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'>"
        b"<title>a &amp; b</title>\n<Entry><TITLE>c <b>d</b></TITLE><x xmlns='y'>e</x></Entry>"
        b"</feed>"
    )
    ((entry,), head) = read(body)
    assert (entry.lines("title"), entry.lines("x"), entry.line) == (["c d"], [], 2)
    assert head["title"] == ["a & b"]


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
    assert read(body)[1] == {"a": [text]}


@pytest.mark.parametrize("body", [BOMB, FILE, ABROAD, b"<!DOCTYPE html><html/>"])
def test_a_document_type_is_not_read(body):
    with pytest.raises(SourceError, match="arXiv has a document type, which is not read"):
        read(body)


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
        read(body)


@pytest.mark.parametrize("encoding", ["utf-99", "utf-7", "zlib", "idna", "utf-32", "x" * 999])
def test_an_encoding_that_is_none_is_an_error(encoding):
    with pytest.raises(SourceError, match="arXiv is "):
        read(f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode())


def test_a_document_that_is_too_large_is_not_read_to_its_end():
    endless = itertools.chain([b"<a><entry/>"], itertools.repeat(b"<b/>" + b" " * 1_000_000))
    entries = iter(XmlEntries(endless, "arXiv"))
    assert next(entries).line == 1, "what came before is taken"
    with pytest.raises(SourceError, match=f"arXiv is larger than {LARGEST // 1024**2} MB"):
        list(entries)


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
    began = time.process_time()
    entries, head = read(body)
    assert not entries
    assert head
    entries, head = read(b"<feed><entry>" + body + b"</entry></feed>")
    assert len(entries) == 1
    del entries, head
    assert time.process_time() - began < 5


def test_a_name_is_shown_safely():
    with pytest.raises(SourceError) as caught:
        read(b"<", "\x1b[2Jname")
    assert "\x1b" not in str(caught.value)


@given(st.binary(max_size=200) | st.text("<>/&;!a='\" \n[]-?", max_size=60).map(str.encode))
def test_any_bytes_are_a_document_or_an_error(body):
    try:
        entries, _ = read(body)
    except SourceError:
        return
    for entry in entries:
        tostring(entry.element)
