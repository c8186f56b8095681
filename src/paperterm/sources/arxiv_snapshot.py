"""arXiv's metadata snapshot: JSON lines, a paper a line, over two million of them.

Lines are told apart as bytes: how far the reading has got is counted in them, and a line that
is not wanted is passed over without being parsed. One that is broken, or whose fields are not of
the types that the snapshot has, is refused and the rest goes on.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from paperterm.model import ids
from paperterm.model.paper import Paper, Sighting
from paperterm.model.part import Part
from paperterm.model.record import Context, Item, Passed, Place, Record, Refusal
from paperterm.model.text import shown
from paperterm.sources.fields import STRICT, day_of, line_of, text_of
from paperterm.sources.latex import plain

LONGEST_LINE = 8 * 1024 * 1024
"""Bytes of one paper."""
SOURCE = "arxiv-snapshot"

_LINES_SNIFFED = 50
_BOM = b"\xef\xbb\xbf"
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_CREATED = re.compile(r"[A-Z][a-z]{2}, (\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) .*", re.ASCII)
_NUMBER_OF = re.compile(r"(?:[^./]+/\d{4}|\d{4}\.)(\d+)", re.ASCII)
# A quotation mark without a backslash before it can't stand inside a string, so that these are
# fields of the object, and they do without escapes.
_CATEGORIES_OF = re.compile(rb'(?<!\\)"categories":\s*"([^"\\]*)"')
_CREATED_OF = re.compile(rb'(?<!\\)"versions":\s*\[\s*\{[^{}]*?(?<!\\)"created":\s*"([^"\\]*)"')


class _Wrong(Exception):
    """Why a line is not taken."""


def sniff(head: str) -> bool:
    """Whether a text that begins with `head` may be the snapshot."""
    lines = [line for line in head.split("\n")[:_LINES_SNIFFED] if line.lstrip().startswith("{")]
    for line in lines:
        try:
            value = _object(line)
        except _Wrong:
            continue
        if "title" in value:
            return {"versions", "update_date", "authors_parsed"} & value.keys() != set()
    # One long line goes on beyond the head, or was cut off.
    return len(lines) == 1 and '"title": ' in head and '"categories": "' in head


@dataclass(frozen=True, slots=True)
class _Line:
    """One line as bytes."""

    number: int
    """From 1."""
    end: int
    """Bytes of the input up to its end."""
    raw: bytes | None
    """None when it is longer than `LONGEST_LINE`."""


def read(chunks: Iterator[bytes], context: Context) -> Iterator[Item]:
    """The papers of the snapshot, each as soon as its line has been read."""
    for line in _lines(chunks, context.after):
        if line.raw is None:
            reason = f"the line is longer than {LONGEST_LINE // 1024**2} MB"
            yield Refusal(line.number, reason, end=line.end)
        elif context.part and _is_unwanted(line.raw, context.part):
            yield Passed(line.number, line.end)
        elif line.raw and not line.raw.isspace():
            yield _item(line.raw, line.number, line.end)


def _lines(chunks: Iterator[bytes], after: Place) -> Iterator[_Line]:
    number, end = after.line, after.bytes
    begun: list[bytes] = []
    size = 0
    for chunk in chunks:
        *whole, rest = chunk.split(b"\n")
        for piece in whole:
            number, end = number + 1, end + size + len(piece) + 1
            raw = b"".join([*begun, piece]) if begun else piece
            yield _Line(number, end, raw if size + len(piece) <= LONGEST_LINE else None)
            begun, size = [], 0
        size += len(rest)
        begun = [*begun, rest] if size <= LONGEST_LINE else []
    if size:
        yield _Line(number + 1, end + size, b"".join(begun) if size <= LONGEST_LINE else None)


def _is_unwanted(raw: bytes, part: Part) -> bool:
    """Whether a look at a line is enough to tell that its paper is not part of `part`."""
    found = _CATEGORIES_OF.search(raw) if part.categories else None
    if found:
        categories = found[1].decode(errors="replace").split()
        if not part.may_hold(categories):
            return True
    if part.since and (found := _CREATED_OF.search(raw)):
        published = _day_created(found[1].decode(errors="replace"))
        return published is not None and not part.may_hold_day(published)
    return False


def _item(raw: bytes, number: int, end: int) -> Record | Refusal:
    name = ""
    try:
        value = _object(_decoded(raw, number))
        name = shown(text_of(value.get("id")))[:100]
        return Record(_paper(value), number, end=end)
    except _Wrong as wrong:
        return Refusal(number, str(wrong), name, end)


def _decoded(raw: bytes, number: int) -> str:
    try:
        return (raw.removeprefix(_BOM) if number == 1 else raw).decode()
    except UnicodeDecodeError:
        raise _Wrong("the line is not UTF-8") from None


def _object(line: str) -> Mapping[str, object]:
    try:
        value = STRICT.decode(line)
    except RecursionError:
        raise _Wrong("the JSON is nested too deep") from None
    except ValueError:
        raise _Wrong("the line is not JSON, or is cut off") from None
    if not isinstance(value, Mapping):
        raise _Wrong("the line is JSON, but not an object")
    return value


def _paper(value: Mapping[str, object]) -> Paper:
    named = _text(value, "id")
    arxiv_id = ids.parse_arxiv_id(named)
    if arxiv_id is None:
        raise _Wrong("there is no id" if not named.strip() else "the id is none of arXiv's")
    title = _readable(_text(value, "title"))
    if not shown(title):
        raise _Wrong("there is no title")
    authors = _authors(value)
    published = _published(value)
    place = _NUMBER_OF.match(arxiv_id)
    return Paper(
        title=title,
        abstract=_readable(_text(value, "abstract")),
        authors=authors,
        author_count=len(authors) or None,
        published=published,
        arxiv_id=arxiv_id,
        doi=_doi(_text(value, "doi")),
        categories=tuple(dict.fromkeys(line_of(_text(value, "categories")).split())),
        venue=line_of(_text(value, "journal-ref")) or None,
        updated=_updated(value),
        # arXiv numbers the papers of a month as they come.
        sightings=(Sighting(SOURCE, published, int(place[1]) if place else 0),),
    )


def _text(value: Mapping[str, object], name: str) -> str:
    """The text of a field; one that is absent or null is empty."""
    text = value.get(name)
    if text is None:
        return ""
    if not isinstance(text, str):
        raise _Wrong(f"{name} is not text")
    return text


def _readable(text: str) -> str:
    r"""One line, with LaTeX's accents (``Erd\H{o}s``) as letters; formulas stay as they are."""
    line = line_of(text)
    return line_of(plain(line)) if "\\" in line else line


