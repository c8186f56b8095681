"""Services that answer with anything at all, and search bars that are given anything at all."""

from __future__ import annotations

import gzip
import json
import os
import random
import socket
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from pathlib import Path

from library.arrivals.world import atom, rss, wrapper
from search.fuzz import PATIENCE, asked, asked_by_several, short
from web.helpers import OK, Speaker, whole

from .hostile import Hostile
from .hungry import WARM_UP
from .injecting import environment

Rounds = Callable[[int, int], int]
Told = Callable[[str], None]
MOST_GROWN = 64.0
"""Megabytes that a reader's program may grow by, whatever it is sent."""
XML = b"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n"
BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><feed>&c;&c;&c;</feed>'
)
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><feed><title>&a;</title></feed>'


def packed(levels: int) -> bytes:
    data = bytes(20_000_000)
    for _ in range(levels):
        data = gzip.compress(data)
    return data


TWICE_PACKED, ONCE_PACKED = packed(2), packed(1)


HUNGRY = (
    whole(b"[" + b"{}," * 2_600_000 + b"{}]"),
    whole(b"[" + b'"ab",' * 1_500_000 + b'"a"]'),
    whole(b"<feed>" + b"<a>" * 1_900_000, XML),
    whole(b"<feed><entry>" + b"<a/>" * 1_900_000 + b"</entry></feed>", XML),
    whole(b"<feed " + b" ".join(b"a%d='b'" % n for n in range(600_000)) + b"/>", XML),
)
"""Eight megabytes each, for which a parser would ask for up to a thousand."""


class Service:
    """Answers each question in one of its ways, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._hostile = Hostile(seed)
        self.asked: Callable[[], bytes] = bytes
        """What was asked for last."""
        self._answered = 0

    def __call__(self, connection: socket.socket) -> None:
        self._answered += 1
        if self._answered <= WARM_UP:  # what reading takes anyhow is loaded by then
            self._good(connection)
            return
        self._chance.choice(
            (*[self._good] * 12, *[self._mutated] * 3, self._bad, self._bad, self._cut,
             self._status, self._head, self._dripped)
        )(connection)  # fmt: skip

    def _body(self) -> bytes:
        text = self._hostile.text()
        facts = {"title": text, "summary": text * 3, "authors": [{"name": text}]}
        first = self._chance.randrange(9000)
        count = self._chance.randint(0, 30)
        asked = self.asked()
        if b"/api/query" in asked:
            return atom(first, first + 1, 3).encode()
        if b"/rss" in asked:
            return rss(first, first + 1).encode()
        return json.dumps([wrapper(first + n, **facts) for n in range(count)]).encode()

    def _good(self, connection: socket.socket) -> None:
        connection.sendall(whole(self._body()))

    def _mutated(self, connection: socket.socket) -> None:
        body = bytearray(self._body())
        for _ in range(self._chance.choice((1, 5, 50))):
            at = self._chance.randrange(len(body) + 1)
            piece = self._chance.randbytes(3)
            body[at : at + self._chance.randint(0, 9)] = self._chance.choice(
                (
                    piece,
                    b"",
                    b"<",
                    b"]]>",
                    b"&#27;",
                    b"\\u001b",
                    b'"',
                    b"{",
                    b"[",
                    b"null",
                    b"1e999",
                )
            )
        connection.sendall(whole(bytes(body)))

    def _cut(self, connection: socket.socket) -> None:
        answer = whole(self._body())
        connection.sendall(answer[: self._chance.randrange(len(answer))])

    def _bad(self, connection: socket.socket) -> None:
        packed = b"Content-Encoding: gzip\r\n"
        bodies = (
            whole(BOMB, XML), whole(OUTSIDE, XML), whole(TWICE_PACKED, OK + packed),
            whole(ONCE_PACKED, OK + packed), whole(zlib.compress(b"x"), OK + packed),
            whole(b"[" * 100_000), whole(b'{"a":' * 100_000), whole(b"9" * 5_000_000),
            whole(b"<a>" * 200_000, XML), whole(b"<f " + b"a='b' " * 300_000, XML),
            whole(b'["' + b"x" * 7_900_000 + b'"]'), whole(b"\xff\xfe" * 1000), *HUNGRY,
        )  # fmt: skip
        connection.sendall(self._chance.choice(bodies))

    def _status(self, connection: socket.socket) -> None:
        status = self._chance.choice((204, 301, 302, 304, 400, 404, 418, 429, 500, 503, 999))
        more = self._chance.choice(
            (b"", b"Retry-After: 99999999999\r\n", b"Location: file:///etc/passwd\r\n",
             b"Location: http://127.0.0.1:9/\r\n", b"Location: /\r\n", b"Retry-After: \x1b[2J\r\n")
        )  # fmt: skip
        connection.sendall(whole(b"no", b"HTTP/1.1 %d \x1b[2Jx\r\n%s" % (status, more)))

    def _head(self, connection: socket.socket) -> None:
        connection.sendall(
            self._chance.choice(
                (b"", b"\x00\x01\x02", b"HTTP/9.9 nonsense\r\n\r\n", self._chance.randbytes(200),
                 OK + b"X: " + b"y" * 500_000 + b"\r\n\r\n[]", OK + b"a: b\r\n" * 5_000 + b"\r\n",
                 OK + b"Content-Length: -5\r\n\r\n[]", OK + b"Content-Length: 99999999999\r\n\r\n[")
            )
        )  # fmt: skip

    def _dripped(self, connection: socket.socket) -> None:
        connection.sendall(OK + b"Content-Length: 100000\r\n\r\n[")
        until = time.monotonic() + self._chance.uniform(0, 0.4)
        while time.monotonic() < until:
            connection.sendall(b" ")
            time.sleep(0.02)


def test_whatever_services_answer_memory_stays_in_bounds(
    tmp_path: Path, rounds: Rounds, told: Told
) -> None:
    times = rounds(30, 3000)
    service = Service(times)
    speaker = Speaker(service)
    service.asked = lambda: speaker.requests[-1]
    hungry = Path(__file__).parent / "hungry.py"
    try:
        done = subprocess.run(
            [sys.executable, str(hungry), str(tmp_path), speaker.base, str(times)],
            capture_output=True,
            text=True,
            env=environment(),
        )
    finally:
        speaker.close()
    assert done.returncode == 0, done.stderr[-3000:]
    came = json.loads(done.stdout)
    told(
        f"{len(speaker.requests)} hostile answers to {times} questions: {came['answered']} taken,"
        f" {came['refused']} refused in a sentence, {came['papers']} papers;"
        f" memory grew by {came['grown']:.1f} MB"
    )
    assert came["answered"] > times / 20
    assert came["grown"] <= MOST_GROWN


def test_every_text_is_a_query(rounds: Rounds, told: Told) -> None:
    several = rounds(1, os.cpu_count() or 1)
    if several > 1:
        report = asked_by_several(range(91, 91 + several), rounds(200, 1_000_000), 10_000)
    else:
        report = asked(91, rounds(200, 1_000_000), rounds(300, 10_000), rounds(5, 10**6))
    seconds, slowest = report.times[0]
    told(
        f"{report.asked:,} hostile queries, {report.rate:,.0f} a second, {several} at once; raised:"
        f" {len(report.raised)}, over {PATIENCE} s: {len(report.slow)}, the slowest"
        f" {seconds * 1000:.0f} ms: {short(slowest)}"
    )
    assert not report.raised
    assert not report.slow
