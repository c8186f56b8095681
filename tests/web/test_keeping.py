"""Asking only for what is not known."""

from __future__ import annotations

import time

import pytest
from werkzeug import Request, Response

from paperterm.errors import BadAnswer, Offline
from paperterm.web.answers import HTML, JSON
from paperterm.web.cache import Cache
from paperterm.web.keeping import DAY, Keeper
from paperterm.web.services import Service

from .helpers import client_of


@pytest.fixture
def keeper(client, tmp_path) -> Keeper:
    return Keeper(client, Cache(tmp_path / "answers"))


class Page:
    """Something that changes when it is told to."""

    def __init__(self, httpserver) -> None:
        self.version = 1
        self.status = 200
        httpserver.expect_request("/page").respond_with_handler(self._respond)

    def _respond(self, request: Request) -> Response:
        etag = f'"{self.version}"'
        if self.status != 200:
            return Response(status=self.status)
        if request.headers.get("If-None-Match") == etag:
            return Response(status=304, headers={"ETag": etag})
        body = f"[{self.version}]"
        return Response(body, headers={"ETag": etag}, content_type="application/json")


@pytest.fixture
def page(httpserver) -> Page:
    return Page(httpserver)


@pytest.fixture
def look(keeper, base):
    def look(**more):
        return keeper.get(f"{base}/page", service=Service.HUGGINGFACE, **{"accept": JSON, **more})

    return look


def test_what_has_not_changed_is_there_without_being_sent(page, look, httpserver):
    first = look()
    assert (first.status, first.body, first.not_modified) == (200, b"[1]", False)
    again = look()
    assert (again.body, again.not_modified) == (b"[1]", True)
    assert again.content_type == "application/json"
    assert [response.status_code for _, response in httpserver.log] == [200, 304]


def test_what_has_changed_is_new(page, look):
    look()
    page.version = 2
    answer = look()
    assert (answer.body, answer.not_modified) == (b"[2]", False)
    assert look().not_modified


def test_what_is_fresh_is_not_asked_for(page, look, httpserver, monkeypatch):
    look(fresh_for=DAY)
    page.version = 2
    answer = look(fresh_for=DAY)
    assert (answer.body, answer.not_modified) == (b"[1]", True)
    assert len(httpserver.log) == 1
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + DAY + 1)
    assert look(fresh_for=DAY).body == b"[2]"


def test_what_was_found_unchanged_is_fresh_again(page, look, httpserver, monkeypatch):
    look()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 2 * DAY)
    assert look(fresh_for=DAY).not_modified
    look(fresh_for=DAY)
    assert len(httpserver.log) == 2


def test_an_answer_of_the_future_is_not_fresh(page, look, httpserver, monkeypatch):
    look()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now - 3600)
    look(fresh_for=DAY)
    assert len(httpserver.log) == 2


def test_a_page_is_another_thing_than_its_data(page, look):
    look()
    with pytest.raises(BadAnswer):
        look(accept=HTML)


def test_what_was_damaged_is_asked_for_anew(page, look, tmp_path):
    look()
    (file,) = (tmp_path / "answers").iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    answer = look(fresh_for=DAY)
    assert (answer.status, answer.body, answer.not_modified) == (200, b"[1]", False)


def test_an_error_is_not_kept_and_does_not_take_the_place_of_what_is(page, look, keeper, base):
    look()
    page.status = 404
    with pytest.raises(BadAnswer):
        look()
    assert keeper.kept(f"{base}/page", JSON).body == b"[1]"


def test_offline_is_not_the_same_as_nothing_new(tmp_path, page, look, base):
    """Though what was said last can be had."""
    look()
    nowhere = client_of("http://127.0.0.1:1", tmp_path / "elsewhere", other=base)
    keeper = Keeper(nowhere, Cache(tmp_path / "answers"))
    with pytest.raises(Offline):
        keeper.get("http://127.0.0.1:1/page", service=Service.HUGGINGFACE, accept=JSON)
    assert keeper.kept("http://127.0.0.1:1/page", JSON) is None
    kept = keeper.kept(f"{base}/page", JSON)
    assert (kept.body, kept.not_modified) == (b"[1]", True)


def test_an_answer_without_validators_is_asked_for_as_a_whole_again(httpserver, look):
    httpserver.expect_request("/page").respond_with_json([1])
    assert not look().not_modified
    assert not look().not_modified
    assert "If-None-Match" not in httpserver.log[-1][0].headers
