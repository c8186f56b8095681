"""A service of Daily Papers on loopback whose pages are long and come in drips.

`python -m bench.dripping` prints its address and serves until its input ends. It is a process of
its own, so that what it does takes no turn of the program that asks it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import http.server
import json
import sys
import threading
import time
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qs, urlsplit

from bench.papers import Papers

A_DAY = 500
"""Papers of a page, which come in several answers."""
_DAYS = 7
_PIECE = 4096
_PAUSE = 0.005
"""Seconds between two pieces of an answer."""


def _wrappers() -> Iterator[list[dict[str, object]]]:
    """Pages, the newest day first."""
    made = iter(Papers(A_DAY * _DAYS, seed=77))
    while page := list(islice(made, A_DAY)):
        yield [_wrapper(paper) for paper in page]


def _wrapper(paper: dict[str, object]) -> dict[str, object]:
    authors = paper["authors"]
    assert isinstance(authors, list)
    told = {
        "id": f"26{str(paper['arxiv_id'])[2:]}",
        "title": paper["title"],
        "summary": paper["abstract"],
        "authors": [{"name": name} for name in authors],
        "publishedAt": f"{paper['published']}T00:00:00.000Z",
        "upvotes": 3,
        "ai_keywords": ["state space models", "retrieval", "long context"],
    }
    return {"paper": told, "title": told["title"], "numComments": 2}


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    days: dict[str, list[dict[str, object]]]

    def do_GET(self) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        start = int(asked.get("limit", 100)) * int(asked.get("p", 0))
        page = self.days.get(asked.get("date", ""), [])
        body = json.dumps(page[start : start + int(asked.get("limit", 100))]).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):  # whoever asked has left
            for at in range(0, len(body), _PIECE):
                self.wfile.write(body[at : at + _PIECE])
                time.sleep(_PAUSE)

    def log_message(self, *_: object) -> None:
        """Nothing is told of requests."""


def main() -> None:
    """Serve."""
    today = dt.datetime.now(dt.UTC).date()
    days = (str(today - dt.timedelta(days=back)) for back in range(_DAYS))
    _Handler.days = dict(zip(days, _wrappers(), strict=True))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"http://127.0.0.1:{server.server_port}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
