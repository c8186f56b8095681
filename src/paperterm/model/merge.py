"""Two records of one paper become one.

`merge` is a join: it does not matter in which order records arrive, how often, or how they are
grouped; the same records give the same paper. Every field keeps the richer of two values.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from paperterm.model.paper import Paper, Sighting
from paperterm.model.text import storable


def merge(first: Paper, second: Paper) -> Paper:
    """What both records say together; the marks of a reader are not a record's to change.

    A real abstract beats a summary, then the longer text wins; counts only grow; a date told
    whole beats one whose year was worked out, then the earlier stands, since a later one is that
    of a revision; of revisions the last counts.
    """
    told = max(first, second, key=_abstract_rank)
    year_assumed, published = _publication(first, second)
    return Paper(
        title=_longer(first.title, second.title),
        abstract=told.abstract,
        abstract_is_summary=told.abstract_is_summary and bool(told.abstract),
        authors=_more(first.authors, second.authors),
        author_count=_greater(first.author_count, second.author_count),
        published=published,
        year_assumed=year_assumed,
        comments=_greater(first.comments, second.comments),
        upvotes=_greater(first.upvotes, second.upvotes),
        arxiv_id=_either(first.arxiv_id, second.arxiv_id),
        doi=_either(first.doi, second.doi),
        link=_either(first.link, second.link),
        categories=_more(first.categories, second.categories),
        code=_safer(first.code, second.code),
        project=_safer(first.project, second.project),
        venue=_longer(first.venue or "", second.venue or "") or None,
        updated=max(filter(None, (first.updated, second.updated)), default=None),
        submitter=_longer(first.submitter or "", second.submitter or "") or None,
        ai_summary=_longer(first.ai_summary, second.ai_summary),
        keywords=_more(first.keywords, second.keywords),
        sightings=_union(first.sightings + second.sightings),
    )


def normalised(paper: Paper) -> Paper:
    """`paper` in the form that is stored: merging it with itself changes nothing."""
    paper = paper.as_told
    if _is_normal(paper):
        return paper
    clean = replace(
        paper,
        title=storable(paper.title),
        abstract=storable(paper.abstract),
        authors=tuple(storable(name) for name in paper.authors),
        categories=tuple(storable(name) for name in paper.categories),
        venue=paper.venue and storable(paper.venue),
        submitter=paper.submitter and storable(paper.submitter),
        ai_summary=storable(paper.ai_summary),
        keywords=tuple(storable(word) for word in paper.keywords),
        sightings=tuple(replace(s, source=storable(s.source)) for s in paper.sightings),
    )
    return merge(clean, clean)


def _is_normal(paper: Paper) -> bool:
    """Whether `normalised` would change nothing; False where only a closer look can tell."""
    texts = (
        paper.title,
        paper.abstract,
        *paper.authors,
        *paper.categories,
        paper.venue or "",
        paper.submitter or "",
        paper.ai_summary,
        *paper.keywords,
        *(sighting.source for sighting in paper.sightings),
    )
    maybe = (paper.arxiv_id, paper.doi, paper.link, paper.code, paper.project)
    return (
        all(text.isascii() or storable(text) is text for text in texts)
        and "" not in (*maybe, paper.venue, paper.submitter)
        and not (paper.abstract_is_summary and not paper.abstract)
        and not (paper.year_assumed and not paper.published)
        and len(paper.sightings) < 2
    )


def without_source(paper: Paper, source: str) -> Paper:
    """`paper` as if `source` had never shown it (its facts stay)."""
    kept = tuple(sighting for sighting in paper.sightings if sighting.source != source)
    return replace(paper, sightings=kept)


def _abstract_rank(paper: Paper) -> tuple[bool, bool, int, str]:
    real = bool(paper.abstract) and not paper.abstract_is_summary
    return real, bool(paper.abstract), len(paper.abstract), paper.abstract


def _longer(first: str, second: str) -> str:
    return max(first, second, key=lambda text: (len(text), text))


def _more(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return max(first, second, key=lambda names: (len(names), names))


def _greater(*counts: int | None) -> int | None:
    return max((count for count in counts if count is not None), default=None)


def _publication(first: Paper, second: Paper) -> tuple[bool, dt.date | None]:
    dates = [(paper.year_assumed, paper.published) for paper in (first, second) if paper.published]
    return min(dates, default=(False, None))


def _either(first: str | None, second: str | None) -> str | None:
    return min(filter(None, (first, second)), default=None)


def _safer(first: str | None, second: str | None) -> str | None:
    """One of two addresses, https before http."""
    links = filter(None, (first, second))
    return min(links, default=None, key=lambda link: (not link.startswith("https:"), link))


def _union(sightings: tuple[Sighting, ...]) -> tuple[Sighting, ...]:
    """Each source and day once, at its best place; a day makes "some day" superfluous."""
    dated = {sighting.source for sighting in sightings if sighting.day}
    best: dict[tuple[str, dt.date | None], Sighting] = {}
    for sighting in sightings:
        if sighting.day is None and sighting.source in dated:
            continue
        place = (sighting.source, sighting.day)
        kept = best.get(place)
        if kept is None or sighting.position < kept.position:
            best[place] = sighting
    return tuple(sorted(best.values(), key=_sighting_order))


def _sighting_order(sighting: Sighting) -> tuple[str, str]:
    return sighting.source, sighting.day.isoformat() if sighting.day else ""
