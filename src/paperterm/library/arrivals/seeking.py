"""Looking a paper up by its title."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from paperterm.errors import PapertermError, SourceError, WebError
from paperterm.library.arrivals import arxiv, huggingface, questions
from paperterm.library.arrivals.post import Errand
from paperterm.model.likeness import Likeness, likeness
from paperterm.model.merge import merge
from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Item, Record
from paperterm.sources import hf_api

_LOOKED_AT = 20
"""Papers that arXiv finds that are compared."""
_MOST_DOUBTFUL = 5
_FRESH = 6 * 3600.0


@dataclass(frozen=True, slots=True)
class Sought:
    """What was found for a title."""

    sure: Paper | None = None
    """The paper, when it is certain which it is."""
    doubtful: tuple[Paper, ...] = ()
    """Papers that it may be, the likeliest first."""
    error: PapertermError | None = None
    """Why not everybody could be asked; then "not found" means nothing."""


def seek(errand: Errand, wanted: Paper, source: str) -> Sought:
    """Look for `wanted`, whose title is known; `source` is who has found what is found.

    Hugging Face is asked first, which is quick and knows what is read now, then arXiv, which
    knows all. Raises `Cancelled`.
    """
    candidates: dict[str, Paper] = {}
    error: PapertermError | None = None
    for ask in (_huggingface, _arxiv):
        try:
            found = ask(errand, wanted.title)
        except (WebError, SourceError) as failure:
            error = error or failure
            continue
        for paper in _found(found, source):
            known = candidates.get(paper.key)
            candidates[paper.key] = merge(known, paper) if known else paper
        judged = _judged(wanted, candidates.values(), error)
        if judged.sure:
            return judged
    return _judged(wanted, candidates.values(), error)


def _judged(wanted: Paper, found: Iterable[Paper], error: PapertermError | None) -> Sought:
    ranked = [(likeness(wanted, paper), paper) for paper in found]
    sure = [paper for degree, paper in ranked if degree is Likeness.SURE]
    if len(sure) == 1:
        return Sought(sure[0])
    # Two papers of one title: which of them is meant is for the reader to say.
    doubtful = [paper for degree, paper in ranked if degree is Likeness.DOUBTFUL]
    return Sought(None, tuple((sure + doubtful)[:_MOST_DOUBTFUL]), error)


def _huggingface(errand: Errand, title: str) -> list[Item]:
    return list(hf_api.found(huggingface.search(errand, title, _FRESH), ""))


def _arxiv(errand: Errand, title: str) -> list[Item]:
    query = questions.for_title(title)
    found = arxiv.found(errand, query, _LOOKED_AT, _LOOKED_AT, by="relevance")
    return [item for _, feed in found for item in feed.items]


def _found(items: Iterable[Item], source: str) -> Iterable[Paper]:
    for item in items:
        if isinstance(item, Record) and item.paper.arxiv_id:
            yield replace(item.paper, sightings=(Sighting(source),))
