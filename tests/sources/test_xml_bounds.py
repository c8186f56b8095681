"""Documents within the size that is read, for which a parser would take many times their size."""

from __future__ import annotations

import json

import pytest

from paperterm.errors import SourceError
from paperterm.sources.fields import safe_json
from paperterm.sources.xml_bounds import check
from paperterm.sources.xml_entries import XmlEntries

HUNGRY = {
    "nested too deep": b"<feed>" + b"<a>" * 60_000,
    "more parts": b"<feed><entry>" + b"<a/>" * 400_000 + b"</entry></feed>",
    "an element of more attributes": b"<f "
    + b" ".join(b"a%d='b'" % n for n in range(6_000))
    + b"/>",
}


@pytest.mark.parametrize("why", HUNGRY)
def test_a_hungry_document_is_refused(why: str) -> None:
    with pytest.raises(SourceError, match=why):
        check(HUNGRY[why], "It")


def test_a_feed_of_many_entries_with_pictures_is_read() -> None:
    picture = b"<![CDATA[<p><img src='data:image/png;base64," + b"QUJD" * 9_000 + b"'><br>]]>"
    entry = b"<entry><title a='b' c='d'>A</title><summary>" + picture + b"</summary></entry>"
    body = b"<feed>" + entry * 200 + b"</feed>"
    check(body, "It")
    assert len(list(XmlEntries([body], "It"))) == 200


def test_json_of_more_parts_than_any_answer_has_is_refused() -> None:
    parts, strings = b"[" + b"{}," * 100_000 + b"{}]", b"[" + b'"ab",' * 400_001 + b"1]"
    for body in (parts, strings, b"[" + b"1," * 1_000_001 + b"1]"):
        with pytest.raises(SourceError, match="more parts"):
            safe_json(body, "It")
    many = json.dumps([{"authors": [{"name": "A"}] * 40}] * 1_000).encode()
    assert safe_json(many, "It")
