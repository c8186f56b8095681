"""Asking Hugging Face for papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from urllib.parse import quote

from paperterm.library.arrivals.post import Errand
from paperterm.sources import hf_api
from paperterm.sources.hf_api import Answer
from paperterm.web.answers import JSON
from paperterm.web.services import Service

_LIMIT = 100
"""Papers of an answer, the most that the service gives."""
MOST_ANSWERS = 30
"""Answers that make one page; a month has about fifteen."""
_MOST_FOUND = 120
_LONGEST_QUESTION = 250


def day_query(day: dt.date) -> str:
    """Asks for the page of a day."""
    return f"date={day.isoformat()}"


def week_name(day: dt.date) -> str:
    """The ISO week that `day` is in: ``2025-W45``."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def month_name(day: dt.date) -> str:
    """The month that `day` is in: ``2025-11``."""
    return f"{day.year:04}-{day.month:02}"


def address(errand: Errand, query: str, number: int = 0) -> str:
    """Of the answer `number` (from 0) of a page."""
    return f"{errand.services.huggingface}/api/daily_papers?{query}&limit={_LIMIT}&p={number}"


def answers(errand: Errand, query: str) -> Iterator[tuple[int, Answer]]:
    """The answers that make up a page, each with the place of its first paper.

    Raises `WebError`, `SourceError` or `Cancelled` between any two of them.
    """
    before: tuple[object, ...] = ()
    for number in range(MOST_ANSWERS):
        answer = errand.read(address(errand, query, number), Service.HUGGINGFACE, JSON, _read)
        if number and answer.wrappers == before:
            return  # who does not know of several answers gives the same one again
        yield number * _LIMIT, answer
        if len(answer.wrappers) < _LIMIT:
            return
        before = answer.wrappers


def kept(errand: Errand, query: str) -> list[tuple[int, Answer]]:
    """As much of a page as was kept of what the service said last."""
    found: list[tuple[int, Answer]] = []
    for number in range(MOST_ANSWERS):
        document = errand.keeper.kept(address(errand, query, number), JSON)
        if document is None:
            break
        answer = _read(document.body)
        found.append((number * _LIMIT, answer))
        if len(answer.wrappers) < _LIMIT:
            break
    return found


def search(errand: Errand, text: str, fresh_for: float = 0.0) -> Answer:
    """What the search finds; raises as `answers` does."""
    query = quote(" ".join(text.split())[:_LONGEST_QUESTION], safe="")
    url = f"{errand.services.huggingface}/api/papers/search?q={query}&limit={_MOST_FOUND}"
    return errand.read(url, Service.HUGGINGFACE, JSON, _read, fresh_for=fresh_for)


def _read(body: bytes) -> Answer:
    return hf_api.read(body, "The answer of Hugging Face")
