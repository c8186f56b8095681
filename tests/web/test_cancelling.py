"""Calling it off from another thread: over within 0.2 seconds, whatever is being done."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import replace

import pytest

from paperterm.errors import Cancelled
from paperterm.web.answers import JSON
from paperterm.web.ledger import Ledger
from paperterm.web.services import Service

from .helpers import AT_ONCE, HURRIED, OK, client_of, drips, says, silent, whole

PATIENT = replace(HURRIED, asked=100, whole=100, silence=100, pause=100)
BUSY = says(b"HTTP/1.1 429 No\r\nRetry-After: 50\r\nContent-Length: 0\r\n\r\n")
FAILING = says(b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n")


def over_after(client, base: str, service=Service.ARXIV, called_off: float = 0.3) -> float:
    """The seconds between calling it off and the end."""
    cancelled = threading.Event()
    at: list[float] = []

    def call_off() -> None:
        at.append(time.monotonic())
        cancelled.set()

    timer = threading.Timer(called_off, call_off)
    timer.start()
    with pytest.raises(Cancelled):
        client.get(base, service=service, accept=JSON, cancelled=cancelled)
    end = time.monotonic()
    timer.join()
    return end - at[0]


@pytest.mark.parametrize(
    "handler",
    [silent, drips(OK + b"\r\n", b"["), drips(OK, b"X: y\r\n"), BUSY, FAILING],
    ids=["silence", "a drip", "headers", "a wait that was asked for", "a pause"],
)
def test_a_request_can_be_called_off(speaker, tmp_path, handler):
    server = speaker(handler)
    client = client_of(server.base, tmp_path, patience=PATIENT)
    assert over_after(client, server.base) < 0.2
    assert len(server.arrivals) == 1


def test_the_connection_is_over_with_it(speaker, tmp_path):
    gone = threading.Event()

    def handle(connection: socket.socket) -> None:
        connection.settimeout(5)
        if connection.recv(1) == b"":
            gone.set()

    server = speaker(handle)
    over_after(client_of(server.base, tmp_path, patience=PATIENT), server.base)
    assert gone.wait(0.2)


def test_waiting_for_ones_turn_can_be_called_off(speaker, tmp_path):
    server = speaker(says(whole(b"[]")))
    intervals = AT_ONCE | {Service.ARXIV: 50.0}
    client = client_of(server.base, tmp_path, patience=PATIENT, intervals=intervals)
    client.get(server.base, service=Service.ARXIV, accept=JSON)
    assert over_after(client, server.base) < 0.2


def test_waiting_for_somebody_else_can_be_called_off(speaker, tmp_path):
    server = speaker(says(whole(b"[]")))
    client = client_of(server.base, tmp_path, patience=PATIENT)
    ledger = Ledger.lock(tmp_path / "pace" / "arxiv")
    assert ledger is not None
    assert over_after(client, server.base) < 0.2
    ledger.close()
    assert client.get(server.base, service=Service.ARXIV, accept=JSON).body == b"[]"


def test_the_look_up_of_a_name_can_be_called_off(monkeypatch, tmp_path):
    answered = threading.Event()

    def slow(*_args, **_more):
        answered.wait(10)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    client = client_of("https://huggingface.co", tmp_path, patience=PATIENT)
    try:
        assert over_after(client, "https://huggingface.co/", Service.HUGGINGFACE) < 0.2
    finally:
        answered.set()


def test_what_was_called_off_before_is_not_begun(speaker, tmp_path):
    server = speaker(says(whole(b"[]")))
    cancelled = threading.Event()
    cancelled.set()
    client = client_of(server.base, tmp_path)
    with pytest.raises(Cancelled):
        client.get(server.base, service=Service.ARXIV, accept=JSON, cancelled=cancelled)
    assert server.arrivals == []
