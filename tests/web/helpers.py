"""Servers that do as they are told, and clients that wait for next to nothing."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

from paperterm.web.client import Client
from paperterm.web.services import Service, Services
from paperterm.web.waiting import Patience

HURRIED = Patience(connect=2, silence=5, whole=5, asked=2, pause=0.02)
AT_ONCE = dict.fromkeys(Service, 0.0)
Handler = Callable[[socket.socket], None]

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def client_of(
    base: str, state: Path, *, other: str = "", patience=HURRIED, intervals=AT_ONCE, **more
) -> Client:
    """A client for whom every service is at `base`, and arXiv's pages are at `other`."""
    services = Services(
        huggingface=base,
        arxiv_api=base,
        arxiv_rss=base,
        arxiv=other or base,
        crossref=base,
        semantic_scholar=base,
    )
    return Client(services, state, patience=patience, intervals=intervals, **more)


def whole(body: bytes, head: bytes = OK) -> bytes:
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


class Speaker:
    """A server that does with each connection what the next of its handlers does."""

    def __init__(self, *handlers: Handler) -> None:
        self._handlers = handlers
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._open: list[socket.socket] = []
        self.closing = threading.Event()
        self.arrivals: list[float] = []
        self.requests: list[bytes] = []
        self.base = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            handler = self._handlers[min(len(self.arrivals), len(self._handlers) - 1)]
            self.arrivals.append(time.monotonic())
            self._open.append(connection)
            thread = threading.Thread(target=self._serve, args=(connection, handler))
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket, handler: Handler) -> None:
        with connection:
            try:
                received = b""
                # Who begins to encrypt sends no such line, and is answered at once.
                while b"\r\n\r\n" not in received and not received.startswith(b"\x16"):
                    piece = connection.recv(65536)
                    if not piece:
                        return
                    received += piece
                self.requests.append(received)
                handler(connection)
                connection.shutdown(socket.SHUT_WR)
            except OSError:
                return  # they went away

    def close(self) -> None:
        self.closing.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._accepting.join()
        for connection in self._open:
            connection.close()
        for thread in self._threads:
            thread.join()


def says(*pieces: bytes) -> Handler:
    """Says `pieces` and hangs up."""

    def handle(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)

    return handle


def drips(first: bytes, piece: bytes, pause: float = 0.02, most: float = 10) -> Handler:
    """Says `first`, then `piece` again and again."""

    def handle(connection: socket.socket) -> None:
        connection.sendall(first)
        end = time.monotonic() + most
        while time.monotonic() < end:
            connection.sendall(piece)
            time.sleep(pause)

    return handle


def silent(connection: socket.socket) -> None:
    """Says nothing until the other side gives up."""
    connection.settimeout(10)
    connection.recv(1)
