"""RSS and Atom feeds: arXiv's daily announcements, and those of journals and other sites.

An entry needs a title and a link. arXiv tells what is new, cross-listed or replaced; its feed is
empty on days without announcements, which is no error.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from paperterm.errors import SourceError
from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Context, Item, Record, Refusal, Remark
from paperterm.model.text import shown
from paperterm.sources import arxiv_atom
from paperterm.sources.author_line import authors_of
from paperterm.sources.fields import TAG, day_of, line_of
from paperterm.sources.naming import arxiv_id_in, categories_in, doi_in, link_in
from paperterm.sources.told_dates import mail_day
from paperterm.sources.xml_entries import XmlEntries, XmlEntry, root_tag

ARXIV = arxiv_atom.SOURCE
OTHER = "feed"
"""The names of these sources in sightings."""

_SNIFFED = 4000
_ARXIV_FEED = re.compile(r"\b(?:rss|export)\.arxiv\.org|arxiv\.org/(?:rss|atom|schemas)")
_KINDS = re.compile(r"<(?:\w{1,20}:)?(?:rss|RDF|feed)\b")
_ANNOUNCED = re.compile(r"arXiv:(\S+)\s+Announce Type:\s*(\S+)\s*(?:Abstract:\s*)?")
_OLD_TITLE = re.compile(r"\s*\(arXiv:\S+( \[[\w.-]+\])?( (?:UPDATED|CROSS LISTED))?\)$")
_INLINE = re.compile(
    r"</?(?:a|b|em|i|jats:\w+|span|strong|su[bp]|u)\b[^<>]{0,1000}>", re.IGNORECASE
)
_REPLACED = frozenset({"replace", "replace-cross"})


@dataclass(frozen=True, slots=True)
class Announcement:
    """What a feed holds."""

    items: tuple[Record | Refusal, ...]
    day: dt.date | None
    """The day it was made for, if it says."""
    skip_days: frozenset[str]
    """The days of the week, in English, on which it brings nothing."""


def sniff_arxiv(head: str) -> bool:
    """Whether a text that begins with `head` may be a feed of arXiv's."""
    return _is_feed(head) and bool(_ARXIV_FEED.search(head[:_SNIFFED]))


def sniff_other(head: str) -> bool:
    """Whether a text that begins with `head` may be another feed."""
    return _is_feed(head) and not _ARXIV_FEED.search(head[:_SNIFFED])


def _is_feed(head: str) -> bool:
    root = root_tag(head)
    # Atom and RSS 1.0 are known by their namespaces, RSS 2.0 has none.
    known = "<rss" in root or "http://www.w3.org/2005/Atom" in root or "purl.org/rss/" in root
    return known and bool(_KINDS.match(root)) and not arxiv_atom.sniff(head)


def read_feed(body: bytes, name: str = "arXiv") -> Announcement:
    """All that the feed `body` holds; raises `SourceError` when it is none, or not whole."""
    entries = XmlEntries([body], name)
    items = tuple(_items(entries, Context(name)))
    if not {"channel", "feed"} & set(entries.head):
        raise SourceError(f"{shown(name)} did not answer with a feed.")
    return Announcement(items, _feed_day(entries), frozenset(entries.head.get("day", [])))


def read(chunks: Iterator[bytes], context: Context) -> Iterator[Item]:
    """The papers of a feed; `SourceError` when it is not XML, or not to the end."""
    entries = XmlEntries(chunks, context.name)
    anything = False
    for item in _items(entries, context):
        anything = True
        yield item
    if not anything:
        days = [day for day in entries.head.get("day", []) if day]
        silent = f"; it never has any on {' and '.join(days)}" if days else ""
        yield Remark(f"{shown(context.name)} is a feed that holds no papers now{silent}.")


def _feed_day(entries: XmlEntries) -> dt.date | None:
    told = (text for name in ("pubdate", "date", "updated") for text in entries.head.get(name, []))
    return next(filter(None, map(_day, told)), None)


def _items(entries: XmlEntries, context: Context) -> Iterator[Record | Refusal]:
    for position, entry in enumerate(entries):
        yield _item(entry, position, context.as_of or _feed_day(entries))


