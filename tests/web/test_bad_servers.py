"""Services that answer too much, too slowly, too little or nonsense: one sentence, in time."""

from __future__ import annotations

import gzip
import os
import socket
import subprocess
import sys
import threading
import time
import zlib
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from paperterm.errors import BadAnswer, Offline, WebError
from paperterm.web.answers import JSON
from paperterm.web.services import Service

from .helpers import HURRIED, OK, client_of, drips, says, silent, whole

GZIP = OK + b"Content-Encoding: gzip\r\n"
CLOSED = b"Connection: close\r\n\r\n"
MEGABYTE = 1024 * 1024


@pytest.fixture
def ask(speaker, tmp_path):
    """What comes of asking a server with such handlers, and the server."""

    def ask(*handlers, patience=HURRIED, **more):
        server = speaker(*handlers)
        client = client_of(server.base, tmp_path, patience=patience)
        ask.server = server
        return client.get(server.base, service=Service.HUGGINGFACE, accept=JSON, **more).body

    return ask


def cut_off(connection: socket.socket) -> None:
    connection.sendall(OK + b"Content-Length: 100\r\n\r\n[1, ")
    # Not even a goodbye: the other side sees a reset.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()


CUTS = {
    "in the body": says(OK + b"Content-Length: 100\r\n\r\n[1, "),
    "by a reset": cut_off,
    "in a chunk": says(OK + b"Transfer-Encoding: chunked\r\n\r\n64\r\n[1, "),
    "before the last chunk": says(OK + b"Transfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n"),
    "in the packing": says(GZIP + CLOSED + gzip.compress(b"[]" * 99)[:-9]),
    "in the headers": says(OK),
    "before a word": says(),
}


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
def test_an_answer_that_was_cut_is_asked_for_again(ask, cut):
    assert ask(cut, cut, says(whole(b"[1]"))) == b"[1]"
    assert len(ask.server.arrivals) == 3


@pytest.mark.parametrize("cut", CUTS.values(), ids=CUTS)
def test_an_answer_that_is_always_cut_is_given_up(ask, cut):
    with pytest.raises(BadAnswer, match=r"^The connection to Hugging Face was cut"):
        ask(cut)
    assert len(ask.server.arrivals) == HURRIED.tries


def test_an_answer_is_no_longer_than_it_says(ask):
    assert ask(says(OK + b"Content-Length: 2\r\n\r\n[]HTTP/1.1 200 OK\r\n\r\nmore")) == b"[]"


@pytest.mark.parametrize("length", [b"-1", b"1e3", b"2, 3", b"\xd9\xa3", b"9" * 5000], ids=len)
def test_a_length_that_is_none_is_an_error(ask, length):
    with pytest.raises(BadAnswer):
        ask(says(OK + b"Content-Length: " + length + b"\r\n\r\n[]"))


def test_an_answer_that_is_said_to_be_too_large_is_not_even_begun(ask):
    head = OK + b"Content-Length: %d\r\n\r\n"
    with pytest.raises(BadAnswer, match=r"^Hugging Face sent more than 8 MB; nothing"):
        ask(says(head % (8 * MEGABYTE + 1)))


def test_an_answer_that_is_too_large_is_stopped(ask):
    with pytest.raises(BadAnswer, match="more than 8 MB"):
        ask(drips(OK + CLOSED, b"x" * MEGABYTE, pause=0))


def test_an_answer_may_be_just_as_large_as_was_asked_for(ask):
    assert len(ask(says(whole(b"x" * 5000)), most=5000)) == 5000
    packed = GZIP + CLOSED + gzip.compress(b"x" * 5000)
    assert len(ask(says(packed), most=5000)) == 5000
    with pytest.raises(BadAnswer, match="more than"):
        ask(says(packed), most=4999)


