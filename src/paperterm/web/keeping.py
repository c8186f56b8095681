"""Asking only for what is not known yet."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

from paperterm.web.answers import Answer, Kind, Validators
from paperterm.web.cache import Cache
from paperterm.web.client import LARGEST, Client
from paperterm.web.services import Service
from paperterm.web.waiting import Waiting

DAY = 86_400.0
"""Seconds for which arXiv's answers to a query stay the same, and may be kept."""


class Keeper:
    """A client that keeps what it was told. May be used by several threads at once."""

    def __init__(self, client: Client, cache: Cache) -> None:
        self._client = client
        self._cache = cache

    def get(
        self,
        url: str,
        *,
        service: Service,
        accept: Kind,
        fresh_for: float = 0.0,
        most: int = LARGEST,
        cancelled: threading.Event | None = None,
        waiting: Waiting | None = None,
    ) -> Answer:
        """The document at `url`, with its body in any case.

        It is `not_modified` when it is what was kept: because the service said so, or because it
        was right less than `fresh_for` seconds ago and nobody was asked. Raises as `Client.get`
        does; what was kept stays, see `kept`.
        """
        key = _key(url, accept)
        kept = self._cache.read(key)
        # A clock that was set back makes an answer of the future, which is not fresh.
        if kept is not None and 0 <= time.time() - kept.at < fresh_for:
            return replace(kept.answer, not_modified=True)
        answer = self._client.get(
            url,
            service=service,
            accept=accept,
            validators=kept.answer.validators if kept else Validators(),
            most=most,
            cancelled=cancelled,
            waiting=waiting,
        )
        if kept is not None and answer.not_modified:
            headers = {**kept.answer.headers, **answer.headers}
            answer = replace(kept.answer, headers=headers, not_modified=True)
        self._cache.write(key, answer)
        return answer

    def kept(self, url: str, accept: Kind) -> Answer | None:
        """What the service said last, however long ago; for a reader who is offline."""
        kept = self._cache.read(_key(url, accept))
        return replace(kept.answer, not_modified=True) if kept else None


def _key(url: str, accept: Kind) -> str:
    return f"{accept.accept}\n{url}"
