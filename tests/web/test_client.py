"""Asking, and what comes of it."""

from __future__ import annotations

import gzip
import json

import pytest
from werkzeug import Request, Response

import paperterm
from paperterm.errors import BadAnswer, Offline, UsageError, WebError
from paperterm.web.answers import HTML, JSON, MARKDOWN, PDF, XML, Validators
from paperterm.web.services import Service

from .helpers import client_of

LAST_MODIFIED = "Thu, 06 Nov 2025 08:00:00 GMT"


def seen(httpserver) -> Request:
    """The last request."""
    return httpserver.log[-1][0]


def test_an_answer_is_given_whole(httpserver, get, base):
    httpserver.expect_request(
        "/api/daily_papers", query_string="date=2025-11-06"
    ).respond_with_data(
        '[{"title": "α"}]',
        content_type="application/json; charset=utf-8",
        headers={"ETag": 'W/"1"', "Last-Modified": LAST_MODIFIED, "Link": "</2>", "X-Other": "1"},
    )
    answer = get("/api/daily_papers?date=2025-11-06")
    assert answer.status == 200
    assert answer.url == f"{base}/api/daily_papers?date=2025-11-06"
    assert json.loads(answer.body) == [{"title": "α"}]
    assert answer.content_type == "application/json; charset=utf-8"
    assert (answer.etag, answer.last_modified) == ('W/"1"', LAST_MODIFIED)
    assert answer.headers["link"] == "</2>"
    assert "x-other" not in answer.headers
    assert not answer.not_modified


def test_a_service_learns_who_asks_and_for_what(httpserver, get):
    httpserver.expect_request("/").respond_with_json([])
    get()
    headers = seen(httpserver).headers
    agent = f"paperterm/{paperterm.__version__} (a paper reader for the terminal)"
    assert headers["User-Agent"] == agent
    assert headers["Accept"] == "application/json"
    assert headers["Accept-Encoding"] == "gzip"
    assert "Cookie" not in headers


def test_a_reader_who_wants_to_be_reached_can_be(httpserver, base, tmp_path):
    httpserver.expect_request("/").respond_with_json([])
    client = client_of(base, tmp_path, mailto="ada@example.org")
    client.get(base, service=Service.CROSSREF, accept=JSON)
    agent = seen(httpserver).headers["User-Agent"]
    assert agent == f"paperterm/{paperterm.__version__} (+mailto:ada@example.org)"


@pytest.mark.parametrize("mailto", ["ada", "a@b\r\nX: y", "@b", "a@b c", "<a@b>"])
def test_what_is_no_mail_address_is_told_to_nobody(base, tmp_path, mailto):
    with pytest.raises(UsageError, match="mail address"):
        client_of(base, tmp_path, mailto=mailto)


def test_what_came_packed_is_unpacked(httpserver, get):
    members = gzip.compress(b'{"a": ') + gzip.compress(b"1}")
    httpserver.expect_request("/").respond_with_data(
        members, content_type="application/json", headers={"Content-Encoding": "gzip"}
    )
    assert get().body == b'{"a": 1}'


def test_an_answer_may_be_empty_though_packed(httpserver, get):
    httpserver.expect_request("/").respond_with_data(b"", headers={"Content-Encoding": "gzip"})
    assert get(accept=MARKDOWN).body == b""


def test_what_has_not_changed_is_not_sent_again(httpserver, get):
    def respond(request: Request) -> Response:
        if request.headers.get("If-None-Match") == '"1"':
            assert request.headers["If-Modified-Since"] == LAST_MODIFIED
            return Response(status=304, headers={"ETag": '"1"'})
        headers = {"ETag": '"1"', "Last-Modified": LAST_MODIFIED}
        return Response("[]", headers=headers, content_type="application/json")

    httpserver.expect_request("/").respond_with_handler(respond)
    first = get()
    again = get(validators=first.validators)
    assert (again.status, again.not_modified, again.body) == (304, True, b"")
    assert again.etag == '"1"'


@pytest.mark.parametrize("etag", ['"a\r\nX: y"', '"α"', "x" * 513])
def test_a_validator_that_no_header_can_hold_is_not_sent(httpserver, get, etag):
    httpserver.expect_request("/").respond_with_json([])
    assert get(validators=Validators(etag)).body == b"[]"
    assert "If-None-Match" not in seen(httpserver).headers


