"""What can go wrong on the way to a service and back, as errors of ours.

None of them repeats what the HTTP library or the service says: addresses, keys and the names of
proxies can be in there.
"""

from __future__ import annotations

from collections.abc import Iterator

from paperterm.errors import BadAnswer, Offline, RefusedAddress, WebError


class Cut(BadAnswer):
    """The connection ended before the answer did; asking again may help."""

    def __init__(self, service: str) -> None:
        super().__init__(f"The connection to {service} was cut before its answer was whole.")


def translated(error: Exception, service: str) -> WebError | None:
    """`error`, met while asking `service`, as one of ours; None when it is no such error."""
    import httpx2

    match error:
        case httpx2.ConnectTimeout():
            return Offline(f"{service} can't be reached: no connection in time.")
        case httpx2.ConnectError():
            return _unconnected(error, service)
        case httpx2.ProxyError():
            return Offline(f"{service} can't be reached: the proxy in between refuses.")
        case httpx2.TimeoutException():
            return BadAnswer(f"{service} has stopped answering.")
        case httpx2.NetworkError() | httpx2.RemoteProtocolError():
            return Cut(service)
        case httpx2.InvalidURL() | httpx2.UnsupportedProtocol():
            return RefusedAddress(f"{service} was not asked: its address makes no sense.")
        case httpx2.HTTPError():
            return BadAnswer(f"{service} could not be asked in a way that HTTP allows.")
        case _:
            return None


def _unconnected(error: Exception, service: str) -> WebError:
    import socket
    import ssl

    for cause in _causes(error):
        if isinstance(cause, ssl.SSLError):
            return BadAnswer(
                f"{service} can't be asked safely: whoever answers can't prove to be {service}."
            )
        if isinstance(cause, socket.gaierror):
            return Offline(f"{service} can't be reached: its name is not known here.")
        if isinstance(cause, OSError) and cause.strerror:
            why = cause.strerror[:1].lower() + cause.strerror[1:]
            return Offline(f"{service} can't be reached: {why}.")
    return Offline(f"{service} can't be reached.")


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        cause = cause.__cause__ or cause.__context__
