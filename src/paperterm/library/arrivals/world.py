"""Searching the world: what the services find, as they find it, kept only when asked to."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from paperterm.errors import Cancelled, PapertermError, UsageError
from paperterm.library.arrivals import arxiv, huggingface, questions
from paperterm.library.arrivals.post import Errand
from paperterm.model.merge import merge
from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Item, Record
from paperterm.sources import hf_api
from paperterm.web.services import Service
from paperterm.web.waiting import POLL

SOURCE = "search"
"""The name of this source in sightings."""

_MOST = 200
"""Papers that arXiv is asked for; more than that nobody reads."""
_SLICE = 50


@dataclass(frozen=True, slots=True)
class Found:
    """Some of what a service has found."""

    service: str
    """What messages call it."""
    papers: tuple[Paper, ...] = ()
    """Not in the library. One that another service has found as well comes again, merged."""
    error: PapertermError | None = None
    """Why this service gives no more; others may."""
    last: bool = False
    """Whether it has said all that it was asked for."""


_Ask = Callable[[Errand], Iterator[tuple[list[Item], bool]]]
"""Asks a service: what it finds, piece by piece, and whether that is the last one."""
_Answer = Found | None | BaseException
"""What a thread has to say; None when it has said all."""


def search(errand: Errand, text: str) -> Iterator[Found]:
    """What the services find for the query `text`, as it comes; each is asked in a thread.

    Leaving the iterator calls off what is under way. Raises `UsageError` when there is nothing to
    look for, `Cancelled` when the errand is called off.
    """
    return _streamed(errand, _asked(text))


def services(text: str) -> tuple[str, ...]:
    """Who is asked for the query `text`, as `Found.service` calls them. Raises `UsageError`."""
    return tuple(service for service, _ in _asked(text))


def _asked(text: str) -> list[tuple[str, _Ask]]:
    asked: list[tuple[str, _Ask]] = []
    nothing: UsageError | None = None
    for service, translated, ask in (
        (Service.HUGGINGFACE, questions.for_huggingface, _huggingface),
        (Service.ARXIV, questions.for_arxiv, _arxiv),
    ):
        try:
            asked.append((service.label, partial(ask, translated(text))))
        except UsageError as error:
            nothing = error  # "cat:cs.CL" means nothing to a search that knows only words
    if nothing and not asked:
        raise nothing
    return asked


def _streamed(errand: Errand, asked: list[tuple[str, _Ask]]) -> Iterator[Found]:
    left = threading.Event()
    theirs = replace(errand, caller=replace(errand.caller, cancelled=left))
    answers: queue.SimpleQueue[_Answer] = queue.SimpleQueue()
    for service, ask in asked:
        threading.Thread(
            target=_ask, args=(service, ask, theirs, answers), name="paperterm-world", daemon=True
        ).start()
    known: dict[str, Paper] = {}
    running = len(asked)
    try:
        while running:
            errand.caller.check()
            try:
                answer = answers.get(timeout=POLL)
            except queue.Empty:
                continue
            if answer is None:
                running -= 1
            elif isinstance(answer, BaseException):
                raise answer
            else:
                yield replace(answer, papers=_joined(answer.papers, known))
    finally:
        left.set()


def _ask(service: str, ask: _Ask, errand: Errand, answers: queue.SimpleQueue[_Answer]) -> None:
    try:
        for items, last in ask(errand):
            papers = [item.paper for item in items if isinstance(item, Record)]
            answers.put(Found(service, tuple(map(_seen, papers)), last=last))
    except Cancelled:
        pass
    except PapertermError as error:
        answers.put(Found(service, error=error))
    except BaseException as error:  # for whoever waits, who could not know otherwise
        answers.put(error)
    finally:
        answers.put(None)


def _seen(paper: Paper) -> Paper:
    return replace(paper, sightings=(Sighting(SOURCE),))


def _joined(papers: tuple[Paper, ...], known: dict[str, Paper]) -> tuple[Paper, ...]:
    joined = [merge(known[one.key], one) if one.key in known else one for one in papers]
    known.update((one.key, one) for one in joined)
    return tuple(joined)


def _huggingface(words: str, errand: Errand) -> Iterator[tuple[list[Item], bool]]:
    yield list(hf_api.found(huggingface.search(errand, words), SOURCE)), True


def _arxiv(query: str, errand: Errand) -> Iterator[tuple[list[Item], bool]]:
    for start, feed in arxiv.found(errand, query, _MOST, _SLICE, by="relevance"):
        come = start + len(feed.items)
        last = come >= min(_MOST, feed.total or _MOST) or len(feed.items) < _SLICE
        yield list(feed.items), last
