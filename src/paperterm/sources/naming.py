"""Names of papers in the fields of bibliographies and feeds, where they hide in many places."""

from __future__ import annotations

import re
from collections.abc import Iterable

from paperterm.model import ids

_LONGEST = 1000
"""Characters of a field that are looked through."""
_ID = r"(?:\d{4}\.\d{4,5}|[a-z-]{2,20}(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?![\d.]*\d)"
_ARXIV = re.compile(
    rf"(?:\barxiv(?: e-?prints?| preprint)?[:, ]{{0,2}}|\barxiv\.org/[a-z-]+/|^abs/|"
    rf"\barxiv\.org:|10\.48550/arxiv\.)({_ID})",
    re.IGNORECASE | re.ASCII,
)
_DOI = re.compile(
    r"(?:\bdoi\.org/|\bdoi[:= ] ?|/doi/(?:abs/|full/|pdf/|epdf/)?)(10\.\d{4,9}/[^\s\"<>{}?#\\]+)",
    re.IGNORECASE | re.ASCII,
)
_PREPRINT = re.compile(r"(?:arxiv\b(?:\.org)?|corr$|computing research repository$)", re.IGNORECASE)
_CATEGORY = re.compile(r"[a-z][a-z-]{1,20}(?:\.[A-Za-z-]{2,20})?", re.ASCII)


def arxiv_id_in(names: Iterable[str], mentions: Iterable[str] = ()) -> str | None:
    """The first arXiv id that one of `names` is, or that a text names as one of arXiv's.

    In `mentions` a number alone is no id: it may as well be one of a page.
    """
    spelled = list(names)
    if found := next(filter(None, map(ids.parse_arxiv_id, spelled)), None):
        return found
    for text in (*spelled, *mentions):
        for match in _ARXIV.finditer(text[:_LONGEST]):
            if found := ids.parse_arxiv_id(match[1]):
                return found
    return None


def doi_in(texts: Iterable[str]) -> str | None:
    """The first DOI that one of `texts` is, or names as one; an arXiv DOI is none."""
    for text in texts:
        if found := ids.parse_doi(text):
            return found
        for match in _DOI.finditer(text[:_LONGEST]):
            if found := ids.parse_doi(match[1].rstrip(".,;:)]'")):
                return found
    return None


def link_in(texts: Iterable[str]) -> str | None:
    """The first web address in `texts` that is not just a name of a paper in another form."""
    for text in texts:
        link = ids.safe_link(text)
        if link and not ids.parse_arxiv_id(link) and not ids.parse_doi(link):
            return link
    return None


def categories_in(terms: Iterable[str]) -> tuple[str, ...]:
    """Those of `terms` that look like arXiv's categories, each once: ``cs.CL``, ``hep-th``."""
    return tuple(dict.fromkeys(term for term in terms if _CATEGORY.fullmatch(term)))


def venue_of(told: str) -> str | None:
    """`told` unless it says no more than that the paper is a preprint on arXiv."""
    return None if not told or _PREPRINT.match(told) else told
