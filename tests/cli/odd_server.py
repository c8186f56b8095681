"""A server that writes its answers byte by byte as a test has them, by what is asked for."""

from __future__ import annotations

import contextlib
import socket
import socketserver
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

Asked = dict[str, str]
"""The parameters of a request; its path is under the empty name."""
Answer = Callable[[Asked], Iterator[bytes]]


class OddServer(socketserver.ThreadingTCPServer):
    """Gives to each request what `answer` yields for it, and hangs up."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, answer: Answer, *, ipv6: bool = False) -> None:
        self.address_family = socket.AF_INET6 if ipv6 else socket.AF_INET
        self.answer = answer
        self.asked: list[Asked] = []
        super().__init__(("::1" if ipv6 else "127.0.0.1", 0), _Handler)
        host = "[::1]" if ipv6 else "127.0.0.1"
        self.base = f"http://{host}:{self.server_address[1]}"


class _Handler(socketserver.StreamRequestHandler):
    server: OddServer

    def handle(self) -> None:
        target = self.rfile.readline().split()[1].decode()
        while self.rfile.readline().strip():
            pass
        place = urlsplit(target)
        asked = {"": place.path} | {
            name: values[0] for name, values in parse_qs(place.query).items()
        }
        self.server.asked.append(asked)
        with contextlib.suppress(OSError):
            for piece in self.server.answer(asked):
                self.wfile.write(piece)
                self.wfile.flush()


def plain(body: bytes, kind: bytes = b"application/json") -> bytes:
    """An answer with no more headers than there have to be."""
    return b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\n\r\n" + body


def chunked(body: bytes, size: int = 7) -> Iterator[bytes]:
    """An answer in small pieces, whose headers shout."""
    yield b"HTTP/1.1 200 OK\r\nCONTENT-TYPE: Application/JSON;Charset=UTF-8\r\n"
    yield b"TRANSFER-ENCODING: chunked\r\nX-EMPTY:\r\n\r\n"
    for start in range(0, len(body), size):
        piece = body[start : start + size]
        yield b"%x;more=1\r\n%s\r\n" % (len(piece), piece)
    yield b"0\r\nTrailer: x\r\n\r\n"


def status(line: bytes, *headers: bytes, body: bytes = b"no") -> bytes:
    """An answer of any status."""
    length = b"Content-Length: %d" % len(body)
    return b"\r\n".join((b"HTTP/1.1 " + line, *headers, length, b"", body))
