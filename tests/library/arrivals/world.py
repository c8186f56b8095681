"""The services as far as fetching knows them, on loopback, in the hands of a test."""

from __future__ import annotations

import datetime as dt
import json
import threading
import time
from collections.abc import Callable
from html import escape
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

TODAY = dt.datetime(2025, 11, 6, 15, 0, tzinfo=dt.UTC)
"""A Thursday."""


def wrapper(number: int, day: str = "2025-11-06", **facts: Any) -> dict[str, Any]:
    """A paper as Hugging Face has it on the page of a day."""
    paper = {
        "id": f"2511.{number:05}",
        "title": f"Paper number {number}",
        "summary": f"Abstract of number {number}.",
        "authors": [{"name": "Ada Lovelace"}, {"name": "Alan Turing"}],
        "publishedAt": "2025-11-05T00:00:00.000Z",
        "submittedOnDailyAt": f"{day}T01:00:00.000Z",
        "upvotes": number,
        **facts,
    }
    return {"paper": paper, "title": paper["title"], "numComments": 1}


def atom(*numbers: int, total: int | None = None, day: str = "2025-11-04") -> str:
    """An answer of arXiv's API."""
    entries = "".join(
        f"<entry><id>http://arxiv.org/abs/2511.{number:05}v1</id>"
        f"<title>Paper number {number}</title><summary>Abstract of number {number}.</summary>"
        f"<published>{day}T09:00:00Z</published><updated>{day}T09:00:00Z</updated>"
        "<author><name>Ada Lovelace</name></author><category term='cs.CL'/></entry>"
        for number in numbers
    )
    return atom_of(entries, len(numbers) if total is None else total)


def atom_of(entries: str, total: int) -> str:
    return (
        "<feed xmlns='http://www.w3.org/2005/Atom'"
        " xmlns:opensearch='http://a9.com/-/spec/opensearch/1.1/'>"
        "<id>https://arxiv.org/api/x</id><title>arXiv Query</title>"
        f"<opensearch:totalResults>{total}</opensearch:totalResults>{entries}</feed>"
    )


def atom_error(why: str = "incorrect id format for 1234.12345") -> str:
    entry = (
        f"<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title>"
        f"<summary>{why}</summary></entry>"
    )
    return atom_of(entry, 1)


def rss(*numbers: int, day: str = "Thu, 06 Nov 2025 00:00:00 -0500") -> str:
    """What arXiv announces on a day."""
    items = "".join(
        f"<item><title>Paper number {number}</title>"
        f"<link>https://arxiv.org/abs/2511.{number:05}</link>"
        f"<description>arXiv:2511.{number:05}v1 Announce Type: new\nAbstract: Of {number}."
        f"</description><pubDate>{day}</pubDate></item>"
        for number in numbers
    )
    return (
        f"<rss version='2.0'><channel><title>cs.CL updates on arXiv.org</title>"
        f"<pubDate>{day}</pubDate>{items}</channel></rss>"
    )


def title_feed(*titles: str) -> str:
    items = "".join(
        f"<item><title>{escape(title)}</title><link>https://journal.example/{place}</link></item>"
        for place, title in enumerate(titles)
    )
    return f"<rss version='2.0'><channel><title>A journal</title>{items}</channel></rss>"


Answer = Callable[[Request], Response]


class World:
    """Pages of Daily Papers by day, and whatever else a test puts at a path."""

    def __init__(self, server: HTTPServer) -> None:
        self.base = server.url_for("").rstrip("/")
        self.days: dict[str, list[Any]] = {}
        self.asked: list[str] = []
        """What was asked for: path and query, in order."""
        self.fault: Answer | None = None
        """What is answered instead, whatever is asked for."""
        self.paths: dict[str, Answer] = {"/api/daily_papers": self._daily}
        self.lock = threading.Lock()
        server.expect_request(_Any()).respond_with_handler(self._answer)

    def put(self, path: str, body: str | bytes, kind: str = "application/xml") -> None:
        self.paths[path] = lambda request: Response(body, content_type=kind)

    def put_json(self, path: str, value: object) -> None:
        self.put(path, json.dumps(value), "application/json")

    def fail(self, status: int = 500, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.fault = lambda request: Response("no", status, named)

    def queries(self) -> list[str]:
        """What was asked for after the question mark, without what all ask for."""
        return [asked.partition("?")[2].removesuffix("&limit=100&p=0") for asked in self.asked]

    def _answer(self, request: Request) -> Response:
        with self.lock:
            self.asked.append(request.full_path.rstrip("?"))
            answer = self.fault or self.paths.get(request.path)
        return answer(request) if answer else Response("{}", 404)

    def _daily(self, request: Request) -> Response:
        asked = request.args
        name = next((asked[key] for key in ("date", "week", "month", "sort") if key in asked), "")
        limit, page = int(asked["limit"]), int(asked["p"])
        found = self.days.get(name, [])
        return json_response(found[page * limit : (page + 1) * limit])


class _Any(str):
    """Equal to every path."""

    def __new__(cls) -> _Any:
        return super().__new__(cls, "/")

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return True


def json_response(value: object) -> Response:
    return Response(json.dumps(value), content_type="application/json")


class Stopwatch:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = TODAY

    def __call__(self) -> dt.datetime:
        return self.now

    def go(self, **span: float) -> None:
        self.now += dt.timedelta(**span)


def wait_for(happened: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)
