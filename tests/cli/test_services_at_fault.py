"""What services do wrong, from the wire to what a reader of `paperterm fetch` sees and has."""

from __future__ import annotations

import datetime as dt
import gzip
import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator
from email.utils import format_datetime
from pathlib import Path

import pytest

from library.arrivals.world import atom, atom_error, atom_of, rss, wrapper
from paperterm.library.arrivals import post
from paperterm.web.services import Service
from paperterm.web.waiting import Patience

from .helpers import CONTROLS, Ran, Run, point_to
from .odd_server import Answer, Asked, OddServer, chunked, plain, status

SERVED = ("2511.00001", "2511.00002")


@pytest.fixture
def serve(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., OddServer]]:
    """Puts services of any kind where the reader's settings point."""
    hurried = Patience(connect=2, silence=3, whole=5, asked=5, tries=3, pause=0.05)
    monkeypatch.setitem(post.errand_for.__kwdefaults__, "patience", hurried)
    monkeypatch.setattr(post, "INTERVALS", dict.fromkeys(Service, 0.0))
    servers: list[OddServer] = []

    def serve(answer: Answer, *, ipv6: bool = False) -> OddServer:
        server = OddServer(answer, ipv6=ipv6)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        point_to(home, server.base)
        return server

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def page(day: str, *numbers: int) -> bytes:
    return json.dumps([wrapper(number, day) for number in numbers or (1, 2)]).encode()


def pages(*answers: Callable[[bytes], bytes | Iterator[bytes]]) -> Answer:
    """A page a day, wrapped by the first of `answers` the first time, and by the last for ever."""
    given = itertools.chain(answers, itertools.repeat(answers[-1]))
    lock = threading.Lock()

    def answer(asked: Asked) -> Iterator[bytes]:
        with lock:
            wrap = next(given)
        wrapped = wrap(page(asked["date"]))
        yield from [wrapped] if isinstance(wrapped, bytes) else wrapped

    return answer


def there(run: Run) -> set[str]:
    """The ids of the papers in the library, but for those of the starter shelf."""
    found = [json.loads(line)["arxiv_id"] for line in run("search", "--json", "sort:title").lines]
    return {arxiv_id for arxiv_id in found if arxiv_id.startswith("2511.")}


def whole(run: Run, *names: str) -> Ran:
    """Fetch, which has to bring all that is served and say nothing of it."""
    ran = run("fetch", *names)
    assert (ran.status, ran.err) == (0, "")
    assert there(run) == set(SERVED)
    return ran


def failing(run: Run, name: str, why: str) -> None:
    """Fetch, which has to fail with one clean sentence, and to bring nothing."""
    ran = run("fetch", name)
    assert ran.status == 1
    assert ran.out == ""
    assert why in ran.err
    assert not CONTROLS.search(ran.err)
    assert "Traceback" not in ran.err
    assert there(run) == set()
    state = run("feeds").out
    assert "nothing fetched yet" in state
    assert why in state or "asks to wait 60 min" in state


def dripped(body: bytes) -> Iterator[bytes]:
    for piece in (plain(body)[at : at + 60] for at in range(0, len(plain(body)), 60)):
        time.sleep(0.005)
        yield piece


def soon(seconds: float) -> bytes:
    then = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=seconds)
    return b"RETRY-AFTER: " + format_datetime(then, usegmt=True).encode()


FINE = {
    "in chunks, with headers that shout": [chunked],
    "without any optional header": [plain],
    "with a byte order mark": [lambda body: plain(b"\xef\xbb\xbf" + body)],
    "packed, in two parts": [
        lambda body: status(
            b"200 OK", b"content-encoding: x-gzip", b"Content-Type: text/json",
            body=gzip.compress(body[:9]) + gzip.compress(body[9:]),
        )
    ],
    "without saying what it is": [lambda body: status(b"200 OK", body=body)],
    "in HTTP of old": [lambda body: b"HTTP/1.0 200\r\n\r\n" + body],
    "in drips": [dripped],
    "with white space around it": [lambda body: plain(b"\r\n \t" + body + b"\n\n")],
    "after a failure": [lambda _: status(b"500 Oops"), plain],
    "after two failures": [lambda _: status(b"502 Bad"), lambda _: status(b"504 Late"), plain],
    "after being cut": [lambda body: status(b"200 OK", body=body)[:-40], plain],
    "after being cut in a chunk": [lambda body: list(chunked(body))[:9].__iter__(), plain],
    "after nothing": [lambda _: b"", plain],
    "after 503 with a time": [lambda _: status(b"503 Busy", b"Retry-After: 1"), plain],
    "after 429 with a date": [lambda _: status(b"429 Slow", soon(2)), plain],
    "after 429 with a date that is over": [lambda _: status(b"429 Slow", soon(-999)), plain],
    "after 429 without a time": [lambda _: status(b"429 Slow", b"RATELIMIT: nonsense"), plain],
}  # fmt: skip