def _item(entry: XmlEntry, position: int, feed_day: dt.date | None) -> Record | Refusal:
    title = entry.line_of("title")
    links = _links(entry)
    if not shown(title):
        return Refusal(entry.line, "there is no title", shown(links[0] if links else "")[:100])
    if not links:
        return Refusal(entry.line, "there is no link", shown(title))
    arxiv_id = arxiv_id_in(links)
    if arxiv_id:
        return Record(_of_arxiv(entry, title, arxiv_id, position, feed_day), entry.line)
    doi = doi_in(entry.lines("doi") + links + entry.lines("identifier"))
    link = link_in(links)
    if not doi and not link:
        return Refusal(entry.line, "its link is not a web address", shown(title))
    return Record(_other(entry, title, doi, link, position), entry.line)


def _of_arxiv(
    entry: XmlEntry, title: str, arxiv_id: str, position: int, feed_day: dt.date | None
) -> Paper:
    told = entry.text_of("description", "summary", "content")
    announced = _ANNOUNCED.match(told)
    kind = entry.line_of("announce_type") or (announced[2] if announced else "")
    day = _entry_day(entry)
    authors = tuple(name for line in _creators(entry) for name in authors_of(line))
    return Paper(
        title=_OLD_TITLE.sub("", title) or title,
        abstract=told[announced.end() :] if announced else told,
        authors=authors,
        author_count=len(authors) or None,
        # The day of a cross-listing says nothing of when the paper came out.
        published=day if kind == "new" else None,
        updated=day if kind in _REPLACED else None,
        arxiv_id=arxiv_id,
        doi=doi_in(entry.lines("doi")),
        venue=entry.line_of("journal_reference", "journal_ref") or None,
        categories=categories_in(_terms(entry)),
        sightings=(Sighting(ARXIV, day or feed_day, position),),
    )


def _other(entry: XmlEntry, title: str, doi: str | None, link: str | None, place: int) -> Paper:
    authors = tuple(name for line in _creators(entry) for name in _people(line))
    return Paper(
        title=line_of(_without_tags(title)) or title,
        abstract=_without_tags(entry.text_of("encoded", "content", "description", "summary")),
        authors=authors,
        author_count=len(authors) or None,
        published=_entry_day(entry),
        doi=doi,
        link=link,
        venue=entry.line_of("publicationname") or None,
        sightings=(Sighting(OTHER, None, place),),
    )


def _links(entry: XmlEntry) -> list[str]:
    """The addresses of the entry: those of Atom and RSS, and names that are addresses."""
    told: list[str] = []
    for each in entry.all("link"):
        if each.get("rel", "alternate") == "alternate":
            told.append(line_of(each.get("href")) or line_of(each.text))
    told += entry.lines("guid") + entry.lines("id")
    return [text for text in told if text]


def _creators(entry: XmlEntry) -> list[str]:
    people = entry.parts("author", "name") or entry.lines("creator")
    return people or [_mail_name(line) for line in entry.lines("author")]


def _mail_name(line: str) -> str:
    """Who a mail address with a name belongs to: ``a@b.example (Ada Lovelace)``."""
    address, _, name = line.partition(" (")
    return name.rstrip(")") if "@" in address and name else line


def _people(line: str) -> tuple[str, ...]:
    """The names in `line`, which may be one in the form ``Lovelace, Ada``."""
    several = all(" " in part.strip() for part in line.split(","))
    return authors_of(line) if several or ";" in line else (line,)


def _terms(entry: XmlEntry) -> list[str]:
    return [line_of(each.get("term")) or line_of(each.text) for each in entry.all("category")]


def _entry_day(entry: XmlEntry) -> dt.date | None:
    told = (entry.line_of(name) for name in ("pubdate", "published", "date", "issued", "updated"))
    return next(filter(None, map(_day, told)), None)


def _day(text: str) -> dt.date | None:
    return day_of(text) or mail_day(text)


def _without_tags(text: str) -> str:
    """`text` without the elements of a web page, if there are any in it."""
    if TAG.search(text):
        text = unescape(TAG.sub(" ", _INLINE.sub("", text)))
    return text.strip()
