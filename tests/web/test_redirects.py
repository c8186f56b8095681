"""Being sent elsewhere."""

from __future__ import annotations

import json

import pytest

from paperterm.errors import BadAnswer, RefusedAddress
from paperterm.web.answers import JSON
from paperterm.web.client import MOST_REDIRECTS
from paperterm.web.services import Service

from .helpers import client_of, says, whole


def send(httpserver, path: str, location: str, status: int = 302) -> None:
    httpserver.expect_request(path).respond_with_data(status=status, headers={"Location": location})


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("whole_address", [True, False])
def test_one_goes_where_a_service_sends(httpserver, get, base, status, whole_address):
    send(httpserver, "/old", f"{base}/new?a=1" if whole_address else "new?a=1", status)
    httpserver.expect_request("/new", query_string="a=1").respond_with_json([1])
    answer = get("/old")
    assert json.loads(answer.body) == [1]
    assert answer.url == f"{base}/new?a=1"


def test_a_place_may_have_a_name_that_has_to_be_escaped(httpserver, get, base):
    send(httpserver, "/old", "/neu und schön#part")
    httpserver.expect_request("/neu und schön").respond_with_json([1])
    assert get("/old").url == f"{base}/neu%20und%20sch%C3%B6n"


def test_one_goes_five_times_and_not_six(httpserver, get):
    for number in range(MOST_REDIRECTS + 1):
        send(httpserver, f"/{number}", f"/{number + 1}")
    httpserver.expect_request(f"/{MOST_REDIRECTS + 1}").respond_with_json([])
    assert get("/1").body == b"[]"
    with pytest.raises(BadAnswer, match="from one address to the next"):
        get("/0")
    assert len(httpserver.log) == 2 * (MOST_REDIRECTS + 1)


def test_one_does_not_go_round_in_circles(httpserver, get):
    send(httpserver, "/", "/")
    with pytest.raises(BadAnswer, match="from one address to the next"):
        get()
    assert len(httpserver.log) == MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    "location",
    [
        "https://example.org/",
        "//example.org/",
        "http://huggingface.co/",
        "https://huggingface.co.example.org/",
        "https://huggingface.co@example.org/",
        "https://user:word@huggingface.co/",
        "https://huggingface.co:8443/",
        "https://arxiv.org/",
        "http://127.0.0.1:1/",
        "http://localhost:1/",
        "http://[::1]:1/",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "ftp://huggingface.co/",
        "javascript:alert(1)",
        "data:application/json,[]",
        "https:///",
        "https://[",
        "http://0x7f.1/",
    ],
)
def test_one_goes_nowhere_else(speaker, tmp_path, location):
    redirect = f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"
    server = speaker(says(redirect.encode()))
    client = client_of(server.base, tmp_path)
    with pytest.raises(RefusedAddress, match="Hugging Face was not asked"):
        client.get(server.base, service=Service.HUGGINGFACE, accept=JSON)
    assert len(server.arrivals) == 1


def test_nowhere_is_nowhere(speaker, tmp_path):
    server = speaker(says(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"))
    with pytest.raises(BadAnswer, match="moved"):
        client_of(server.base, tmp_path).get(server.base, service=Service.HUGGINGFACE, accept=JSON)
    assert len(server.arrivals) == 1


def test_a_place_that_would_be_a_second_header_is_only_a_strange_place(speaker, tmp_path):
    redirect = b"HTTP/1.1 302 Found\r\nLocation: /a%0d%0aX: y\r\nContent-Length: 0\r\n\r\n"
    server = speaker(says(redirect), says(whole(b"[]")))
    client_of(server.base, tmp_path).get(server.base, service=Service.HUGGINGFACE, accept=JSON)
    assert server.requests[1].startswith(b"GET /a%0d%0aX:%20y HTTP/1.1\r\n")


def test_a_key_stays_with_the_host_it_is_for(httpserver, speaker, tmp_path, base):
    other = speaker(says(whole(b"[]")))
    send(httpserver, "/here", "/there")
    send(httpserver, "/there", f"{other.base}/")
    client = client_of(base, tmp_path, other=other.base)
    client.get(f"{base}/here", service=Service.ARXIV, accept=JSON, private={"x-api-key": "hunter2"})
    assert [request.headers.get("X-Api-Key") for request, _ in httpserver.log] == ["hunter2"] * 2
    (received,) = other.requests
    assert b"hunter2" not in received


def test_a_key_does_not_come_back_with_whom_it_left(httpserver, speaker, tmp_path, base):
    back = b"HTTP/1.1 302 Found\r\nLocation: %s/end\r\nContent-Length: 0\r\n\r\n"
    other = speaker(says(back % base.encode()))
    send(httpserver, "/", other.base)
    httpserver.expect_request("/end").respond_with_json([])
    client = client_of(base, tmp_path, other=other.base)
    client.get(base, service=Service.ARXIV, accept=JSON, private={"x-api-key": "hunter2"})
    assert "X-Api-Key" not in httpserver.log[-1][0].headers


@pytest.mark.parametrize(
    "url",
    ["http://huggingface.co/", "file:///etc/passwd", "https://example.org/", "", "huggingface.co"],
)
def test_such_an_address_is_not_asked_in_the_first_place(client, url):
    with pytest.raises(RefusedAddress, match="Hugging Face was not asked"):
        client.get(url, service=Service.HUGGINGFACE, accept=JSON)