@pytest.mark.parametrize("answers", FINE.values(), ids=FINE)
def test_what_is_only_odd_is_fetched_whole(run, serve, answers):
    serve(pages(*answers))
    whole(run, "daily-papers")


def test_services_may_be_on_ipv6(run, serve):
    serve(pages(chunked), ipv6=True)
    whole(run, "daily-papers")


BAD = {
    "a page": (lambda _: plain(b"<html>Sign in", b"text/html"), "something else than JSON"),
    "a page that says it is JSON": (lambda _: plain(b"<html>Sign in"), "not JSON"),
    "JSON that says it is a page": (
        lambda body: plain(body, b"text/html; charset=utf-8"),
        "something else than JSON",
    ),
    "JSON with something after it": (lambda body: plain(body + b"\n<!-- 3 ms -->"), "JSON"),
    "JSON that is cut off": (lambda body: plain(body[:-30]), "JSON"),
    "another list": (lambda _: plain(b'[{"model": 1}]'), "something else than papers"),
    "an error with status 200": (lambda _: plain(b'{"error": "x"}'), "not a list of papers"),
    "null": (lambda _: plain(b"null"), "not a list of papers"),
    "204": (lambda _: b"HTTP/1.1 204 No Content\r\n\r\n", "status 204"),
    "nothing with status 200": (lambda _: status(b"200 OK", body=b""), "JSON"),
    "404": (lambda _: status(b"404 Gone"), "does not have"),
    "500 for ever": (lambda _: status(b"500 Oops"), "does not work at the moment"),
    "cut for ever": (lambda body: status(b"200 OK", body=body)[:-40], "was cut"),
    "a bomb": (
        lambda _: status(
            b"200 OK", b"Content-Encoding: gzip", body=gzip.compress(b" " * 200_000_000, 1)
        ),
        "sent more than 8 MB",
    ),
    "a way to elsewhere": (
        lambda _: status(b"302 Found", b"LOCATION: http://other.example/papers"),
        "was not asked",
    ),
    "a way to another host of ours without encryption": (
        lambda _: status(b"301 Moved", b"Location: http://huggingface.co/api/daily_papers"),
        "was not asked",
    ),
    "busy for an hour": (
        lambda _: status(b"503 Busy", soon(3600)),
        "asks for fewer requests",
    ),
}


