"""What Crossref knows of a DOI."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from html import unescape

from paperterm.errors import SourceError
from paperterm.model import ids
from paperterm.model.paper import Paper, Sighting
from paperterm.model.text import shown
from paperterm.sources.fields import TAG, line_of, safe_json, text_of
from paperterm.sources.naming import arxiv_id_in
from paperterm.sources.told_dates import span_end

_HEADING = re.compile(r"^\s*<jats:title>[^<]{0,100}</jats:title>")
_DATES = ("published", "published-online", "published-print", "issued", "created")
_MOST_AUTHORS = 5000


def read_work(body: bytes, source: str, name: str = "Crossref") -> Paper:
    """The paper in an answer to ``/works/DOI``, as `source` has shown it.

    Raises `SourceError` when there is none with a title and a DOI in it.
    """
    value = safe_json(body, name)
    work = value.get("message") if isinstance(value, Mapping) else None
    if not isinstance(work, Mapping):
        raise SourceError(f"{shown(name)} did not answer with a paper.")
    title = _title(work)
    doi = ids.parse_doi(text_of(work.get("DOI")))
    if not shown(title) or doi is None:
        raise SourceError(f"{shown(name)} knows the DOI, but no title of a paper.")
    authors = _authors(work.get("author"))
    return Paper(
        title=title,
        abstract=_abstract(text_of(work.get("abstract"))),
        authors=authors,
        author_count=len(authors) or None,
        published=next(filter(None, (_day(work.get(name)) for name in _DATES)), None),
        arxiv_id=_preprint(work.get("relation")),
        doi=doi,
        venue=line_of(_first(work.get("container-title"))) or None,
        sightings=(Sighting(source),),
    )


def _title(work: Mapping[str, object]) -> str:
    title, more = (line_of(_plain(text_of(_first(work.get(k))))) for k in ("title", "subtitle"))
    return f"{title}: {more}" if title and more and more.lower() not in title.lower() else title


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else None


def _plain(text: str) -> str:
    return unescape(TAG.sub("", text))


def _abstract(text: str) -> str:
    parts = _HEADING.sub("", text).split("</jats:p>")
    plain = (" ".join(_plain(part).split()) for part in parts)
    return "\n\n".join(filter(None, plain))


def _authors(listed: object) -> tuple[str, ...]:
    names: list[str] = []
    for entry in listed[:_MOST_AUTHORS] if isinstance(listed, list) else ():
        if isinstance(entry, Mapping):
            person = f"{line_of(entry.get('given'))} {line_of(entry.get('family'))}".strip()
            names.append(person or line_of(entry.get("name")))
    return tuple(filter(None, names))


def _day(value: object) -> dt.date | None:
    """The last day that a date without day or month can mean; see `told_dates`."""
    parts = _first(value.get("date-parts")) if isinstance(value, Mapping) else None
    if not isinstance(parts, list):
        return None
    numbers = [part for part in parts[:3] if type(part) is int]
    return span_end(*numbers) if numbers and len(numbers) == len(parts[:3]) else None


def _preprint(relation: object) -> str | None:
    """The arXiv id of the preprint, where the publisher has told it."""
    listed = relation.get("has-preprint") if isinstance(relation, Mapping) else None
    entries = listed if isinstance(listed, list) else []
    told = [text_of(entry.get("id")) for entry in entries if isinstance(entry, Mapping)]
    return arxiv_id_in(told)
