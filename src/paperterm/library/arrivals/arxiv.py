"""Asking arXiv: its daily lists, its query API, papers by their ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from paperterm.errors import SourceError
from paperterm.library.arrivals.post import Errand
from paperterm.sources import arxiv_atom, feeds
from paperterm.sources.arxiv_atom import Feed
from paperterm.sources.feeds import Announcement
from paperterm.web.answers import XML
from paperterm.web.services import Service

MOST_IDS = 100
"""Ids that are asked for at once."""
MOST_PAPERS = 30_000
"""Papers that a query gives, in however many slices."""

_SLICE = 500
"""Papers of a slice: some 1.5 MB; arXiv allows for more, and takes long then."""
_LIST_FRESH = 1800.0
"""Seconds for which a daily list is not asked for again."""
_QUERY_FRESH = 6 * 3600.0
"""Seconds for which an answer to a query is: they change once a day."""


def announced(errand: Errand, categories: str) -> Announcement:
    """The last list of `categories`, which ``+`` joins. Raises `WebError`, `SourceError`."""
    url = f"{errand.services.arxiv_rss}/rss/{categories}"
    return errand.read(url, Service.ARXIV, XML, feeds.read_feed, fresh_for=_LIST_FRESH)


def found(
    errand: Errand, query: str, most: int = MOST_PAPERS, slice_of: int = _SLICE, *, by: str = "date"
) -> Iterator[tuple[int, Feed]]:
    """What `query`, in arXiv's language, finds: slices, each with the place of its first paper.

    In the order of `by`: ``date`` of submission, the newest first, or ``relevance``. Slices that
    were got a short while ago are not asked for again: who was interrupted is soon back where it
    was. Raises `WebError`, `SourceError` or `Cancelled` between any two slices.
    """
    order = "submittedDate" if by == "date" else "relevance"
    for start in range(0, most, slice_of):
        asked = {
            "search_query": query,
            "start": start,
            "max_results": min(slice_of, most - start),
            "sortBy": order,
            "sortOrder": "descending",
        }
        feed = errand.read(_api(errand, asked), Service.ARXIV, XML, _read, fresh_for=_QUERY_FRESH)
        if not feed.items and start < (feed.total or 0):
            # It does so when it is overloaded; that is not the end of what there is.
            raise SourceError("arXiv left papers out that there are; nothing of them was kept.")
        yield start, feed
        if _ends(feed, start + len(feed.items), slice_of):
            return


def _ends(feed: Feed, come: int, slice_of: int) -> bool:
    """Whether nothing is after a slice, with which `come` papers have come.

    A total that is missing, or less than has come, tells nothing; then a slice that is full does.
    """
    if feed.total is None or feed.total < come:
        return len(feed.items) < slice_of
    return feed.total == come


def by_ids(errand: Errand, arxiv_ids: Sequence[str]) -> Feed:
    """The papers with these ids, at most `MOST_IDS`, in any order; those it has not are left out.

    Raises `WebError`, and `SourceError` when it takes one of them for no id.
    """
    asked = {"id_list": ",".join(arxiv_ids), "max_results": len(arxiv_ids)}
    return errand.read(_api(errand, asked), Service.ARXIV, XML, _read, fresh_for=_QUERY_FRESH)


def _api(errand: Errand, asked: dict[str, object]) -> str:
    return f"{errand.services.arxiv_api}/api/query?{urlencode(asked)}"


def _read(body: bytes) -> Feed:
    return arxiv_atom.read_feed(body)
