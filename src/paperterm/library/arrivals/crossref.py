"""Asking Crossref what a DOI is of."""

from __future__ import annotations

from urllib.parse import quote

from paperterm.errors import BadAnswer
from paperterm.library.arrivals.post import Errand
from paperterm.model.paper import Paper
from paperterm.sources import crossref
from paperterm.web.answers import JSON
from paperterm.web.services import Service

_FRESH = 6 * 3600.0


def by_doi(errand: Errand, doi: str, source: str) -> Paper | None:
    """The paper with this DOI, as `source` has shown it; None when Crossref has none.

    Raises `WebError`, `SourceError` or `Cancelled`.
    """
    url = f"{errand.services.crossref}/works/{quote(doi, safe='')}"
    try:
        return errand.read(
            url,
            Service.CROSSREF,
            JSON,
            lambda body: crossref.read_work(body, source),
            fresh_for=_FRESH,
        )
    except BadAnswer as error:
        if error.status in (404, 410):
            return None
        raise
