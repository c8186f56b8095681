"""One request on a connection of its own, in a thread that is left behind when it takes too long.

The timeouts of HTTP libraries count from byte to byte, and neither the look-up of a name nor a
read can be called off from outside. So somebody else does it: the caller waits as long as it wants
to, then shuts the connection and goes. With seconds between two requests, a connection that is
kept open would gain nothing.
"""

from __future__ import annotations

import contextlib
import functools
import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from paperterm.errors import BadAnswer, Cancelled, Offline, WebError
from paperterm.web.body import Body
from paperterm.web.faults import Cut, translated
from paperterm.web.waiting import POLL, Caller, Patience

if TYPE_CHECKING:
    import ssl

    import httpx2

_KEPT = frozenset(
    {
        *("content-type", "date", "etag", "last-modified"),
        *("link", "location", "ratelimit", "retry-after"),
    }
)
_LAST_WORDS = 0.1
"""Seconds that a thread left behind is given to end: then the service has one connection less."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent, and what may come back."""

    service: str
    """What messages call it."""
    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    most: int
    """Bytes of a body."""
    content: bytes | None = None
    direct: bool = False
    """Whether no proxy may come between."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    """Those that mean something to us, by their names in small letters."""
    body: bytes = field(repr=False)
    """Unpacked; empty unless the status is 200."""


def prepare() -> None:
    """Load what requests need; done before a turn begins, so that the turn is the request's.

    Raises `WebError` when nobody could be believed to be who they say.
    """
    try:
        _trust()
    except OSError as error:
        why = error.strerror or "the system gave no reason"
        raise WebError(
            f"Nothing can be fetched: the certificates of this system can't be read ({why})."
        ) from error


def exchange(request: Request, patience: Patience, caller: Caller) -> Reply:
    """Send `request`; the reply, whole.

    Raises `Offline`, `BadAnswer` (`faults.Cut` where asking again may help) or `Cancelled`.
    """
    end = time.monotonic() + patience.whole
    errand = _Errand(request, patience)
    errand.start()
    try:
        while not errand.done.wait(POLL):
            caller.check()
            if time.monotonic() > end:
                raise BadAnswer(
                    f"{request.service} took longer than {patience.whole:g} s to answer."
                )
    except BaseException:
        errand.abandon()
        raise
    return errand.result()


class _Errand:
    """One request under way, in a thread of its own."""

    def __init__(self, request: Request, patience: Patience) -> None:
        self.done = threading.Event()
        self._request = request
        self._patience = patience
        self._reply: Reply | None = None
        self._error: BaseException | None = None
        self._abandoned = False
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        # A daemon: leaving the program does not wait for the look-up of a name.
        self._thread = threading.Thread(target=self._run, name="paperterm-web", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def _run(self) -> None:
        try:
            self._reply = self._send()
        except BaseException as error:
            self._error = error
        finally:
            self.done.set()

    def result(self) -> Reply:
        reply, error = self._reply, self._error
        # An error knows where it was raised, and so all that this knows, megabytes perhaps.
        self._reply = self._error = None
        try:
            if reply is None:
                assert error is not None
                raise error
            return reply
        finally:
            del error

    def abandon(self) -> None:
        with self._lock:
            self._abandoned = True
            self._shut()
        self._thread.join(_LAST_WORDS)

    def _shut(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):
                # Wakes a read that waits in the thread; closing the socket would not.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def _send(self) -> Reply:
        import httpx2

        request = self._request
        try:
            with (
                self._client() as client,
                client.stream(
                    request.method,
                    request.url,
                    headers=dict(request.headers),
                    content=request.content,
                    extensions={"trace": self._watch},
                ) as response,
            ):
                return self._read(response)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            ours = translated(error, request.service)
            if ours is None:
                raise
            raise ours from None

    def _client(self) -> httpx2.Client:
        import httpx2

        patience = self._patience
        timeout = httpx2.Timeout(patience.silence, connect=patience.connect)
        direct = self._request.direct
        try:
            return httpx2.Client(verify=_trust(), timeout=timeout, trust_env=not direct)
        except (ImportError, ValueError, httpx2.InvalidURL):
            raise Offline(
                f"{self._request.service} can't be reached: "
                "the proxy that the environment names can't be used."
            ) from None

    def _watch(self, event: str, info: Mapping[str, Any]) -> None:
        """Learn of the connection's socket, which is another one once it is encrypted."""
        if event.endswith(("connect_tcp.complete", "start_tls.complete")):
            with self._lock:
                self._socket = info["return_value"].get_extra_info("socket")
                if self._abandoned:
                    self._shut()

    def _read(self, response: httpx2.Response) -> Reply:
        headers = {name: value for name, value in response.headers.items() if name in _KEPT}
        if response.status_code != 200:
            return Reply(response.status_code, headers, b"")
        service = self._request.service
        body = Body(service, response.headers.get("content-encoding", ""), self._request.most)
        body.expect(response.headers.get("content-length", ""))
        for chunk in response.iter_raw():
            if self._abandoned:
                raise Cancelled("Called off.")
            body.feed(chunk)
        if not body.whole:
            raise Cut(service)
        return Reply(200, headers, body.content())


@functools.cache
def _trust() -> ssl.SSLContext:
    """Whom we believe to be who they say: made once, it takes a while."""
    import httpx2  # takes a while, too, and most runs fetch nothing

    return httpx2.create_ssl_context()
