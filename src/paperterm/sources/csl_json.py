"""CSL-JSON, as reference managers and Crossref have it: a list of items, or an object with one.

An item needs a title. What of its other fields makes no sense counts as absent.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from html import unescape

from paperterm.errors import SourceError
from paperterm.model.paper import Paper, Sighting
from paperterm.model.record import Context, Item, Record, Refusal
from paperterm.model.text import shown
from paperterm.sources.decoding import Lines, whole_text
from paperterm.sources.fields import line_of, text_of
from paperterm.sources.json_list import LIST, elements
from paperterm.sources.naming import arxiv_id_in, doi_in, link_in, venue_of
from paperterm.sources.told_dates import numeric_day, span_end

SOURCE = "csl"
"""The name of this source in sightings."""

LARGEST = 64 * 1024 * 1024
"""Bytes of a document."""

_FIELD = re.compile(
    r'"(?:issued|container-title(?:-short)?|title-short|date-parts|citation-key|DOI)"\s*:'
    r'|"type"\s*:\s*"(?:article(?:-journal|-magazine|-newspaper)?|paper-conference|chapter|thesis'
    r'|book|report|manuscript|preprint|posted-content|journal-article|proceedings-article)"'
)
_WRAPPER = re.compile(r'\{\s*"paper"\s*:')
_OPENED = re.compile(r'\[\s*\{|\{\s*"')
_ITEMS = re.compile(r'"items"\s*:\s*(?=\[)')
_AGAIN = re.compile(r'\{\s*"(?:id|type|title|DOI|citation-key|author|abstract)"\s*:')
_TAG = re.compile(
    r"</?(?:b|br|em|i|p|sc|span|strong|su[bp]|u|(?:jats|mml):[\w-]{1,40})(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_DATES = ("issued", "published", "published-online", "published-print", "posted", "submitted")
_MENTIONS = ("note", "number", "archive_location", "archive-location", "publisher", "volume")
_Told = Mapping[str, object]


def sniff(head: str) -> bool:
    """Whether a text that begins with `head` may be CSL-JSON."""
    start = head.lstrip("\ufeff \t\r\n")
    if not _OPENED.match(start) or _WRAPPER.search(head):
        return False
    # An object is one with items; others are lines of JSON.
    in_list = start.startswith("[") or bool(_ITEMS.search(head))
    return in_list and bool(_FIELD.search(head))


def read(chunks: Iterator[bytes], context: Context) -> Iterator[Item]:
    """The items of a document; `SourceError` when it holds something else, or too much."""
    lines = Lines(chunks, LARGEST)
    document = whole_text(lines, LARGEST, context.name)
    named = None if LIST.match(document) else _ITEMS.search(document)
    start = named.end() if named else 0
    if not LIST.match(document, start):
        raise SourceError(
            f"{shown(context.name)} is not a list of CSL items, nor an object of one."
        )
    line = document.count("\n", 0, start) + 1
    for place, (begun, value) in enumerate(elements(document, line, _AGAIN, start), 1):
        yield value if isinstance(value, Refusal) else _item(value, begun, f"item {place}")
    yield from lines.remarks(context.name)


def _item(value: object, line: int, ordinal: str) -> Record | Refusal:
    if not isinstance(value, Mapping):
        return Refusal(line, f"{ordinal} is not a JSON object")
    title = line_of(_without_tags(_one(value.get("title"))))
    if not shown(title):
        why = (
            "has no title"
            if value.get("title") in (None, "", [])
            else "has a title that is no text"
        )
        return Refusal(line, f"{ordinal} {why}", _called(value))
    return Record(_paper(title, value), line)


def _called(value: _Told) -> str:
    return shown(text_of(value.get("id")) or text_of(value.get("DOI")))[:100]


def _paper(title: str, value: _Told) -> Paper:
    authors = _authors(value.get("author"))
    address = line_of(value.get("URL"))
    names = [line_of(value.get(name)) for name in ("DOI", "arxiv", "eprint", "id")] + [address]
    mentions = [line_of(_one(value.get(name))) for name in _MENTIONS]
    return Paper(
        title=title,
        abstract=text_of(_without_tags(value.get("abstract"))),
        authors=authors,
        author_count=len(authors) or None,
        published=next(filter(None, (_date(value.get(name)) for name in _DATES)), None),
        arxiv_id=arxiv_id_in(names, mentions),
        doi=doi_in([names[0], address, *mentions]),
        link=link_in([address]),
        venue=venue_of(line_of(_without_tags(_one(value.get("container-title"))))),
        keywords=_keywords(value.get("keyword")),
        sightings=(Sighting(SOURCE),),
    )


def _one(value: object) -> object:
    """`value`, or the first of it: Crossref has titles in lists."""
    return value[0] if isinstance(value, list) and value else value


def _without_tags(value: object) -> object:
    """`value` without the elements that CSL and Crossref allow in texts."""
    if isinstance(value, str) and _TAG.search(value):
        return unescape(_TAG.sub("", value))
    return value


def _authors(listed: object) -> tuple[str, ...]:
    entries = listed if isinstance(listed, list) else []
    return tuple(filter(None, (_name(entry) for entry in entries if isinstance(entry, Mapping))))


def _name(entry: _Told) -> str:
    literal = line_of(entry.get("literal")) or line_of(entry.get("name"))
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return literal or " ".join(filter(None, (line_of(entry.get(part)) for part in parts)))


def _date(told: object) -> dt.date | None:
    """A date in parts, which may be text, or as somebody wrote it."""
    if not isinstance(told, Mapping):
        return numeric_day(told) if isinstance(told, str) else None
    parts = _one(told.get("date-parts"))
    numbers = [_number(part) for part in parts[:3]] if isinstance(parts, list) else []
    if numbers and numbers[0]:
        return span_end(*[number or None for number in numbers])  # type: ignore[arg-type]
    for name in ("raw", "literal", "date-time"):
        if found := numeric_day(line_of(told.get(name))):
            return found
    return None


def _number(part: object) -> int:
    if isinstance(part, str) and part.isascii() and part.isdecimal() and len(part) <= 4:
        return int(part)
    return part if type(part) is int and 0 <= part <= 9999 else 0


def _keywords(told: object) -> tuple[str, ...]:
    words = re.split(r"[;,]", line_of(told))
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