def test_no_change_is_no_answer_to_somebody_who_knows_nothing(httpserver, get):
    httpserver.expect_request("/").respond_with_data(status=304)
    with pytest.raises(BadAnswer):
        get()


@pytest.mark.parametrize("status", [201, 204, 206, 400, 401, 403, 404, 410, 418, 500, 501, 502])
def test_any_other_status_is_one_sentence_with_the_service_in_it(httpserver, get, status):
    httpserver.expect_request("/").respond_with_data("secret words", status=status)
    with pytest.raises(BadAnswer, match=r"^Hugging Face [^.]+\.$") as caught:
        get()
    assert caught.value.status == status
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("accept", "content_type", "fits"),
    [
        (JSON, "application/json", True),
        (JSON, "Application/JSON;charset=utf-8", True),
        (JSON, "application/vnd.citationstyles.csl+json", True),
        (JSON, "text/html", False),
        (JSON, "text/plain", False),
        (XML, "application/atom+xml", True),
        (XML, "text/xml", True),
        (XML, "text/html", False),
        (XML, "application/xhtml+xml", False),
        (HTML, "text/html; charset=utf-8", True),
        (HTML, "application/json", False),
        (MARKDOWN, "text/markdown", True),
        (MARKDOWN, "text/html", False),
        (PDF, "application/pdf", True),
        (PDF, "text/html", False),
    ],
)
def test_something_else_than_was_due_is_refused(httpserver, get, accept, content_type, fits):
    httpserver.expect_request("/").respond_with_data("x", content_type=content_type)
    if fits:
        assert get(accept=accept).body == b"x"
        return
    with pytest.raises(BadAnswer, match=f"something else than {accept.name}"):
        get(accept=accept)


def test_a_question_can_be_put_as_json(httpserver, client, base):
    asked = {"ids": ["ARXIV:2312.00752"]}
    httpserver.expect_request("/batch", method="POST", json=asked).respond_with_json([{"n": 1}])
    answer = client.post_json(f"{base}/batch", asked, service=Service.SEMANTIC_SCHOLAR)
    assert json.loads(answer.body) == [{"n": 1}]


def test_a_question_put_as_json_is_not_taken_elsewhere(httpserver, client, base):
    httpserver.expect_request("/batch").respond_with_data(
        status=307, headers={"Location": f"{base}/other"}
    )
    with pytest.raises(BadAnswer, match="moved"):
        client.post_json(f"{base}/batch", [], service=Service.SEMANTIC_SCHOLAR)
    assert len(httpserver.log) == 1


def test_cookies_are_not_kept(httpserver, get):
    httpserver.expect_request("/").respond_with_json([], headers={"Set-Cookie": "id=1; Path=/"})
    get()
    get()
    assert "Cookie" not in seen(httpserver).headers


def test_a_key_is_sent_and_never_said(httpserver, get):
    httpserver.expect_request("/").respond_with_data(status=403)
    with pytest.raises(BadAnswer) as caught:
        get(private={"x-api-key": "hunter2"})
    assert seen(httpserver).headers["X-Api-Key"] == "hunter2"
    assert "hunter2" not in repr(caught.value)


def test_a_key_that_no_header_can_hold_is_not_said_either(httpserver, get):
    with pytest.raises(WebError) as caught:
        get(private={"x-api-key": "hunter2\r\nX: y"})
    error: BaseException | None = caught.value
    assert error is not None
    assert "hunter2" not in str(error)
    assert error.__suppress_context__
    assert httpserver.log == []


def test_a_proxy_that_cannot_be_used_is_like_no_network(monkeypatch, tmp_path):
    monkeypatch.setenv("ALL_PROXY", "socks9://127.0.0.1:9")
    client = client_of("https://huggingface.co", tmp_path)
    with pytest.raises(Offline, match="proxy"):
        client.get("https://huggingface.co/", service=Service.HUGGINGFACE, accept=JSON)


def test_a_proxy_that_refuses_is_like_no_network(monkeypatch, tmp_path, base, httpserver):
    httpserver.expect_request("/").respond_with_data(status=403)
    monkeypatch.setenv("HTTPS_PROXY", base)
    client = client_of("https://huggingface.co", tmp_path)
    with pytest.raises(Offline, match="Hugging Face can't be reached"):
        client.get("https://huggingface.co/", service=Service.HUGGINGFACE, accept=JSON)


def test_this_machine_is_asked_without_a_proxy(monkeypatch, httpserver, get):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    httpserver.expect_request("/").respond_with_json([])
    assert get().body == b"[]"
