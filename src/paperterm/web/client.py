"""Asking the services."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from paperterm import __version__
from paperterm.errors import BadAnswer, RefusedAddress, UsageError
from paperterm.web.addresses import Address, next_address, parse_address
from paperterm.web.answers import JSON, Answer, Kind, Validators
from paperterm.web.pacing import Pace
from paperterm.web.retry import persistent
from paperterm.web.services import Service, Services
from paperterm.web.waiting import Caller, Patience, Waiting
from paperterm.web.wire import Reply, Request

LARGEST = 8 * 1024 * 1024
"""Bytes of a document, unless more is asked for."""

MOST_REDIRECTS = 5

INTERVALS: Mapping[Service, float] = {
    Service.HUGGINGFACE: 1.0,
    Service.ARXIV: 3.0,
    Service.CROSSREF: 1.0,
    Service.SEMANTIC_SCHOLAR: 1.0,
    Service.ELSEWHERE: 1.0,
}
"""Seconds between two requests; arXiv's is the one in its terms of use."""

_ALONE = frozenset({Service.ARXIV})
"""Services that want one connection at a time."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAILBOX = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Question:
    """What a caller wants to know, before it is known which address knows it."""

    service: Service
    label: str
    """What messages call whoever is asked."""
    accept: Kind
    headers: Mapping[str, str]
    private: Mapping[str, str]
    most: int
    content: bytes | None = None
    conditional: bool = False


class Client:
    """Asks services, as `Services` says where they are. May be used by several threads at once."""

    def __init__(
        self,
        services: Services,
        state: Path,
        *,
        mailto: str = "",
        patience: Patience = Patience(),  # noqa: B008 - a frozen value
        intervals: Mapping[Service, float] = INTERVALS,
    ) -> None:
        """In the folder `state` all running copies agree on when which service is asked.

        `mailto` is where the reader wants to be reached by those who run a service; they are
        told it with every request. Raises `UsageError` when it is no mail address.
        """
        if mailto and not _MAILBOX.fullmatch(mailto):
            raise UsageError("The mail address to be reached at does not look like one.")
        self._services = services
        self._patience = patience
        contact = f"+mailto:{mailto}" if mailto else "a paper reader for the terminal"
        self._agent = f"paperterm/{__version__} ({contact})"
        self._paces = {
            service: Pace(
                state / "pace" / service.value,
                service.label,
                intervals[service],
                service in _ALONE,
                patience.asked,
            )
            for service in Service
        }

    def get(
        self,
        url: str,
        *,
        service: Service,
        accept: Kind,
        validators: Validators = Validators(),  # noqa: B008 - a frozen value
        private: Mapping[str, str] | None = None,
        most: int = LARGEST,
        cancelled: threading.Event | None = None,
        waiting: Waiting | None = None,
    ) -> Answer:
        """The document at `url`, or the word that it still is what `validators` name.

        `private` are headers that nobody but the host of `url` gets, such as keys. `most` is how
        many bytes the document may have. `cancelled` can be set from any thread, and `waiting`
        is told of every wait.

        Raises `Offline`, `TooBusy`, `BadAnswer`, `RefusedAddress` or, without more words than
        that, `WebError`; and `Cancelled`. No error says that there is nothing new.
        """
        headers = validators.headers
        label = _label(service, url)
        question = _Question(
            service, label, accept, headers, private or {}, most, conditional=bool(headers)
        )
        return self._ask(url, question, _caller(cancelled, waiting))

    def post_json(
        self,
        url: str,
        value: object,
        *,
        service: Service,
        private: Mapping[str, str] | None = None,
        most: int = LARGEST,
        cancelled: threading.Event | None = None,
        waiting: Waiting | None = None,
    ) -> Answer:
        """The JSON that the service at `url` answers to the JSON of `value`; as `get` else.

        For questions, not for orders: it is asked again where `get` would.
        """
        headers = {"content-type": "application/json"}
        content = json.dumps(value, allow_nan=False).encode()
        label = _label(service, url)
        question = _Question(service, label, JSON, headers, private or {}, most, content)
        return self._ask(url, question, _caller(cancelled, waiting))

    def _ask(self, url: str, question: _Question, caller: Caller) -> Answer:
        first = address = self._own(question, parse_address(url))
        pace = self._pace(question.service, first)
        for _ in range(1 + MOST_REDIRECTS):
            if address.origin != first.origin:
                question = replace(question, private={})
            request = self._request(address, question)
            reply = persistent(request, pace, self._patience, caller)
            location = reply.headers.get("location", "")
            if reply.status not in _REDIRECTS or not location or question.content is not None:
                return _answer(reply, address, question)
            address = self._own(question, next_address(address, location), first)
        raise BadAnswer(f"{question.label} sends from one address to the next without end.")

    def _pace(self, service: Service, first: Address) -> Pace:
        pace = self._paces[service]
        if service is not Service.ELSEWHERE:
            return pace
        # A host may have any name; a file had better not.
        name = blake2b(first.host.encode(), digest_size=8).hexdigest()
        ledger = pace.ledger.with_name(f"{pace.ledger.name}-{name}")
        return replace(pace, ledger=ledger, service=_named(first))

    def _own(
        self, question: _Question, address: Address | None, first: Address | None = None
    ) -> Address:
        if address is None or not address.safe:
            raise RefusedAddress(
                f"{question.label} was not asked: its address is not a plain https one."
            )
        if not self._services.owns(question.service, address, first):
            raise RefusedAddress(
                f"{question.label} was not asked: {address.host[:100]} is not one of its own hosts."
            )
        return address

    def _request(self, address: Address, question: _Question) -> Request:
        return Request(
            service=question.label,
            method="GET" if question.content is None else "POST",
            url=address.url,
            headers={
                "user-agent": self._agent,
                "accept": question.accept.accept,
                "accept-encoding": "gzip",
                "connection": "close",
                **question.headers,
                **question.private,
            },
            most=question.most,
            content=question.content,
            direct=address.here,
        )


def _label(service: Service, url: str) -> str:
    address = parse_address(url) if service is Service.ELSEWHERE else None
    return _named(address) if address else service.label


def _named(address: Address) -> str:
    return address.host[:100]


def _caller(cancelled: threading.Event | None, waiting: Waiting | None) -> Caller:
    caller = Caller()
    if cancelled is not None:
        caller = replace(caller, cancelled=cancelled)
    return caller if waiting is None else replace(caller, waiting=waiting)


def _answer(reply: Reply, address: Address, question: _Question) -> Answer:
    name = question.label
    if reply.status == 304 and question.conditional:
        return Answer(304, address.url, reply.headers, b"", not_modified=True)
    if reply.status != 200:
        raise BadAnswer(_refusal(name, reply.status), reply.status)
    answer = Answer(200, address.url, reply.headers, reply.body)
    if not question.accept.fits(answer.content_type):
        raise BadAnswer(f"{name} sent something else than {question.accept.name}.")
    return answer


def _refusal(name: str, status: int) -> str:
    match status:
        case 404 | 410:
            return f"{name} does not have what was asked for."
        case 401 | 403:
            return f"{name} does not give what was asked for to everybody."
        case _ if status in _REDIRECTS:
            return f"{name} has moved what was asked for to where nobody can follow."
        case _ if 200 <= status < 300:
            return f"{name} answered, and not with what was asked for (status {status})."
        case _ if status >= 500:
            return f"{name} does not work at the moment (status {status})."
        case _:
            return f"{name} could make nothing of what was asked for (status {status})."
