"""Hugging Face as a benchmark needs it: `python -m bench.slow_service`.

On loopback, at a port of its own that it prints first. Every day has 500 generated papers, a
hundred an answer, and every answer drips for a second.
"""

from __future__ import annotations

import contextlib
import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from bench.papers import Papers

_DAY, _ANSWER = 500, 100
_SECONDS, _DROPS = 1.0, 20


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """A page of a day, or nothing."""
        asked = parse_qs(urlsplit(self.path).query)
        date, number = asked.get("date", ["2025-11-06"])[0], int(asked.get("p", ["0"])[0])
        body = json.dumps(_answer(date, number)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        step = len(body) // _DROPS + 1
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # who asked has left
            for start in range(0, len(body), step):
                self.wfile.write(body[start : start + step])
                self.wfile.flush()
                time.sleep(_SECONDS / _DROPS)

    def log_message(self, *_: object) -> None:
        """Nothing: what is printed is the port."""


def _answer(date: str, number: int) -> list[dict[str, object]]:
    if number >= _DAY // _ANSWER:
        return []
    seed = int(date.replace("-", "")) * 10 + number
    first = number * _ANSWER
    return [_wrapper(date, first + at, paper) for at, paper in enumerate(Papers(_ANSWER, seed))]


def _wrapper(date: str, place: int, paper: dict[str, object]) -> dict[str, object]:
    authors = paper["authors"]
    told = {
        "id": f"{date[2:4]}{date[5:7]}.{date[8:]}{place:03}",  # of no other day, and of no library
        "title": paper["title"],
        "summary": paper["abstract"],
        "authors": [{"name": name} for name in authors] if isinstance(authors, list) else [],
        "publishedAt": f"{date}T00:00:00.000Z",
        "submittedOnDailyAt": f"{date}T01:00:00.000Z",
        "upvotes": place,
    }
    return {"paper": told, "title": told["title"], "numComments": place % 7}


def main() -> None:
    """Serve until the process is ended."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