@pytest.mark.parametrize(
    "handler",
    [
        drips(OK + CLOSED, b"["),
        drips(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n[\r\n"),
        drips(GZIP + CLOSED + gzip.compress(b"[")[:10], b"\0\0\0\xff\xff"),
        drips(b"HTTP/1.1 200 OK\r\nX: ", b"x"),
        drips(b"HTTP/1.1 200 ", b"O"),
        drips(b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        silent,
    ],
    ids=["body", "chunks", "packed", "header", "status line", "informational", "nothing"],
)
def test_a_drip_is_outlasted(ask, handler):
    began = time.monotonic()
    with pytest.raises(BadAnswer, match=r"^Hugging Face took longer than 0\.5 s"):
        ask(handler, patience=replace(HURRIED, whole=0.5))
    assert time.monotonic() - began < 1
    assert len(ask.server.arrivals) == 1
    assert no_thread_left()


def no_thread_left() -> bool:
    end = time.monotonic() + 2
    while time.monotonic() < end:
        if not any(thread.name == "paperterm-web" for thread in threading.enumerate()):
            return True
        time.sleep(0.02)
    return False


def test_silence_is_not_waited_for_to_the_end(ask):
    with pytest.raises(BadAnswer, match="Hugging Face has stopped answering"):
        ask(silent, patience=replace(HURRIED, silence=0.2))


def test_a_flood_of_headers_is_stopped(ask):
    with pytest.raises(BadAnswer):
        ask(drips(OK, b"X-More: %s\r\n" % (b"x" * 9000), pause=0))
    with pytest.raises(BadAnswer):
        ask(drips(OK + b"X: ", b"x" * 9000, pause=0))


NONSENSE = {
    "another protocol": says(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "a page": says(b"<html><body>Sign in</body></html>\r\n\r\n"),
    "zeros": says(bytes(5000)),
    "no status": says(b"HTTP/1.1 OK\r\n\r\n"),
    "a header without a name": says(b"HTTP/1.1 200 OK\r\n: x\r\n\r\n"),
    "no such chunk": says(OK + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n"),
    "packed in nothing known": says(OK + b"Content-Encoding: zstd\r\n" + CLOSED + b"[]"),
    "packed twice": says(
        OK + b"Content-Encoding: gzip, gzip\r\n" + CLOSED + gzip.compress(gzip.compress(b"[]"))
    ),
    "packed in another way": says(GZIP + CLOSED + zlib.compress(b"[]")),
    "not packed": says(GZIP + CLOSED + b"[]" * 20),
    "more after the packing": says(GZIP + CLOSED + gzip.compress(b"[]") + b"more"),
}


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_is_one_sentence(ask, nonsense):
    with pytest.raises(BadAnswer, match=r"^[^.]*Hugging Face[^.]+\.$"):
        ask(nonsense)


BOMB = """
import resource, sys, tempfile
from pathlib import Path
from helpers import client_of
from paperterm.errors import BadAnswer
from paperterm.web.answers import JSON
from paperterm.web.services import Service
base, path = sys.argv[1:]
client = client_of(base, Path(tempfile.mkdtemp(dir=path)))
def ask():
    return client.get(base, service=Service.HUGGINGFACE, accept=JSON)
def peak():
    unit = 1024 if sys.platform == "darwin" else 1
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit
assert ask().body == b"[]"
before = peak()
try:
    ask()
except BadAnswer as error:
    print(peak() - before, error)
"""


@cache
def bomb(layers: int) -> bytes:
    """A quarter of a gigabyte of zeros, packed and packed again."""
    packer = zlib.compressobj(9, wbits=31)
    packed = b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(256)) + packer.flush()
    return packed if layers == 1 else gzip.compress(packed)


BOMBS = {
    "one gzip": lambda: says(GZIP + CLOSED + bomb(1)),
    "two gzips": lambda: says(OK + b"Content-Encoding: gzip, gzip\r\n" + CLOSED + bomb(2)),
    "a packed gzip": lambda: says(GZIP + CLOSED + bomb(2)),
    "no end": lambda: drips(OK + CLOSED, b"x" * MEGABYTE, pause=0),
    "empty blocks": lambda: drips(
        GZIP + CLOSED + gzip.compress(b"")[:10], b"\0\0\0\xff\xff" * 100_000, pause=0
    ),
    "empty members": lambda: drips(GZIP + CLOSED, gzip.compress(b"") * 10_000, pause=0),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_takes_little_memory(speaker, tmp_path, kind):
    server = speaker(says(whole(b"[]")), BOMBS[kind]())
    paths = [str(Path(__file__).parent), *filter(None, sys.path)]
    child = subprocess.run(
        [sys.executable, "-c", BOMB, server.base, str(tmp_path)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        timeout=30,
    )
    if kind == "a packed gzip":  # one layer of it is small, and no more is taken off
        assert child.stdout == ""
        return
    kilobytes, _, sentence = child.stdout.partition(" ")
    assert sentence.startswith("Hugging Face"), child.stderr
    assert int(kilobytes) < 64 * 1024


def test_nobody_listening_is_no_network(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        base = f"http://127.0.0.1:{listener.getsockname()[1]}"
    with pytest.raises(Offline, match=r"^arXiv can't be reached: connection refused\.$"):
        client_of(base, tmp_path).get(base, service=Service.ARXIV, accept=JSON)


def test_a_name_that_nobody_knows_is_no_network(monkeypatch, tmp_path):
    def unknown(*_args, **_more):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    client = client_of("https://huggingface.co", tmp_path)
    with pytest.raises(Offline, match=r"^Crossref can't be reached: its name is not known here"):
        client.get("https://api.crossref.org/", service=Service.CROSSREF, accept=JSON)


def test_a_connection_that_does_not_come_is_no_network(monkeypatch, tmp_path):
    def slow(_address, timeout, **_more):
        time.sleep(timeout)
        raise TimeoutError("timed out")

    monkeypatch.setattr(socket, "create_connection", slow)
    patience = replace(HURRIED, connect=0.1)
    client = client_of("https://huggingface.co", tmp_path, patience=patience)
    with pytest.raises(Offline, match="no connection in time"):
        client.get("https://huggingface.co/", service=Service.HUGGINGFACE, accept=JSON)


def test_whoever_can_not_encrypt_is_not_believed(speaker, tmp_path):
    server = speaker(says(whole(b"[]")))
    base = server.base.replace("http:", "https:")
    with pytest.raises(BadAnswer, match="can't be asked safely") as caught:
        client_of(base, tmp_path).get(base, service=Service.ARXIV, accept=JSON)
    assert not isinstance(caught.value, Offline)


def test_no_sentence_tells_of_this_machine(ask, tmp_path):
    for handler in (*CUTS.values(), *NONSENSE.values()):
        with pytest.raises(WebError) as caught:
            ask(handler)
        assert "127.0.0.1" not in str(caught.value)
        assert str(tmp_path) not in str(caught.value)
