"""RSS and Atom feeds of papers, whoever makes them: journals, labs, other readers.

Read are RSS 0.9 to 2.0 and Atom 1.0, with the names that publishers put in besides (Dublin Core,
PRISM, arXiv's). An entry needs a title; what else of it makes sense is taken.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from html import unescape
from typing import TYPE_CHECKING

from paperterm.errors import SourceError
from paperterm.model import ids
from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Item, Record, Refusal, Remark
from paperterm.model.text import shown
from paperterm.sources.fields import day_of, line_of, text_of
from paperterm.sources.xml import safe_xml

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST = 2000
"""Entries of a feed; arXiv's have no more."""

_ROOTS = frozenset({"rss", "RDF", "feed"})
_ENTRIES = frozenset({"item", "entry"})
_ABSTRACTS = ("encoded", "content", "description", "summary")
_DATES = ("pubDate", "published", "date", "publicationDate", "updated", "issued")
_NAMES = ("doi", "identifier", "guid", "id", "link")
_AUTHORS = frozenset({"creator", "author"})
_TAG = re.compile(r"<[^<>]{0,2000}>")
_BLOCK = re.compile(r"<(?:/?p|br|/?div|/?li)\b[^<>]{0,2000}>", re.IGNORECASE)
_ANNOUNCED = re.compile(r"\s*arXiv:\S+\s+Announce Type:\s*\S+\s*(?:Abstract:\s*)?")
_LONGEST_DATE = 64
_MOST_AUTHORS = 5000


def read(body: bytes, name: str, source: str) -> Iterator[Item]:
    """The papers of the feed `body`, which messages call `name`, as `source` has shown them.

    Raises `SourceError` when it is no such feed. One without entries is one that has nothing new.
    """
    root = safe_xml(body, name)
    if _local(root) not in _ROOTS:
        raise SourceError(f"{shown(name)} is neither an RSS nor an Atom feed.")
    entries = [element for element in root.iter() if _local(element) in _ENTRIES]
    for position, entry in enumerate(entries[:MOST]):
        yield _record(entry, source, position)
    if len(entries) > MOST:
        yield Remark(f"{shown(name)} has {len(entries)} entries; the first {MOST} were taken.")


def _record(entry: Element, source: str, position: int) -> Record | Refusal:
    values = _values(entry)
    title = line_of(_plain(_first(values, ("title",))))
    if not shown(title):
        return Refusal(0, f"entry {position + 1} has no title")
    named = [text for name in _NAMES for text in values.get(name, ())]
    arxiv_id = next(filter(None, map(_arxiv_id, named)), None)
    day = next(filter(None, (_day(text) for name in _DATES for text in values.get(name, ()))), None)
    link = next((link for text in values.get("link", ()) if (link := ids.safe_link(text))), None)
    authors = _authors(entry)
    paper = Paper(
        title=title,
        abstract=text_of(_abstract(values)),
        authors=authors,
        author_count=len(authors) or None,
        published=day,
        arxiv_id=arxiv_id,
        doi=next(filter(None, map(ids.parse_doi, named)), None),
        link=None if arxiv_id else link,
        sightings=(Sighting(source, day, position),),
    )
    return Record(paper)


def _local(element: Element) -> str:
    """The name of an element, whatever its namespace; empty for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _values(entry: Element) -> dict[str, list[str]]:
    values: dict[str, list[str]] = {}
    for child in entry:
        name = _local(child)
        text = "".join(child.itertext()).strip()
        if name == "link" and child.get("href"):
            if child.get("rel", "alternate") != "alternate":
                continue
            text = child.get("href", "").strip()
        if text:
            values.setdefault(name, []).append(text)
    return values


def _first(values: dict[str, list[str]], names: tuple[str, ...]) -> str:
    return next((values[name][0] for name in names if name in values), "")


def _abstract(values: dict[str, list[str]]) -> str:
    text = max((values[name][0] for name in _ABSTRACTS if name in values), key=len, default="")
    return _plain(_ANNOUNCED.sub("", text, count=1))


def _plain(text: str) -> str:
    """`text` without markup: many put HTML into their feeds."""
    if "<" in text:
        text = _TAG.sub("", _BLOCK.sub("\n\n", text))
    text = unescape(text) if "&" in text else text
    return "\n\n".join(filter(None, (" ".join(part.split()) for part in text.split("\n\n"))))


def _authors(entry: Element) -> tuple[str, ...]:
    names: list[str] = []
    for child in entry:
        if _local(child) not in _AUTHORS:
            continue
        inner = next((part for part in child if _local(part) == "name"), child)
        text = line_of(_plain("".join(inner.itertext())))
        # In RSS the whole list may stand in one element, parted by commas.
        parts = text.split(", ") if text.count(", ") > 1 or inner is child else [text]
        names += [part for part in parts if part]
    return tuple(dict.fromkeys(names))[:_MOST_AUTHORS]


def _arxiv_id(text: str) -> str | None:
    oai = text.removeprefix("oai:arXiv.org:")
    return ids.parse_arxiv_id(oai)


def _day(text: str) -> dt.date | None:
    if day := day_of(text):
        return day
    try:
        return parsedate_to_datetime(text[:_LONGEST_DATE]).date()
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
