"""The Atom that arXiv's API answers with.

An error is an answer like any other there: status 200, and one entry that says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from paperterm.errors import SourceError
from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Context, Item, Record, Refusal, Remark
from paperterm.model.text import shown
from paperterm.sources.fields import count_of, day_of
from paperterm.sources.naming import arxiv_id_in, categories_in, doi_in
from paperterm.sources.xml_entries import XmlEntries, XmlEntry, root_tag

SOURCE = "arxiv"
"""The name of this source in sightings."""

_ATOM = "http://www.w3.org/2005/Atom"
_API = "arxiv.org/api/"
_SNIFFED = 4000
_ERRORS = "arxiv.org/api/errors"


@dataclass(frozen=True, slots=True)
class Feed:
    """One answer of the API."""

    items: tuple[Record | Refusal, ...]
    total: int | None
    """How many papers there are to the question, of which these are a slice."""
    start: int | None
    """The place of the first of them among all, from 0."""


def sniff(head: str) -> bool:
    """Whether a text that begins with `head` may be an answer of the API."""
    return _ATOM in root_tag(head) and _API in head[:_SNIFFED]


def read_feed(body: bytes, name: str = "arXiv") -> Feed:
    """What an answer of the API holds, all of it.

    Raises `SourceError` when arXiv answers with an error, or `body` is not whole.
    """
    entries = XmlEntries([body], name)
    items = tuple(_items(entries, Context(name)))
    if "feed" not in entries.head:
        raise SourceError(f"{shown(name)} did not answer with a feed.")
    return Feed(items, _told(entries, "totalresults"), _told(entries, "startindex"))


def read(chunks: Iterator[bytes], context: Context) -> Iterator[Item]:
    """The papers of a saved answer; `SourceError` when it tells of an error, or is not whole."""
    anything = False
    for item in _items(XmlEntries(chunks, context.name), context):
        anything = True
        yield item
    if not anything:
        yield Remark(f"{shown(context.name)} is an answer of arXiv's that holds no papers.")


def _told(entries: XmlEntries, name: str) -> int | None:
    text = entries.head.get(name, [""])[0]
    return count_of(int(text)) if text.isascii() and text.isdecimal() and len(text) < 20 else None


def _items(entries: Iterable[XmlEntry], context: Context) -> Iterator[Record | Refusal]:
    for position, entry in enumerate(entries):
        address = entry.line_of("id")
        if _ERRORS in address or (
            entry.line_of("title") == "Error" and not entry.line_of("published")
        ):
            told = shown(entry.line_of("summary")).rstrip(".") or "error"
            raise SourceError(f"arXiv says: {told}.")
        yield _item(entry, address, Sighting(SOURCE, context.as_of, position))


def _item(entry: XmlEntry, address: str, sighting: Sighting) -> Record | Refusal:
    title = entry.line_of("title")
    if not shown(title):
        return Refusal(entry.line, "there is no title", shown(address)[:100])
    arxiv_id = arxiv_id_in([address])
    if arxiv_id is None:
        return Refusal(entry.line, "its id is not one of arXiv's", shown(title))
    published, updated = day_of(entry.line_of("published")), day_of(entry.line_of("updated"))
    authors = tuple(entry.parts("author", "name"))
    terms = [each.get("term", "") for each in entry.all("primary_category")]
    terms += [each.get("term", "") for each in entry.all("category")]
    paper = Paper(
        title=title,
        abstract=entry.text_of("summary"),
        authors=authors,
        author_count=len(authors) or None,
        published=published,
        arxiv_id=arxiv_id,
        doi=doi_in(entry.lines("doi")),
        categories=categories_in(terms),
        venue=entry.line_of("journal_ref") or None,
        updated=updated if updated and published and updated > published else None,
        sightings=(sighting,),
    )
    return Record(paper, entry.line)