@pytest.mark.parametrize(("answer", "why"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_one_sentence_and_the_exit_status(run, serve, answer, why):
    serve(pages(answer))
    failing(run, "daily-papers", why)


@pytest.mark.parametrize(("answer", "why"), BAD.values(), ids=BAD)
def test_what_goes_wrong_on_the_way_costs_nothing_that_came_before(run, serve, answer, why):
    serve(pages(plain, plain, answer))
    ran = run("fetch", "daily-papers")
    assert ran.status == 1
    assert "2 new" in ran.err
    assert why in ran.err
    assert there(run) == set(SERVED)
    if "fewer requests" in why:
        return  # it is left alone for as long as it wants to be
    server = serve(pages(plain))
    whole(run, "daily-papers")
    assert len(server.asked) == 6, "what is over and was fetched is not asked for again"


def test_fields_that_are_renamed_or_null_cost_only_themselves(run, serve):
    changes: list[dict[str, object]] = [
        {"id": None, "title": "Without an id", "publishedAt": None, "authors": None},
        {"id": 7, "title": "With a number for one", "authors": [None, {"fullname": "A"}, "B"]},
        {"title": None},
        {"upvotes": None, "summary": None, "authors": "everybody", "submittedOnDailyAt": None},
        {"upvotes": "many", "publishedAt": "soon", "summary": ["a"], "discussionId": {}},
    ]
    renamed = {"paper": {"arxivId": "2511.00009", "name": "Renamed"}}

    def answer(asked: Asked) -> Iterator[bytes]:
        day = asked["date"]
        listed: list[object] = [wrapper(n, day, **change) for n, change in enumerate(changes, 1)]
        yield plain(json.dumps([*listed, None, [], {"paper": None}, renamed]).encode())

    serve(answer)
    ran = run("fetch", "daily-papers")
    assert ran.status == 0
    titles = [json.loads(line)["title"] for line in run("search", "--json").lines]
    assert {"Without an id", "With a number for one", "Paper number 4"} <= set(titles)
    assert "Paper number 5" in titles
    assert ran.err.count("daily-papers: ") >= 4, "each that was left out is told of"


def test_a_day_that_snaps_back_is_not_filed_under_the_day_asked_for(run, serve):
    serve(lambda _: iter([plain(page("2025-11-06"))]))
    ran = run("fetch", "daily-papers")
    assert (ran.status, ran.err) == (0, "")
    assert there(run) == set()


def arxiv(*answers: Callable[[int, int], bytes]) -> Answer:
    """arXiv's API, whose answers are made of where a slice begins and how long it may be."""
    given = itertools.chain(answers, itertools.repeat(answers[-1]))

    def answer(asked: Asked) -> Iterator[bytes]:
        body = next(given)(int(asked["start"]), int(asked["max_results"]))
        yield body if body.startswith(b"HTTP/") else plain(body, b"APPLICATION/ATOM+XML")

    return answer


def slice_of(there: int, total: int | None, start: int, most: int) -> bytes:
    """A slice of `there` papers, of which arXiv says that they are `total`."""
    numbers = range(start + 1, min(there, start + most) + 1)
    text = atom(*numbers, total=-1)
    said = "" if total is None else f"<o:totalResults xmlns:o='{_OS}'> {total} </o:totalResults>"
    old = "<opensearch:totalResults>-1</opensearch:totalResults>"
    return text.replace(old, said).encode()


_OS = "http://a9.com/-/spec/opensearch/1.1/"


@pytest.mark.parametrize("total", [1203, None, 0, 7], ids=str)
def test_all_slices_are_fetched_whatever_the_total_says(run, serve, total):
    serve(arxiv(lambda start, most: slice_of(1203, total, start, most)))
    run("feeds", "add", "arxiv-query:cat:cs.CL")
    ran = run("fetch", "arxiv-query:cat:cs.CL", "--since", "2025-01-01")
    assert (ran.status, ran.err) == (0, "")
    assert len(there(run)) == 1203


def test_a_total_that_is_too_large_is_an_error_and_loses_nothing(run, serve):
    serve(arxiv(lambda start, most: slice_of(503, 9000, start, most)))
    run("feeds", "add", "arxiv-query:cat:cs.CL")
    ran = run("fetch", "arxiv-query:cat:cs.CL", "--since", "2025-01-01")
    assert ran.status == 1
    assert "left papers out" in ran.err
    assert len(there(run)) == 503


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (lambda *_: atom_error("Malformed query").encode(), "Malformed query"),
        (lambda *_: atom(1, 2).encode() + b"<p>trailing", "not XML"),
        (lambda *_: b'<!DOCTYPE f [<!ENTITY a "b">]>' + atom(1).encode(), "document type"),
        (lambda *_: b"\xef\xbb\xbf{}", "not XML"),
        (lambda *_: plain(b"<html><body>Rate exceeded.", b"text/html"), "something else than XML"),
        (lambda *_: b"HTTP/1.1 204 No Content\r\n\r\n", "status 204"),
    ],
    ids=["error entry", "garbage", "document type", "json", "page", "204"],
)
def test_what_is_wrong_at_arxiv_is_said_so(run, serve, answer, why):
    serve(arxiv(answer))
    run("feeds", "add", "arxiv-query:mamba")
    failing(run, "arxiv-query:mamba", why)


def test_an_entry_that_arxiv_broke_costs_only_itself(run, serve):
    broken = "<entry><id>http://arxiv.org/abs/2511.00008v1</id><title> </title></entry>"
    good = atom(1, 2)
    entries = good[good.index("<entry>") : good.rindex("</feed>")]
    serve(arxiv(lambda *_: b"\xef\xbb\xbf" + atom_of(broken + entries, 3).encode()))
    run("feeds", "add", "arxiv-query:mamba")
    ran = run("fetch", "arxiv-query:mamba")
    assert ran.status == 0
    assert ran.err.startswith("arxiv-query:mamba: ")
    assert there(run) == set(SERVED)


def test_a_weekend_without_papers_is_no_failure(run, serve):
    empty = rss(day="Sun, 09 Nov 2025 00:00:00 -0500").encode()
    serve(lambda _: iter([plain(b"\xef\xbb\xbf" + empty, b"application/rss+xml")]))
    run("feeds", "add", "arxiv:cs.CL")
    ran = run("fetch", "arxiv:cs.CL")
    assert (ran.status, ran.out, ran.err) == (0, "arxiv:cs.CL: 0 new, 0 updated\n", "")


def test_one_that_fails_does_not_keep_the_others_from_being_fetched(run, serve):
    def answer(asked: Asked) -> Iterator[bytes]:
        if asked[""] == "/rss/cs.CL":
            yield plain(rss(1, 2).encode(), b"text/xml")
        else:
            yield status(b"500 Oops")

    serve(answer)
    run("feeds", "add", "arxiv:cs.CL")
    ran = run("fetch")
    assert ran.status == 1
    assert ran.lines == ["arxiv:cs.CL: 2 new, 0 updated"]
    assert "daily-papers: " in ran.err
    assert there(run) == set(SERVED)
