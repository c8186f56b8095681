"""Where the services are."""

from __future__ import annotations

import pytest

from paperterm.errors import UsageError
from paperterm.web.addresses import parse_address
from paperterm.web.services import Service, Services, services


def test_they_are_where_everybody_knows_them_to_be():
    assert services({}, {}) == Services(
        "https://huggingface.co",
        "https://export.arxiv.org",
        "https://rss.arxiv.org",
        "https://arxiv.org",
        "https://api.crossref.org",
        "https://api.semanticscholar.org",
    )


def test_hugging_face_is_where_its_own_tools_look_for_it():
    assert services({}, {"HF_ENDPOINT": "https://mirror.example.org/"}) == Services(
        huggingface="https://mirror.example.org"
    )
    assert services({}, {"HF_ENDPOINT": " "}) == Services()


def test_a_setting_has_the_last_word():
    chosen = services(
        {"huggingface": "https://b.example.org/hf/", "arxiv_api": "http://127.0.0.1:8899"},
        {"HF_ENDPOINT": "http://unsafe.example.org"},
    )
    assert chosen.huggingface == "https://b.example.org/hf"
    assert chosen.arxiv_api == "http://127.0.0.1:8899"
    assert chosen.arxiv == Services().arxiv


@pytest.mark.parametrize(
    "value",
    [
        "",
        "huggingface.co",
        "http://example.org",
        "https://user:word@example.org",
        "https://example.org/?a=b",
        "file:///tmp",
        "https://example.org/\x1b[2J",
        7,
        None,
        ["https://example.org"],
    ],
)
def test_what_is_no_address_of_a_service_is_said_by_its_name(value):
    with pytest.raises(UsageError, match=r"^services\.arxiv is not the address") as caught:
        services({"arxiv": value}, {})
    assert "word" not in str(caught.value)


def test_a_bad_address_in_the_environment_is_said_by_its_name():
    with pytest.raises(UsageError, match=r"^HF_ENDPOINT is not the address"):
        services({}, {"HF_ENDPOINT": "huggingface.co"})


def test_a_service_that_does_not_exist_is_said_to():
    with pytest.raises(UsageError, match="no service 'arxive'; did you mean arxiv"):
        services({"arxive": "https://example.org"}, {})
    with pytest.raises(
        UsageError, match="no service 'x'; there are: arxiv, arxiv_api, arxiv_rss, "
    ):
        services({"x": "https://example.org"}, {})


@pytest.mark.parametrize(
    ("service", "url", "own"),
    [
        (Service.HUGGINGFACE, "https://huggingface.co/papers", True),
        (Service.HUGGINGFACE, "https://us.aws.cdn.hf.co/x", True),
        (Service.HUGGINGFACE, "https://cdn.hf.co.example.org/x", False),
        (Service.HUGGINGFACE, "https://evilhuggingface.co/", False),
        (Service.HUGGINGFACE, "https://arxiv.org/abs/1", False),
        (Service.HUGGINGFACE, "http://huggingface.co/papers", False),
        (Service.HUGGINGFACE, "https://huggingface.co:444/papers", False),
        (Service.ARXIV, "https://export.arxiv.org/api/query", True),
        (Service.ARXIV, "https://rss.arxiv.org/rss/cs.CL", True),
        (Service.ARXIV, "https://arxiv.org/html/2312.00752", True),
        (Service.ARXIV, "https://mirror.example.org:444/html", True),
        (Service.ARXIV, "https://mirror.example.org/html", False),
        (Service.ARXIV, "http://127.0.0.1:8899/rss", True),
        (Service.ARXIV, "http://127.0.0.1:8900/rss", False),
        (Service.CROSSREF, "https://api.crossref.org/works", True),
        (Service.CROSSREF, "http://127.0.0.1:8899/rss", False),
        (Service.SEMANTIC_SCHOLAR, "https://api.semanticscholar.org/graph/v1", True),
    ],
)
def test_a_service_has_some_addresses_and_no_others(service, url, own):
    chosen = services(
        {"arxiv": "https://mirror.example.org:444", "arxiv_rss": "http://127.0.0.1:8899"}, {}
    )
    address = parse_address(url)
    assert address is not None
    assert chosen.owns(service, address) is own


def test_elsewhere_is_where_the_reader_says_and_never_leads_to_this_machine():
    given = parse_address("http://127.0.0.1:8899/feed")
    assert given is not None
    for url, first, owned in (
        ("https://journal.example/feed", None, True),
        ("https://other.example/feed", "https://journal.example/feed", True),
        ("http://other.example/feed", "https://journal.example/feed", False),
        ("https://127.0.0.1/feed", "https://journal.example/feed", False),
        ("http://localhost:8900/feed", "https://journal.example/feed", False),
        ("http://127.0.0.1:8899/other", "http://127.0.0.1:8899/feed", True),
        ("http://127.0.0.1:8900/feed", "http://127.0.0.1:8899/feed", False),
    ):
        address, begun = parse_address(url), parse_address(first) if first else None
        assert address is not None
        assert Services().owns(Service.ELSEWHERE, address, begun) is owned, url
