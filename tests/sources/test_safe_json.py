"""JSON documents from outside: a value, or one sentence."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperterm.errors import SourceError
from paperterm.sources.fields import safe_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(),
    lambda values: st.lists(values) | st.dictionaries(st.text(), values),
    max_leaves=10,
)


@given(VALUES)
def test_a_document_is_its_value(value):
    assert safe_json(json.dumps(value).encode(), "Crossref") == value


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b"\xef\xbb\xbf {} \n", {}),
        (b'["a\nb", NaN, -Infinity]', ["a\nb", None, None]),
        (b'"\\ud800"', "\ud800"),
        (b"9" * 5000, -1),
    ],
)
def test_what_services_get_wrong_is_let_be(body, value):
    assert safe_json(body, "Crossref") == value


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "is not JSON, or not all of it"),
        (b"[1, ", "is not JSON, or not all of it"),
        (b"[] []", "is not JSON, or not all of it"),
        (b"<html></html>", "is not JSON, or not all of it"),
        (b"\xff\xfe[\0]\0", "is not UTF-8"),
        (b'"\xff"', "is not UTF-8"),
        (b"[" * 100_000, "is nested too deep"),
        (b'{"a":' * 100_000, "is nested too deep"),
    ],
)
def test_what_is_no_document_is_one_sentence(body, why):
    with pytest.raises(SourceError, match=f"^Crossref {why}\\.$"):
        safe_json(body, "Crossref")


@given(st.binary(max_size=100))
def test_any_bytes_are_a_value_or_an_error(body):
    try:
        safe_json(body, "Crossref")
    except SourceError:
        return