def _list(value: Mapping[str, object], name: str) -> list[object]:
    listed = value.get(name)
    if listed is None:
        return []
    if not isinstance(listed, list):
        raise _Wrong(f"{name} is not a list")
    return listed


def _authors(value: Mapping[str, object]) -> tuple[str, ...]:
    """The names as they are spoken; each is listed as family name, given names, and suffix."""
    names = []
    for listed in _list(value, "authors_parsed"):
        if not isinstance(listed, list) or not all(isinstance(part, str) for part in listed):
            raise _Wrong("authors_parsed is not a list of lists of names")
        family, given, suffix = (*listed, "", "", "")[:3]
        names.append(_readable(f"{given} {family} {suffix}"))
    return tuple(filter(None, names)) or tuple(filter(None, [_readable(_text(value, "authors"))]))


def _doi(text: str) -> str | None:
    """The first DOI that stands in the field: of several, the others are of errata."""
    return next(filter(None, (ids.parse_doi(word.rstrip(",;")) for word in text.split())), None)


def _published(value: Mapping[str, object]) -> dt.date | None:
    versions = _list(value, "versions")
    if not versions:
        return None
    first = versions[0]
    if not isinstance(first, Mapping):
        raise _Wrong("versions is not a list of objects")
    created = _text(first, "created")
    day = _day_created(created)
    if created and day is None:
        raise _Wrong("the first version's date can't be read")
    return day


def _updated(value: Mapping[str, object]) -> dt.date | None:
    stated = _text(value, "update_date")
    day = day_of(stated)
    if stated and day is None:
        raise _Wrong("update_date is not a date")
    return day


def _day_created(text: str) -> dt.date | None:
    """The day of ``Mon, 23 Jun 2025 16:59:02 GMT``."""
    match = _CREATED.fullmatch(text)
    if not match or match[2] not in _MONTHS:
        return None
    try:
        return dt.date(int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1]))
    except ValueError:
        return None
