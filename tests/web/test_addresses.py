"""Addresses are read in one way only."""

from __future__ import annotations

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperterm.web.addresses import next_address, parse_address

PARTS = st.sampled_from(
    [
        *("http", "https", "file", ":", "/", "//", "@", "\\", "?", "#", "[", "]", "%", "%2f", "."),
        *("huggingface.co", "example.org", "127.0.0.1", "::1", ":80", ":443"),
        *("a", " ", "\t", "\r\n", "ö", "。"),
    ]
)
URLS = st.lists(PARTS, max_size=12).map("".join) | st.text(max_size=40).map("https://".__add__)


@given(URLS)
def test_what_is_taken_means_the_same_to_who_sends_it(url):
    address = parse_address(url)
    if address is None:
        return
    try:
        theirs = httpx2.URL(address.url)
    except httpx2.InvalidURL:
        return
    port = theirs.port or {"http": 80, "https": 443}[theirs.scheme]
    assert (theirs.scheme, theirs.host.strip("[]"), port) == (
        address.scheme,
        address.host.strip("[]"),
        address.port,
    )
    assert not theirs.userinfo
    assert parse_address(address.url) == address


@given(URLS, st.lists(PARTS, max_size=12).map("".join) | st.text(max_size=40))
def test_wherever_one_is_sent_it_is_an_address_or_nowhere(url, location):
    here = parse_address(url)
    if here is not None:
        there = next_address(here, location)
        assert there is None or parse_address(there.url) == there


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("HTTPS://HuggingFace.co", "https://huggingface.co/"),
        ("https://huggingface.co:443/papers#top", "https://huggingface.co/papers"),
        ("http://localhost:8080?a=b", "http://localhost:8080/?a=b"),
        ("http://[::1]:80/x", "http://[::1]/x"),
    ],
)
def test_an_address_has_one_form(url, normal):
    address = parse_address(url)
    assert address is not None
    assert address.url == normal


@pytest.mark.parametrize(
    "url",
    [
        "https://a@huggingface.co/",
        "https://huggingface.co\\@example.org/",
        "https://huggingface.co/ x",
        "https://huggingface.co/\n",
        "https://huggingface.co:0/",
        "https://huggingface.co:65536/",
        "https://hugging\u200bface.co/",
        "https://huggingface。co/",
        "ftp://huggingface.co/",
        "//huggingface.co/",
        "https://",
        f"https://huggingface.co/{'a' * 9000}",
    ],
)
def test_what_could_be_read_in_two_ways_is_no_address(url):
    assert parse_address(url) is None


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("[::1]", True),
        ("localhost.example.org", False),
        ("127.0.0.1.example.org", False),
        ("10.0.0.1", False),
        ("0.0.0.0", False),
        ("127.1", False),
        ("2130706433", False),
    ],
)
def test_what_is_on_this_machine(host, here):
    address = parse_address(f"http://{host}/")
    assert address is not None
    assert address.here is here
